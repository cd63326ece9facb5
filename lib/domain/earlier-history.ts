import { mediaKey } from "./media";

/**
 * What a database of the earlier BingeAlert (written in Python) says, and what of it is carried over. That system knew
 * people and requests by Seerr's ids, shows by TMDB id, episodes only by number, and no difference between HD and 4K.
 */

export type EarlierUser = {
  id: number;
  seerrUserId: number;
  name: string | null;
  email: string | null;
  isActive: boolean;
  deactivatedAt: Date | null;
};

export type EarlierRequest = {
  id: number;
  userId: number;
  /** 0 where the webhook did not say it. */
  seerrRequestId: number;
  mediaType: "movie" | "tv";
  tmdbId: number;
  title: string | null;
};

export type EarlierWatcher = { requestId: number; userId: number };

/** `told` outweighs `not_wanted`, and that `known_before`. */
export type EarlierHow = "told" | "not_wanted" | "known_before";

/** That somebody was told of something, or was not to be. Null `userId`: everybody attached to the request. */
export type EarlierTelling = {
  userId: number | null;
  requestId: number;
  episode: { season: number; episode: number } | null;
  how: EarlierHow;
  at: Date;
};

/** Why something does not come over. */
export type LeftOutReason =
  | "person_gone"
  | "other_person"
  | "request_gone"
  | "watcher"
  | "no_request"
  | "no_id"
  | "no_episode"
  | "not_sent"
  | "other_kind"
  | "broken_row";

export type LeftOut = { reason: LeftOutReason; what: string };

export type EarlierHistory = {
  users: EarlierUser[];
  requests: EarlierRequest[];
  watchers: EarlierWatcher[];
  tellings: EarlierTelling[];
  /** Found while reading. */
  leftOut: LeftOut[];
};

/** A person and a request as Seerr knows them now. */
export type SeerrNow = {
  users: { seerrUserId: number; displayName: string; email: string | null }[];
  requests: {
    seerrRequestId: number;
    mediaType: "movie" | "tv";
    tmdbId: number | null;
    tvdbId: number | null;
    is4k: boolean;
  }[];
};

export type ImportPlan = {
  /** Switched off there, and so here. */
  deactivate: { seerrUserId: number; at: Date | null }[];
  watchers: { seerrRequestId: number; seerrUserIds: number[] }[];
  ledger: PlannedTelling[];
  people: number;
  requests: number;
  leftOut: LeftOut[];
};

export type PlannedTelling = {
  seerrUserId: number;
  mediaKey: string;
  how: EarlierHow;
  at: Date;
  /** Whose timeline says so; null when Seerr has that request no more. */
  seerrRequestId: number | null;
};

/** TMDB ids of the shows that somebody was told of and whose TVDB id no request of Seerr gives. */
export function listUnresolvedShows(history: EarlierHistory, seerr: SeerrNow): number[] {
  const known = tvdbIdsOf(seerr);
  const told = new Set(history.tellings.map((telling) => telling.requestId));
  const wanted = history.requests
    .filter((request) => request.mediaType === "tv" && told.has(request.id) && request.tmdbId > 0)
    .map((request) => request.tmdbId)
    .filter((tmdbId) => !known.has(tmdbId));
  return [...new Set(wanted)].sort((a, b) => a - b);
}

function tvdbIdsOf(seerr: SeerrNow): Map<number, number> {
  const ids = new Map<number, number>();
  for (const { mediaType, tmdbId, tvdbId } of seerr.requests) {
    if (mediaType === "tv" && tmdbId !== null && tvdbId !== null) ids.set(tmdbId, tvdbId);
  }
  return ids;
}

/**
 * Decides what comes over. `foundTvdbIds` are the answers for {@link listUnresolvedShows}, by TMDB id. Ids of Seerr
 * count only where person and title agree: a Seerr that was set up anew gives old ids to others.
 */
export function planEarlierImport(
  history: EarlierHistory,
  seerr: SeerrNow,
  foundTvdbIds: ReadonlyMap<number, number>,
): ImportPlan {
  const leftOut = [...history.leftOut];
  const people = matchPeople(history, seerr, leftOut);
  const requests = matchRequests(history, seerr, leftOut);
  const requestOf = new Map(history.requests.map((request) => [request.id, request]));
  const tvdbIds = new Map([...foundTvdbIds, ...tvdbIdsOf(seerr)]);

  return {
    deactivate: history.users.flatMap((user) => {
      const seerrUserId = people.get(user.id);
      return user.isActive || seerrUserId === undefined
        ? []
        : [{ seerrUserId, at: user.deactivatedAt }];
    }),
    watchers: planWatchers(history, people, requests, leftOut),
    ledger: planLedger(history, { people, requests, requestOf, tvdbIds }, leftOut),
    people: people.size,
    requests: requests.size,
    leftOut,
  };
}

/** Seerr's id of each person, by the earlier id. */
function matchPeople(
  { users }: EarlierHistory,
  seerr: SeerrNow,
  leftOut: LeftOut[],
): Map<number, number> {
  const byId = new Map(seerr.users.map((user) => [user.seerrUserId, user]));
  const matched = new Map<number, number>();
  for (const user of users) {
    const sameId = byId.get(user.seerrUserId);
    const sameAddress = seerr.users.filter((other) => isSame(other.email, user.email));
    const found =
      sameId && !isSomebodyElse(user, sameId)
        ? sameId
        : sameAddress.length === 1
          ? sameAddress[0]
          : undefined;
    if (found) matched.set(user.id, found.seerrUserId);
    else leftOut.push({ reason: sameId ? "other_person" : "person_gone", what: nameOf(user) });
  }
  return matched;
}

