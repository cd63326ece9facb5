import { z } from "zod";
import type {
  AskedTitle,
  FoundTitle,
  NewSeerrRequest,
  SeerrAnswerToRequest,
} from "@/lib/domain/asking";
import type {
  Page,
  SeerrIssue,
  SeerrMediaStatus,
  SeerrMovie,
  SeerrRequest,
  SeerrRequestStatus,
  SeerrServer,
  SeerrShow,
  SeerrUser,
  ServiceStatus,
} from "@/lib/domain/upstream";
import { UpstreamError } from "@/lib/errors";
import {
  id,
  list,
  optionalBoolean,
  optionalCount,
  optionalDate,
  optionalEmail,
  optionalId,
  optionalLongText,
  optionalObject,
  optionalText,
} from "./answer-fields";
import { createHttpClient, type HttpClient, type Query } from "./http";
import { createRequest, readAskedTitle, searchTitles } from "./seerr-ask";

export type SeerrConnection = {
  /** As the admin knows it, for messages. */
  name: string;
  url: string;
  apiKey: string;
  /** Milliseconds, default 20 000: its lists ask every Sonarr and Radarr, its details TMDB. */
  timeoutMs?: number;
};

/** One Seerr, Overseerr or Jellyseerr. Every call throws UpstreamError when it cannot be asked. */
export type SeerrClient = {
  /** Proves address and key. */
  status(): Promise<ServiceStatus>;
  /** All users, page by page. */
  users(): AsyncGenerator<Page<SeerrUser>>;
  /** Null: unknown to Seerr. */
  user(seerrUserId: number): Promise<SeerrUser | null>;
  /** All requests, newest first, page by page. */
  requests(): AsyncGenerator<Page<SeerrRequest>>;
  /** Null: gone from Seerr. */
  request(seerrRequestId: number): Promise<SeerrRequest | null>;
  /** Issues that are open, newest first, page by page. */
  openIssues(): AsyncGenerator<Page<SeerrIssue>>;
  /** Null: gone from Seerr. */
  issue(seerrIssueId: number): Promise<SeerrIssue | null>;
  /** Writes under an issue, as Seerr's owner. Its webhook follows. */
  commentOnIssue(seerrIssueId: number, message: string): Promise<void>;
  /** Closes an issue. Its webhook follows. */
  resolveIssue(seerrIssueId: number): Promise<void>;
  /** Movies and shows that fit a text, the best first; at most 20. */
  search(text: string): Promise<FoundTitle[]>;
  /** A title with what is there and what was asked for. */
  askedTitle(mediaType: "movie" | "tv", tmdbId: number): Promise<AskedTitle>;
  /** Asks for a title in the name of a user, once. Its webhook follows. */
  createRequest(request: NewSeerrRequest): Promise<SeerrAnswerToRequest>;
  movie(tmdbId: number): Promise<SeerrMovie>;
  /** `tmdbId` is TMDB's number of the show. */
  tv(tmdbId: number): Promise<SeerrShow>;
  radarrServers(): Promise<SeerrServer[]>;
  sonarrServers(): Promise<SeerrServer[]>;
};

export function createSeerrClient({ name, url, apiKey, timeoutMs }: SeerrConnection): SeerrClient {
  const http = createHttpClient({
    service: "seerr",
    name,
    url,
    headers: { "x-api-key": apiKey },
    timeoutMs: timeoutMs ?? 20_000,
  });
  return {
    async status() {
      const { version } = await http.get("api/v1/status", statusAnswer);
      // That was public; this one shows whether the key is right.
      await http.get("api/v1/user", userPage, { take: 1 });
      return { version, instanceName: null };
    },
    users: () => pages(http, "api/v1/user", { sort: "created" }, userPage, toUser),
    async user(seerrUserId) {
      const found = await http.getOrNull(`api/v1/user/${seerrUserId}`, userRecord);
      return found ? toUser(found) : null;
    },
    requests: () =>
      pages(http, "api/v1/request", { filter: "all", sort: "added" }, requestPage, toRequest),
    async request(seerrRequestId) {
      const found = await http.getOrNull(`api/v1/request/${seerrRequestId}`, requestRecord);
      return found ? toRequest(found) : null;
    },
    openIssues: () =>
      pages(http, "api/v1/issue", { filter: "open", sort: "added" }, issuePage, toIssue),
    async issue(seerrIssueId) {
      try {
        const found = await http.getOrNull(`api/v1/issue/${seerrIssueId}`, issueRecord);
        return found ? toIssue(found) : null;
      } catch (error) {
        if (isUnknownIssue(error)) return null;
        throw error;
      }
    },
    async commentOnIssue(seerrIssueId, message) {
      await http.post(`api/v1/issue/${seerrIssueId}/comment`, z.unknown(), { message });
    },
    async resolveIssue(seerrIssueId) {
      await http.post(`api/v1/issue/${seerrIssueId}/resolved`, z.unknown(), {});
    },
    search: (text) => searchTitles(http, text),
    askedTitle: (mediaType, tmdbId) => readAskedTitle(http, mediaType, tmdbId),
    createRequest: (request) => createRequest(http, request),
    async movie(tmdbId) {
      return toMovie(tmdbId, await http.get(`api/v1/movie/${tmdbId}`, movieDetails));
    },
    async tv(tmdbId) {
      return toShow(tmdbId, await http.get(`api/v1/tv/${tmdbId}`, showDetails));
    },
    radarrServers: async () => (await http.get("api/v1/settings/radarr", serverList)).map(toServer),
    sonarrServers: async () => (await http.get("api/v1/settings/sonarr", serverList)).map(toServer),
  };
}

