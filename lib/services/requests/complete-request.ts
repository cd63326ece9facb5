import type { SeerrRequest } from "@/lib/domain/upstream";
import { UpstreamError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import {
  findRequestBySeerrId,
  type Request,
  setRequester,
  setSeasons,
  updateRequest,
  upsertRequest,
} from "@/lib/store/requests";
import { insertTimeline } from "@/lib/store/timeline";
import { upsertUser } from "@/lib/store/users";
import type { ServiceContext } from "../context";
import { withdrawNotices } from "../mails/cancel-notices";
import { seerrOf } from "../upstreams";
import { refreshRequestStates } from "./refresh-request-state";

/** What Seerr's detail page of a title adds to a request. */
export type TitleDetails = Pick<Request, "title" | "year" | "posterPath" | "overview"> & {
  tvdbId: number | null;
  /** Watchable things the request covers: 1, or the episodes of its seasons. */
  itemCount: number;
};

/** Reads one request from Seerr and stores all of it; what it covers and is held already is collected next. */
export async function completeRequest(ctx: ServiceContext, seerrRequestId: number): Promise<void> {
  const seerr = seerrOf(await ctx.loadConfig());
  const found = await seerr.request(seerrRequestId);
  if (!found) return forgetRequest(ctx, seerrRequestId);
  const details = await readTitleDetails(ctx, found);
  await ctx.database.db.transaction(async (tx) => {
    const request = await storeSeerrRequest(
      tx,
      found,
      details,
      { origin: "webhook", knownBefore: false },
      ctx.now(),
    );
    await enqueue(tx, "collect_request", { requestId: request.id });
    await announceChange(tx, "requests");
  });
}

/**
 * Title, poster and number of episodes. Null when Seerr cannot give them now (it answers 500 for a title TMDB does not
 * know, and when TMDB is down): the request counts all the same.
 */
export async function readTitleDetails(
  ctx: ServiceContext,
  request: SeerrRequest,
): Promise<TitleDetails | null> {
  if (request.tmdbId === null) return null;
  const seerr = seerrOf(await ctx.loadConfig());
  try {
    if (request.mediaType === "movie") {
      const movie = await seerr.movie(request.tmdbId);
      return { ...movie, title: movie.title ?? fallbackTitle(request), tvdbId: null, itemCount: 1 };
    }
    const show = await seerr.tv(request.tmdbId);
    const itemCount = show.seasons
      .filter((season) => request.seasons.includes(season.season))
      .reduce((sum, season) => sum + (season.episodeCount ?? 0), 0);
    return { ...show, title: show.title ?? fallbackTitle(request), itemCount };
  } catch (error) {
    if (error instanceof UpstreamError && error.kind === "status") return null;
    throw error;
  }
}

/** Stores what Seerr's API says about a request: requester, seasons and class are true from now on. */
export async function storeSeerrRequest(
  tx: Executor,
  found: SeerrRequest,
  details: TitleDetails | null,
  first: { origin: "webhook" | "sync"; knownBefore: boolean },
  now: Date,
): Promise<Request> {
  const known = await findRequestBySeerrId(tx, found.seerrRequestId);
  const requester = found.requestedBy
    ? await upsertUser(tx, pickPerson(found.requestedBy), now)
    : null;
  const userId = requester?.id ?? known?.userId ?? null;
  const { request, isNew } = await upsertRequest(
    tx,
    {
      seerrRequestId: found.seerrRequestId,
      mediaType: found.mediaType,
      title: details?.title ?? known?.title ?? fallbackTitle(found),
      status: found.status === "unknown" ? (known?.status ?? "pending") : found.status,
      origin: first.origin,
      requestedAt: found.createdAt ?? known?.requestedAt ?? now,
      userId,
      requesterName: found.requestedBy?.displayName ?? known?.requesterName ?? null,
      tmdbId: found.tmdbId ?? known?.tmdbId ?? null,
      tvdbId: found.tvdbId ?? details?.tvdbId ?? known?.tvdbId ?? null,
      isFourK: found.is4k,
      ...(details
        ? {
            year: details.year,
            posterPath: details.posterPath,
            overview: details.overview,
            itemCount: details.itemCount,
          }
        : {}),
      ...(details || known?.readFromSeerrAt ? { readFromSeerrAt: now } : {}),
      ...(known ? {} : { knownBefore: first.knownBefore }),
    },
    now,
  );
  await setSeasons(tx, request.id, found.seasons);
  if (userId !== null) {
    await setRequester(tx, request.id, userId, request.requestedAt);
  }
  if (isNew) {
    await insertTimeline(tx, [
      {
        requestId: request.id,
        at: request.requestedAt,
        kind: "fact",
        code: "request_found",
        words: `${found.requestedBy?.displayName ?? "Somebody"} asked for it`,
        reason: first.knownBefore
          ? "Known from the first sync: what was there then is old news"
          : null,
        source: `Seerr #${found.seerrRequestId}`,
        dedupeKey: `request:${found.seerrRequestId}:found`,
      },
    ]);
  }
  await followStatus(tx, request, known, now);
  if (isNew || known?.status !== request.status)
    await refreshRequestStates(tx, [request.id], isNew ? request.requestedAt : now);
  return request;
}

/** Older requests that are new to us are left to the scheduled review, which holds mails when they are too many. */
const recentMs = 7 * 24 * 60 * 60_000;

/** Seerr has handed an approved title over to its instance by then. */
const handOverMs = 10_000;

/** What a status that Seerr's API brought means for people who wait; webhooks of the same news may have been lost. */
async function followStatus(
  tx: Executor,
  request: Request,
  known: Request | null,
  now: Date,
): Promise<void> {
  const isSameStatus = request.status === known?.status;
  // Nobody could be told while it was not known who asked.
  const hasRequester = known !== null && known.userId === null && request.userId !== null;
  if (isSameStatus && !hasRequester) return;
  if (request.status === "declined") {
    const cause = { because: "The request was declined", source: "Seerr" };
    await withdrawNotices(tx, request.id, cause, now);
  }
  const isRecent = now.getTime() - request.requestedAt.getTime() < recentMs;
  const isNewlyApproved = known ? known.status !== "completed" : !request.knownBefore && isRecent;
  if (request.status === "approved" && isNewlyApproved) {
    const runAt = new Date(now.getTime() + handOverMs);
    await enqueue(tx, "review_request", { requestId: request.id }, { runAt });
  }
}

async function forgetRequest(ctx: ServiceContext, seerrRequestId: number): Promise<void> {
  const request = await findRequestBySeerrId(ctx.database.db, seerrRequestId);
  if (!request || request.status === "deleted") return;
  await ctx.database.db.transaction((tx) => recordRequestDeleted(tx, request, ctx.now()));
}

/** Marks a request that is gone from Seerr; what waits on its account is dropped when its batch is looked at. */
export async function recordRequestDeleted(
  tx: Executor,
  request: Request,
  now: Date,
): Promise<void> {
  await updateRequest(tx, request.id, { status: "deleted" });
  await withdrawNotices(
    tx,
    request.id,
    { because: "The request was deleted in Seerr", source: "Seerr" },
    now,
  );
  await insertTimeline(tx, [
    {
      requestId: request.id,
      at: now,
      kind: "fact",
      code: "request_deleted",
      words: "The request was deleted in Seerr",
      source: `Seerr #${request.seerrRequestId}`,
      dedupeKey: `request:${request.seerrRequestId}:deleted`,
    },
  ]);
  await refreshRequestStates(tx, [request.id], now);
  await announceChange(tx, "requests");
}

const pickPerson = ({
  seerrUserId,
  displayName,
  email,
}: NonNullable<SeerrRequest["requestedBy"]>) => ({
  seerrUserId,
  displayName,
  email,
});

const fallbackTitle = (request: SeerrRequest) =>
  `${request.mediaType === "movie" ? "Movie" : "Show"} ${request.tmdbId ?? request.seerrRequestId}`;
