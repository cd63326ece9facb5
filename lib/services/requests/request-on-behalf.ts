import { type AskedTitle, canBeAsked, type FoundTitle, refusalWords } from "@/lib/domain/asking";
import { AppError } from "@/lib/errors";
import { findRequestBySeerrId } from "@/lib/store/requests";
import { insertTimeline } from "@/lib/store/timeline";
import { findUser } from "@/lib/store/users";
import type { ServiceContext } from "../context";
import { seerrOf } from "../upstreams";
import { attachWatchers } from "./attach-watcher";
import { completeRequest } from "./complete-request";

/** Movies and shows in Seerr that fit a text. */
export async function searchTitles(ctx: ServiceContext, text: string): Promise<FoundTitle[]> {
  return seerrOf(await ctx.loadConfig()).search(text);
}

/** A title as far as it can be asked for, and whether Seerr has a server for 4K of its kind. */
export async function readTitleToAsk(
  ctx: ServiceContext,
  mediaType: "movie" | "tv",
  tmdbId: number,
): Promise<AskedTitle & { offersFourK: boolean }> {
  const seerr = seerrOf(await ctx.loadConfig());
  const [title, servers] = await Promise.all([
    seerr.askedTitle(mediaType, tmdbId),
    mediaType === "movie" ? seerr.radarrServers() : seerr.sonarrServers(),
  ]);
  return { ...title, offersFourK: servers.some((server) => server.is4k) };
}

export type RequestOnBehalf = {
  mediaType: "movie" | "tv";
  tmdbId: number;
  /** For shows; what is there or asked for already is left out. */
  seasons: readonly number[];
  isFourK: boolean;
  userId: number;
  /** Who else is told. */
  watcherIds: readonly number[];
  /** Who did it, as the timeline names them. */
  actor: string;
};

/**
 * Asks Seerr for a title in a person's name and stores the request as if its webhook had come, so that nobody is told
 * anything they would not be told otherwise. Returns the request's id. Throws AppError with Seerr's refusal in words,
 * UpstreamError when Seerr cannot be asked.
 */
export async function requestOnBehalf(
  ctx: ServiceContext,
  asked: RequestOnBehalf,
): Promise<number> {
  const { db } = ctx.database;
  const user = await findUser(db, asked.userId);
  if (!user) throw new AppError("not_found", "There is no such person");
  if (user.goneFromSeerrAt) {
    throw new AppError("conflict", `${user.displayName} is no longer in Seerr`);
  }
  const { mediaType, tmdbId, isFourK } = asked;
  const seerr = seerrOf(await ctx.loadConfig());
  const title = await seerr.askedTitle(mediaType, tmdbId);
  const about = { title: title.title, name: user.displayName, isFourK };
  const seasons = title.seasons
    .filter((season) => asked.seasons.includes(season.season))
    .filter((season) => canBeAsked(isFourK ? season.fourK : season.hd))
    .map(({ season }) => season);
  if (mediaType === "tv" && asked.seasons.length === 0) {
    throw new AppError("bad_request", "Choose at least one season");
  }
  if (mediaType === "tv" && seasons.length === 0) {
    throw new AppError("conflict", refusalWords({ kind: "nothingLeft" }, about));
  }
  const answer = await seerr.createRequest({
    seerrUserId: user.seerrUserId,
    mediaType,
    tmdbId,
    seasons,
    isFourK,
  });
  if (answer.kind !== "made") throw new AppError("conflict", refusalWords(answer, about));
  await completeRequest(ctx, answer.seerrRequestId);
  const request = await findRequestBySeerrId(db, answer.seerrRequestId);
  if (!request)
    throw new AppError("unavailable", "Seerr took the request, but does not show it yet");
  await insertTimeline(db, [
    {
      requestId: request.id,
      userId: user.id,
      at: ctx.now(),
      kind: "decision",
      code: "asked_on_behalf",
      words: `Asked for it in the name of ${user.displayName}`,
      source: asked.actor,
      dedupeKey: `request:${answer.seerrRequestId}:on_behalf`,
    },
  ]);
  const userIds = asked.watcherIds.filter((id) => id !== user.id);
  if (userIds.length > 0) {
    const watchers = { requestId: request.id, userIds, tellExisting: false, actor: asked.actor };
    await attachWatchers(ctx, watchers);
  }
  return request.id;
}
