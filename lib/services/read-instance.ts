import type { Holding } from "@/lib/domain/collection";
import type { Instance } from "@/lib/domain/instance";
import type { RequestWithSeasons } from "@/lib/store/requests";
import { movieHolding, showHoldings } from "./read-holdings";
import { radarrOf, sonarrOf } from "./upstreams";

/** What an instance holds of the titles that are asked for, read once for all requests. */
export type InstanceHoldings = { holdings: Holding[]; expected: Holding[] };

/** Throws UpstreamError when the instance cannot be read to the end: half an answer is none. */
export async function readInstanceHoldings(
  instance: Instance,
  requests: readonly RequestWithSeasons[],
): Promise<InstanceHoldings> {
  const wanted = requests.filter((request) => request.isFourK === instance.isFourK);
  return instance.kind === "radarr" ? readMovies(instance, wanted) : readShows(instance, wanted);
}

async function readMovies(
  instance: Instance,
  requests: readonly RequestWithSeasons[],
): Promise<InstanceHoldings> {
  const asked = new Set(requests.filter((r) => r.mediaType === "movie").map((r) => r.tmdbId));
  if (asked.size === 0) return { holdings: [], expected: [] };
  const movies = await radarrOf(instance).movies();
  return {
    holdings: movies
      .filter((movie) => asked.has(movie.tmdbId))
      .flatMap((movie) => movieHolding(instance, movie) ?? []),
    expected: [],
  };
}

async function readShows(
  instance: Instance,
  requests: readonly RequestWithSeasons[],
): Promise<InstanceHoldings> {
  const shows = requests.filter((request) => request.mediaType === "tv");
  if (shows.length === 0) return { holdings: [], expected: [] };
  const byTvdb = new Set(shows.flatMap((request) => request.tvdbId ?? []));
  const byTmdb = new Set(shows.filter((r) => r.tvdbId === null).flatMap((r) => r.tmdbId ?? []));
  const sonarr = sonarrOf(instance);
  const result: InstanceHoldings = { holdings: [], expected: [] };
  for (const series of await sonarr.allSeries()) {
    const isAsked =
      (series.tvdbId !== null && byTvdb.has(series.tvdbId)) ||
      (series.tmdbId !== null && byTmdb.has(series.tmdbId));
    if (!isAsked) continue;
    const show = showHoldings(instance, series, await sonarr.episodes(series.seriesId));
    result.holdings.push(...show.holdings);
    result.expected.push(...show.expected);
  }
  return result;
}
