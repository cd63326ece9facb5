import type { DomainEvent, MediaItem as EventItem } from "@/lib/domain/inbound";
import { matchRequest } from "@/lib/domain/matching";
import { mediaKey } from "@/lib/domain/media";
import { qualityKinds } from "@/lib/domain/quality-notices";
import { itemWords, listWords, sentence } from "@/lib/domain/words";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import type { InboundEffect } from "@/lib/store/inbound-events";
import { markItemsRemoved } from "@/lib/store/media-items";
import { mapQualityReviews } from "@/lib/store/quality-reviews";
import {
  listMovieRequests,
  listShowRequests,
  lockRequests,
  type RequestWithSeasons,
} from "@/lib/store/requests";
import { insertTimeline } from "@/lib/store/timeline";
import { checkIssuesOf } from "../issues/check-issues-of";
import { cancelNotices } from "../mails/cancel-notices";
import { refreshRequestStates } from "../requests/refresh-request-state";
import { type EventOutcome, type EventScope, handled, ignored } from "./event-outcome";

type MediaEvent = Extract<
  DomainEvent,
  {
    kind:
      | "grabbed"
      | "imported"
      | "file_deleted"
      | "title_added"
      | "title_deleted"
      | "manual_interaction";
  }
>;

/** Something happened to a title in Sonarr or Radarr: a fact for the requests it belongs to, and what follows. */
export async function applyMediaEvent(
  tx: Executor,
  event: MediaEvent,
  scope: EventScope,
): Promise<EventOutcome> {
  if (!event.item) return ignored("It names no title that could belong to a request");
  const requests = await coveredRequests(tx, event.item, scope);
  await lockRequests(
    tx,
    requests.map((request) => request.id),
  );
  const words = factWords(event);
  await insertTimeline(
    tx,
    requests.map((request) => ({
      requestId: request.id,
      at: scope.row.receivedAt,
      kind: event.kind === "manual_interaction" ? ("trouble" as const) : ("fact" as const),
      code: event.kind,
      words: words.words,
      reason: words.reason,
      source: scope.instance?.name ?? (scope.row.source === "sonarr" ? "Sonarr" : "Radarr"),
      eventId: scope.row.id,
      dedupeKey: `event:${scope.row.replayOf ?? scope.row.id}:${request.id}`,
    })),
  );
  const effects: InboundEffect[] = [
    requests.length === 0
      ? { words: "No request asks for it", detail: null }
      : {
          words: `Matched ${requests.length === 1 ? "request" : "requests"} ${listWords(requests.map((r) => `#${r.seerrRequestId}`))}`,
          detail: matchDetail(event.item),
        },
  ];
  if (event.kind === "imported") effects.push(await queueCollection(tx, event.item, scope));
  if (event.kind === "imported" || event.kind === "grabbed") {
    effects.push(...(await checkIssuesOf(tx, event, scope)));
  }
  if (event.kind === "file_deleted" && event.reason !== "upgrade") {
    const gone = { mediaKeys: itemKeys(event.item, scope), fileId: event.file?.fileId ?? null };
    await markItemsRemoved(tx, gone, scope.now);
    effects.push({ words: "Nobody is told about the deleted file", detail: null });
  }
  effects.push(...(await settleNotices(tx, event, requests, scope)));
  await refreshRequestStates(
    tx,
    requests.map((request) => request.id),
    scope.now,
  );
  if (requests.length > 0) await announceChange(tx, "requests");
  return handled(effects);
}

/** A grab that fails leaves no trace a webhook brings: what it cancelled is looked at again after this long. */
const afterGrabMs = 6 * 60 * 60_000;

/** How long after an import the rest of a request is reviewed: a pack brings its files one by one. */
const afterImportMs = 2 * 60_000;

/** What the event means for mails to people who wait, and when the request is reviewed again. */
async function settleNotices(
  tx: Executor,
  event: MediaEvent,
  requests: readonly RequestWithSeasons[],
  scope: EventScope,
): Promise<InboundEffect[]> {
  const requestIds = requests.map((request) => request.id);
  const cancel = (because: string) =>
    cancelNotices(
      tx,
      { requestIds, kinds: qualityKinds },
      { because, source: scope.instance?.name ?? "BingeAlert", eventId: scope.row.id },
      scope.now,
    );
  const review = async (ids: readonly number[], afterMs: number) => {
    const runAt = new Date(scope.now.getTime() + afterMs);
    for (const requestId of ids) await enqueue(tx, "review_request", { requestId }, { runAt });
  };
  const delayMs = scope.config.settings.QUALITY_REVIEW_DELAY_SECONDS * 1000;
  let cancelled: number[] = [];
  switch (event.kind) {
    case "grabbed":
      cancelled = await cancel("A download was found");
      await review(cancelled, afterGrabMs);
      break;
    case "imported":
      cancelled = await cancel("A file was imported");
      await review([...(await mapQualityReviews(tx, requestIds)).keys()], afterImportMs);
      break;
    case "title_added":
      await review(requestIds, delayMs);
      break;
    case "title_deleted":
      cancelled = await cancel("It was removed from the library");
      break;
    case "file_deleted":
    case "manual_interaction":
      break;
  }
  return cancelled.length === 0
    ? []
    : [{ words: "What was to be said about waiting is cancelled", detail: null }];
}

