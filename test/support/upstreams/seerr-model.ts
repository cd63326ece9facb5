import type { Json, JsonObject } from "./fake-server";
import { day } from "./releases";
import type { EpisodeTitle, MovieTitle, ShowTitle, Title } from "./world";
import { seasonNumbers } from "./world";

/** Numbers of MediaStatus in REST answers; webhooks carry the names. */
export const mediaStatus = {
  UNKNOWN: 1,
  PENDING: 2,
  PROCESSING: 3,
  PARTIALLY_AVAILABLE: 4,
  AVAILABLE: 5,
  BLOCKLISTED: 6,
  DELETED: 7,
} as const;

export const requestStatus = {
  PENDING: 1,
  APPROVED: 2,
  DECLINED: 3,
  FAILED: 4,
  COMPLETED: 5,
} as const;

export const issueTypes = ["VIDEO", "AUDIO", "SUBTITLES", "OTHER"] as const;

export type MediaStatusName = keyof typeof mediaStatus;
export type RequestStatusName = keyof typeof requestStatus;
export type IssueTypeName = (typeof issueTypes)[number];

export type SeerrUser = {
  id: number;
  displayName: string;
  /** May be empty, or a bare user name after a Jellyfin import. */
  email: string;
  plexUsername: string | null;
  jellyfinUsername: string | null;
  username: string | null;
  /** 1 Plex, 2 local, 3 Jellyfin. */
  userType: 1 | 2 | 3;
  permissions: number;
  avatar: string;
  createdAt: Date;
  updatedAt: Date;
};

export type SeerrMedia = {
  id: number;
  title: Title;
  status: MediaStatusName;
  status4k: MediaStatusName;
  seasons: Map<number, { id: number; status: MediaStatusName; status4k: MediaStatusName }>;
  ratingKey: string | null;
  ratingKey4k: string | null;
  service: ServiceLink | null;
  service4k: ServiceLink | null;
  addedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
};

/** Where Seerr put a title: its server number, the id there, and the address of its page. */
export type ServiceLink = { serviceId: number; externalId: number; slug: string; url: string };

export type SeerrRequest = {
  id: number;
  status: RequestStatusName;
  media: SeerrMedia;
  title: Title;
  is4k: boolean;
  seasons: { id: number; number: number }[];
  requestedBy: SeerrUser;
  modifiedBy: SeerrUser | null;
  createdAt: Date;
  updatedAt: Date;
};

export type SeerrIssue = {
  id: number;
  type: IssueTypeName;
  status: "OPEN" | "RESOLVED";
  season: number;
  episode: number;
  media: SeerrMedia;
  createdBy: SeerrUser;
  comments: { id: number; message: string; user: SeerrUser; createdAt: Date }[];
  createdAt: Date;
  updatedAt: Date;
};

export function userJson(user: SeerrUser, requestCount: number): JsonObject {
  return {
    permissions: user.permissions,
    warnings: [],
    id: user.id,
    email: user.email,
    plexUsername: user.plexUsername,
    jellyfinUsername: user.jellyfinUsername,
    username: user.username,
    recoveryLinkExpirationDate: null,
    userType: user.userType,
    plexId: user.userType === 1 ? 5000 + user.id : null,
    jellyfinUserId: user.userType === 3 ? `jf${String(user.id).padStart(30, "0")}` : null,
    avatar: user.avatar,
    avatarETag: null,
    avatarVersion: null,
    movieQuotaLimit: null,
    movieQuotaDays: null,
    tvQuotaLimit: null,
    tvQuotaDays: null,
    createdAt: user.createdAt.toISOString(),
    updatedAt: user.updatedAt.toISOString(),
    requestCount,
    displayName: user.displayName,
  };
}

export function mediaJson(media: SeerrMedia, machineIdentifier: string): JsonObject {
  const isTv = media.title.kind === "show";
  return {
    downloadStatus: [],
    downloadStatus4k: [],
    id: media.id,
    mediaType: isTv ? "tv" : "movie",
    tmdbId: media.title.tmdbId,
    tvdbId: media.title.kind === "show" ? media.title.tvdbId : null,
    imdbId: isTv ? null : media.title.imdbId,
    status: mediaStatus[media.status],
    status4k: mediaStatus[media.status4k],
    createdAt: media.createdAt.toISOString(),
    updatedAt: media.updatedAt.toISOString(),
    lastSeasonChange: media.updatedAt.toISOString(),
    mediaAddedAt: media.addedAt?.toISOString() ?? null,
    serviceId: media.service?.serviceId ?? null,
    serviceId4k: media.service4k?.serviceId ?? null,
    externalServiceId: media.service?.externalId ?? null,
    externalServiceId4k: media.service4k?.externalId ?? null,
    externalServiceSlug: media.service?.slug ?? null,
    externalServiceSlug4k: media.service4k?.slug ?? null,
    ratingKey: media.ratingKey,
    ratingKey4k: media.ratingKey4k,
    jellyfinMediaId: null,
    jellyfinMediaId4k: null,
    ...plexLinks(media.ratingKey, machineIdentifier),
    serviceUrl: media.service?.url,
  };
}

function plexLinks(ratingKey: string | null, machineIdentifier: string): JsonObject {
  if (ratingKey === null) return {};
  const key = `%2Flibrary%2Fmetadata%2F${ratingKey}`;
  return {
    mediaUrl: `https://app.plex.tv/desktop#!/server/${machineIdentifier}/details?key=${key}`,
    iOSPlexUrl: `plex://preplay/?metadataKey=${key}&server=${machineIdentifier}`,
  };
}