async function* pages<Raw, Item>(
  http: HttpClient,
  path: string,
  query: Query,
  schema: z.ZodType<{ pageInfo: z.output<typeof pageInfo>; results: Raw[] }>,
  map: (raw: Raw) => Item,
): AsyncGenerator<Page<Item>> {
  const take = 50;
  for (let skip = 0; ; ) {
    const { pageInfo, results } = await http.get(path, schema, { take, skip, ...query });
    // By the size of the page, not by what came: Seerr leaves out some of what it counted.
    skip += pageInfo?.pageSize ?? take;
    const total = pageInfo?.results ?? null;
    yield {
      items: results.map(map),
      done: Math.min(skip, total ?? skip),
      total: total ?? skip,
    };
    if (total === null ? results.length === 0 : skip >= total) return;
  }
}

function toUser(user: z.output<typeof userRecord>): SeerrUser {
  return {
    seerrUserId: user.id,
    displayName:
      user.displayName ??
      user.username ??
      user.plexUsername ??
      user.jellyfinUsername ??
      user.email ??
      `User ${user.id}`,
    email: user.email,
    avatarUrl: user.avatar,
  };
}

function toRequest(request: z.output<typeof requestRecord>): SeerrRequest {
  const { media } = request;
  const is4k = request.is4k ?? false;
  const mediaType = request.type ?? media?.mediaType;
  return {
    seerrRequestId: request.id,
    status: requestStatuses[request.status ?? 0] ?? "unknown",
    mediaType: mediaType === "tv" ? "tv" : "movie",
    is4k,
    tmdbId: media?.tmdbId ?? null,
    tvdbId: media?.tvdbId ?? null,
    seasons: request.seasons.map((season) => season.seasonNumber),
    requestedBy: request.requestedBy ? toUser(request.requestedBy) : null,
    createdAt: request.createdAt,
    updatedAt: request.updatedAt,
    serverId: request.serverId,
    ratingKey: (is4k ? media?.ratingKey4k : media?.ratingKey) ?? null,
    mediaStatus: mediaStatuses[(is4k ? media?.status4k : media?.status) ?? 0] ?? "unknown",
  };
}

function toIssue(issue: z.output<typeof issueRecord>): SeerrIssue {
  const { media } = issue;
  const isThere = (status: number | null | undefined) => status === 4 || status === 5;
  return {
    seerrIssueId: issue.id,
    type: issueTypes[issue.issueType ?? 0] ?? "other",
    status: issue.status === 2 ? "resolved" : "open",
    mediaType: media?.mediaType === "tv" ? "tv" : media?.mediaType === "movie" ? "movie" : null,
    tmdbId: media?.tmdbId ?? null,
    tvdbId: media?.tvdbId ?? null,
    hasHd: isThere(media?.status),
    hasFourK: isThere(media?.status4k),
    // 0 is the whole show, or the whole season.
    season: issue.problemSeason,
    episode: issue.problemEpisode,
    reportedBy: issue.createdBy ? toUser(issue.createdBy) : null,
    createdAt: issue.createdAt,
    comments: issue.comments.map((comment) => comment.message ?? ""),
  };
}

/** Seerr answers 500 for an issue it does not have. */
function isUnknownIssue(error: unknown): boolean {
  return (
    error instanceof UpstreamError &&
    error.status === 500 &&
    error.cause instanceof Error &&
    /issue not found/i.test(error.cause.message)
  );
}

function toMovie(tmdbId: number, movie: z.output<typeof movieDetails>): SeerrMovie {
  return {
    tmdbId,
    imdbId: movie.imdbId ?? movie.externalIds?.imdbId ?? null,
    title: movie.title ?? movie.originalTitle,
    year: movie.releaseDate?.getUTCFullYear() ?? null,
    posterPath: movie.posterPath,
    overview: movie.overview,
    runtimeMinutes: movie.runtime,
    releaseDate: movie.releaseDate,
  };
}

