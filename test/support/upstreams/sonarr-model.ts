import type { Json, JsonObject } from "./fake-server";
import {
  day,
  english,
  folderName,
  type LibraryFile,
  type Quality,
  qualityJson,
  restMediaInfo,
  utc,
  webhookMediaInfo,
} from "./releases";
import { type EpisodeTitle, type ShowTitle, seasonNumbers } from "./world";

/** A series as one Sonarr holds it. */
export type Series = {
  id: number;
  show: ShowTitle;
  path: string;
  addedAt: Date;
  monitored: boolean;
  tags: string[];
  episodes: SeriesEpisode[];
  files: SeriesFile[];
};

export type SeriesEpisode = {
  id: number;
  title: EpisodeTitle;
  fileId: number | null;
  monitored: boolean;
};

export type SeriesFile = LibraryFile & { season: number };

export type SonarrEra = "v3" | "v4";

export const slug = (title: string) =>
  title
    .toLowerCase()
    .replace(/&/g, "and")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");

/** The `series` object of webhooks. */
export function webhookSeries(series: Series, era: SonarrEra): JsonObject {
  const { show } = series;
  if (era === "v3") {
    return {
      id: series.id,
      title: show.title,
      path: series.path,
      tvdbId: show.tvdbId,
      tvMazeId: 0,
      imdbId: show.imdbId ?? undefined,
      type: show.seriesType,
    };
  }
  return {
    id: series.id,
    title: show.title,
    titleSlug: slug(show.title),
    path: series.path,
    tvdbId: show.tvdbId,
    tvMazeId: 0,
    tmdbId: show.tmdbId,
    imdbId: show.imdbId ?? undefined,
    type: show.seriesType,
    year: show.year,
    genres: show.genres,
    images: images(series),
    tags: [...series.tags].sort(),
    originalLanguage: english,
  };
}

/** An entry of `episodes` in webhooks. */
export function webhookEpisode(series: Series, episode: SeriesEpisode, era: SonarrEra): JsonObject {
  const { title } = episode;
  const common: JsonObject = {
    id: episode.id,
    episodeNumber: title.number,
    seasonNumber: title.season,
    title: title.title,
  };
  const dates: JsonObject = title.airsAt
    ? { airDate: day(title.airsAt), airDateUtc: utc(title.airsAt) }
    : {};
  if (era === "v3") return { ...common, ...dates };
  return {
    ...common,
    overview: title.overview,
    ...dates,
    seriesId: series.id,
    tvdbId: title.tvdbId,
  };
}

/** `episodeFile` of webhooks: the quality is a name. */
export function webhookFile(file: LibraryFile, era: SonarrEra, withSource: boolean): JsonObject {
  const common: JsonObject = {
    id: file.id,
    relativePath: file.relativePath,
    path: era === "v3" ? file.sourcePath : file.path,
    quality: file.quality.name,
    qualityVersion: 1,
    releaseGroup: file.releaseGroup ?? undefined,
    sceneName: file.sceneName ?? undefined,
    size: file.size,
  };
  if (era === "v3") return common;
  return {
    ...common,
    dateAdded: utc(file.addedAt),
    languages: [english],
    mediaInfo: webhookMediaInfo(file.quality),
    sourcePath: withSource ? file.sourcePath : undefined,
  };
}

/** A series of REST answers; `now` decides what has aired. */
export function restSeries(
  series: Series,
  era: SonarrEra,
  tagIds: number[],
  now: Date,
): JsonObject {
  const { show } = series;
  const seasons = seasonNumbers(show).map((n) => ({
    seasonNumber: n,
    monitored: series.monitored && n > 0,
    statistics: statistics(series, n, now),
  }));
  const airing = aired(series.episodes, now);
  const sizeOnDisk = series.files.reduce((sum, f) => sum + f.size, 0);
  const counted = series.episodes.filter((e) => e.title.season > 0);
  const withFile = counted.filter((e) => e.fileId !== null).length;
  return {
    title: show.title,
    alternateTitles: [],
    sortTitle: show.title.toLowerCase().replace(/^the /, ""),
    status: show.status,
    ended: show.status === "ended",
    overview: show.overview,
    nextAiring: airing.next ? utc(airing.next) : undefined,
    previousAiring: airing.previous ? utc(airing.previous) : undefined,
    network: show.network,
    airTime: "21:00",
    images: images(series),
    originalLanguage: english,
    seasons,
    year: show.year,
    path: series.path,
    qualityProfileId: 4,
    seasonFolder: true,
    monitored: series.monitored,
    monitorNewItems: "all",
    useSceneNumbering: false,
    runtime: show.runtime,
    tvdbId: show.tvdbId,
    tvRageId: 0,
    tvMazeId: 0,
    tmdbId: era === "v4" ? show.tmdbId : undefined,
    seriesType: show.seriesType,
    cleanTitle: show.title.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""),
    imdbId: show.imdbId ?? undefined,
    titleSlug: slug(show.title),
    rootFolderPath: `${series.path.slice(0, series.path.lastIndexOf("/"))}/`,
    genres: show.genres,
    tags: tagIds,
    added: utc(series.addedAt),
    ratings: { votes: 0, value: 0 },
    statistics: {
      seasonCount: seasonNumbers(show).filter((n) => n > 0).length,
      episodeFileCount: withFile,
      episodeCount: counted.filter((e) => e.fileId !== null || hasAired(e, now)).length,
      totalEpisodeCount: series.episodes.length,
      sizeOnDisk,
      releaseGroups: sizeOnDisk > 0 ? ["NTb"] : [],
      percentOfEpisodes: percent(
        withFile,
        counted.filter((e) => hasAired(e, now) || e.fileId).length,
      ),
    },
    languageProfileId: 1,
    id: series.id,
  };
}

