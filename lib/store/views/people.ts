import { sql } from "drizzle-orm";
import { users } from "@/drizzle/schema";
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
