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

/** The order of the list. */
export type RequestSort = { by: "news" | "asked" | "title"; direction: "asc" | "desc" };

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

/** Counting stops here; beyond it a list says "more than". A filtered list is counted less far: it reads more rows. */
const COUNT_LIMIT = 10_000;
const FILTERED_COUNT_LIMIT = 1_000;

const sortKeys = {
  news: { column: sql`${requests.lastNewsAt}`, type: sql`timestamptz` },
  asked: { column: sql`${requests.requestedAt}`, type: sql`timestamptz` },
  title: { column: sql`lower(${requests.title})`, type: sql`text` },
} satisfies Record<RequestSort["by"], { column: SQL; type: SQL }>;

/** What a filter means in SQL; made once for the page and its count. */
export type RequestConditions = { where: SQL[]; isFiltered: boolean };

/** Looks up what a filter means. */
export async function requestConditions(
  executor: Executor,
  filter: RequestFilter,
): Promise<RequestConditions> {
  const where = await conditions(executor, filter);
  return { where, isFiltered: where.length > 0 };
}

/** Requests in the order asked for, one page by key. */
export async function listRequestPage(
  executor: Executor,
  { where }: RequestConditions,
  sort: RequestSort,
  window: KeysetWindow,
  size: number,
): Promise<RequestPage> {
  const { column, type } = sortKeys[sort.by];
  const forwards = window.kind !== "before";
  const falls = forwards === (sort.direction === "desc");
  const inWindow = [...where];
  if (window.kind !== "first") {
    const place = sql`(${window.place.at}::${type}, ${window.place.id}::int)`;
    inWindow.push(sql`(${column}, ${requests.id}) ${falls ? sql`<` : sql`>`} ${place}`);
  }
  // The indexes are written "desc nulls last"; the planner uses one only for an order that says the same.
  const way = falls ? sql`desc nulls last` : sql`asc nulls first`;
  const found = await executor
    .select({ request: requests, at: sql<string>`${column}::text` })
    .from(requests)
    .where(and(...inWindow))
    .orderBy(sql`${column} ${way}`, sql`${requests.id} ${way}`)
    .limit(size + 1);
  const page = cutPage(
    found.map(({ request, at }) => ({ ...request, place: { at, id: request.id } })),
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

/** How many requests fit: all of them counted up to 10 000, those of a filter up to 1 000. */
export async function countRequests(
  executor: Executor,
  { where, isFiltered }: RequestConditions,
): Promise<BoundedCount> {
  const limit = isFiltered ? FILTERED_COUNT_LIMIT : COUNT_LIMIT;
  const bounded = executor
    .select({ one: sql`1` })
    .from(requests)
    .where(and(...where))
    .limit(limit + 1)
    .as("bounded");
  const [row] = await executor
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(bounded);
  const count = row?.count ?? 0;
  return count > limit ? { kind: "more_than", count: limit } : { kind: "exact", count };
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
  const watched = inArray(requestWatchers.userId, userIds);
  const byPerson =
    userIds.length > 0
      ? sql`exists (select 1 from ${requestWatchers} where ${requestWatchers.requestId} = ${requests.id} and ${watched})`
      : null;
  const found = await Promise.all([
    ...[byTitle, byNumber]
      .filter((way) => way !== null)
      .map((way) =>
        executor
          .select({ id: requests.id })
          .from(requests)
          .where(way)
          .limit(FEW + 1),
      ),
    byPerson
      ? executor
          .select({ id: requestWatchers.requestId })
          .from(requestWatchers)
          .where(watched)
          .limit(FEW + 1)
      : [],
  ]);
  if (found.some((rows) => rows.length > FEW)) {
    const ways = [byTitle, byNumber, byPerson].filter((way) => way !== null);
    return sql`(${sql.join(ways, sql` or `)})`;
  }
  const ids = [...new Set(found.flat().map((row) => row.id))];
  return sql`${requests.id} = any(${sql.param(ids)}::int[])`;
}