const nameOf = (user: EarlierUser) => user.name ?? user.email ?? `User ${user.seerrUserId}`;

const isSame = (a: string | null, b: string | null) =>
  a !== null && b !== null && a.trim() !== "" && a.trim().toLowerCase() === b.trim().toLowerCase();

/** Neither name nor address agree, and both addresses are known. */
function isSomebodyElse(
  user: EarlierUser,
  other: { displayName: string; email: string | null },
): boolean {
  if (isSame(user.email, other.email) || isSame(user.name, other.displayName)) return false;
  return Boolean(user.email?.trim()) && Boolean(other.email?.trim());
}

type SeerrRequestNow = SeerrNow["requests"][number];

/** The request in Seerr for each earlier one, by the earlier id. */
function matchRequests(
  { requests }: EarlierHistory,
  seerr: SeerrNow,
  leftOut: LeftOut[],
): Map<number, SeerrRequestNow> {
  const byId = new Map(seerr.requests.map((request) => [request.seerrRequestId, request]));
  const matched = new Map<number, SeerrRequestNow>();
  for (const request of requests) {
    const found = byId.get(request.seerrRequestId);
    const isSameTitle =
      found?.mediaType === request.mediaType &&
      found.tmdbId === request.tmdbId &&
      found !== undefined;
    if (isSameTitle) matched.set(request.id, found);
    else leftOut.push({ reason: "request_gone", what: titleOf(request) });
  }
  return matched;
}

const titleOf = (request: EarlierRequest) => request.title ?? `TMDB ${request.tmdbId}`;

function planWatchers(
  history: EarlierHistory,
  people: ReadonlyMap<number, number>,
  requests: ReadonlyMap<number, SeerrRequestNow>,
  leftOut: LeftOut[],
): ImportPlan["watchers"] {
  const byRequest = new Map<number, Set<number>>();
  for (const { requestId, userId } of history.watchers) {
    const request = requests.get(requestId);
    const seerrUserId = people.get(userId);
    if (!request || seerrUserId === undefined) {
      leftOut.push({ reason: "watcher", what: `${userId} of request ${requestId}` });
      continue;
    }
    const watchers = byRequest.get(request.seerrRequestId) ?? new Set();
    byRequest.set(request.seerrRequestId, watchers.add(seerrUserId));
  }
  return [...byRequest].map(([seerrRequestId, ids]) => ({
    seerrRequestId,
    seerrUserIds: [...ids].sort((a, b) => a - b),
  }));
}

const strength: Record<EarlierHow, number> = { told: 2, not_wanted: 1, known_before: 0 };

function planLedger(
  history: EarlierHistory,
  known: {
    people: ReadonlyMap<number, number>;
    requests: ReadonlyMap<number, SeerrRequestNow>;
    requestOf: ReadonlyMap<number, EarlierRequest>;
    tvdbIds: ReadonlyMap<number, number>;
  },
  leftOut: LeftOut[],
): PlannedTelling[] {
  const attached = new Map<number, Set<number>>();
  const attach = (requestId: number, userId: number) =>
    attached.set(requestId, (attached.get(requestId) ?? new Set()).add(userId));
  for (const request of history.requests) attach(request.id, request.userId);
  for (const { requestId, userId } of history.watchers) attach(requestId, userId);

  const planned = new Map<string, PlannedTelling>();
  for (const { userId, requestId, episode, how, at } of history.tellings) {
    const request = known.requestOf.get(requestId);
    if (!request) {
      leftOut.push({ reason: "no_request", what: `request ${requestId}` });
      continue;
    }
    const found = known.requests.get(requestId);
    const key = keyOf(request, episode, found?.is4k ?? false, known.tvdbIds);
    if (key === null) {
      leftOut.push({ reason: "no_id", what: titleOf(request) });
      continue;
    }
    for (const person of userId === null ? (attached.get(requestId) ?? []) : [userId]) {
      const seerrUserId = known.people.get(person);
      // Whoever is left out was named above.
      if (seerrUserId === undefined) continue;
      const place = `${seerrUserId} ${key}`;
      const before = planned.get(place);
      if (before && strength[before.how] >= strength[how]) continue;
      const seerrRequestId = found?.seerrRequestId ?? null;
      planned.set(place, { seerrUserId, mediaKey: key, how, at, seerrRequestId });
    }
  }
  return [...planned.values()];
}

/** Null when an id is missing. The class is that of the request: it is what the person was told on account of. */
function keyOf(
  request: EarlierRequest,
  episode: EarlierTelling["episode"],
  isFourK: boolean,
  tvdbIds: ReadonlyMap<number, number>,
): string | null {
  if (request.mediaType === "movie") {
    if (request.tmdbId <= 0 || episode !== null) return null;
    return mediaKey({ kind: "movie", tmdbId: request.tmdbId, isFourK });
  }
  const tvdbId = tvdbIds.get(request.tmdbId);
  if (tvdbId === undefined || episode === null) return null;
  return mediaKey({ kind: "episode", tvdbId, ...episode, isFourK });
}
