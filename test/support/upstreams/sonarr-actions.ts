import type { JsonObject } from "./fake-server";
import type { ImportedFile } from "./imported-file";
import {
  downloadIdFrom,
  english,
  episodeCode,
  episodeFileName,
  type LibraryFile,
  type QualityName,
  qualityNamed,
  releaseTitle,
} from "./releases";
import { type Download, freshDownload, type ServarrOptions, ServarrServer } from "./servarr-server";
import {
  fileSize,
  restEpisode,
  restFile,
  restSeries,
  type Series,
  type SeriesEpisode,
  type SeriesFile,
  type SonarrEra,
  seriesPath,
  webhookEpisode,
  webhookFile,
  webhookSeries,
} from "./sonarr-model";
import type { ShowTitle } from "./world";

export type SonarrOptions = ServarrOptions & {
  /** Where new series go, `/tv` unless set. */
  rootFolder?: string;
  /** First id given to a series; two instances may be made to share ids. */
  firstSeriesId?: number;
  /** First id given to an episode. */
  firstEpisodeId?: number;
};

/** Which episodes of a season: their numbers, or all there are. */
export type EpisodeChoice = number | number[] | "all";

export type GrabOptions = {
  quality?: QualityName;
  /** No webhook. */
  silent?: boolean;
  /** One release for all the episodes (default when there are several) or one for each. */
  release?: "pack" | "each";
};

export type ImportOptions = {
  /**
   * Which switches the webhook has on: *On File Import* ("file", one event per file), *On Import Complete*
   * ("complete", one per release, v4 only) or both. Default "both" on v4, "file" on v3.
   */
  mode?: "file" | "complete" | "both";
  quality?: QualityName;
  /** Replaces files that are there, marked as an upgrade. Without it a replacement is marked too when one exists. */
  upgrade?: boolean;
  /** Copied in by hand and found by a rescan: no webhook, no grab history. */
  silent?: boolean;
  /** One file that holds all the episodes. */
  asOneFile?: boolean;
  /** Manual import of an untracked file: no download id or client. */
  manual?: boolean;
  /** Episode numbers that *Import Complete* names although they were not imported. */
  promised?: number[];
  /** The file is below the profile's cutoff. */
  cutoffNotMet?: boolean;
};

/** What happens in a Sonarr: v4 unless the version says 3. Ids are its own and mean nothing in another. */
export abstract class SonarrActions extends ServarrServer {
  readonly series: Series[] = [];
  /** Called with the files of each import, also silent ones. */
  readonly importListeners: ((files: ImportedFile[]) => void)[] = [];
  protected readonly rootFolder: string;
  protected nextSeriesId: number;
  protected nextEpisodeId: number;

  constructor(options: SonarrOptions) {
    super("sonarr", options);
    this.rootFolder = options.rootFolder ?? "/tv";
    this.nextSeriesId = options.firstSeriesId ?? 1;
    this.nextEpisodeId = options.firstEpisodeId ?? 1001;
  }

  protected get era(): SonarrEra {
    return this.majorVersion < 4 ? "v3" : "v4";
  }

  /** Adds a show; v4 announces it. Returns the series that is there when it was added before. */
  async addSeries(
    show: ShowTitle,
    options: { id?: number; silent?: boolean; tags?: string[] } = {},
  ): Promise<Series> {
    const known = this.findSeries(show);
    if (known) return known;
    const series = this.insertSeries(show, options.id, options.tags ?? []);
    if (!options.silent && this.era === "v4") {
      await this.announce("SeriesAdd", { series: webhookSeries(series, this.era) });
    }
    return series;
  }

  /** The series of a show here, or null. */
  findSeries(show: ShowTitle): Series | null {
    return this.series.find((s) => s.show.tvdbId === show.tvdbId) ?? null;
  }