function toShow(tmdbId: number, show: z.output<typeof showDetails>): SeerrShow {
  return {
    tmdbId,
    tvdbId: show.externalIds?.tvdbId ?? show.mediaInfo?.tvdbId ?? null,
    title: show.name ?? show.originalName,
    year: show.firstAirDate?.getUTCFullYear() ?? null,
    posterPath: show.posterPath,
    overview: show.overview,
    runtimeMinutes: show.episodeRunTime.find((minutes) => minutes !== null) ?? null,
    firstAirDate: show.firstAirDate,
    nextAirDate: show.nextEpisodeToAir?.airDate ?? null,
    seasons: show.seasons.map(({ seasonNumber, episodeCount, airDate }) => ({
      season: seasonNumber,
      episodeCount,
      airDate,
    })),
  };
}

function toServer(server: z.output<typeof serverRecord>): SeerrServer {
  return {
    serverId: server.id,
    name: server.name,
    hostname: server.hostname,
    port: server.port,
    urlBase: server.baseUrl,
    is4k: server.is4k ?? false,
    isDefault: server.isDefault ?? false,
  };
}

// seerr server/constants/media.ts: MediaRequestStatus. Overseerr leaves finished requests at 2.
const requestStatuses: Record<number, SeerrRequestStatus> = {
  1: "pending",
  2: "approved",
  3: "declined",
  4: "failed",
  5: "completed",
};

// seerr server/constants/media.ts: MediaStatus
const mediaStatuses: Record<number, SeerrMediaStatus> = {
  1: "unknown",
  2: "pending",
  3: "processing",
  4: "partially_available",
  5: "available",
  6: "blocklisted",
  7: "deleted",
};

// seerr server/constants/issue.ts: IssueType
const issueTypes: Record<number, SeerrIssue["type"]> = {
  1: "video",
  2: "audio",
  3: "subtitles",
  4: "other",
};

const statusAnswer = z.object({ version: optionalText });

const pageInfo = optionalObject({ results: optionalCount, pageSize: optionalId });

const userShape = {
  id,
  displayName: optionalText,
  username: optionalText,
  plexUsername: optionalText,
  jellyfinUsername: optionalText,
  email: optionalEmail,
  avatar: optionalText,
};
const userRecord = z.object(userShape);
const userPage = z.object({ pageInfo, results: z.array(userRecord) });

const requestRecord = z.object({
  id,
  status: optionalCount,
  type: optionalText,
  is4k: optionalBoolean,
  serverId: optionalCount,
  createdAt: optionalDate,
  updatedAt: optionalDate,
  media: optionalObject({
    mediaType: optionalText,
    tmdbId: optionalId,
    tvdbId: optionalId,
    status: optionalCount,
    status4k: optionalCount,
    ratingKey: optionalText,
    ratingKey4k: optionalText,
  }),
  seasons: list(z.object({ seasonNumber: id })),
  requestedBy: optionalObject(userShape),
});
const requestPage = z.object({ pageInfo, results: z.array(requestRecord) });

const issueRecord = z.object({
  id,
  issueType: optionalCount,
  status: optionalCount,
  problemSeason: optionalId,
  problemEpisode: optionalId,
  createdAt: optionalDate,
  media: optionalObject({
    mediaType: optionalText,
    tmdbId: optionalId,
    tvdbId: optionalId,
    status: optionalCount,
    status4k: optionalCount,
  }),
  createdBy: optionalObject(userShape),
  comments: list(z.object({ message: optionalLongText })),
});
const issuePage = z.object({ pageInfo, results: z.array(issueRecord) });

const movieDetails = z.object({
  title: optionalText,
  originalTitle: optionalText,
  releaseDate: optionalDate,
  posterPath: optionalText,
  overview: optionalLongText,
  runtime: optionalId,
  imdbId: optionalText,
  externalIds: optionalObject({ imdbId: optionalText }),
});

const showDetails = z.object({
  name: optionalText,
  originalName: optionalText,
  firstAirDate: optionalDate,
  posterPath: optionalText,
  overview: optionalLongText,
  episodeRunTime: list(optionalId),
  externalIds: optionalObject({ tvdbId: optionalId }),
  mediaInfo: optionalObject({ tvdbId: optionalId }),
  nextEpisodeToAir: optionalObject({ airDate: optionalDate }),
  seasons: list(z.object({ seasonNumber: id, episodeCount: optionalCount, airDate: optionalDate })),
});

const serverRecord = z.object({
  id,
  name: optionalText,
  hostname: optionalText,
  port: optionalId,
  baseUrl: optionalText,
  is4k: optionalBoolean,
  isDefault: optionalBoolean,
});
const serverList = z.array(serverRecord);
