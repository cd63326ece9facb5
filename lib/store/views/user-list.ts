import { and, inArray, type SQL, sql } from "drizzle-orm";
import { requestWatchers, users } from "@/drizzle/schema";
import type { BoundedCount } from "@/lib/domain/views/count-words";
import type { UserSort, UserStanding } from "@/lib/domain/views/users";
import type { Executor } from "../db";
import { cutPage, type KeysetPlace, type KeysetWindow, type PlaceKind } from "./keyset";
import { containsPattern } from "./people-search";

/** What one may filter by. */
export type UserFilter = { text: string | null; standings: readonly UserStanding[] | null };

export type UserListRow = {
  user: typeof users.$inferSelect;
  standing: UserStanding;
  /** Requests they are attached to. */
  requestCount: number;
  lastToldAt: Date | null;
  place: KeysetPlace;
};

const requestCount = sql`(select count(*) from ${requestWatchers} where ${requestWatchers.userId} = "users"."id")`;
/** Of the last fifty mails: an older one does not leave later. */
const lastToldAt = sql`(select max(n.sent_at) from (select sent_at from notifications where user_id = "users"."id" order by id desc nulls last limit 50) n)`;

/** In the order in which `decideRecipient` looks. */
const standing = sql<UserStanding>`case
  when not ${users.isActive} then 'deactivated'
  when ${users.unsubscribedAt} is not null then 'unsubscribed'
  when ${users.goneFromSeerrAt} is not null then 'gone'
  when coalesce(${users.email}, '') not like '%_@_%' then 'no_address'
  when cardinality(${users.mutedKinds}) > 0 then 'some_off'
  else 'gets' end`;

const sortKeys = {
  name: { column: sql`lower(${users.displayName})`, type: sql`text` },
  requests: { column: requestCount, type: sql`bigint` },
  told: { column: sql`coalesce(${lastToldAt}, 'epoch')`, type: sql`timestamptz` },
} satisfies Record<UserSort["by"], { column: SQL; type: SQL }>;

/** What a place in each order is made of. */
export const userOrderedBy = {
  name: "text",
  requests: "number",
  told: "moment",
} satisfies Record<UserSort["by"], PlaceKind>;

/** People in the order asked for, one page by key. */
export async function listUserPage(
  executor: Executor,
  filter: UserFilter,
  sort: UserSort,
  window: KeysetWindow,
  size: number,
): Promise<{ rows: UserListRow[]; newer: KeysetPlace | null; older: KeysetPlace | null }> {
  const { column, type } = sortKeys[sort.by];
  const rises = (window.kind !== "before") === (sort.direction === "asc");
  const where = conditions(filter);
  if (window.kind !== "first") {
    const place = sql`(${window.place.at}::${type}, ${window.place.id}::int)`;
    where.push(sql`(${column}, ${users.id}) ${rises ? sql`>` : sql`<`} ${place}`);
  }
  const way = rises ? sql`asc` : sql`desc`;
  const found = await executor
    .select({
      user: users,
      standing,
      requestCount: sql`${requestCount}`.mapWith(Number),
      lastToldAt: sql<string | null>`${lastToldAt}::text`,
      at: sql<string>`(${column})::text`,
    })
    .from(users)
    .where(and(...where))
    .orderBy(sql`${column} ${way}`, sql`${users.id} ${way}`)
    .limit(size + 1);
  return cutPage(
    found.map(({ at, lastToldAt: told, ...row }) => ({
      ...row,
      lastToldAt: told === null ? null : new Date(told),
      place: { at, id: row.user.id },
    })),
    window,
    size,
  );
}

/** Counting stops here; beyond it a list says "more than". */
const COUNT_LIMIT = 10_000;

/** How many people fit. */
export async function countUsers(executor: Executor, filter: UserFilter): Promise<BoundedCount> {
  const bounded = executor
    .select({ one: sql`1` })
    .from(users)
    .where(and(...conditions(filter)))
    .limit(COUNT_LIMIT + 1)
    .as("bounded");
  const [row] = await executor.select({ count: sql`count(*)`.mapWith(Number) }).from(bounded);
  const count = row?.count ?? 0;
  return count > COUNT_LIMIT ? { kind: "more_than", count: COUNT_LIMIT } : { kind: "exact", count };
}

function conditions({ text, standings }: UserFilter): SQL[] {
  const where: SQL[] = [];
  if (standings) where.push(inArray(standing, [...standings]));
  if (text) {
    const pattern = containsPattern(text);
    where.push(sql`(${users.displayName} ilike ${pattern} or ${users.email} ilike ${pattern})`);
  }
  return where;
}
