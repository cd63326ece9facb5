import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { requestSeasons, requests, requestWatchers, users } from "@/drizzle/schema";
import type { BoundedCount } from "@/lib/domain/views/count-words";
import type { Executor } from "../db";
import { cutPage, type KeysetPlace, type KeysetWindow } from "./keyset";
import { containsPattern, findUserIdsByText } from "./people-search";

/** What one may filter by. */
export type RequestFilter = {
  text: string | null;
  states: readonly string[] | null;
  userId: number | null;
  mediaType: "movie" | "tv" | null;
  isFourK: boolean | null;
  askedSince: Date | null;
};

export type RequestListRow = typeof requests.$inferSelect & {
  place: KeysetPlace;
  seasons: number[];
  people: { userId: number; name: string }[];
  peopleCount: number;
};

export type RequestPage = {
  rows: RequestListRow[];
  newer: KeysetPlace | null;
  older: KeysetPlace | null;
};

/** Counting stops here; beyond it a list says "more than". */
const COUNT_LIMIT = 10_000;

/** Requests by last news, newest first, one page by key. */
export async function listRequestPage(
  executor: Executor,
  filter: RequestFilter,
  window: KeysetWindow,
  size: number,
): Promise<RequestPage> {
  const where = await conditions(executor, filter);
  const key = sql`(${requests.lastNewsAt}, ${requests.id})`;
  if (window.kind !== "first") {
    const place = sql`(${window.place.at}::timestamptz, ${window.place.id}::int)`;
    where.push(window.kind === "after" ? sql`${key} < ${place}` : sql`${key} > ${place}`);
  }
  // The index is written "desc nulls last"; the planner uses it only for an order that says the same.
  const order =
    window.kind === "before"
      ? [sql`${requests.lastNewsAt} asc nulls first`, sql`${requests.id} asc nulls first`]
      : [sql`${requests.lastNewsAt} desc nulls last`, sql`${requests.id} desc nulls last`];
  const found = await executor
    .select({ request: requests, at: sql<string>`${requests.lastNewsAt}::text` })
    .from(requests)
    .where(and(...where))
    .orderBy(...order)
    .limit(size + 1);
  const page = cutPage(
    found.map(({ request, at }) => ({
      ...request,
      place: { at: at.replace(" ", "T"), id: request.id },
    })),
    window,
    size,
  );
  const ids = page.rows.map((row) => row.id);
  if (ids.length === 0) return { ...page, rows: [] };
  const [seasons, people] = await Promise.all([
    executor.select().from(requestSeasons).where(inArray(requestSeasons.requestId, ids)),
    executor
      .select({
        requestId: requestWatchers.requestId,
        userId: users.id,
        name: users.displayName,
        source: requestWatchers.source,
      })
      .from(requestWatchers)
      .innerJoin(users, eq(users.id, requestWatchers.userId))
      .where(inArray(requestWatchers.requestId, ids))
      .orderBy(sql`${requestWatchers.source} = 'asked' desc`, requestWatchers.addedAt),
  ]);
  return {
    ...page,
    rows: page.rows.map((row) => {
      const attached = people.filter((person) => person.requestId === row.id);
      return {
        ...row,
        seasons: seasons.filter((s) => s.requestId === row.id).map((s) => s.season),
        people: attached.slice(0, 3).map(({ userId, name }) => ({ userId, name })),
        peopleCount: attached.length,
      };
    }),
  };
}

/** How many requests fit the filter, counted up to 10 000. */
export async function countRequests(
  executor: Executor,
  filter: RequestFilter,
): Promise<BoundedCount> {
  const where = await conditions(executor, filter);
  const bounded = executor
    .select({ one: sql`1` })
    .from(requests)
    .where(and(...where))
    .limit(COUNT_LIMIT + 1)
    .as("bounded");
  const [row] = await executor
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(bounded);
  const count = row?.count ?? 0;
  return count > COUNT_LIMIT ? { kind: "more_than", count: COUNT_LIMIT } : { kind: "exact", count };
}

async function conditions(executor: Executor, filter: RequestFilter): Promise<SQL[]> {
  const where: SQL[] = [];
  if (filter.states) where.push(inArray(requests.state, [...filter.states]));
  if (filter.mediaType) where.push(eq(requests.mediaType, filter.mediaType));
  if (filter.isFourK !== null) where.push(eq(requests.isFourK, filter.isFourK));
  if (filter.askedSince) {
    where.push(sql`${requests.requestedAt} >= ${filter.askedSince.toISOString()}::timestamptz`);
  }
  if (filter.userId !== null) {
    where.push(
      sql`${requests.id} in (select ${requestWatchers.requestId} from ${requestWatchers} where ${requestWatchers.userId} = ${filter.userId})`,
    );
  }
  if (filter.text) where.push(await textCondition(executor, filter.text));
  return where;
}

/** Up to so many requests a text is looked up first; a more common one is met quickly while reading on. */
const FEW = 5_000;

async function textCondition(executor: Executor, text: string): Promise<SQL> {
  const byTitle = sql`${requests.title} ilike ${containsPattern(text)}`;
  const number = /^#?(\d{1,9})$/.exec(text)?.[1];
  const byNumber = number
    ? sql`(${requests.seerrRequestId} = ${Number(number)} or ${requests.tmdbId} = ${Number(number)} or ${requests.tvdbId} = ${Number(number)})`
    : null;
  const userIds = await findUserIdsByText(executor, text);
  const byPerson =
    userIds.length > 0
      ? sql`${requests.id} in (select ${requestWatchers.requestId} from ${requestWatchers} where ${inArray(requestWatchers.userId, userIds)})`
      : null;
  const ways = [byTitle, byNumber, byPerson].filter((way) => way !== null);
  const found = await Promise.all(
    ways.map((way) =>
      executor
        .select({ id: requests.id })
        .from(requests)
        .where(way)
        .limit(FEW + 1),
    ),
  );
  if (found.some((rows) => rows.length > FEW)) return sql`(${sql.join(ways, sql` or `)})`;
  const ids = [...new Set(found.flat().map((row) => row.id))];
  return sql`${requests.id} = any(${sql.param(ids)}::int[])`;
}