  /** Hands a release to the download client: a queue item and a Grab webhook. */
  async grab(
    show: ShowTitle,
    season: number,
    choice: EpisodeChoice,
    options: GrabOptions = {},
  ): Promise<Download[]> {
    const series = this.seriesOf(show);
    const episodes = chosen(series, season, choice);
    const groups = options.release === "each" ? episodes.map((e) => [e]) : [episodes];
    const downloads: Download[] = [];
    for (const group of groups) {
      const download = this.queueDownload(series, season, group, options.quality);
      downloads.push(download);
      if (!options.silent) await this.announce("Grab", this.grabBody(series, group, download));
    }
    return downloads;
  }

  /**
   * Imports files: `hasFile` is set, the episodes leave the queue, the webhooks of the mode go out (file by file,
   * then the complete one), each waited for. Resolves with what now lies in the library.
   */
  async import(
    show: ShowTitle,
    season: number,
    choice: EpisodeChoice,
    options: ImportOptions = {},
  ): Promise<ImportedFile[]> {
    const series = this.seriesOf(show);
    const episodes = chosen(series, season, choice);
    const groups = options.asOneFile ? [episodes] : episodes.map((e) => [e]);
    const download = options.silent || options.manual ? null : this.takeDownload(series, episodes);
    const mode = options.mode ?? (this.era === "v4" ? "both" : "file");
    const imported: ImportedFile[] = [];
    const files: SeriesFile[] = [];
    for (const group of groups) {
      const replaced = this.filesOf(series, group);
      const file = this.storeFile(series, season, group, download, options);
      files.push(file);
      const entry: ImportedFile = {
        kind: "episodes",
        instance: this.key,
        show,
        season,
        numbers: group.map((e) => e.title.number),
        path: file.path,
        quality: file.quality,
        isFourK: this.isFourK,
      };
      imported.push(entry);
      for (const listener of this.importListeners) listener([entry]);
      if (options.silent || mode === "complete") continue;
      const upgrade = options.upgrade ?? replaced.length > 0;
      const body = this.fileImportBody(series, group, file, { download, replaced, upgrade });
      await this.announce("Download", body);
    }
    if (!options.silent && mode !== "file" && this.era === "v4") {
      const promised = chosen(series, season, [
        ...episodes.map((e) => e.title.number),
        ...(options.promised ?? []),
      ]);
      await this.announce("Download", this.importCompleteBody(series, promised, files, download));
    }
    return imported;
  }

  /** Renames the file of an episode: a Rename webhook, no new content. */
  async rename(show: ShowTitle, season: number, episode: number): Promise<void> {
    const series = this.seriesOf(show);
    const group = chosen(series, season, episode);
    for (const file of this.filesOf(series, group)) {
      const previous = { relativePath: file.relativePath, path: file.path };
      file.relativePath = file.relativePath.replace(/ (\S+)\.mkv$/, " [$1].mkv");
      file.path = `${series.path}/${file.relativePath}`;
      await this.announce("Rename", {
        series: webhookSeries(series, this.era),
        renamedEpisodeFiles: [
          {
            ...webhookFile(file, this.era, false),
            previousRelativePath: previous.relativePath,
            previousPath: previous.path,
          },
        ],
      });
    }
  }

  /** Deletes the file of an episode and says why. */
  async deleteFile(
    show: ShowTitle,
    season: number,
    episode: number,
    reason: "manual" | "missingFromDisk" | "upgrade" = "manual",
  ): Promise<void> {
    const series = this.seriesOf(show);
    const group = chosen(series, season, episode);
    for (const file of this.filesOf(series, group)) {
      this.dropFile(series, file, reason);
      await this.announce("EpisodeFileDelete", this.fileDeleteBody(series, group, file, reason));
    }
  }

  /** Removes a series; `deletedFiles` of this event is a boolean. */
  async deleteSeries(show: ShowTitle, deletedFiles = true): Promise<void> {
    const series = this.seriesOf(show);
    this.series.splice(this.series.indexOf(series), 1);
    await this.announce("SeriesDelete", { series: webhookSeries(series, this.era), deletedFiles });
  }

