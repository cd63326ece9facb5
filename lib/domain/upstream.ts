import type { PlexEntry } from "./availability";

/** What the clients return: plain facts of the other services, in our words. */

/** A Sonarr, Radarr, Seerr or Plex that answered. */
export type ServiceStatus = { version: string | null; instanceName: string | null };

export type SeerrUser = {
  seerrUserId: number;
  displayName: string;
  /** Null when Seerr has none, or holds a bare user name there. */
  email: string | null;
  avatarUrl: string | null;
};

export type SeerrRequestStatus =
  | "pending"
  | "approved"
  | "declined"
  | "failed"
  | "completed"
  | "unknown";

export type SeerrMediaStatus =
  | "unknown"
  | "pending"
  | "processing"
  | "partially_available"
  | "available"
  | "blocklisted"
  | "deleted";

export type SeerrRequest = {
  seerrRequestId: number;
  status: SeerrRequestStatus;
  mediaType: "movie" | "tv";
  is4k: boolean;
  tmdbId: number | null;
  tvdbId: number | null;
  /** Empty for movies. */
  seasons: number[];
  /** Null when the user is gone from Seerr. */
  requestedBy: SeerrUser | null;
  createdAt: Date | null;
  updatedAt: Date | null;
  /** Seerr's number of the Sonarr or Radarr that serves it; null: its default one. */
  serverId: number | null;
  /** Plex rating key of the class asked for, as Seerr last saw it; may be stale. */
  ratingKey: string | null;
  /** Status of the class asked for. */
  mediaStatus: SeerrMediaStatus;
};

/** A reported problem. Seerr does not say which class it is about. */
export type SeerrIssue = {
  seerrIssueId: number;
  type: "video" | "audio" | "subtitles" | "other";
  status: "open" | "resolved";
  mediaType: "movie" | "tv" | null;
  tmdbId: number | null;
  tvdbId: number | null;
  /** Whether something of the class is there, as Seerr last saw it. */
  hasHd: boolean;
  hasFourK: boolean;
  /** Null: all seasons. */
  season: number | null;
  /** Null: all episodes. */
  episode: number | null;
  /** Null when the user is gone from Seerr. */
  reportedBy: SeerrUser | null;
  createdAt: Date | null;
  /** Texts, the report itself first; old versions leave them out of lists. */
  comments: string[];
};

export type SeerrMovie = {
  tmdbId: number;
  imdbId: string | null;
  title: string | null;
  year: number | null;
  /** TMDB path such as `/abc.jpg`. */
  posterPath: string | null;
  overview: string | null;
  runtimeMinutes: number | null;
  releaseDate: Date | null;
};

export type SeerrShow = {
  tmdbId: number;
  tvdbId: number | null;
  title: string | null;
  year: number | null;
  /** TMDB path such as `/abc.jpg`. */
  posterPath: string | null;
  overview: string | null;
  runtimeMinutes: number | null;
  firstAirDate: Date | null;
  nextAirDate: Date | null;
  seasons: { season: number; episodeCount: number | null; airDate: Date | null }[];
};

/** A Sonarr or Radarr as Seerr knows it. */
export type SeerrServer = {
  serverId: number;
  name: string | null;
  hostname: string | null;
  port: number | null;
  urlBase: string | null;
  is4k: boolean;
  isDefault: boolean;
};

/** One page of a long list: `done` of `total` so far, this page included. */
export type Page<Item> = { items: Item[]; done: number; total: number };

export type LibraryFile = {
  fileId: number;
  path: string | null;
  relativePath: string | null;
  quality: string | null;
  /** Bytes. */
  size: number | null;
  addedAt: Date | null;
  /** Null when the service did not say. */
  qualityCutoffNotMet: boolean | null;
};

/** What an instance wants of the files of its titles. */
export type QualityProfile = {
  profileId: number;
  name: string | null;
  /** False: no better file will come, whatever `qualityCutoffNotMet` says. */
  upgradeAllowed: boolean;
  /** Name of the quality or group a file has to reach: `WEBDL-1080p`, `WEB 1080p`. */
  cutoffName: string | null;
};

export type SonarrSeason = {
  season: number;
  monitored: boolean;
  episodeFileCount: number;
  /** With a file, or monitored and already aired. */
  episodeCount: number;
  /** All, also unaired. */
  totalEpisodeCount: number;
  /** Bytes; null when Sonarr did not say. */
  sizeOnDisk: number | null;
  nextAiring: Date | null;
};

