import { z } from "zod";
import type { QualityProfile, QueueItem, RadarrMovie, ServiceStatus } from "@/lib/domain/upstream";
import {
  id,
  optionalBoolean,
  optionalDate,
  optionalId,
  optionalLongText,
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

/** One Radarr, v3 to v6. Every call throws UpstreamError when Radarr cannot be asked. */
export type RadarrClient = DownloadControl & {
  systemStatus(): Promise<ServiceStatus>;
  /** Null: this Radarr does not have the movie. */
  movieByTmdbId(tmdbId: number): Promise<RadarrMovie | null>;
  /** Null: gone from this Radarr. */
  movie(movieId: number): Promise<RadarrMovie | null>;
  movies(): Promise<RadarrMovie[]>;
  /** Movies with one of their three dates between two moments, monitored or not. */
  calendar(from: Date, until: Date): Promise<RadarrMovie[]>;
  queueForMovie(movieId: number): Promise<QueueItem[]>;
  /** The whole queue, with downloads that match no movie. */
  queue(): Promise<QueueItem[]>;
  /** Searches releases of just these movies. */
  searchMovies(movieIds: readonly number[]): Promise<void>;
  qualityProfiles(): Promise<QualityProfile[]>;
  /** Ids of the movies of which files were imported since then, from its history. */
  importsSince(since: Date): Promise<number[]>;
};

export function createRadarrClient(connection: ServarrConnection): RadarrClient {
  const http = createServarrHttp("radarr", connection);
  return {
    systemStatus: () => readSystemStatus(http),
    async movieByTmdbId(tmdbId) {
      const found = await http.get("api/v3/movie", movieList, { tmdbId });
      // An old server that ignores the filter answers with its whole library.
      const match = found.find((movie) => movie.tmdbId === tmdbId);
      return match ? toMovie(match) : null;
    },
    async movie(movieId) {
      const found = await http.getOrNull(`api/v3/movie/${movieId}`, movieRecord);
      return found ? toMovie(found) : null;
    },
    async movies() {
      return (await http.get("api/v3/movie", movieList)).map(toMovie);
    },
    async calendar(from, until) {
      const query = { start: from.toISOString(), end: until.toISOString(), unmonitored: true };
      return (await http.get("api/v3/calendar", movieList, query)).map(toMovie);
    },
    queueForMovie: (movieId) => readQueueOf(http, { movieId }),
    queue: () => readQueue(http, { includeUnknownMovieItems: true }),
    searchMovies: (movieIds) => startCommand(http, { name: "MoviesSearch", movieIds }),
    ...createDownloadControl(http, { includeUnknownMovieItems: true, includeMovie: true }),
    qualityProfiles: () => readQualityProfiles(http),
    importsSince: (since) => readImportsSince(http, since),
  };
}

function toMovie(movie: z.output<typeof movieRecord>): RadarrMovie {
  const file = toLibraryFile(movie.movieFile);
  return {
    movieId: movie.id,
    tmdbId: movie.tmdbId,
    imdbId: movie.imdbId,
    title: movie.title,
    year: movie.year,
    status: movie.status,
    inCinemas: movie.inCinemas,
    digitalRelease: movie.digitalRelease,
    physicalRelease: movie.physicalRelease,
    isAvailable: movie.isAvailable ?? false,
    monitored: movie.monitored ?? false,
    qualityProfileId: movie.qualityProfileId,
    path: movie.path,
    overview: movie.overview,
    posterUrl: posterOf(movie.images),
    runtimeMinutes: movie.runtime,
    // Lists may leave hasFile out.
    hasFile: movie.hasFile ?? (file !== null || movie.movieFileId !== null),
    file,
  };
}

const movieRecord = z.object({
  id,
  tmdbId: optionalId,
  imdbId: optionalText,
  title: optionalText,
  year: optionalYear,
  status: optionalText,
  inCinemas: optionalDate,
  digitalRelease: optionalDate,
  physicalRelease: optionalDate,
  isAvailable: optionalBoolean,
  monitored: optionalBoolean,
  qualityProfileId: optionalId,
  path: optionalLongText,
  overview: optionalLongText,
  images: imageList,
  runtime: optionalId,
  hasFile: optionalBoolean,
  movieFileId: optionalId,
  movieFile: libraryFile,
});
const movieList = z.array(movieRecord);
