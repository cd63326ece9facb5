import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { requestSeasons, requests, requestWatchers, users } from "@/drizzle/schema";
import type { Executor } from "../db";
import { cutPage, type KeysetPlace } from "./keyset";
import { containsPattern, findUserIdsByText } from "./people-search";

export type RequestQuery = {
  text: string | null;
  states: readonly string[] | null;
  userId: number | null;
  mediaType: "movie" | "tv" | null;
  isFourK: boolean | null;
  /** Both newest first. */
  sort: "news" | "asked";
};

export type RequestSummaryRow = {
  request: typeof requests.$inferSelect;
  requester: string | null;
  seasons: number[];
  watcherCount: number;
};

const sortColumns = { news: requests.lastNewsAt, asked: requests.requestedAt };

/** One page of requests and the place where the next one begins. */
export async function listRequestSummaries(
  executor: Executor,
  query: RequestQuery,
  after: KeysetPlace | null,
  size: number,
): Promise<{ rows: RequestSummaryRow[]; next: KeysetPlace | null }> {
  const at = sortColumns[query.sort];
  const where = await conditions(executor, query);
  if (after) {
    where.push(sql`(${at}, ${requests.id}) < (${after.at}::timestamptz, ${after.id}::int)`);
  }
  const found = await executor
    .select({ id: requests.id, at: sql<string>`${at}::text` })
    .from(requests)
    .where(and(...where))
    // As the indexes are written: the planner uses them for no other order.
    .orderBy(sql`${at} desc nulls last`, sql`${requests.id} desc nulls last`)
    .limit(size + 1);
  const window = after ? ({ kind: "after", place: after } as const) : ({ kind: "first" } as const);
  const page = cutPage(
    found.map((row) => ({ place: row })),
    window,
    size,
  );
  const rows = await readSummaries(
    executor,
    page.rows.map((row) => row.place.id),
  );
  return { rows, next: page.older };
}

/** One request as lists show it; null when there is none with this id. */
export async function findRequestSummary(
  executor: Executor,
  requestId: number,
): Promise<RequestSummaryRow | null> {
  const [row] = await readSummaries(executor, [requestId]);
  return row ?? null;
}

export type AttachedPerson = {
  watcher: typeof requestWatchers.$inferSelect;
  user: typeof users.$inferSelect;
};

/** Everybody attached to a request. */
export async function listAttached(
  executor: Executor,
  requestId: number,
): Promise<AttachedPerson[]> {
  return executor
    .select({ watcher: requestWatchers, user: users })
    .from(requestWatchers)
    .innerJoin(users, eq(users.id, requestWatchers.userId))
    .where(eq(requestWatchers.requestId, requestId));
}

async function readSummaries(
  executor: Executor,
  requestIds: readonly number[],
): Promise<RequestSummaryRow[]> {
  if (requestIds.length === 0) return [];
  const ids = [...requestIds];
  const [rows, seasons, watchers] = await Promise.all([
    executor
      .select({ request: requests, requester: users.displayName })
      .from(requests)
      .leftJoin(users, eq(users.id, requests.userId))
      .where(inArray(requests.id, ids)),
    executor
      .select()
      .from(requestSeasons)
      .where(inArray(requestSeasons.requestId, ids))
      .orderBy(requestSeasons.season),
    executor
      .select({
        requestId: requestWatchers.requestId,
        count: sql<number>`count(*)`.mapWith(Number),
      })
      .from(requestWatchers)
      .where(inArray(requestWatchers.requestId, ids))
      .groupBy(requestWatchers.requestId),
  ]);
  const byId = new Map(rows.map((row) => [row.request.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    return {
      request: row.request,
      requester: row.requester ?? row.request.requesterName,
      seasons: seasons.filter((entry) => entry.requestId === id).map((entry) => entry.season),
      watcherCount: watchers.find((entry) => entry.requestId === id)?.count ?? 0,
    };
  });
}

async function conditions(executor: Executor, query: RequestQuery): Promise<SQL[]> {
  const where: SQL[] = [];
  if (query.states) where.push(inArray(requests.state, [...query.states]));
  if (query.mediaType) where.push(eq(requests.mediaType, query.mediaType));
  if (query.isFourK !== null) where.push(eq(requests.isFourK, query.isFourK));
  if (query.userId !== null) where.push(watchedBy(executor, [query.userId]));
  if (query.text !== null) where.push(await textCondition(executor, query.text));
  return where;
}

/** A text is part of a title, the name of somebody attached, or the number of the request or the title. */
async function textCondition(executor: Executor, text: string): Promise<SQL> {
  const either: SQL[] = [sql`${requests.title} ilike ${containsPattern(text)}`];
  const number = /^#?(\d{1,9})$/.exec(text)?.[1];
  if (number) {
    const id = Number(number);
    either.push(eq(requests.seerrRequestId, id), eq(requests.tmdbId, id), eq(requests.tvdbId, id));
  }
  const userIds = await findUserIdsByText(executor, text);
  if (userIds.length > 0) either.push(watchedBy(executor, userIds));
  return sql`(${sql.join(either, sql` or `)})`;
}

function watchedBy(executor: Executor, userIds: number[]): SQL {
  const watched = executor
    .select({ id: requestWatchers.requestId })
    .from(requestWatchers)
    .where(inArray(requestWatchers.userId, userIds));
  return inArray(requests.id, watched);
}