  /** A download waits for a person; v4 only. */
  async manualInteraction(downloadId: string, message: string): Promise<void> {
    const download = this.queue.find((d) => d.downloadId === downloadId);
    const series = this.series.find((s) => s.id === download?.ownerId);
    if (!download || !series) throw new Error(`${this.name} has no download ${downloadId}`);
    this.setDownload(downloadId, {
      status: "completed",
      trackedDownloadStatus: "warning",
      trackedDownloadState: "importBlocked",
      statusMessages: [{ title: download.title, messages: [message] }],
      sizeLeft: 0,
    });
    const episodes = series.episodes.filter((e) => download.episodeIds.includes(e.id));
    await this.announce("ManualInteractionRequired", {
      series: webhookSeries(series, this.era),
      episodes: episodes.map((e) => webhookEpisode(series, e, this.era)),
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
      release: this.importedRelease(download, episodes.length),
    });
  }

  /** The Test button. */
  async test(): Promise<void> {
    const v4: JsonObject = this.era === "v4" ? { tmdbId: 0, year: 0, tags: ["test-tag"] } : {};
    const v4Episode: JsonObject = this.era === "v4" ? { seriesId: 0, tvdbId: 0 } : {};
    await this.announce("Test", {
      series: {
        id: 1,
        title: "Test Title",
        path: "C:\\testpath",
        tvdbId: 1234,
        tvMazeId: 0,
        type: "standard",
        ...v4,
      },
      episodes: [{ id: 123, episodeNumber: 1, seasonNumber: 1, title: "Test title", ...v4Episode }],
    });
  }

  protected insertSeries(show: ShowTitle, id: number | undefined, tags: string[]): Series {
    const series: Series = {
      id: id ?? this.nextSeriesId++,
      show,
      path: seriesPath(show, this.rootFolder),
      addedAt: this.now(),
      monitored: true,
      tags: tags.map((t) => t.toLowerCase()),
      episodes: [],
      files: [],
    };
    this.learnEpisodes(series);
    this.series.push(series);
    return series;
  }

  /** Takes over episodes the world has learnt of since, as a refresh does. */
  protected learnEpisodes(series: Series): void {
    for (const title of series.show.episodes) {
      if (series.episodes.some((e) => e.title === title)) continue;
      series.episodes.push({
        id: this.nextEpisodeId++,
        title,
        fileId: null,
        monitored: title.season > 0,
      });
    }
  }

  protected seriesOf(show: ShowTitle): Series {
    const series = this.findSeries(show) ?? this.insertSeries(show, undefined, []);
    this.learnEpisodes(series);
    return series;
  }

  protected queueDownload(
    series: Series,
    season: number,
    episodes: SeriesEpisode[],
    qualityName: QualityName | undefined,
  ): Download {
    const quality = qualityName ? qualityNamed(qualityName) : this.profileQuality;
    const wholeSeason = series.episodes.filter((e) => e.title.season === season).length;
    const code =
      episodes.length > 1 && episodes.length === wholeSeason
        ? `S${String(season).padStart(2, "0")}`
        : episodeCode(episodes.map((e) => e.title));
    const title = releaseTitle([series.show.title, code], quality, "NTb");
    const id = this.newId();
    const download: Download = {
      ...freshDownload(id, title, quality, this.now()),
      downloadId: downloadIdFrom(`${this.key}:${id}`),
      ownerId: series.id,
      seasonNumber: season,
      episodeIds: episodes.map((e) => e.id),
      size: fileSize(quality, episodes.length),
    };
    this.queue.push(download);
    for (const episode of episodes) {
      this.remember({
        eventType: "grabbed",
        eventNumber: 1,
        sourceTitle: title,
        quality,
        downloadId: download.downloadId,
        ownerId: series.id,
        episodeId: episode.id,
        data: { indexer: this.indexer, releaseGroup: "NTb", size: String(download.size) },
      });
    }
    return download;
  }

