import type { Instance } from "@/lib/domain/instance";
import { matchRequest } from "@/lib/domain/matching";
import type { Executor } from "@/lib/store/db";
import type { DownloadRow } from "@/lib/store/downloads";
import { listMovieRequests, listShowRequests, type RequestWithSeasons } from "@/lib/store/requests";

/** What tells which requests a download serves. */
export type DownloadScope = Pick<DownloadRow, "tvdbId" | "tmdbId" | "episodes">;

/** The approved requests a download is for, whatever state they are in. */
export async function requestsOfDownload(
  executor: Executor,
  instance: Pick<Instance, "kind" | "isFourK">,
  { tvdbId, tmdbId, episodes }: DownloadScope,
): Promise<RequestWithSeasons[]> {
  const { isFourK } = instance;
  if (instance.kind === "radarr") {
    if (tmdbId === null) return [];
    const found = await listMovieRequests(executor, tmdbId);
    return found.filter(
      (request) => matchRequest(request, { kind: "movie", tmdbId, isFourK }).kind === "covers",
    );
  }
  const seasons = [...new Set(episodes.map((episode) => episode.season))];
  const found = await listShowRequests(executor, { tvdbId, tmdbId });
  return found.filter((request) =>
    seasons.some(
      (season) =>
        matchRequest(request, { kind: "episode", tvdbId, tmdbId, season, isFourK }).kind ===
        "covers",
    ),
  );
}
