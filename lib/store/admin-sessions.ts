import { and, desc, eq, gt, lt, ne, or } from "drizzle-orm";
import { adminSessions, admins } from "@/drizzle/schema";
import { announceChange } from "./changes";
import type { Executor } from "./db";

/** The tables by the names Auth.js gives them. */
export const authTables = { usersTable: admins, sessionsTable: adminSessions };

export type AdminSession = typeof adminSessions.$inferSelect;

/** Signs somebody in. `sessionToken` is the hash of what the cookie holds. */
export async function insertAdminSession(
  executor: Executor,
  session: Pick<AdminSession, "sessionToken" | "userId" | "expires" | "address" | "userAgent">,
  now: Date,
): Promise<AdminSession> {
  const [row] = await executor
    .insert(adminSessions)
    .values({ ...session, createdAt: now, lastSeenAt: now })
    .returning();
  if (!row) throw new Error("PostgreSQL returned no session");
  return row;
}

/** A session that still counts, with whose it is. */
export async function findAdminSession(
  executor: Executor,
  sessionToken: string,
  now: Date,
): Promise<{ session: AdminSession; user: typeof admins.$inferSelect } | null> {
  const [row] = await executor
    .select({ session: adminSessions, user: admins })
    .from(adminSessions)
    .innerJoin(admins, eq(admins.id, adminSessions.userId))
    .where(and(eq(adminSessions.sessionToken, sessionToken), gt(adminSessions.expires, now)));
  return row ?? null;
}

/** A session that still counts, by its public name. */
export async function findNamedSession(
  executor: Executor,
  publicId: string,
  now: Date,
): Promise<AdminSession | null> {
  const [row] = await executor
    .select()
    .from(adminSessions)
    .where(and(eq(adminSessions.publicId, publicId), gt(adminSessions.expires, now)));
  return row ?? null;
}

/** Notes that a session is in use, and from where. */
export async function touchAdminSession(
  executor: Executor,
  sessionToken: string,
  address: string | null,
  now: Date,
): Promise<void> {
  await executor
    .update(adminSessions)
    .set({ lastSeenAt: now, address })
    .where(eq(adminSessions.sessionToken, sessionToken));
}

/** Signs out by the hash of the cookie. */
export async function deleteAdminSession(executor: Executor, sessionToken: string): Promise<void> {
  await executor.delete(adminSessions).where(eq(adminSessions.sessionToken, sessionToken));
  await announceChange(executor, "sessions");
}

/** Signs out by the public name of a session; false when it is not there. */
export async function revokeAdminSession(executor: Executor, publicId: string): Promise<boolean> {
  const rows = await executor
    .delete(adminSessions)
    .where(eq(adminSessions.publicId, publicId))
    .returning({ publicId: adminSessions.publicId });
  await announceChange(executor, "sessions");
  return rows.length > 0;
}

/** Signs out everywhere: one account, or all; returns how many. `except` is a public name. */
export async function revokeAdminSessions(
  executor: Executor,
  which: { adminId?: string; except?: string },
): Promise<number> {
  const rows = await executor
    .delete(adminSessions)
    .where(
      and(
        which.adminId === undefined ? undefined : eq(adminSessions.userId, which.adminId),
        which.except === undefined ? undefined : ne(adminSessions.publicId, which.except),
      ),
    )
    .returning({ publicId: adminSessions.publicId });
  await announceChange(executor, "sessions");
  return rows.length;
}

/** Forgets sessions that have run out. */
export async function deleteExpiredSessions(executor: Executor, now: Date): Promise<void> {
  await executor.delete(adminSessions).where(lt(adminSessions.expires, now));
}

/** Where a page of sessions ended. */
export type SessionPlace = { createdAt: Date; publicId: string };

/** Who is signed in, the newest sign-in first: being used moves no session past the end of a page. */
export async function listSessionsPage(
  executor: Executor,
  now: Date,
  page: { after: SessionPlace | null; limit: number },
): Promise<{ session: AdminSession; name: string }[]> {
  const { createdAt, publicId, expires } = adminSessions;
  const { after } = page;
  return executor
    .select({ session: adminSessions, name: admins.name })
    .from(adminSessions)
    .innerJoin(admins, eq(admins.id, adminSessions.userId))
    .where(
      and(
        gt(expires, now),
        after
          ? or(
              lt(createdAt, after.createdAt),
              and(eq(createdAt, after.createdAt), lt(publicId, after.publicId)),
            )
          : undefined,
      ),
    )
    .orderBy(desc(createdAt), desc(publicId))
    .limit(page.limit);
}

/** Who is signed in, the last seen first. */
export async function listAdminSessions(
  executor: Executor,
  now: Date,
): Promise<{ session: AdminSession; name: string }[]> {
  return executor
    .select({ session: adminSessions, name: admins.name })
    .from(adminSessions)
    .innerJoin(admins, eq(admins.id, adminSessions.userId))
    .where(gt(adminSessions.expires, now))
    .orderBy(desc(adminSessions.lastSeenAt))
    .limit(100);
}