  /** Takes imported episodes out of the queue; invents the download when nothing was grabbed before. */
  protected takeDownload(series: Series, episodes: SeriesEpisode[]): Download {
    const ids = new Set(episodes.map((e) => e.id));
    const waiting = this.queue.filter((d) => d.episodeIds.some((id) => ids.has(id)));
    for (const download of waiting) {
      download.episodeIds = download.episodeIds.filter((id) => !ids.has(id));
      if (download.episodeIds.length === 0) this.queue.splice(this.queue.indexOf(download), 1);
    }
    const season = episodes[0]?.title.season ?? 0;
    const first = waiting[0];
    if (first) return first;
    const invented = this.queueDownload(series, season, episodes, undefined);
    this.queue.splice(this.queue.indexOf(invented), 1);
    return invented;
  }

  protected filesOf(series: Series, episodes: readonly SeriesEpisode[]): SeriesFile[] {
    const ids = new Set(episodes.map((e) => e.fileId));
    return series.files.filter((f) => ids.has(f.id));
  }

  protected storeFile(
    series: Series,
    season: number,
    group: SeriesEpisode[],
    download: Download | null,
    options: ImportOptions,
  ): SeriesFile {
    for (const old of this.filesOf(series, group)) this.dropFile(series, old, "upgrade");
    const quality = options.quality
      ? qualityNamed(options.quality)
      : (download?.quality ?? this.profileQuality);
    const titles = group.map((e) => e.title);
    const relativePath = episodeFileName(series.show, titles, quality);
    const sceneName = releaseTitle([series.show.title, episodeCode(titles)], quality, "NTb");
    const file: SeriesFile = {
      id: this.newId(),
      season,
      relativePath,
      path: `${series.path}/${relativePath}`,
      sourcePath: `/downloads/${download?.title ?? sceneName}/${sceneName}.mkv`,
      quality,
      releaseGroup: "NTb",
      sceneName,
      size: fileSize(quality, group.length),
      addedAt: this.now(),
      qualityCutoffNotMet:
        options.cutoffNotMet ?? quality.resolution < this.profileQuality.resolution,
    };
    series.files.push(file);
    for (const episode of group) {
      episode.fileId = file.id;
      if (options.silent) continue;
      this.remember({
        eventType: "downloadFolderImported",
        eventNumber: 3,
        sourceTitle: sceneName,
        quality,
        downloadId: download?.downloadId ?? null,
        ownerId: series.id,
        episodeId: episode.id,
        data: {
          fileId: String(file.id),
          droppedPath: file.sourcePath,
          importedPath: file.path,
          downloadClient: "qBittorrent",
          downloadClientName: "qBittorrent",
          releaseGroup: "NTb",
          size: String(file.size),
          releaseType: "SingleEpisode",
        },
      });
    }
    return file;
  }

  protected dropFile(series: Series, file: SeriesFile, reason: string): void {
    series.files.splice(series.files.indexOf(file), 1);
    for (const episode of series.episodes.filter((e) => e.fileId === file.id)) {
      episode.fileId = null;
      this.remember({
        eventType: "episodeFileDeleted",
        eventNumber: 5,
        sourceTitle: file.path,
        quality: file.quality,
        downloadId: null,
        ownerId: series.id,
        episodeId: episode.id,
        data: { reason: reason.charAt(0).toUpperCase() + reason.slice(1), releaseGroup: "NTb" },
      });
    }
  }

  protected grabBody(series: Series, episodes: SeriesEpisode[], download: Download): JsonObject {
    const v4: JsonObject =
      this.era === "v4" ? { customFormatInfo: { customFormats: [], customFormatScore: 0 } } : {};
    return {
      series: webhookSeries(series, this.era),
      episodes: episodes.map((e) => webhookEpisode(series, e, this.era)),
      release: {
        quality: download.quality.name,
        qualityVersion: 1,
        releaseGroup: download.releaseGroup,
        releaseTitle: download.title,
        indexer: this.indexer,
        size: download.size,
        ...(this.era === "v4"
          ? { customFormatScore: 0, customFormats: [], languages: [english] }
          : {}),
      },
      ...clientKeys(download),
      ...v4,
    };
  }

