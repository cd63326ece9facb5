import type { Holding } from "@/lib/domain/collection";
import type { DomainEvent } from "@/lib/domain/inbound";
import type { Instance } from "@/lib/domain/instance";
import { type CutoffRule, waitsForCutoff } from "@/lib/domain/quality";
import type { LibraryFile, RadarrMovie, SonarrEpisode, SonarrSeries } from "@/lib/domain/upstream";
import { radarrOf, sonarrOf } from "../upstreams";
import { nothingHeld } from "./cutoff-rule";

/** What an instance holds, in our words. */

/** A show as one instance has it: episodes with a file, and those still to come. */
export type ShowHoldings = { holdings: Holding[]; expected: Holding[] };

/** Reads a show. Null: the instance does not have it. */
export async function readShowHoldings(
  instance: Instance,
  show: { seriesId: number | null; tvdbId: number | null },
  rule: CutoffRule = nothingHeld,
): Promise<ShowHoldings | null> {
  const sonarr = sonarrOf(instance);
  const byId = show.seriesId === null ? null : await sonarr.series(show.seriesId);
  // An id that came from another instance names another show here.
  const isSame = byId !== null && (show.tvdbId === null || byId.tvdbId === show.tvdbId);
  const byTvdbId = isSame || show.tvdbId === null ? null : sonarr.seriesByTvdbId(show.tvdbId);
  const series = isSame ? byId : await byTvdbId;
  if (!series) return null;
  return showHoldings(instance, series, await sonarr.episodes(series.seriesId), rule);
}

/** The episodes of a show in our words. */
export function showHoldings(
  instance: Instance,
  series: SonarrSeries,
  episodes: readonly SonarrEpisode[],
  rule: CutoffRule = nothingHeld,
): ShowHoldings {
  const { tvdbId } = series;
  if (tvdbId === null) return { holdings: [], expected: [] };
  const toHolding = (episode: SonarrEpisode): Holding => ({
    identity: {
      kind: "episode" as const,
      tvdbId,
      season: episode.season,
      episode: episode.episode,
      isFourK: instance.isFourK,
    },
    title: series.title ?? `Show ${tvdbId}`,
    year: series.year,
    tmdbId: series.tmdbId,
    tvdbId,
    imdbId: series.imdbId,
    episodeTitle: episode.title,
    episodeTvdbId: episode.tvdbId,
    runtimeMinutes: episode.runtimeMinutes ?? series.runtimeMinutes,
    airsAt: episode.airDateUtc,
    instanceKey: instance.key,
    upstreamId: series.seriesId,
    ...fileFacts(episode.file, series.path),
    waitsForCutoff: waitsForCutoff(
      episode.file,
      { ...series, monitored: series.monitored && episode.monitored },
      rule,
    ),
  });
  return {
    holdings: episodes.filter((episode) => episode.hasFile).map(toHolding),
    expected: episodes.filter((episode) => !episode.hasFile).map(toHolding),
  };
}

/** The movie, if the instance holds a file of it. */
export async function readMovieHolding(
  instance: Instance,
  tmdbId: number,
  rule: CutoffRule = nothingHeld,
): Promise<Holding | null> {
  const movie = await radarrOf(instance).movieByTmdbId(tmdbId);
  return movie ? movieHolding(instance, movie, rule) : null;
}

/** A movie as a holding; null while it has no file. */
export function movieHolding(
  instance: Instance,
  movie: RadarrMovie,
  rule: CutoffRule = nothingHeld,
): Holding | null {
  if (!movie.hasFile || movie.tmdbId === null) return null;
  return {
    identity: { kind: "movie", tmdbId: movie.tmdbId, isFourK: instance.isFourK },
    title: movie.title ?? `Movie ${movie.tmdbId}`,
    year: movie.year,
    tmdbId: movie.tmdbId,
    tvdbId: null,
    imdbId: movie.imdbId,
    episodeTitle: null,
    episodeTvdbId: null,
    runtimeMinutes: movie.runtimeMinutes,
    airsAt: null,
    instanceKey: instance.key,
    upstreamId: movie.movieId,
    ...fileFacts(movie.file, movie.path),
    waitsForCutoff: waitsForCutoff(movie.file, movie, rule),
  };
}

/** What an import event itself promises: used only when its instance cannot be asked. */
export function eventHoldings(
  instance: Instance,
  event: Extract<DomainEvent, { kind: "imported" }>,
  at: Date,
): Holding[] {
  const { item } = event;
  const [file] = event.files;
  const common = {
    year: item.year,
    tmdbId: item.tmdbId,
    runtimeMinutes: null,
    instanceKey: instance.key,
    fileId: event.files.length === 1 ? (file?.fileId ?? null) : null,
    filePath: event.files.length === 1 ? (file?.path ?? null) : null,
    quality: file?.quality ?? null,
    addedAt: at,
  };
  if (item.type === "movie") {
    if (item.tmdbId === null) return [];
    return [
      {
        ...common,
        identity: { kind: "movie", tmdbId: item.tmdbId, isFourK: instance.isFourK },
        title: item.title ?? `Movie ${item.tmdbId}`,
        tvdbId: null,
        imdbId: item.imdbId,
        episodeTitle: null,
        episodeTvdbId: null,
        airsAt: null,
        upstreamId: item.movieId,
      },
    ];
  }
  const { tvdbId } = item;
  if (tvdbId === null) return [];
  return item.episodes.map((episode) => ({
    ...common,
    identity: {
      kind: "episode",
      tvdbId,
      season: episode.season,
      episode: episode.episode,
      isFourK: instance.isFourK,
    },
    title: item.title ?? `Show ${tvdbId}`,
    tvdbId,
    imdbId: null,
    episodeTitle: episode.title,
    episodeTvdbId: null,
    airsAt: episode.airDateUtc,
    upstreamId: item.seriesId,
  }));
}

function fileFacts(file: LibraryFile | null, folder: string | null) {
  const joined =
    file?.relativePath && folder ? `${folder.replace(/[/\\]+$/, "")}/${file.relativePath}` : null;
  return {
    fileId: file?.fileId ?? null,
    filePath: file?.path ?? joined,
    quality: file?.quality ?? null,
    addedAt: file?.addedAt ?? null,
  };
}
