import { sql } from "drizzle-orm";
import { requestWatchers, users } from "@/drizzle/schema";
import type { Executor } from "../db";

/** Names for a filter, in order. */
export async function listPeople(executor: Executor, limit: number) {
  return executor
    .select({ id: users.id, name: users.displayName })
    .from(users)
    .orderBy(sql`lower(${users.displayName})`, users.id)
    .limit(limit);
}

/** Names of those who are still in Seerr, in order. */
export async function listPeopleInSeerr(executor: Executor, limit: number) {
  return executor
    .select({ id: users.id, name: users.displayName })
    .from(users)
    .where(sql`${users.goneFromSeerrAt} is null`)
    .orderBy(sql`lower(${users.displayName})`, users.id)
    .limit(limit);
}

/** Users with how much they are attached to and when they were last told, by name. */
export async function listUsersPage(
  executor: Executor,
  filter: { pattern: string | null; after: { name: string; id: number } | null },
  size: number,
) {
  return executor
    .select({
      user: users,
      requestCount:
        sql<number>`(select count(*) from ${requestWatchers} where ${requestWatchers.userId} = "users"."id")`.mapWith(
          Number,
        ),
      lastToldAt: sql<
        string | null
      >`(select max(n.sent_at)::text from (select sent_at from notifications where user_id = "users"."id" order by id desc nulls last limit 50) n)`,
      sortName: sql<string>`lower(${users.displayName})`,
    })
    .from(users)
    .where(
      sql`${filter.pattern === null ? sql`true` : sql`(${users.displayName} ilike ${filter.pattern} or ${users.email} ilike ${filter.pattern})`} and ${
        filter.after === null
          ? sql`true`
          : sql`(lower(${users.displayName}), ${users.id}) > (${filter.after.name}, ${filter.after.id}::int)`
      }`,
    )
    .orderBy(sql`lower(${users.displayName})`, users.id)
    .limit(size);
}