/** An import is a hint: the job that follows reads what the instance really holds. */
async function queueCollection(
  tx: Executor,
  item: EventItem,
  scope: EventScope,
): Promise<InboundEffect> {
  const { instance } = scope;
  if (!instance) {
    return {
      words: "It is not known which server sent this",
      detail: "Add the server in the settings, or its name to the webhook's address",
    };
  }
  if (item.type === "movie") {
    if (item.tmdbId === null)
      return { words: "It names no TMDB id", detail: "Reconciliation will find it" };
    await enqueue(tx, "collect_movie", {
      instanceKey: instance.key,
      tmdbId: item.tmdbId,
      eventId: scope.row.id,
    });
  } else {
    if (item.seriesId === null && item.tvdbId === null) {
      return { words: "It names no show", detail: "Reconciliation will find it" };
    }
    await enqueue(tx, "collect_show", {
      instanceKey: instance.key,
      seriesId: item.seriesId,
      tvdbId: item.tvdbId,
      eventId: scope.row.id,
    });
  }
  return {
    words: `${instance.name} is asked what it holds`,
    detail: "A webhook is a hint, not proof",
  };
}

/** Requests the event is about: a show's event counts for those whose seasons it touches. */
async function coveredRequests(
  tx: Executor,
  item: EventItem,
  scope: EventScope,
): Promise<RequestWithSeasons[]> {
  const isFourK = scope.instance?.isFourK ?? false;
  if (item.type === "movie") {
    if (item.tmdbId === null) return [];
    const { tmdbId } = item;
    const requests = await listMovieRequests(tx, tmdbId);
    return requests.filter((r) => isNews(matchRequest(r, { kind: "movie", tmdbId, isFourK })));
  }
  const { tvdbId, tmdbId } = item;
  const requests = await listShowRequests(tx, { tvdbId, tmdbId });
  const seasons = [...new Set(item.episodes.map((episode) => episode.season))];
  return requests.filter((request) =>
    (seasons.length > 0 ? seasons : request.seasons).some((season) =>
      isNews(matchRequest(request, { kind: "episode", tvdbId, tmdbId, season, isFourK })),
    ),
  );
}

const isNews = (coverage: ReturnType<typeof matchRequest>) => coverage.kind !== "other";

function itemKeys(item: EventItem, scope: EventScope): string[] {
  const isFourK = scope.instance?.isFourK ?? false;
  if (item.type === "movie") {
    return item.tmdbId === null ? [] : [mediaKey({ kind: "movie", tmdbId: item.tmdbId, isFourK })];
  }
  const { tvdbId } = item;
  if (tvdbId === null) return [];
  return item.episodes.map(({ season, episode }) =>
    mediaKey({ kind: "episode", tvdbId, season, episode, isFourK }),
  );
}

function factWords(event: MediaEvent): { words: string; reason: string | null } {
  const { item } = event;
  const what = item ? sentence(describe(item)) : "A download";
  switch (event.kind) {
    case "grabbed":
      return {
        words: `${what} grabbed${event.release.quality ? `, ${event.release.quality}` : ""}`,
        reason: null,
      };
    case "imported": {
      const quality = event.files[0]?.quality;
      return { words: `${what} imported${quality ? `, ${quality}` : ""}`, reason: null };
    }
    case "file_deleted":
      return {
        words: `The file of ${item ? describe(item) : "a title"} was deleted`,
        reason: event.reason === "upgrade" ? "A better one takes its place" : null,
      };
    case "title_added":
      return { words: "Added to the library's search", reason: null };
    case "title_deleted":
      return { words: "Removed from the library", reason: null };
    case "manual_interaction":
      return {
        words: `${what} cannot be imported without a hand`,
        reason: event.messages.join(". ") || null,
      };
  }
}

function describe(item: EventItem): string {
  if (item.type === "movie") return "the movie";
  const keys = item.episodes.map(({ season, episode }) =>
    mediaKey({ kind: "episode", tvdbId: item.tvdbId ?? 0, season, episode, isFourK: false }),
  );
  const [only] = item.episodes;
  if (item.episodes.length === 1 && only?.title) return `${itemWords(keys)} “${only.title}”`;
  return keys.length > 0 ? itemWords(keys) : "the show";
}

function matchDetail(item: EventItem): string {
  if (item.type === "movie") return `by TMDB id ${item.tmdbId}`;
  return item.tvdbId === null ? `by TMDB id ${item.tmdbId}` : `by TVDB id ${item.tvdbId}`;
}
