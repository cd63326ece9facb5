import { z } from "zod";
import type {
  AskedTitle,
  FoundTitle,
  NewSeerrRequest,
  SeerrAnswerToRequest,
  TitleStanding,
} from "@/lib/domain/asking";
import { UpstreamError } from "@/lib/errors";
import {
  list,
  optionalBoolean,
  optionalCount,
  optionalDate,
  optionalId,
  optionalObject,
  optionalText,
} from "./answer-fields";
import type { HttpClient } from "./http";

/** The part of Seerr's API by which something is asked for. */

/** Movies and shows that fit a text, the best first. */
export async function searchTitles(http: HttpClient, text: string): Promise<FoundTitle[]> {
  const { results } = await http.get("api/v1/search", searchAnswer, { query: text, page: 1 });
  return results.flatMap((found) => {
    const title = found.title ?? found.name;
    if ((found.mediaType !== "movie" && found.mediaType !== "tv") || !title || !found.id) return [];
    const date = found.mediaType === "movie" ? found.releaseDate : found.firstAirDate;
    return [
      {
        mediaType: found.mediaType,
        tmdbId: found.id,
        title,
        year: date?.getUTCFullYear() ?? null,
        posterPath: found.posterPath,
        hd: standingOf(found.mediaInfo?.status),
        fourK: standingOf(found.mediaInfo?.status4k),
      },
    ];
  });
}

/** One title as far as it can be asked for: what is there, what was asked for, in HD and in 4K. */
export async function readAskedTitle(
  http: HttpClient,
  mediaType: "movie" | "tv",
  tmdbId: number,
): Promise<AskedTitle> {
  const found = await http.get(`api/v1/${mediaType}/${tmdbId}`, details);
  const info = found.mediaInfo;
  const asked = (season: number, is4k: boolean) =>
    (info?.requests ?? []).some(
      (request) =>
        (request.is4k ?? false) === is4k &&
        // Declined and failed ones may be asked for again.
        request.status !== 3 &&
        request.status !== 4 &&
        request.seasons.some(({ seasonNumber }) => seasonNumber === season),
    );
  const standing = (season: number, is4k: boolean): TitleStanding => {
    const known = info?.seasons.find(({ seasonNumber }) => seasonNumber === season);
    const there = standingOf(is4k ? known?.status4k : known?.status);
    return there === "none" && asked(season, is4k) ? "asked" : there;
  };
  return {
    mediaType,
    tmdbId,
    title: found.title ?? found.name ?? `${mediaType === "movie" ? "Movie" : "Show"} ${tmdbId}`,
    year: (found.releaseDate ?? found.firstAirDate)?.getUTCFullYear() ?? null,
    posterPath: found.posterPath,
    hd: standingOf(info?.status),
    fourK: standingOf(info?.status4k),
    seasons: found.seasons.flatMap(({ seasonNumber, episodeCount }) =>
      seasonNumber === null || (episodeCount ?? 0) === 0
        ? []
        : [
            {
              season: seasonNumber,
              episodeCount: episodeCount ?? 0,
              hd: standing(seasonNumber, false),
              fourK: standing(seasonNumber, true),
            },
          ],
    ),
  };
}

/** Asks for a title in the name of a user. Sent once; a refusal in Seerr's own words is an answer, not an error. */
export async function createRequest(
  http: HttpClient,
  { seerrUserId, mediaType, tmdbId, seasons, isFourK }: NewSeerrRequest,
): Promise<SeerrAnswerToRequest> {
  try {
    const made = await http.post("api/v1/request", createdAnswer, {
      mediaType,
      mediaId: tmdbId,
      ...(mediaType === "tv" ? { seasons } : {}),
      is4k: isFourK,
      userId: seerrUserId,
    });
    // 202: nothing was left to ask for, and no request was made.
    return made.id === null ? { kind: "nothingLeft" } : { kind: "made", seerrRequestId: made.id };
  } catch (error) {
    const refusal = error instanceof UpstreamError ? refusalOf(error) : null;
    if (refusal) return refusal;
    throw error;
  }
}

// seerr server/routes/request.ts: 409 duplicate; 403 for quota, permission and blocklist, told apart by their words.
function refusalOf(error: UpstreamError): SeerrAnswerToRequest | null {
  const words = error.cause instanceof Error ? error.cause.message : "";
  if (error.status === 409) return { kind: "alreadyAsked" };
  if (error.status !== 403) return null;
  if (/quota/i.test(words)) return { kind: "quota" };
  if (/block|blacklist/i.test(words)) return { kind: "blocked" };
  return /permission to make/i.test(words) ? { kind: "noPermission" } : null;
}

// seerr server/constants/media.ts: 1 unknown, 2 pending, 3 processing, 4 partly there, 5 there, 6 blocked, 7 deleted.
function standingOf(status: number | null | undefined): TitleStanding {
  switch (status) {
    case 2:
    case 3:
      return "asked";
    case 4:
      return "partly";
    case 5:
      return "there";
    case 6:
      return "blocked";
    default:
      return "none";
  }
}

const standingFields = { status: optionalCount, status4k: optionalCount };

const searchAnswer = z.object({
  results: list(
    z.object({
      id: optionalId,
      mediaType: optionalText,
      title: optionalText,
      name: optionalText,
      releaseDate: optionalDate,
      firstAirDate: optionalDate,
      posterPath: optionalText,
      mediaInfo: optionalObject(standingFields),
    }),
  ),
});

const details = z.object({
  title: optionalText,
  name: optionalText,
  releaseDate: optionalDate,
  firstAirDate: optionalDate,
  posterPath: optionalText,
  seasons: list(z.object({ seasonNumber: optionalCount, episodeCount: optionalCount })),
  mediaInfo: optionalObject({
    ...standingFields,
    seasons: list(z.object({ seasonNumber: optionalCount, ...standingFields })),
    requests: list(
      z.object({
        is4k: optionalBoolean,
        status: optionalCount,
        seasons: list(z.object({ seasonNumber: optionalCount })),
      }),
    ),
  }),
});

const createdAnswer = z.object({ id: optionalId });
