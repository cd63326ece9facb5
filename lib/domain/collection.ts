import { matchRequest, type RequestScope } from "./matching";
import { groupKey, type MediaIdentity, mediaKey } from "./media";
import { decideRecipient, type Recipient } from "./recipients";

/**
 * Who is to be told about what an instance holds. The same plan serves webhooks, new watchers and reconciliation:
 * whatever a request covers, is held, and has not been told is news, however it was learned of.
 */

/** One movie or episode with a file, as an instance holds it. */
export type Holding = {
  identity: MediaIdentity;
  title: string;
  year: number | null;
  tmdbId: number | null;
  tvdbId: number | null;
  imdbId: string | null;
  episodeTitle: string | null;
  episodeTvdbId: number | null;
  runtimeMinutes: number | null;
  airsAt: Date | null;
  instanceKey: string;
  upstreamId: number | null;
  fileId: number | null;
  filePath: string | null;
  quality: string | null;
  addedAt: Date | null;
  /** The file is below its profile's cutoff, and a better one is waited for before anybody is told. */
  waitsForCutoff?: boolean;
};

export type PlannedRequest = RequestScope & { id: number };
export type PlannedWatcher = Recipient & { id: number; requestId: number };

/** What is in the ledger or in a batch already. */
export type Settled =
  | { userId: number; mediaKey: string; how: "told" | "known_before" | "not_wanted" }
  | { userId: number; mediaKey: string; how: "waiting" };

export type PlannedJoin = {
  userId: number;
  displayName: string;
  groupKey: string;
  title: string;
  kind: "show" | "movie";
  items: { mediaKey: string; requestId: number }[];
};

export type PlannedSkip = {
  userId: number;
  displayName: string;
  requestId: number;
  mediaKeys: string[];
  decision: Extract<ReturnType<typeof decideRecipient>, { kind: "notWanted" | "notPossible" }>;
};

export type CollectionPlan = {
  joins: PlannedJoin[];
  skips: PlannedSkip[];
  /** Per request, what of it is settled already, and how. */
  settled: { requestId: number; userId: number; mediaKey: string; how: Settled["how"] }[];
  /** Requests that would cover something but wait for approval in Seerr. */
  notApproved: number[];
  /** What some request covers: the rest of the library is nobody's news. */
  covered: { holding: Holding; requestIds: number[] }[];
  /** What some request covers and somebody waits for, but its file is below the cutoff: as if it were not there yet. */
  belowCutoff: { holding: Holding; requestIds: number[] }[];
};

export const mailKindOf = {
  movie: { kind: "movie_available", words: "movie available" },
  episode: { kind: "episodes_available", words: "episodes available" },
} as const;

