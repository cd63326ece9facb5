import { type Answer, type Incoming, type JsonObject, json } from "./fake-server";
import type { ImportedFile } from "./imported-file";
import {
  isAvailable,
  type RadarrMovie,
  remoteMovie,
  restFile,
  restMovie,
  webhookFile,
  webhookMovie,
} from "./radarr-model";
import {
  day,
  downloadIdFrom,
  english,
  folderName,
  type LibraryFile,
  movieFileName,
  type QualityName,
  qualityJson,
  qualityNamed,
  releaseTitle,
  utc,
} from "./releases";
import {
  type Download,
  freshDownload,
  type HistoryEvent,
  type ServarrOptions,
  ServarrServer,
} from "./servarr-server";
import type { MovieTitle } from "./world";

export type RadarrOptions = ServarrOptions & {
  /** Where new movies go, `/movies` unless set. */
  rootFolder?: string;
  /** First id given to a movie. */
  firstMovieId?: number;
};

export type MovieImportOptions = {
  quality?: QualityName;
  upgrade?: boolean;
  /** Copied in by hand and found by a rescan: no webhook. */
  silent?: boolean;
  /** Manual import: no download id or client. */
  manual?: boolean;
  cutoffNotMet?: boolean;
};

/** A Radarr, v5 or v6. One file per movie, so one Download webhook per import. */
export class FakeRadarr extends ServarrServer {
  readonly movies: RadarrMovie[] = [];
  /** Called with the file of each import, also silent ones. */
  readonly importListeners: ((files: ImportedFile[]) => void)[] = [];
  private readonly rootFolder: string;
  private nextMovieId: number;

  constructor(options: RadarrOptions) {
    super("radarr", options);
    this.rootFolder = options.rootFolder ?? "/movies";
    this.nextMovieId = options.firstMovieId ?? 1;
    this.addRoutes();
  }

  /** Adds a movie and announces it. Returns the one that is there when it was added before. */
  async addMovie(
    movie: MovieTitle,
    options: { id?: number; silent?: boolean; tags?: string[] } = {},
  ): Promise<RadarrMovie> {
    const known = this.findMovie(movie);
    if (known) return known;
    const entry = this.insertMovie(movie, options.id, options.tags ?? []);
    if (!options.silent) {
      await this.announce("MovieAdded", { movie: webhookMovie(entry), addMethod: "manual" });
    }
    return entry;
  }

  /** The movie here, or null. */
  findMovie(movie: MovieTitle): RadarrMovie | null {
    return this.movies.find((m) => m.movie.tmdbId === movie.tmdbId) ?? null;
  }

  /** Hands a release to the download client: a queue item and a Grab webhook. */
  async grab(
    movie: MovieTitle,
    options: { quality?: QualityName; silent?: boolean } = {},
  ): Promise<Download> {
    const entry = this.entryOf(movie);
    const download = this.queueDownload(entry, options.quality);
    if (options.silent) return download;
    await this.announce("Grab", {
      movie: webhookMovie(entry),
      remoteMovie: remoteMovie(movie),
      release: {
        quality: download.quality.name,
        qualityVersion: 1,
        releaseGroup: "FLUX",
        releaseTitle: download.title,
        indexer: this.indexer,
        size: download.size,
        customFormatScore: 0,
        customFormats: [],
        languages: [english],
        indexerFlags: [],
      },
      ...clientKeys(download),
      customFormatInfo: { customFormats: [], customFormatScore: 0 },
    });
    return download;
  }

  /** Imports a file: `hasFile` is set, the queue item goes, the Download webhook is sent and waited for. */
  async import(movie: MovieTitle, options: MovieImportOptions = {}): Promise<ImportedFile> {
    const entry = this.entryOf(movie);
    const download = options.silent || options.manual ? null : this.takeDownload(entry);
    const replaced = entry.file;
    const file = this.storeFile(entry, download, options);
    const imported: ImportedFile = {
      kind: "movie",
      instance: this.key,
      movie,
      path: file.path,
      quality: file.quality,
      isFourK: this.isFourK,
    };
    for (const listener of this.importListeners) listener([imported]);
    if (options.silent) return imported;
    const body: JsonObject = {
      movie: webhookMovie(entry),
      remoteMovie: remoteMovie(movie),
      movieFile: { ...webhookFile(file), sourcePath: file.sourcePath },
      isUpgrade: options.upgrade ?? replaced !== null,
      ...(download ? clientKeys(download) : {}),
    };
    if (replaced) {
      body.deletedFiles = [
        { ...webhookFile(replaced), recycleBinPath: `/recycle${replaced.path}` },
      ];
    }
    body.customFormatInfo = { customFormats: [], customFormatScore: 0 };
    body.release = download
      ? {
          releaseTitle: download.title,
          indexer: this.indexer,
          size: download.size,
          indexerFlags: [],
        }
      : { size: 0 };
    await this.announce("Download", body);
    return imported;
  }