export type SonarrSeries = {
  seriesId: number;
  title: string | null;
  year: number | null;
  tvdbId: number | null;
  tmdbId: number | null;
  imdbId: string | null;
  /** continuing, ended, upcoming, deleted. */
  status: string | null;
  monitored: boolean;
  qualityProfileId: number | null;
  path: string | null;
  overview: string | null;
  posterUrl: string | null;
  runtimeMinutes: number | null;
  firstAired: Date | null;
  nextAiring: Date | null;
  seasons: SonarrSeason[];
};

export type SonarrEpisode = {
  episodeId: number;
  tvdbId: number | null;
  season: number;
  episode: number;
  title: string | null;
  airDateUtc: Date | null;
  runtimeMinutes: number | null;
  monitored: boolean;
  hasFile: boolean;
  file: LibraryFile | null;
};

export type RadarrMovie = {
  movieId: number;
  tmdbId: number | null;
  imdbId: string | null;
  title: string | null;
  year: number | null;
  /** tba, announced, inCinemas, released, deleted. */
  status: string | null;
  inCinemas: Date | null;
  digitalRelease: Date | null;
  physicalRelease: Date | null;
  isAvailable: boolean;
  monitored: boolean;
  qualityProfileId: number | null;
  path: string | null;
  overview: string | null;
  posterUrl: string | null;
  runtimeMinutes: number | null;
  hasFile: boolean;
  file: LibraryFile | null;
};

/** One record of a download queue; Sonarr has one per episode, all with the size of the whole pack. */
export type QueueItem = {
  queueId: number;
  /** Sonarr: null for downloads it cannot place. */
  seriesId: number | null;
  episodeId: number | null;
  season: number | null;
  /** Radarr: null for downloads it cannot place. */
  movieId: number | null;
  title: string | null;
  /** queued, paused, downloading, completed, failed, warning, delay, … */
  status: string | null;
  /** ok, warning, error. */
  trackedStatus: string | null;
  /** downloading, importBlocked, importPending, importing, imported, failedPending, failed, ignored. */
  trackedState: string | null;
  /** Everything the service says about it, titles included, in its words. */
  messages: string[];
  downloadId: string | null;
  /** Bytes. */
  size: number | null;
  /** Bytes. */
  sizeLeft: number | null;
  estimatedCompletion: Date | null;
  addedAt: Date | null;
};

/** A record of the whole queue, with what it is for. */
export type QueueRecord = QueueItem & {
  downloadClient: string | null;
  indexer: string | null;
  /** torrent, usenet. */
  protocol: string | null;
  /** Sonarr: whether the episode has a file, which this would replace. Null: not said. */
  episodeHasFile: boolean | null;
  series: QueueTitle | null;
  episode: { season: number; episode: number } | null;
  movie: QueueTitle | null;
};

/** A show or movie a download is for. `tagIds` mean nothing outside the instance. */
export type QueueTitle = {
  title: string | null;
  tvdbId: number | null;
  tmdbId: number | null;
  tagIds: number[];
};

/** A queue read page by page. Not whole: it changed meanwhile, and something may be missing. */
export type QueueReading = { records: QueueRecord[]; isWhole: boolean };

/** What an instance says about one of its indexers. */
export type ServarrIndexer = {
  name: string | null;
  tagIds: number[];
  /** It asks for a ratio or a time of seeding: taking a torrent away early is held against the account. */
  asksForSeeding: boolean;
};

/** A command an instance has queued or run lately. */
export type ServarrCommand = {
  name: string;
  queuedAt: Date | null;
  episodeIds: number[];
  movieIds: number[];
};

export type PlexIdentity = { machineIdentifier: string; version: string | null };

export type PlexSection = {
  sectionKey: string;
  type: "movie" | "show";
  title: string | null;
  agent: string | null;
  scanner: string | null;
  /** Folders as Plex sees them. */
  locations: string[];
};

/** A movie, show or episode. Shows have no media of their own. */
export type PlexItem = PlexEntry & {
  type: "movie" | "show" | "episode" | "other";
  title: string | null;
  year: number | null;
  addedAt: Date | null;
  updatedAt: Date | null;
  /** At least one media part; for a show, at least one episode entry. */
  hasMedia: boolean;
  /** `YYYY-MM-DD` as Plex has it; tells the episodes of daily shows. */
  airDate: string | null;
};