  protected fileImportBody(
    series: Series,
    group: SeriesEpisode[],
    file: SeriesFile,
    context: { download: Download | null; replaced: SeriesFile[]; upgrade: boolean },
  ): JsonObject {
    const { download, replaced, upgrade } = context;
    const body: JsonObject = {
      series: webhookSeries(series, this.era),
      episodes: group.map((e) => webhookEpisode(series, e, this.era)),
      episodeFile: webhookFile(file, this.era, true),
      isUpgrade: upgrade,
      ...(download ? clientKeys(download) : {}),
    };
    if (replaced.length > 0) body.deletedFiles = replaced.map((f) => this.deletedFile(f));
    if (this.era === "v3") return body;
    return {
      ...body,
      customFormatInfo: { customFormats: [], customFormatScore: 0 },
      release: download
        ? this.importedRelease(download, download.size > file.size ? 2 : group.length)
        : { releaseType: group.length > 1 ? "multiEpisode" : "singleEpisode" },
    };
  }

  protected importCompleteBody(
    series: Series,
    episodes: SeriesEpisode[],
    files: SeriesFile[],
    download: Download | null,
  ): JsonObject {
    const season = episodes[0]?.title.season ?? 0;
    const folder = season === 0 ? "Specials" : `Season ${String(season).padStart(2, "0")}`;
    return {
      series: webhookSeries(series, this.era),
      episodes: episodes.map((e) => webhookEpisode(series, e, this.era)),
      episodeFiles: files.map((f) => webhookFile(f, this.era, false)),
      ...(download ? clientKeys(download) : {}),
      release: download
        ? this.importedRelease(download, episodes.length)
        : { releaseType: episodes.length > 1 ? "seasonPack" : "singleEpisode" },
      fileCount: files.length,
      sourcePath: `/downloads/${download?.title ?? files[0]?.sceneName ?? ""}`,
      destinationPath: `${series.path}/${folder}`,
    };
  }

  protected importedRelease(download: Download, episodeCount: number): JsonObject {
    return {
      releaseTitle: download.title,
      indexer: this.indexer,
      size: download.size,
      releaseType: episodeCount > 1 ? "seasonPack" : "singleEpisode",
    };
  }

  protected deletedFile(file: LibraryFile): JsonObject {
    const recycled = this.era === "v4" ? { recycleBinPath: `/recycle${file.path}` } : {};
    return { ...webhookFile(file, this.era, false), ...recycled };
  }

  protected fileDeleteBody(
    series: Series,
    group: SeriesEpisode[],
    file: SeriesFile,
    deleteReason: string,
  ): JsonObject {
    const common = {
      series: webhookSeries(series, this.era),
      episodes: group.map((e) => webhookEpisode(series, e, this.era)),
    };
    if (this.era === "v4") {
      return { ...common, episodeFile: webhookFile(file, this.era, false), deleteReason };
    }
    // v3 sends the raw database entity: the quality is an object, episodes and series hang in it once more.
    const raw: JsonObject = {
      ...restFile(series, file, this.era),
      episodes: { value: group.map((e) => restEpisode(series, e)), isLoaded: true },
      series: { value: restSeries(series, this.era, [], this.now()), isLoaded: true },
    };
    return { ...common, episodeFile: raw, deleteReason };
  }
}

/** The episodes of a season that were chosen, or an error that names what is missing. */
function chosen(series: Series, season: number, choice: EpisodeChoice): SeriesEpisode[] {
  const inSeason = series.episodes.filter((e) => e.title.season === season);
  if (choice === "all") return inSeason;
  const numbers = [...new Set(typeof choice === "number" ? [choice] : choice)];
  return numbers.map((number) => {
    const episode = inSeason.find((e) => e.title.number === number);
    if (!episode) throw new Error(`${series.show.title} has no season ${season} episode ${number}`);
    return episode;
  });
}

function clientKeys(download: Download): JsonObject {
  return {
    downloadClient: "qBittorrent",
    downloadClientType: "qBittorrent",
    downloadId: download.downloadId,
  };
}
