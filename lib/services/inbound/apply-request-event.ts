import type { DomainEvent, RequestChange, SeenRequest } from "@/lib/domain/inbound";
import { listWords } from "@/lib/domain/words";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import {
  findRequestBySeerrId,
  insertWatcher,
  type Request,
  setSeasons,
  upsertRequest,
} from "@/lib/store/requests";
import { insertTimeline } from "@/lib/store/timeline";
import { findUserByContact } from "@/lib/store/users";
import { withdrawNotices } from "../mails/cancel-notices";
import { refreshRequestStates } from "../requests/refresh-request-state";
import type { EventOutcome, EventScope } from "./event-outcome";

/**
 * A request made, decided or reported available. What the webhook says is stored at once; Seerr's API, asked by the
 * job that follows, has the last word.
 */
export async function applyRequestEvent(
  tx: Executor,
  event: Extract<DomainEvent, { kind: "request" }>,
  scope: EventScope,
): Promise<EventOutcome> {
  const seen = event.request;
  if (seen.seerrRequestId === null) {
    await enqueue(tx, "run_worker", { name: "sync-requests", trigger: "schedule" });
    return {
      outcome: "handled",
      reason: null,
      effects: [
        { words: "All requests are read from Seerr", detail: "The event names no request" },
      ],
    };
  }
  const known = await findRequestBySeerrId(tx, seen.seerrRequestId);
  const effects = [
    { words: "Seerr is asked for the whole request", detail: null as string | null },
  ];
  await enqueue(tx, "complete_request", { seerrRequestId: seen.seerrRequestId });
  const mediaType = seen.mediaType ?? known?.mediaType;
  const title = seen.title ?? known?.title;
  if (!mediaType || !title) return { outcome: "handled", reason: null, effects };

  const request = await storeRequest(tx, event.change, { ...seen, mediaType, title }, known, scope);
  await insertTimeline(tx, [
    {
      requestId: request.id,
      at: scope.row.receivedAt,
      kind: "fact",
      code: `request_${event.change}`,
      words: changeWords(event.change, seen),
      source: `Seerr #${seen.seerrRequestId}`,
      eventId: scope.row.id,
      dedupeKey: `request:${seen.seerrRequestId}:${event.change}`,
    },
  ]);
  if (event.change === "declined") {
    const cause = { because: "The request was declined", source: "Seerr", eventId: scope.row.id };
    await withdrawNotices(tx, request.id, cause, scope.now);
  }
  if (event.change === "approved" || event.change === "auto_approved") {
    const delayMs = scope.config.settings.QUALITY_REVIEW_DELAY_SECONDS * 1000;
    const runAt = new Date(scope.row.receivedAt.getTime() + delayMs);
    await enqueue(tx, "review_request", { requestId: request.id }, { runAt });
  }
  await refreshRequestStates(tx, [request.id], scope.now);
  await announceChange(tx, "requests");
  effects.unshift({
    words: known ? `Updated the request for ${title}` : `Stored the request for ${title}`,
    detail: changeWords(event.change, seen),
  });
  if (event.change === "available") {
    await enqueue(tx, "collect_request", { requestId: request.id });
    effects.push({
      words: "Its files are looked for",
      detail: "Seerr's word is a hint, not proof",
    });
  }
  return { outcome: "handled", reason: null, effects };
}

async function storeRequest(
  tx: Executor,
  change: RequestChange,
  seen: SeenRequest & { mediaType: "movie" | "tv"; title: string },
  known: Request | null,
  scope: EventScope,
): Promise<Request> {
  const requester =
    known?.userId == null
      ? await findUserByContact(tx, {
          email: seen.requestedBy.email,
          name: seen.requestedBy.username,
        })
      : null;
  const userId = known?.userId ?? requester?.id ?? null;
  const { request } = await upsertRequest(
    tx,
    {
      seerrRequestId: seen.seerrRequestId ?? 0,
      mediaType: seen.mediaType,
      title: seen.title,
      status: statusAfter(change, known?.status ?? null),
      origin: "webhook",
      requestedAt: known?.requestedAt ?? scope.row.receivedAt,
      userId,
      requesterName: seen.requestedBy.username ?? known?.requesterName ?? null,
      tmdbId: seen.tmdbId ?? known?.tmdbId ?? null,
      tvdbId: seen.tvdbId ?? known?.tvdbId ?? null,
      year: seen.year ?? known?.year ?? null,
      overview: known?.overview ?? seen.overview,
      posterPath: known?.posterPath ?? tmdbPath(seen.posterUrl),
      // Once Seerr's API has said which class it is, a webhook's hints count no more.
      isFourK: known?.readFromSeerrAt ? known.isFourK : (seen.is4k ?? known?.isFourK ?? false),
    },
    scope.now,
  );
  if (seen.seasons && !known?.readFromSeerrAt) await setSeasons(tx, request.id, seen.seasons);
  if (userId !== null) {
    await insertWatcher(tx, {
      requestId: request.id,
      userId,
      source: "asked",
      addedAt: request.requestedAt,
    });
  }
  return request;
}

/** Events may come twice or out of order: an old "pending" does not take back an approval. */
function statusAfter(change: RequestChange, known: Request["status"] | null): Request["status"] {
  switch (change) {
    case "pending":
      return known ?? "pending";
    case "approved":
    case "auto_approved":
      return known === "completed" ? "completed" : "approved";
    case "available":
      return known && known !== "pending" ? known : "approved";
    case "declined":
      return "declined";
    case "failed":
      return known === "completed" ? "completed" : "failed";
  }
}

function changeWords(change: RequestChange, seen: SeenRequest): string {
  const who = seen.requestedBy.username ?? "Somebody";
  const what = seen.seasons?.length
    ? `season${seen.seasons.length > 1 ? "s" : ""} ${listWords(seen.seasons.map(String))}`
    : seen.mediaType === "movie"
      ? "the movie"
      : "the show";
  const inFourK = seen.is4k ? " in 4K" : "";
  switch (change) {
    case "pending":
      return `${who} asked for ${what}${inFourK}`;
    case "auto_approved":
      return `${who} asked for ${what}${inFourK}, approved automatically`;
    case "approved":
      return `The request for ${what}${inFourK} was approved`;
    case "declined":
      return `The request for ${what}${inFourK} was declined`;
    case "failed":
      return `Seerr could not hand the request for ${what}${inFourK} on`;
    case "available":
      return `Seerr says ${what}${inFourK} is available`;
  }
}

/** The path part of a TMDB picture: `/abc.jpg`. */
function tmdbPath(url: string | null): string | null {
  return /\/t\/p\/[a-z0-9_]+(\/[\w-]+\.(?:jpg|png|webp))$/i.exec(url ?? "")?.[1] ?? null;
}