  /** Renames the file: no new content. */
  async rename(movie: MovieTitle): Promise<void> {
    const entry = this.entryOf(movie);
    const file = entry.file;
    if (!file) throw new Error(`${movie.title} has no file in ${this.name}`);
    const previous = { relativePath: file.relativePath, path: file.path };
    file.relativePath = file.relativePath.replace(/ (\S+)\.mkv$/, " [$1].mkv");
    file.path = `${entry.folderPath}/${file.relativePath}`;
    await this.announce("Rename", {
      movie: webhookMovie(entry),
      renamedMovieFiles: [
        {
          ...webhookFile(file),
          previousRelativePath: previous.relativePath,
          previousPath: previous.path,
        },
      ],
    });
  }

  /** Deletes the file and says why. */
  async deleteFile(
    movie: MovieTitle,
    deleteReason: "manual" | "missingFromDisk" | "upgrade" = "manual",
  ): Promise<void> {
    const entry = this.entryOf(movie);
    const file = entry.file;
    if (!file) throw new Error(`${movie.title} has no file in ${this.name}`);
    entry.file = null;
    await this.announce("MovieFileDelete", {
      movie: webhookMovie(entry),
      movieFile: webhookFile(file),
      deleteReason,
    });
  }

  /** Removes a movie; `deletedFiles` of this event is a boolean. */
  async deleteMovie(movie: MovieTitle, deletedFiles = true): Promise<void> {
    const entry = this.entryOf(movie);
    this.movies.splice(this.movies.indexOf(entry), 1);
    await this.announce("MovieDelete", {
      movie: webhookMovie(entry),
      deletedFiles,
      movieFolderSize: entry.file?.size ?? 0,
    });
  }

  /** A download waits for a person. */
  async manualInteraction(downloadId: string, message: string): Promise<void> {
    const download = this.queue.find((d) => d.downloadId === downloadId);
    const entry = this.movies.find((m) => m.id === download?.ownerId);
    if (!download) throw new Error(`${this.name} has no download ${downloadId}`);
    this.setDownload(downloadId, {
      status: "completed",
      trackedDownloadStatus: "warning",
      trackedDownloadState: "importBlocked",
      statusMessages: [{ title: download.title, messages: [message] }],
      sizeLeft: 0,
    });
    await this.announce("ManualInteractionRequired", {
      movie: entry ? webhookMovie(entry) : undefined,
      downloadInfo: {
        quality: download.quality.name,
        qualityVersion: 1,
        title: download.title,
        size: download.size,
      },
      ...clientKeys(download),
      downloadStatus: "Warning",
      downloadStatusMessages: download.statusMessages,
      customFormatInfo: { customFormats: [], customFormatScore: 0 },
      release: {
        releaseTitle: download.title,
        indexer: this.indexer,
        size: download.size,
        indexerFlags: [],
      },
    });
  }

  /** The Test button. */
  async test(): Promise<void> {
    await this.announce("Test", {
      movie: {
        id: 1,
        title: "Test Title",
        year: 1970,
        releaseDate: "1970-01-01",
        folderPath: "C:\\testpath",
        tmdbId: 0,
        tags: ["test-tag"],
      },
      remoteMovie: { tmdbId: 1234, imdbId: "5678", title: "Test title", year: 1970 },
      release: {
        quality: "Test Quality",
        qualityVersion: 1,
        releaseGroup: "Test Group",
        releaseTitle: "Test Title",
        indexer: "Test Indexer",
        size: 9_999_999,
        customFormatScore: 0,
      },
    });
  }

