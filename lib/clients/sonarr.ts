import { z } from "zod";
import type {
  QualityProfile,
  QueueItem,
  ServiceStatus,
  SonarrEpisode,
  SonarrSeries,
} from "@/lib/domain/upstream";
import {
  id,
  list,
  optionalBoolean,
  optionalBytes,
  optionalCount,
  optionalDate,
  optionalId,
  optionalLongText,
  optionalObject,
  optionalText,
  optionalYear,
} from "./answer-fields";
import {
  createServarrHttp,
  imageList,
  libraryFile,
  posterOf,
  readImportsSince,
  readQualityProfiles,
  readQueue,
  readQueueOf,
  readSystemStatus,
  type ServarrConnection,
  toLibraryFile,
} from "./servarr";
import { createDownloadControl, type DownloadControl, startCommand } from "./servarr-queue";

/** One Sonarr, v3 to v5. Every call throws UpstreamError when Sonarr cannot be asked. */
export type SonarrClient = DownloadControl & {
  systemStatus(): Promise<ServiceStatus>;
  /** Null: this Sonarr does not have the show. */
  seriesByTvdbId(tvdbId: number): Promise<SonarrSeries | null>;
  /** Null: gone from this Sonarr. */
  series(seriesId: number): Promise<SonarrSeries | null>;
  allSeries(): Promise<SonarrSeries[]>;
  /** Episodes that air between two moments, monitored or not, with their shows. */
  calendar(from: Date, until: Date): Promise<{ series: SonarrSeries; episode: SonarrEpisode }[]>;
  /** All episodes of a show with their files. */
  episodes(seriesId: number): Promise<SonarrEpisode[]>;
  queueForSeries(seriesId: number): Promise<QueueItem[]>;
  /** The whole queue, with downloads that match no show. */
  queue(): Promise<QueueItem[]>;
  /** Searches releases of just these episodes. */
  searchEpisodes(episodeIds: readonly number[]): Promise<void>;
  /** Has a show's facts read anew, such as the titles of its episodes. */
  refreshSeries(seriesId: number): Promise<void>;
  qualityProfiles(): Promise<QualityProfile[]>;
  /** Ids of the shows of which files were imported since then, from its history. */
  importsSince(since: Date): Promise<number[]>;
};

export function createSonarrClient(connection: ServarrConnection): SonarrClient {
  const http = createServarrHttp("sonarr", connection);
  return {
    systemStatus: () => readSystemStatus(http),
    async seriesByTvdbId(tvdbId) {
      const found = await http.get("api/v3/series", seriesList, { tvdbId });
      // An old server that ignores the filter answers with its whole library.
      const match = found.find((series) => series.tvdbId === tvdbId);
      return match ? toSeries(match) : null;
    },
    async series(seriesId) {
      const found = await http.getOrNull(`api/v3/series/${seriesId}`, seriesRecord);
      return found ? toSeries(found) : null;
    },
    async allSeries() {
      return (await http.get("api/v3/series", seriesList)).map(toSeries);
    },
    async calendar(from, until) {
      const query = { start: from.toISOString(), end: until.toISOString(), unmonitored: true };
      const found = await http.get("api/v3/calendar", calendar, { ...query, includeSeries: true });
      return found.flatMap(({ series, ...episode }) =>
        series ? [{ series: toSeries(series), episode: toEpisode(episode) }] : [],
      );
    },
    async episodes(seriesId) {
      const query = { seriesId, includeEpisodeFile: true };
      return (await http.get("api/v3/episode", episodeList, query)).map(toEpisode);
    },
    queueForSeries: (seriesId) => readQueueOf(http, { seriesId }),
    queue: () => readQueue(http, { includeUnknownSeriesItems: true }),
    searchEpisodes: (episodeIds) => startCommand(http, { name: "EpisodeSearch", episodeIds }),
    refreshSeries: (seriesId) => startCommand(http, { name: "RefreshSeries", seriesId }),
    ...createDownloadControl(http, {
      includeUnknownSeriesItems: true,
      includeSeries: true,
      includeEpisode: true,
    }),
    qualityProfiles: () => readQualityProfiles(http),
    importsSince: (since) => readImportsSince(http, since),
  };
}

function toSeries(series: z.output<typeof seriesRecord>): SonarrSeries {
  return {
    seriesId: series.id,
    title: series.title,
    year: series.year,
    tvdbId: series.tvdbId,
    tmdbId: series.tmdbId,
    imdbId: series.imdbId,
    status: series.status,
    monitored: series.monitored ?? false,
    qualityProfileId: series.qualityProfileId,
    path: series.path,
    overview: series.overview,
    posterUrl: posterOf(series.images),
    runtimeMinutes: series.runtime,
    firstAired: series.firstAired,
    nextAiring: series.nextAiring,
    seasons: series.seasons.map(({ seasonNumber, monitored, statistics }) => ({
      season: seasonNumber,
      monitored: monitored ?? false,
      episodeFileCount: statistics?.episodeFileCount ?? 0,
      episodeCount: statistics?.episodeCount ?? 0,
      totalEpisodeCount: statistics?.totalEpisodeCount ?? 0,
      sizeOnDisk: statistics?.sizeOnDisk ?? null,
      nextAiring: statistics?.nextAiring ?? null,
    })),
  };
}

function toEpisode(episode: z.output<typeof episodeRecord>): SonarrEpisode {
  return {
    episodeId: episode.id,
    tvdbId: episode.tvdbId,
    season: episode.seasonNumber,
    episode: episode.episodeNumber,
    title: episode.title,
    airDateUtc: episode.airDateUtc,
    runtimeMinutes: episode.runtime,
    monitored: episode.monitored ?? false,
    hasFile: episode.hasFile ?? false,
    file: toLibraryFile(episode.episodeFile),
  };
}

const seriesRecord = z.object({
  id,
  title: optionalText,
  year: optionalYear,
  tvdbId: optionalId,
  tmdbId: optionalId,
  imdbId: optionalText,
  status: optionalText,
  monitored: optionalBoolean,
  qualityProfileId: optionalId,
  path: optionalLongText,
  overview: optionalLongText,
  images: imageList,
  runtime: optionalId,
  firstAired: optionalDate,
  nextAiring: optionalDate,
  seasons: list(
    z.object({
      seasonNumber: id,
      monitored: optionalBoolean,
      statistics: optionalObject({
        episodeFileCount: optionalCount,
        episodeCount: optionalCount,
        totalEpisodeCount: optionalCount,
        sizeOnDisk: optionalBytes,
        nextAiring: optionalDate,
      }),
    }),
  ),
});
const seriesList = z.array(seriesRecord);

const episodeRecord = z.object({
  id,
  tvdbId: optionalId,
  seasonNumber: id,
  episodeNumber: id,
  title: optionalText,
  airDateUtc: optionalDate,
  runtime: optionalId,
  monitored: optionalBoolean,
  hasFile: optionalBoolean,
  episodeFile: libraryFile,
});
const episodeList = z.array(episodeRecord);
const calendar = z.array(episodeRecord.extend({ series: seriesRecord.optional() }));
