import { and, eq, isNull, notInArray, sql } from "drizzle-orm";
import { users } from "@/drizzle/schema";
import type { StoredPreferences } from "@/lib/domain/preferences";
import type { Executor } from "./db";

export type User = typeof users.$inferSelect;

/** What Seerr says about a person. */
export type SeerrPerson = { seerrUserId: number; displayName: string; email: string | null };

/** Stores or refreshes a person as Seerr knows them; what the admin or the person chose here stays. */
export async function upsertUser(
  executor: Executor,
  person: SeerrPerson,
  now: Date,
): Promise<User> {
  const [row] = await executor
    .insert(users)
    .values({ ...person, createdAt: now, updatedAt: now })
    .onConflictDoUpdate({
      target: users.seerrUserId,
      set: {
        displayName: person.displayName,
        email: person.email,
        goneFromSeerrAt: null,
        updatedAt: now,
      },
    })
    .returning();
  if (!row) throw new Error("PostgreSQL returned no user");
  return row;
}

export async function findUser(executor: Executor, userId: number): Promise<User | null> {
  const [row] = await executor.select().from(users).where(eq(users.id, userId));
  return row ?? null;
}

export async function findUsers(executor: Executor, userIds: readonly number[]): Promise<User[]> {
  if (userIds.length === 0) return [];
  return executor
    .select()
    .from(users)
    .where(sql`${users.id} = any(${sql.param([...userIds])}::int[])`);
}

/** The one user with this address or, failing that, this name; null when none or several fit. */
export async function findUserByContact(
  executor: Executor,
  contact: { email: string | null; name: string | null },
): Promise<User | null> {
  if (contact.email) {
    const rows = await executor
      .select()
      .from(users)
      .where(sql`lower(${users.email}) = lower(${contact.email})`)
      .limit(2);
    if (rows.length === 1) return rows[0] ?? null;
  }
  if (!contact.name) return null;
  const rows = await executor
    .select()
    .from(users)
    .where(sql`lower(${users.displayName}) = lower(${contact.name})`)
    .limit(2);
  return rows.length === 1 ? (rows[0] ?? null) : null;
}

/** Marks people that a complete listing of Seerr no longer names; returns how many. */
export async function markUsersGone(
  executor: Executor,
  seenSeerrUserIds: readonly number[],
  now: Date,
): Promise<number> {
  const rows = await executor
    .update(users)
    .set({ goneFromSeerrAt: now, updatedAt: now })
    .where(and(isNull(users.goneFromSeerrAt), notInArray(users.seerrUserId, [...seenSeerrUserIds])))
    .returning({ id: users.id });
  return rows.length;
}

/** Switches a person on or off; no later sync undoes it. */
export async function setUserActive(
  executor: Executor,
  userId: number,
  isActive: boolean,
  now: Date,
): Promise<User | null> {
  const [row] = await executor
    .update(users)
    .set({ isActive, deactivatedAt: isActive ? null : now, updatedAt: now })
    .where(eq(users.id, userId))
    .returning();
  return row ?? null;
}

/** Ends (`now`) or resumes (`null`) all mails to a person. */
export async function setUnsubscribed(
  executor: Executor,
  userId: number,
  at: Date | null,
): Promise<void> {
  await executor.update(users).set({ unsubscribedAt: at }).where(eq(users.id, userId));
}

/** Stores what a person chose about their mails; null when there is no such person. */
export async function setPreferences(
  executor: Executor,
  userId: number,
  preferences: StoredPreferences,
  now: Date,
): Promise<User | null> {
  const [row] = await executor
    .update(users)
    .set({ ...preferences, updatedAt: now })
    .where(eq(users.id, userId))
    .returning();
  return row ?? null;
}

/** Makes every link a person was ever given useless; null when there is no such person. */
export async function raiseLinkVersion(
  executor: Executor,
  userId: number,
  now: Date,
): Promise<User | null> {
  const [row] = await executor
    .update(users)
    .set({ linkVersion: sql`${users.linkVersion} + 1`, updatedAt: now })
    .where(eq(users.id, userId))
    .returning();
  return row ?? null;
}

/** How many people Seerr knows now. */
export async function countUsers(executor: Executor): Promise<number> {
  const [row] = await executor
    .select({ count: sql<number>`count(*)::int` })
    .from(users)
    .where(isNull(users.goneFromSeerrAt));
  return row?.count ?? 0;
}