  private insertMovie(movie: MovieTitle, id: number | undefined, tags: string[]): RadarrMovie {
    const entry: RadarrMovie = {
      id: id ?? this.nextMovieId++,
      movie,
      folderPath: `${this.rootFolder}/${folderName(`${movie.title} (${movie.year})`)}`,
      addedAt: this.now(),
      monitored: true,
      tags: tags.map((t) => t.toLowerCase()),
      file: null,
    };
    this.movies.push(entry);
    return entry;
  }

  private entryOf(movie: MovieTitle): RadarrMovie {
    return this.findMovie(movie) ?? this.insertMovie(movie, undefined, []);
  }

  private queueDownload(entry: RadarrMovie, qualityName: QualityName | undefined): Download {
    const quality = qualityName ? qualityNamed(qualityName) : this.profileQuality;
    const title = releaseTitle([entry.movie.title, String(entry.movie.year)], quality, "FLUX");
    const id = this.newId();
    const download: Download = {
      ...freshDownload(id, title, quality, this.now()),
      downloadId: downloadIdFrom(`${this.key}:${id}`),
      ownerId: entry.id,
      releaseGroup: "FLUX",
    };
    this.queue.push(download);
    this.remember({
      eventType: "grabbed",
      eventNumber: 1,
      sourceTitle: title,
      quality,
      downloadId: download.downloadId,
      ownerId: entry.id,
      episodeId: null,
      data: { indexer: this.indexer, releaseGroup: "FLUX", size: String(download.size) },
    });
    return download;
  }

  private takeDownload(entry: RadarrMovie): Download {
    const waiting = this.queue.find((d) => d.ownerId === entry.id);
    const download = waiting ?? this.queueDownload(entry, undefined);
    this.queue.splice(this.queue.indexOf(download), 1);
    return download;
  }

  private storeFile(
    entry: RadarrMovie,
    download: Download | null,
    options: MovieImportOptions,
  ): LibraryFile {
    const quality = options.quality
      ? qualityNamed(options.quality)
      : (download?.quality ?? this.profileQuality);
    const relativePath = movieFileName(entry.movie, quality);
    const sceneName = releaseTitle([entry.movie.title, String(entry.movie.year)], quality, "FLUX");
    const file: LibraryFile = {
      id: this.newId(),
      relativePath,
      path: `${entry.folderPath}/${relativePath}`,
      sourcePath: `/downloads/${sceneName}/${sceneName}.mkv`,
      quality,
      releaseGroup: "FLUX",
      sceneName,
      size: quality.resolution === 2160 ? 48_000_000_000 : 9_000_000_000,
      addedAt: this.now(),
      qualityCutoffNotMet:
        options.cutoffNotMet ?? quality.resolution < this.profileQuality.resolution,
    };
    entry.file = file;
    if (!options.silent) {
      this.remember({
        eventType: "downloadFolderImported",
        eventNumber: 3,
        sourceTitle: sceneName,
        quality,
        downloadId: download?.downloadId ?? null,
        ownerId: entry.id,
        episodeId: null,
        data: {
          fileId: String(file.id),
          droppedPath: file.sourcePath,
          importedPath: file.path,
          downloadClient: "qBittorrent",
          downloadClientName: "qBittorrent",
          releaseGroup: "FLUX",
          size: String(file.size),
          indexerFlags: "0",
        },
      });
    }
    return file;
  }

  protected historyJson(event: HistoryEvent): JsonObject {
    return {
      movieId: event.ownerId,
      sourceTitle: event.sourceTitle,
      ...this.languagesJson(),
      quality: qualityJson(event.quality, "radarr"),
      customFormats: [],
      customFormatScore: 0,
      qualityCutoffNotMet: false,
      date: utc(event.at),
      downloadId: event.downloadId ?? undefined,
      eventType: event.eventType,
      data: event.data,
      id: event.id,
    };
  }

  protected queueRecordOwner(recordId: number): Download | null {
    return this.queue.find((d) => d.id === recordId) ?? null;
  }