/** Plans who joins which batch. */
export function planCollection(facts: {
  holdings: readonly Holding[];
  requests: readonly PlannedRequest[];
  watchers: readonly PlannedWatcher[];
  settled: readonly Settled[];
}): CollectionPlan {
  const plan: CollectionPlan = {
    joins: [],
    skips: [],
    settled: [],
    notApproved: [],
    covered: [],
    belowCutoff: [],
  };
  const settledBy = new Map(facts.settled.map((s) => [`${s.userId} ${s.mediaKey}`, s.how]));
  const joins = new Map<string, PlannedJoin>();
  const skips = new Map<string, PlannedSkip>();
  const notApproved = new Set<number>();

  const requestsFor = indexRequests(facts.requests);
  const watchersOf = new Map<number, PlannedWatcher[]>();
  for (const watcher of facts.watchers) append(watchersOf, watcher.requestId, watcher);
  for (const holding of facts.holdings) {
    const key = mediaKey(holding.identity);
    const scope = scopeOf(holding);
    const covering: PlannedRequest[] = [];
    for (const request of requestsFor(holding)) {
      const coverage = matchRequest(request, scope);
      if (coverage.kind === "covers") covering.push(request);
      if (coverage.kind === "notApproved") notApproved.add(request.id);
    }
    if (covering.length === 0) continue;
    const requestIds = covering.map((request) => request.id);
    const people = covering.flatMap((request) => watchersOf.get(request.id) ?? []);
    const isSettled = people.length > 0 && people.every((p) => settledBy.has(`${p.id} ${key}`));
    // Who was told of this file before it was held back, or waits in a mail, is not waiting for a better one.
    if (holding.waitsForCutoff && !isSettled) {
      plan.belowCutoff.push({ holding, requestIds });
      continue;
    }
    plan.covered.push({ holding, requestIds });

    // Somebody who asked twice, or asked and watches, is one recipient: the first request accounts for it.
    const seen = new Set<number>();
    for (const request of covering) {
      for (const watcher of watchersOf.get(request.id) ?? []) {
        const how = settledBy.get(`${watcher.id} ${key}`);
        if (how) {
          plan.settled.push({ requestId: request.id, userId: watcher.id, mediaKey: key, how });
          continue;
        }
        if (seen.has(watcher.id)) continue;
        const mailKind = mailKindOf[holding.identity.kind];
        const decision = decideRecipient(watcher, mailKind.kind, mailKind.words);
        if (decision.kind === "tell") {
          seen.add(watcher.id);
          addJoin(joins, watcher, holding, { mediaKey: key, requestId: request.id });
        } else {
          addSkip(skips, watcher, request.id, key, decision);
        }
      }
    }
  }
  plan.joins = [...joins.values()];
  // Who gets it on account of another request is not skipped.
  const joined = new Set(
    plan.joins.flatMap((j) => j.items.map((item) => `${j.userId} ${item.mediaKey}`)),
  );
  plan.skips = [...skips.values()]
    .map((skip) => ({
      ...skip,
      mediaKeys: skip.mediaKeys.filter((key) => !joined.has(`${skip.userId} ${key}`)),
    }))
    .filter((skip) => skip.mediaKeys.length > 0);
  plan.notApproved = [...notApproved];
  return plan;
}

/** Finds the requests that may ask for a holding by its ids: each against each would not end in a large library. */
function indexRequests(requests: readonly PlannedRequest[]) {
  const byId = new Map<string, PlannedRequest[]>();
  for (const request of requests) {
    if (request.tmdbId !== null)
      append(byId, `${request.mediaType} tmdb ${request.tmdbId}`, request);
    if (request.tvdbId !== null)
      append(byId, `${request.mediaType} tvdb ${request.tvdbId}`, request);
  }
  return (holding: Holding): PlannedRequest[] => {
    const isMovie = holding.identity.kind === "movie";
    const tmdbId = holding.identity.kind === "movie" ? holding.identity.tmdbId : holding.tmdbId;
    const byTmdb = byId.get(`${isMovie ? "movie" : "tv"} tmdb ${tmdbId}`) ?? [];
    const byTvdb = isMovie ? [] : (byId.get(`tv tvdb ${holding.tvdbId}`) ?? []);
    return [...new Set([...byTvdb, ...byTmdb])].sort((a, b) => a.id - b.id);
  };
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function scopeOf(holding: Holding) {
  const { identity, tmdbId, tvdbId } = holding;
  return identity.kind === "movie"
    ? { kind: "movie" as const, tmdbId: identity.tmdbId, isFourK: identity.isFourK }
    : {
        kind: "episode" as const,
        tvdbId,
        tmdbId,
        season: identity.season,
        isFourK: identity.isFourK,
      };
}

function addJoin(
  joins: Map<string, PlannedJoin>,
  watcher: PlannedWatcher,
  holding: Holding,
  item: { mediaKey: string; requestId: number },
): void {
  const group = groupKey(holding.identity);
  const join = joins.get(`${watcher.id} ${group}`) ?? {
    userId: watcher.id,
    displayName: watcher.displayName,
    groupKey: group,
    title: holding.title,
    kind: holding.identity.kind === "movie" ? ("movie" as const) : ("show" as const),
    items: [],
  };
  join.items.push(item);
  joins.set(`${watcher.id} ${group}`, join);
}

function addSkip(
  skips: Map<string, PlannedSkip>,
  watcher: PlannedWatcher,
  requestId: number,
  key: string,
  decision: PlannedSkip["decision"],
): void {
  const skip = skips.get(`${watcher.id} ${requestId}`) ?? {
    userId: watcher.id,
    displayName: watcher.displayName,
    requestId,
    mediaKeys: [],
    decision,
  };
  skip.mediaKeys.push(key);
  skips.set(`${watcher.id} ${requestId}`, skip);
}