export function restEpisode(series: Series, episode: SeriesEpisode): JsonObject {
  const { title } = episode;
  const dates: JsonObject = title.airsAt
    ? { airDate: day(title.airsAt), airDateUtc: utc(title.airsAt) }
    : {};
  return {
    seriesId: series.id,
    tvdbId: title.tvdbId,
    episodeFileId: episode.fileId ?? 0,
    seasonNumber: title.season,
    episodeNumber: title.number,
    title: title.title,
    ...dates,
    runtime: series.show.runtime,
    overview: title.overview,
    hasFile: episode.fileId !== null,
    monitored: episode.monitored,
    absoluteEpisodeNumber:
      series.show.seriesType === "anime" && title.season > 0
        ? absoluteNumber(series.show, title)
        : undefined,
    unverifiedSceneNumbering: false,
    id: episode.id,
  };
}

export function restFile(series: Series, file: SeriesFile, era: SonarrEra): JsonObject {
  const language: JsonObject = era === "v3" ? { language: english } : { languages: [english] };
  return {
    seriesId: series.id,
    seasonNumber: file.season,
    relativePath: file.relativePath,
    path: file.path,
    size: file.size,
    dateAdded: utc(file.addedAt),
    sceneName: file.sceneName ?? undefined,
    releaseGroup: file.releaseGroup ?? undefined,
    ...language,
    quality: qualityJson(file.quality, "sonarr"),
    customFormats: [],
    customFormatScore: 0,
    indexerFlags: 0,
    releaseType: "singleEpisode",
    mediaInfo: restMediaInfo(file.quality),
    qualityCutoffNotMet: file.qualityCutoffNotMet,
    id: file.id,
  };
}

/** Folder of a new series below a root such as `/tv`. */
export function seriesPath(show: ShowTitle, root: string): string {
  return `${root}/${folderName(show.title)}`;
}

export function fileSize(quality: Quality, episodeCount: number): number {
  const each = quality.resolution === 2160 ? 9_000_000_000 : 3_000_000_000;
  return each * episodeCount;
}

function images(series: Series): Json[] {
  return [
    {
      coverType: "poster",
      url: `/MediaCover/${series.id}/poster.jpg?lastWrite=638696792958712753`,
      remoteUrl: `https://artworks.thetvdb.com/banners/posters/${series.show.tvdbId}-1.jpg`,
    },
  ];
}

function statistics(series: Series, season: number, now: Date): JsonObject {
  const episodes = series.episodes.filter((e) => e.title.season === season);
  const withFile = episodes.filter((e) => e.fileId !== null).length;
  const counted = episodes.filter((e) => e.fileId !== null || (e.monitored && hasAired(e, now)));
  const airing = aired(episodes, now);
  const sizeOnDisk = series.files
    .filter((f) => f.season === season)
    .reduce((sum, f) => sum + f.size, 0);
  return {
    nextAiring: airing.next ? utc(airing.next) : undefined,
    previousAiring: airing.previous ? utc(airing.previous) : undefined,
    episodeFileCount: withFile,
    episodeCount: counted.length,
    totalEpisodeCount: episodes.length,
    sizeOnDisk,
    releaseGroups: sizeOnDisk > 0 ? ["NTb"] : [],
    percentOfEpisodes: percent(withFile, counted.length),
  };
}

function aired(episodes: readonly SeriesEpisode[], now: Date) {
  const dates = episodes
    .flatMap((e) => (e.title.airsAt ? [e.title.airsAt] : []))
    .sort((a, b) => a.getTime() - b.getTime());
  return { next: dates.find((d) => d > now), previous: dates.filter((d) => d <= now).at(-1) };
}

function hasAired(episode: SeriesEpisode, now: Date): boolean {
  return episode.title.airsAt !== null && episode.title.airsAt <= now;
}

function absoluteNumber(show: ShowTitle, episode: EpisodeTitle): number {
  return show.episodes.filter((e) => e.season > 0).indexOf(episode) + 1;
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole;
}
