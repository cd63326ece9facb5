import { and, eq, getTableColumns, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import { requestSeasons, requests, requestWatchers, users } from "@/drizzle/schema";
import type { StoredRequest } from "@/lib/domain/request-sync";
import type { Executor } from "./db";
import type { User } from "./users";

export type Request = typeof requests.$inferSelect;
export type RequestWithSeasons = Request & { seasons: number[] };
export type Watcher = User & {
  requestId: number;
  source: "asked" | "admin" | "link";
  mutedTitleAt: Date | null;
};

type RequestFacts = Pick<Request, "seerrRequestId" | "mediaType" | "title" | "status"> &
  Partial<Request>;

/**
 * Stores a request, or what is newly known about it: fields that are not given stay as they are. Returns the row and
 * whether it is new.
 */
export async function upsertRequest(
  executor: Executor,
  facts: RequestFacts & Pick<Request, "origin" | "requestedAt">,
  now: Date,
): Promise<{ request: Request; isNew: boolean }> {
  const { seerrRequestId: _key, origin: _origin, ...changes } = facts;
  const [row] = await executor
    .insert(requests)
    .values({ ...facts, lastNewsAt: facts.requestedAt, createdAt: now, updatedAt: now })
    .onConflictDoUpdate({ target: requests.seerrRequestId, set: { ...changes, updatedAt: now } })
    .returning({ ...getTableColumns(requests), isNew: sql<boolean>`(xmax = 0)` });
  if (!row) throw new Error("PostgreSQL returned no request");
  const { isNew, ...request } = row;
  return { request, isNew };
}

export async function findRequests(
  executor: Executor,
  requestIds: readonly number[],
): Promise<Request[]> {
  if (requestIds.length === 0) return [];
  return executor
    .select()
    .from(requests)
    .where(sql`${requests.id} = any(${sql.param([...requestIds])}::int[])`);
}

export async function findRequest(executor: Executor, requestId: number): Promise<Request | null> {
  const [row] = await executor.select().from(requests).where(eq(requests.id, requestId));
  return row ?? null;
}

export async function findRequestBySeerrId(
  executor: Executor,
  seerrRequestId: number,
): Promise<Request | null> {
  const [row] = await executor
    .select()
    .from(requests)
    .where(eq(requests.seerrRequestId, seerrRequestId));
  return row ?? null;
}

/** What is stored of the given requests of Seerr, by Seerr's id, with who asked. */
export async function mapStoredRequests(
  executor: Executor,
  seerrRequestIds: readonly number[],
): Promise<Map<number, Request & StoredRequest>> {
  const rows = await withSeasons(
    executor,
    await executor
      .select()
      .from(requests)
      .where(sql`${requests.seerrRequestId} = any(${sql.param([...seerrRequestIds])}::int[])`),
  );
  const asking = await executor
    .select({
      requestId: requestWatchers.requestId,
      userId: users.id,
      seerrUserId: users.seerrUserId,
      displayName: users.displayName,
      email: users.email,
    })
    .from(requestWatchers)
    .innerJoin(users, eq(users.id, requestWatchers.userId))
    .where(
      and(
        eq(requestWatchers.source, "asked"),
        sql`${requestWatchers.requestId} = any(${sql.param(rows.map((row) => row.id))}::int[])`,
      ),
    );
  const askingOf = new Map<number, typeof asking>();
  for (const one of asking)
    askingOf.set(one.requestId, [...(askingOf.get(one.requestId) ?? []), one]);
  return new Map(
    rows.map((row) => {
      const people = askingOf.get(row.id) ?? [];
      const requester = people.find((one) => one.userId === row.userId) ?? null;
      const askedBy = people.map((one) => one.seerrUserId);
      return [row.seerrRequestId, { ...row, requester, askedBy }];
    }),
  );
}

export async function updateRequest(
  executor: Executor,
  requestId: number,
  changes: Partial<Request>,
): Promise<void> {
  await executor.update(requests).set(changes).where(eq(requests.id, requestId));
}

/**
 * Locks requests until the transaction ends, always in one order. Whoever locks their mails, too, locks them first: the
 * order is batch, requests, mails, jobs.
 */
export async function lockRequests(
  executor: Executor,
  requestIds: readonly number[],
): Promise<void> {
  await executor
    .select({ id: requests.id })
    .from(requests)
    .where(sql`${requests.id} = any(${sql.param([...requestIds])}::int[])`)
    .orderBy(requests.id)
    .for("no key update");
}

/** Locks the requests a mail tells of, as `lockRequests` does. */
export async function lockRequestsOf(executor: Executor, notificationId: number): Promise<void> {
  await executor
    .select({ id: requests.id })
    .from(requests)
    .where(
      sql`${requests.id} in (
        select request_id from notification_items where notification_id = ${notificationId}
        union all select request_id from notifications where id = ${notificationId})`,
    )
    .orderBy(requests.id)
    .for("no key update");
}

/** Fills in the TVDB id of shows that Seerr knows by TMDB id only, once Sonarr has named it. */
export async function learnTvdbIds(
  executor: Executor,
  learned: readonly { requestId: number; tvdbId: number }[],
): Promise<void> {
  if (learned.length === 0) return;
  await executor.execute(sql`
    update requests r set tvdb_id = v."tvdbId"
    from jsonb_to_recordset(${JSON.stringify(learned)}::jsonb) as v ("requestId" int, "tvdbId" int)
    where r.id = v."requestId" and r.tvdb_id is null`);
}

export type RequestVerdict = Pick<Request, "id" | "state" | "stateUntil" | "toldCount"> & {
  /** Something of it was there at the first sync: nobody knows since when. */
  wasThereBefore: boolean;
  newsAt: Date;
};

/**
 * Writes the verdicts of requests, and since when something of them can be watched; one that says the same and is no
 * news writes nothing.
 */
export async function saveRequestVerdicts(
  executor: Executor,
  verdicts: readonly RequestVerdict[],
  isNews: boolean,
): Promise<void> {
  if (verdicts.length === 0) return;
  await executor.execute(sql`
    with v as (
      select v.*, case when r.watchable_at is null and not v."wasThereBefore" then (
          select min(n.created_at) from notification_items i
          join notifications n on n.id = i.notification_id
          where i.request_id = r.id and n.kind in ('episodes_available', 'movie_available', 'daily_digest')
        ) end as watchable
      from jsonb_to_recordset(${JSON.stringify(verdicts)}::jsonb)
        as v (id int, state text, "stateUntil" timestamptz, "toldCount" int, "wasThereBefore" bool, "newsAt" timestamptz)
      join requests r on r.id = v.id
    )
    update requests r set state = v.state, state_until = v."stateUntil", told_count = v."toldCount",
      last_news_at = v."newsAt", updated_at = v."newsAt", watchable_at = coalesce(r.watchable_at, v.watchable)
    from v
    where r.id = v.id and (${isNews} or r.state is distinct from v.state or v.watchable is not null
      or r.state_until is distinct from v."stateUntil" or r.told_count <> v."toldCount")`);
}

/** Replaces the seasons a request covers. */
export async function setSeasons(
  executor: Executor,
  requestId: number,
  seasons: readonly number[],
): Promise<void> {
  await executor.delete(requestSeasons).where(eq(requestSeasons.requestId, requestId));
  const rows = [...new Set(seasons)].map((season) => ({ requestId, season }));
  if (rows.length > 0) await executor.insert(requestSeasons).values(rows).onConflictDoNothing();
}

export async function listSeasons(executor: Executor, requestId: number): Promise<number[]> {
  const rows = await executor
    .select({ season: requestSeasons.season })
    .from(requestSeasons)
    .where(eq(requestSeasons.requestId, requestId))
    .orderBy(requestSeasons.season);
  return rows.map((row) => row.season);
}

/** Requests of a show in any class; which of them cover an episode is decided by `matchRequest`. */
export async function listShowRequests(
  executor: Executor,
  show: { tvdbId: number | null; tmdbId: number | null },
): Promise<RequestWithSeasons[]> {
  const byId = [
    show.tvdbId === null ? null : eq(requests.tvdbId, show.tvdbId),
    show.tmdbId === null ? null : eq(requests.tmdbId, show.tmdbId),
  ].filter((condition) => condition !== null);
  if (byId.length === 0) return [];
  return withSeasons(
    executor,
    await executor
      .select()
      .from(requests)
      .where(and(eq(requests.mediaType, "tv"), or(...byId))),
  );
}

export async function listMovieRequests(
  executor: Executor,
  tmdbId: number,
): Promise<RequestWithSeasons[]> {
  const rows = await executor
    .select()
    .from(requests)
    .where(and(eq(requests.mediaType, "movie"), eq(requests.tmdbId, tmdbId)));
  return rows.map((row) => ({ ...row, seasons: [] }));
}

/** All requests that can be news for somebody, oldest first, after `afterId`. */
export async function listLiveRequests(
  executor: Executor,
  afterId: number,
  limit: number,
): Promise<RequestWithSeasons[]> {
  return withSeasons(
    executor,
    await executor
      .select()
      .from(requests)
      .where(
        and(
          sql`${requests.id} > ${afterId}`,
          inArray(requests.status, ["approved", "completed", "failed"]),
          isNotNull(requests.userId),
        ),
      )
      .orderBy(requests.id)
      .limit(limit),
  );
}

/** Requests that only a webhook spoke of, or whose requester is not known yet, by Seerr's ids. */
export async function listIncompleteRequests(executor: Executor): Promise<number[]> {
  const rows = await executor
    .select({ seerrRequestId: requests.seerrRequestId })
    .from(requests)
    .where(
      and(
        or(isNull(requests.readFromSeerrAt), isNull(requests.userId)),
        sql`${requests.status} <> 'deleted'`,
      ),
    );
  return rows.map((row) => row.seerrRequestId);
}

/** Requests that a listing of Seerr begun at `listedSince` did not name. */
export async function listUnseenRequests(
  executor: Executor,
  seenSeerrRequestIds: readonly number[],
  listedSince: Date,
): Promise<Request[]> {
  return executor
    .select()
    .from(requests)
    .where(
      and(
        sql`${requests.status} <> 'deleted'`,
        // A request that arrived while the pages were read may be on none of them.
        sql`${requests.createdAt} < ${listedSince.toISOString()}::timestamptz`,
        sql`${requests.seerrRequestId} <> all(${sql.param([...seenSeerrRequestIds])}::int[])`,
      ),
    );
}

async function withSeasons(executor: Executor, rows: Request[]): Promise<RequestWithSeasons[]> {
  if (rows.length === 0) return [];
  const seasons = await executor
    .select()
    .from(requestSeasons)
    .where(
      inArray(
        requestSeasons.requestId,
        rows.map((row) => row.id),
      ),
    );
  const byRequest = new Map<number, number[]>(rows.map((row) => [row.id, []]));
  for (const { requestId, season } of seasons) byRequest.get(requestId)?.push(season);
  return rows.map((row) => ({ ...row, seasons: byRequest.get(row.id) ?? [] }));
}

/** Attaches a person to a request; returns false when they were attached already. */
export async function insertWatcher(
  executor: Executor,
  watcher: Pick<typeof requestWatchers.$inferInsert, "requestId" | "userId" | "source"> & {
    addedAt: Date;
    /** Who attached them; nobody did when they asked in Seerr. */
    addedBy?: string;
    toldExisting?: boolean;
  },
): Promise<boolean> {
  const rows = await executor
    .insert(requestWatchers)
    .values(watcher)
    .onConflictDoNothing()
    .returning({ userId: requestWatchers.userId });
  return rows.length === 1;
}

/** Makes a person the one who asked; whoever a webhook's name or address was taken for steps back. */
export async function setRequester(
  executor: Executor,
  requestId: number,
  userId: number,
  askedAt: Date,
): Promise<void> {
  await executor
    .delete(requestWatchers)
    .where(
      and(
        eq(requestWatchers.requestId, requestId),
        eq(requestWatchers.source, "asked"),
        sql`${requestWatchers.userId} <> ${userId}`,
      ),
    );
  await executor
    .insert(requestWatchers)
    .values({ requestId, userId, source: "asked", addedAt: askedAt })
    .onConflictDoUpdate({
      target: [requestWatchers.requestId, requestWatchers.userId],
      set: { source: "asked" },
    });
}

/** Detaches a person; the requester stays. Returns false when there was nobody to detach. */
export async function deleteWatcher(
  executor: Executor,
  requestId: number,
  userId: number,
): Promise<boolean> {
  const rows = await executor
    .delete(requestWatchers)
    .where(
      and(
        eq(requestWatchers.requestId, requestId),
        eq(requestWatchers.userId, userId),
        sql`${requestWatchers.source} <> 'asked'`,
      ),
    )
    .returning({ userId: requestWatchers.userId });
  return rows.length === 1;
}

/** Everybody attached to the given requests, requester first. */
export async function listWatchers(
  executor: Executor,
  requestIds: readonly number[],
): Promise<Watcher[]> {
  if (requestIds.length === 0) return [];
  const rows = await executor
    .select({ user: users, watcher: requestWatchers })
    .from(requestWatchers)
    .innerJoin(users, eq(users.id, requestWatchers.userId))
    // One array instead of a parameter each: reconciliation asks for all requests at once.
    .where(sql`${requestWatchers.requestId} = any(${sql.param([...requestIds])}::int[])`)
    .orderBy(sql`${requestWatchers.source} <> 'asked'`, requestWatchers.addedAt, users.id);
  return rows.map(({ user, watcher }) => ({
    ...user,
    requestId: watcher.requestId,
    source: watcher.source,
    mutedTitleAt: watcher.mutedAt,
  }));
}

/**
 * Mutes (a date) or follows again (null) a title for a person, in every request of it they are attached to. Returns
 * those requests where that changed something; null when they are attached to none.
 */
export async function muteTitleRequests(
  executor: Executor,
  userId: number,
  title: Pick<Request, "id" | "mediaType" | "tmdbId" | "tvdbId">,
  mutedAt: Date | null,
): Promise<number[] | null> {
  const sameTitle = sql`(${requests.id} = ${title.id} or (${requests.mediaType} = ${title.mediaType}
    and (${requests.tmdbId} = ${title.tmdbId} or ${requests.tvdbId} = ${title.tvdbId})))`;
  const attached = await executor
    .select({ requestId: requestWatchers.requestId, mutedAt: requestWatchers.mutedAt })
    .from(requestWatchers)
    .innerJoin(requests, eq(requests.id, requestWatchers.requestId))
    .where(and(eq(requestWatchers.userId, userId), sameTitle));
  if (!attached.some((row) => row.requestId === title.id)) return null;
  const changed = attached
    .filter((row) => (row.mutedAt === null) !== (mutedAt === null))
    .map((row) => row.requestId);
  if (changed.length > 0) {
    await executor
      .update(requestWatchers)
      .set({ mutedAt })
      .where(and(eq(requestWatchers.userId, userId), inArray(requestWatchers.requestId, changed)));
  }
  return changed;
}