  private addRoutes(): void {
    this.route("GET", "/api/v3/system/status", () =>
      json({
        appName: "Radarr",
        instanceName: this.instanceName,
        version: this.version,
        buildTime: "2025-11-14T00:00:00Z",
        isDebug: false,
        isProduction: true,
        osName: "alpine",
        isDocker: true,
        branch: "master",
        authentication: "forms",
        urlBase: new URL(this.url).pathname.replace(/\/$/, ""),
        startTime: "2026-01-01T00:00:00Z",
      }),
    );
    this.route("GET", "/api/v3/movie", ({ query }) => {
      const tmdbId = query.get("tmdbId");
      const found = this.movies.filter((m) => !tmdbId || m.movie.tmdbId === Number(tmdbId));
      return json(found.map((m) => this.movieJson(m)));
    });
    this.route("GET", "/api/v3/movie/:id", ({ params }) => {
      const found = this.movies.find((m) => m.id === Number(params.id));
      return found ? json(this.movieJson(found)) : this.notFound();
    });
    this.route("GET", "/api/v3/moviefile", ({ query }) => {
      const ids = query.getAll("movieId").flatMap((v) => v.split(",").map(Number));
      if (ids.length === 0)
        return json({ message: "movieId or movieFileIds must be provided" }, 400);
      return json(
        this.movies.flatMap((m) => (ids.includes(m.id) && m.file ? [restFile(m, m.file)] : [])),
      );
    });
    this.route("GET", "/api/v3/queue", (incoming) => this.queuePage(incoming));
    this.route("GET", "/api/v3/queue/details", ({ query }) => {
      const movieId = query.get("movieId");
      return json(
        this.queueRecords(query, true).filter((r) => !movieId || r.movieId === Number(movieId)),
      );
    });
    this.route("GET", "/api/v3/history/movie", ({ query }) => {
      const movieId = Number(query.get("movieId"));
      const found = this.history.filter((e) => e.ownerId === movieId);
      return json([...found].reverse().map((e) => this.historyJson(e)));
    });
    this.route("GET", "/api/v3/calendar", ({ query }) => this.calendar(query));
    this.route("GET", "/api/v3/wanted/missing", (incoming) => {
      const missing = this.movies.filter(
        (m) => !m.file && m.monitored && isAvailable(m.movie, this.now()),
      );
      return this.paged(
        missing.map((m) => this.movieJson(m)),
        incoming,
        "movieMetadata.sortTitle",
      );
    });
  }

  private queueRecords(query: URLSearchParams, includeUnknown: boolean): JsonObject[] {
    return this.queue.flatMap((download): JsonObject[] => {
      const entry = this.movies.find((m) => m.id === download.ownerId);
      if (!entry && !includeUnknown) return [];
      return [
        {
          movieId: entry?.id,
          movie: entry && query.get("includeMovie") === "true" ? this.movieJson(entry) : undefined,
          ...this.queueJson(download),
          id: download.id,
        },
      ];
    });
  }

  private queuePage(incoming: Incoming): Answer {
    const { query } = incoming;
    const wanted = query.getAll("movieIds").flatMap((v) => v.split(",").map(Number));
    const records = this.queueRecords(
      query,
      query.get("includeUnknownMovieItems") === "true",
    ).filter((r) => wanted.length === 0 || wanted.includes(Number(r.movieId)));
    return this.paged(records, incoming, "timeleft");
  }

  private calendar(query: URLSearchParams): Answer {
    const now = this.now();
    const start = new Date(query.get("start") ?? `${day(now)}T00:00:00Z`);
    const end = new Date(query.get("end") ?? start.getTime() + 2 * 86_400_000);
    const inRange = (date: Date | null) => date !== null && date >= start && date <= end;
    const found = this.movies.filter(
      ({ movie }) =>
        inRange(movie.inCinemas) || inRange(movie.digitalRelease) || inRange(movie.physicalRelease),
    );
    return json(found.map((m) => this.movieJson(m)));
  }

  private movieJson(entry: RadarrMovie): JsonObject {
    const tagIds = entry.tags.map((t) => this.tagId(t));
    return restMovie(entry, { rootFolder: this.rootFolder, tagIds, now: this.now() });
  }
}

function clientKeys(download: Download): JsonObject {
  return {
    downloadClient: "qBittorrent",
    downloadClientType: "qBittorrent",
    downloadId: download.downloadId,
  };
}
