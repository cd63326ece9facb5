import type { JsonObject } from "./fake-server";
import {
  day,
  english,
  type LibraryFile,
  qualityJson,
  restMediaInfo,
  utc,
  webhookMediaInfo,
} from "./releases";
import type { MovieTitle } from "./world";

/** A movie as one Radarr holds it. */
export type RadarrMovie = {
  id: number;
  movie: MovieTitle;
  folderPath: string;
  addedAt: Date;
  monitored: boolean;
  tags: string[];
  file: LibraryFile | null;
};

const dayMs = 86_400_000;

/** The `movie` object of webhooks. */
export function webhookMovie(entry: RadarrMovie): JsonObject {
  const { movie } = entry;
  return {
    id: entry.id,
    title: movie.title,
    year: movie.year,
    releaseDate: webhookReleaseDate(movie),
    folderPath: entry.folderPath,
    tmdbId: movie.tmdbId,
    imdbId: movie.imdbId ?? undefined,
    overview: movie.overview,
    genres: movie.genres,
    images: images(entry),
    tags: [...entry.tags].sort(),
    originalLanguage: english,
  };
}

/** A movie of REST answers. */
export function restMovie(
  entry: RadarrMovie,
  context: { rootFolder: string; tagIds: number[]; now: Date },
): JsonObject {
  const { movie, file } = entry;
  const { now } = context;
  const release = homeRelease(movie);
  return {
    title: movie.title,
    originalTitle: movie.title,
    originalLanguage: english,
    alternateTitles: [],
    secondaryYearSourceId: 0,
    sortTitle: movie.title.toLowerCase(),
    sizeOnDisk: file?.size ?? 0,
    status: movieStatus(movie, now),
    overview: movie.overview,
    inCinemas: movie.inCinemas ? utc(movie.inCinemas) : undefined,
    digitalRelease: movie.digitalRelease ? utc(movie.digitalRelease) : undefined,
    physicalRelease: movie.physicalRelease ? utc(movie.physicalRelease) : undefined,
    releaseDate: release ? utc(release) : undefined,
    images: images(entry),
    website: "",
    year: movie.year,
    youTubeTrailerId: "",
    studio: "",
    path: entry.folderPath,
    qualityProfileId: 4,
    hasFile: file !== null,
    movieFileId: file?.id ?? 0,
    monitored: entry.monitored,
    minimumAvailability: "released",
    isAvailable: isAvailable(movie, now),
    folderName: entry.folderPath,
    runtime: movie.runtime,
    cleanTitle: movie.title.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""),
    imdbId: movie.imdbId ?? undefined,
    tmdbId: movie.tmdbId,
    titleSlug: String(movie.tmdbId),
    rootFolderPath: `${context.rootFolder}/`,
    genres: movie.genres,
    keywords: [],
    tags: context.tagIds,
    added: utc(entry.addedAt),
    ratings: {},
    popularity: 10.5,
    statistics: {
      movieFileCount: file ? 1 : 0,
      sizeOnDisk: file?.size ?? 0,
      releaseGroups: file?.releaseGroup ? [file.releaseGroup] : [],
    },
    movieFile: file ? restFile(entry, file) : undefined,
    id: entry.id,
  };
}

function images(entry: RadarrMovie): JsonObject[] {
  if (!entry.movie.posterPath) return [];
  return [
    {
      coverType: "poster",
      url: `/MediaCover/${entry.id}/poster.jpg?lastWrite=638866666666666666`,
      remoteUrl: `https://image.tmdb.org/t/p/original${entry.movie.posterPath}`,
    },
  ];
}

/** `movieFile` of webhooks: the quality is a name, the flags a text. */
export function webhookFile(file: LibraryFile): JsonObject {
  return {
    id: file.id,
    relativePath: file.relativePath,
    path: file.path,
    quality: file.quality.name,
    qualityVersion: 1,
    releaseGroup: file.releaseGroup ?? undefined,
    sceneName: file.sceneName ?? undefined,
    indexerFlags: "0",
    size: file.size,
    dateAdded: utc(file.addedAt),
    languages: [english],
    mediaInfo: webhookMediaInfo(file.quality),
  };
}

/** A file of REST answers: the quality is an object. */
export function restFile(entry: RadarrMovie, file: LibraryFile): JsonObject {
  return {
    movieId: entry.id,
    relativePath: file.relativePath,
    path: file.path,
    size: file.size,
    dateAdded: utc(file.addedAt),
    sceneName: file.sceneName ?? undefined,
    releaseGroup: file.releaseGroup ?? undefined,
    edition: "",
    languages: [english],
    quality: qualityJson(file.quality, "radarr"),
    customFormatScore: 0,
    indexerFlags: 0,
    mediaInfo: restMediaInfo(file.quality),
    qualityCutoffNotMet: file.qualityCutoffNotMet,
    id: file.id,
  };
}

/** `remoteMovie` of webhooks. */
export function remoteMovie(movie: MovieTitle): JsonObject {
  const { tmdbId, imdbId, title, year } = movie;
  return { tmdbId, imdbId: imdbId ?? undefined, title, year };
}

/** Physical release, else 90 days after the cinema, else the year 9999; never the digital date. */
function webhookReleaseDate(movie: MovieTitle): string {
  if (movie.physicalRelease) return day(movie.physicalRelease);
  if (movie.inCinemas) return day(new Date(movie.inCinemas.getTime() + 90 * dayMs));
  return "9999-12-31";
}

function homeRelease(movie: MovieTitle): Date | null {
  const dates = [movie.digitalRelease, movie.physicalRelease].filter((d) => d !== null);
  if (dates.length > 0) return new Date(Math.min(...dates.map((d) => d.getTime())));
  return movie.inCinemas ? new Date(movie.inCinemas.getTime() + 90 * dayMs) : null;
}

/** Whether Radarr would look for it by its own rules (minimum availability: released). */
export function isAvailable(movie: MovieTitle, now: Date): boolean {
  const release = homeRelease(movie);
  return release !== null && release <= now;
}

function movieStatus(movie: MovieTitle, now: Date): string {
  if (!movie.inCinemas && !movie.digitalRelease && !movie.physicalRelease) return "tba";
  if (isAvailable(movie, now)) return "released";
  return movie.inCinemas && movie.inCinemas <= now ? "inCinemas" : "announced";
}
