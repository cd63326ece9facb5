import type { MediaType } from "./media";

/** Which requests an item is news for (PRODUCT section 6): by external id, class and season, never by title. */

export type RequestScope = {
  mediaType: MediaType;
  tmdbId: number | null;
  tvdbId: number | null;
  isFourK: boolean;
  status: "pending" | "approved" | "declined" | "failed" | "completed" | "deleted";
  seasons: readonly number[];
  coversAllSeasons: boolean;
};

export type ItemScope =
  | { kind: "movie"; tmdbId: number | null; isFourK: boolean }
  | {
      kind: "episode";
      tvdbId: number | null;
      tmdbId: number | null;
      season: number;
      isFourK: boolean;
    };

export type Coverage =
  | { kind: "covers" }
  /** It would be covered, once an admin approves the request in Seerr. */
  | { kind: "notApproved" }
  | { kind: "other"; because: "title" | "class" | "season" | "withdrawn" };

/** Whether `request` asks for `item`. Shows go by TVDB id, TMDB id only where one side has no TVDB id. */
export function matchRequest(request: RequestScope, item: ItemScope): Coverage {
  if (!isSameTitle(request, item)) return { kind: "other", because: "title" };
  if (request.isFourK !== item.isFourK) return { kind: "other", because: "class" };
  if (request.status === "declined" || request.status === "deleted") {
    return { kind: "other", because: "withdrawn" };
  }
  if (item.kind === "episode" && !coversSeason(request, item.season)) {
    return { kind: "other", because: "season" };
  }
  return request.status === "pending" ? { kind: "notApproved" } : { kind: "covers" };
}

function isSameTitle(request: RequestScope, item: ItemScope): boolean {
  if (item.kind === "movie") {
    return request.mediaType === "movie" && item.tmdbId !== null && request.tmdbId === item.tmdbId;
  }
  if (request.mediaType !== "tv") return false;
  if (request.tvdbId !== null && item.tvdbId !== null) return request.tvdbId === item.tvdbId;
  return item.tmdbId !== null && request.tmdbId === item.tmdbId;
}

/** Specials are asked for by name only: "all seasons" in Seerr leaves season 0 out. */
export function coversSeason(
  request: Pick<RequestScope, "seasons" | "coversAllSeasons">,
  season: number,
): boolean {
  return request.seasons.includes(season) || (request.coversAllSeasons && season > 0);
}
