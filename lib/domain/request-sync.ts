import type { SeerrRequest } from "./upstream";

/** What is stored of a request that Seerr's list speaks of, too. */
export type StoredRequest = {
  status: string;
  mediaType: "movie" | "tv";
  isFourK: boolean;
  tmdbId: number | null;
  tvdbId: number | null;
  seasons: readonly number[];
  requestedAt: Date;
  requesterName: string | null;
  /** Null while it is not known who asked. */
  requester: { seerrUserId: number; displayName: string; email: string | null } | null;
  /** Seerr's ids of everybody attached as the one who asked: one, unless a webhook's name misled us. */
  askedBy: readonly number[];
  /** Null while only a webhook spoke of it. */
  readFromSeerrAt: Date | null;
};

/**
 * Whether Seerr's list says nothing about a request that is not stored already: almost always, and then nothing is
 * written. What Seerr leaves out (a status we do not know, ids, a deleted requester) takes nothing back.
 */
export function isStoredAlready(found: SeerrRequest, stored: StoredRequest): boolean {
  const person = found.requestedBy;
  return (
    stored.readFromSeerrAt !== null &&
    (found.status === "unknown" || found.status === stored.status) &&
    found.mediaType === stored.mediaType &&
    found.is4k === stored.isFourK &&
    (found.tmdbId === null || found.tmdbId === stored.tmdbId) &&
    (found.tvdbId === null || found.tvdbId === stored.tvdbId) &&
    isSameSet(found.seasons, stored.seasons) &&
    (found.createdAt === null || found.createdAt.getTime() === stored.requestedAt.getTime()) &&
    (person === null || isSamePerson(person, stored))
  );
}

function isSamePerson(
  person: NonNullable<SeerrRequest["requestedBy"]>,
  { requester, requesterName, askedBy }: StoredRequest,
): boolean {
  return (
    requester !== null &&
    requester.seerrUserId === person.seerrUserId &&
    requester.displayName === person.displayName &&
    requester.email === person.email &&
    requesterName === person.displayName &&
    askedBy.length === 1 &&
    askedBy[0] === person.seerrUserId
  );
}

function isSameSet(one: readonly number[], other: readonly number[]): boolean {
  const [a, b] = [new Set(one), new Set(other)];
  return a.size === b.size && [...a].every((value) => b.has(value));
}
