import type { Instance } from "@/lib/domain/instance";
import { coversSeason } from "@/lib/domain/matching";
import { mediaKey } from "@/lib/domain/media";
import {
  type InstanceFacts,
  isCompleteByFigures,
  judgeMovie,
  judgeShow,
  type QualityVerdict,
} from "@/lib/domain/quality";
import type { RadarrMovie, SonarrEpisode, SonarrSeries } from "@/lib/domain/upstream";
import type { RequestWithSeasons } from "@/lib/store/requests";
import { holdsUntilCutoff, readProfiles } from "../library/cutoff-rule";
import type { Config } from "../load-config";
import { radarrOf, sonarrOf } from "../upstreams";

/** One request as it is judged: what of it everybody was told of needs no better file. */
export type JudgedRequest = { request: RequestWithSeasons; settled: ReadonlySet<string> };

/** Judges requests by one instance. Every call throws UpstreamError when the instance cannot be asked. */
export type QualityReader = {
  instance: Instance;
  /** Null: it does not have the title. */
  judge: (judged: JudgedRequest, now: Date) => Promise<QualityVerdict | null>;
};

/** Asks an instance about single titles. */
export function readerOfTitles(config: Config, instance: Instance): QualityReader {
  return {
    instance,
    judge: async ({ request, settled }, now) => {
      if (instance.kind === "radarr") {
        const radarr = radarrOf(instance);
        const movie = request.tmdbId === null ? null : await radarr.movieByTmdbId(request.tmdbId);
        if (!movie) return null;
        const queue = await radarr.queueForMovie(movie.movieId);
        const facts = { queue, rule: await ruleOf(config, instance) };
        return judgeMovie(movie, facts, isMovieSettled(instance, movie, settled), now);
      }
      const sonarr = sonarrOf(instance);
      const series = await findSeries(instance, request);
      if (!series) return null;
      const episodes = await sonarr.episodes(series.seriesId);
      const queue = await sonarr.queueForSeries(series.seriesId);
      const facts = { queue, rule: await ruleOf(config, instance) };
      const ask = askOf(instance, series, { request, settled });
      return judgeShow({ series, episodes }, facts, ask, now);
    },
  };
}

/** Reads an instance once and judges any number of requests by that; episodes are read where figures do not tell. */
export async function readerOfAll(config: Config, instance: Instance): Promise<QualityReader> {
  if (instance.kind === "radarr") {
    const radarr = radarrOf(instance);
    const movies = new Map((await radarr.movies()).map((movie) => [movie.tmdbId, movie]));
    const facts = { queue: await radarr.queue(), rule: await ruleOf(config, instance) };
    return {
      instance,
      judge: async ({ request, settled }, now) => {
        const movie = request.tmdbId === null ? undefined : movies.get(request.tmdbId);
        if (!movie) return null;
        return judgeMovie(movie, facts, isMovieSettled(instance, movie, settled), now);
      },
    };
  }
  const sonarr = sonarrOf(instance);
  const all = await sonarr.allSeries();
  const byTvdb = new Map(all.map((series) => [series.tvdbId, series]));
  const byTmdb = new Map(all.map((series) => [series.tmdbId, series]));
  const facts = { queue: await sonarr.queue(), rule: await ruleOf(config, instance) };
  // Requests of one show follow one another: only its episodes are kept.
  let latest: { seriesId: number; episodes: SonarrEpisode[] } | null = null;
  return {
    instance,
    judge: async ({ request, settled }, now) => {
      const series =
        request.tvdbId !== null
          ? byTvdb.get(request.tvdbId)
          : request.tmdbId === null
            ? undefined
            : byTmdb.get(request.tmdbId);
      if (!series) return null;
      const seasons = request.coversAllSeasons ? "all" : request.seasons;
      if (isCompleteByFigures(series, seasons, facts.rule)) return { kind: "there" };
      if (latest?.seriesId !== series.seriesId) {
        const episodes = await sonarr.episodes(series.seriesId);
        latest = { seriesId: series.seriesId, episodes };
      }
      const ask = askOf(instance, series, { request, settled });
      return judgeShow({ series, episodes: latest.episodes }, facts, ask, now);
    },
  };
}

async function ruleOf(config: Config, instance: Instance): Promise<InstanceFacts["rule"]> {
  return {
    hold: holdsUntilCutoff(config.settings),
    profiles: await readProfiles(instance),
  };
}

async function findSeries(
  instance: Instance,
  { tvdbId, tmdbId }: RequestWithSeasons,
): Promise<SonarrSeries | null> {
  const sonarr = sonarrOf(instance);
  if (tvdbId !== null) return sonarr.seriesByTvdbId(tvdbId);
  if (tmdbId === null) return null;
  // Sonarr cannot be asked by TMDB id.
  return (await sonarr.allSeries()).find((series) => series.tmdbId === tmdbId) ?? null;
}

function isMovieSettled(
  { isFourK }: Instance,
  { tmdbId }: RadarrMovie,
  settled: ReadonlySet<string>,
): boolean {
  return tmdbId !== null && settled.has(mediaKey({ kind: "movie", tmdbId, isFourK }));
}

function askOf(
  { isFourK }: Instance,
  { tvdbId }: SonarrSeries,
  { request, settled }: JudgedRequest,
) {
  return {
    coversSeason: (season: number) => coversSeason(request, season),
    isSettled: (season: number, episode: number) =>
      tvdbId !== null &&
      settled.has(mediaKey({ kind: "episode", tvdbId, season, episode, isFourK })),
  };
}