export function mediaSeasonsJson(media: SeerrMedia): Json[] {
  return [...media.seasons].map(([seasonNumber, season]) => ({
    id: season.id,
    seasonNumber,
    status: mediaStatus[season.status],
    status4k: mediaStatus[season.status4k],
    createdAt: media.createdAt.toISOString(),
    updatedAt: media.updatedAt.toISOString(),
  }));
}

/** What TMDB says about a movie, in Seerr's spelling. */
export function movieDetails(movie: MovieTitle): JsonObject {
  const releases = [
    { date: movie.inCinemas, type: 3 },
    { date: movie.digitalRelease, type: 4 },
    { date: movie.physicalRelease, type: 5 },
  ].flatMap(({ date, type }) =>
    date
      ? [
          {
            certification: "",
            descriptors: [],
            iso_639_1: "",
            note: "",
            release_date: date.toISOString(),
            type,
          },
        ]
      : [],
  );
  return {
    id: movie.tmdbId,
    adult: false,
    budget: 0,
    genres: movie.genres.map((name, i) => ({ id: i + 1, name })),
    relatedVideos: [],
    originalLanguage: "en",
    originalTitle: movie.title,
    popularity: 12.4,
    productionCompanies: [],
    productionCountries: [],
    releaseDate: movie.inCinemas ? day(movie.inCinemas) : `${movie.year}-01-01`,
    releases: { results: [{ iso_3166_1: "US", release_dates: releases }] },
    revenue: 0,
    spokenLanguages: [],
    status: "Released",
    title: movie.title,
    video: false,
    voteAverage: 7.1,
    voteCount: 210,
    backdropPath: movie.posterPath,
    homepage: "",
    imdbId: movie.imdbId,
    overview: movie.overview,
    posterPath: movie.posterPath,
    runtime: movie.runtime,
    tagline: "",
    credits: { cast: [], crew: [] },
    externalIds: { facebookId: null, imdbId: movie.imdbId, instagramId: null, twitterId: null },
    watchProviders: [],
    keywords: [],
    onUserWatchlist: false,
  };
}

/** What TMDB says about a show, in Seerr's spelling. */
export function showDetails(show: ShowTitle): JsonObject {
  const aired = show.episodes.flatMap((e) => (e.airsAt ? [e.airsAt] : []));
  const first = aired.length > 0 ? new Date(Math.min(...aired.map((d) => d.getTime()))) : null;
  return {
    createdBy: [],
    episodeRunTime: [show.runtime],
    firstAirDate: first ? day(first) : "",
    genres: show.genres.map((name, i) => ({ id: i + 1, name })),
    relatedVideos: [],
    homepage: "",
    id: show.tmdbId,
    inProduction: show.status !== "ended",
    languages: ["en"],
    name: show.title,
    networks: [],
    numberOfEpisodes: show.episodes.filter((e) => e.season > 0).length,
    numberOfSeasons: seasonNumbers(show).filter((n) => n > 0).length,
    originCountry: ["US"],
    originalLanguage: "en",
    originalName: show.title,
    tagline: "",
    overview: show.overview,
    popularity: 9.8,
    productionCompanies: [],
    productionCountries: [],
    contentRatings: { results: [] },
    spokenLanguages: [],
    seasons: seasonNumbers(show).map((n) => seasonSummary(show, n)),
    status: show.status === "ended" ? "Ended" : "Returning Series",
    type: "Scripted",
    voteAverage: 7.9,
    voteCount: 340,
    backdropPath: show.posterPath,
    posterPath: show.posterPath,
    credits: { cast: [], crew: [] },
    externalIds: {
      facebookId: null,
      freebaseId: null,
      freebaseMid: null,
      imdbId: show.imdbId,
      instagramId: null,
      tvdbId: show.tvdbId,
      tvrageId: null,
      twitterId: null,
    },
    keywords: [],
  };
}

/** A season with its episodes, as `/tv/:id/season/:n` answers it. */
export function seasonDetails(show: ShowTitle, season: number): JsonObject {
  const { episodeCount: _count, ...summary } = seasonSummary(show, season);
  return {
    ...summary,
    externalIds: {},
    episodes: show.episodes.filter((e) => e.season === season).map((e) => episodeJson(show, e)),
  };
}

function seasonSummary(show: ShowTitle, season: number): JsonObject {
  const episodes = show.episodes.filter((e) => e.season === season);
  const first = episodes[0]?.airsAt;
  return {
    airDate: first ? day(first) : null,
    episodeCount: episodes.length,
    id: show.tmdbId * 100 + season,
    name: season === 0 ? "Specials" : `Season ${season}`,
    overview: "",
    seasonNumber: season,
    posterPath: show.posterPath,
  };
}

function episodeJson(show: ShowTitle, episode: EpisodeTitle): JsonObject {
  return {
    id: episode.tvdbId + 1_000_000,
    name: episode.title,
    airDate: episode.airsAt ? day(episode.airsAt) : null,
    episodeNumber: episode.number,
    overview: episode.overview,
    productionCode: "",
    seasonNumber: episode.season,
    showId: show.tmdbId,
    stillPath: null,
    voteAverage: 0,
    voteCount: 0,
  };
}

/** A page of a list, with `pageInfo` as Seerr counts it; only what is on it is drawn up. */
export function pageOf<Entry>(
  entries: readonly Entry[],
  view: (entry: Entry) => JsonObject,
  take: number,
  skip: number,
): JsonObject {
  return {
    pageInfo: {
      pages: Math.ceil(entries.length / take),
      pageSize: take,
      results: entries.length,
      page: Math.ceil(skip / take) + 1,
    },
    results: entries.slice(skip, skip + take).map(view),
  };
}
