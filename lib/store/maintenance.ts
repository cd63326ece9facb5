import { and, asc, desc, eq, gt, gte, inArray, isNull, lte, sql } from "drizzle-orm";
import {
  batches,
  deliveryLedger,
  maintenanceWindows,
  notifications,
  users,
} from "@/drizzle/schema";
import { maintenanceMailKinds } from "@/lib/domain/maintenance";
import type { Executor } from "./db";
import type { User } from "./users";

export type MaintenanceWindow = typeof maintenanceWindows.$inferSelect;

const live = ["scheduled", "active"] as const;

/** The window that covers a moment, whether or not the job that marks it active has run. */
export async function findCoveringWindow(
  executor: Executor,
  at: Date,
): Promise<MaintenanceWindow | null> {
  const [row] = await executor
    .select()
    .from(maintenanceWindows)
    .where(
      and(
        inArray(maintenanceWindows.status, [...live]),
        lte(maintenanceWindows.startsAt, at),
        gt(maintenanceWindows.endsAt, at),
      ),
    )
    .orderBy(desc(maintenanceWindows.endsAt))
    .limit(1);
  return row ?? null;
}

export async function findMaintenanceWindow(
  executor: Executor,
  windowId: number,
): Promise<MaintenanceWindow | null> {
  const [row] = await executor
    .select()
    .from(maintenanceWindows)
    .where(eq(maintenanceWindows.id, windowId));
  return row ?? null;
}

/** The window for change: whoever holds it decides what happens to it. */
export async function lockMaintenanceWindow(
  executor: Executor,
  windowId: number,
): Promise<MaintenanceWindow | null> {
  const [row] = await executor
    .select()
    .from(maintenanceWindows)
    .where(eq(maintenanceWindows.id, windowId))
    .for("update");
  return row ?? null;
}

/** Windows that are still to come or going on, the next one first. */
export async function listLiveWindows(executor: Executor): Promise<MaintenanceWindow[]> {
  return executor
    .select()
    .from(maintenanceWindows)
    .where(inArray(maintenanceWindows.status, [...live]))
    .orderBy(asc(maintenanceWindows.startsAt), asc(maintenanceWindows.id));
}

/** Windows that are over or called off, the latest first. */
export async function listPastWindows(
  executor: Executor,
  limit: number,
): Promise<MaintenanceWindow[]> {
  return executor
    .select()
    .from(maintenanceWindows)
    .where(inArray(maintenanceWindows.status, ["completed", "cancelled"]))
    .orderBy(desc(maintenanceWindows.startsAt), desc(maintenanceWindows.id))
    .limit(limit);
}

export async function insertMaintenanceWindow(
  executor: Executor,
  window: typeof maintenanceWindows.$inferInsert,
): Promise<MaintenanceWindow> {
  const [row] = await executor.insert(maintenanceWindows).values(window).returning();
  if (!row) throw new Error("PostgreSQL returned no window");
  return row;
}

export async function updateMaintenanceWindow(
  executor: Executor,
  windowId: number,
  changes: Partial<typeof maintenanceWindows.$inferInsert>,
): Promise<void> {
  await executor.update(maintenanceWindows).set(changes).where(eq(maintenanceWindows.id, windowId));
}

/** Whom a window concerns: everybody the admin has not switched off and Seerr still knows. */
export async function listActiveUsers(executor: Executor): Promise<User[]> {
  return executor
    .select()
    .from(users)
    .where(and(eq(users.isActive, true), isNull(users.goneFromSeerrAt)))
    .orderBy(users.id);
}

/** Who was told of a window, under whatever times. */
export async function listToldOfWindow(executor: Executor, windowId: number): Promise<User[]> {
  return executor
    .select()
    .from(users)
    .where(
      sql`exists (
        select from ${deliveryLedger}
        where ${deliveryLedger.userId} = ${users.id}
          and ${deliveryLedger.kind} in ('maintenance_announced', 'maintenance_reminder')
          and ${deliveryLedger.mediaKey} like ${`maintenance:${windowId}:%`}
          and ${deliveryLedger.how} = 'told')`,
    )
    .orderBy(users.id);
}

const unsent = sql`${notifications.status} in ('scheduled', 'retrying', 'held')`;
const isOfWindow = (windowId: number, kinds: readonly string[]) =>
  and(
    inArray(notifications.kind, [...kinds]),
    sql`${notifications.facts} ->> 'windowId' = ${String(windowId)}`,
    unsent,
  );

/** Takes back mails about a window that have not left and would say something that is not true any more. */
export async function retractWindowMails(
  executor: Executor,
  windowId: number,
  kinds: readonly string[],
  retraction: { reason: string; at: Date },
): Promise<{ id: number; userId: number | null }[]> {
  return executor
    .update(notifications)
    .set({ status: "cancelled", statusReason: retraction.reason, updatedAt: retraction.at })
    .where(isOfWindow(windowId, kinds))
    .returning({ id: notifications.id, userId: notifications.userId });
}

/** Gives mails about a window that have not left its new words. */
export async function rewordWindowMails(
  executor: Executor,
  windowId: number,
  words: { title: string; text: string },
): Promise<void> {
  await executor
    .update(notifications)
    .set({
      title: words.title,
      facts: sql`${notifications.facts} || ${JSON.stringify(words)}::jsonb`,
    })
    .where(isOfWindow(windowId, maintenanceMailKinds));
}

/** How many mails of each kind a window has caused, by what became of them. */
export async function countWindowMails(
  executor: Executor,
  windowIds: readonly number[],
): Promise<{ windowId: number; kind: string; sent: number; waiting: number; other: number }[]> {
  if (windowIds.length === 0) return [];
  const windowId = sql<number>`(${notifications.facts} ->> 'windowId')::int`;
  return executor
    .select({
      windowId,
      kind: notifications.kind,
      sent: sql<number>`count(*) filter (where ${notifications.status} = 'sent')::int`,
      waiting: sql<number>`count(*) filter (where ${notifications.status} in ('scheduled', 'sending', 'retrying', 'held'))::int`,
      other: sql<number>`count(*) filter (where ${notifications.status} in ('failed', 'unknown', 'cancelled'))::int`,
    })
    .from(notifications)
    .where(
      and(
        inArray(notifications.kind, [...maintenanceMailKinds]),
        sql`${notifications.facts} ->> 'windowId' = any(${sql.param(windowIds.map(String))}::text[])`,
      ),
    )
    .groupBy(windowId, notifications.kind);
}

/** Batches whose next look was put off to the end of a window look again now. */
export async function releasePausedBatches(
  executor: Executor,
  windowEnd: Date,
  now: Date,
): Promise<number[]> {
  const rows = await executor
    .update(batches)
    .set({ nextLookAt: sql`least(${batches.nextLookAt}, ${now.toISOString()}::timestamptz)` })
    .where(and(inArray(batches.status, ["open", "trailing"]), gte(batches.pausedUntil, windowEnd)))
    .returning({ id: batches.id });
  return rows.map((row) => row.id);
}

/** Mails whose time was put off to the end of a window are due now. */
export async function releasePausedNotifications(
  executor: Executor,
  windowEnd: Date,
  now: Date,
): Promise<number[]> {
  const rows = await executor
    .update(notifications)
    .set({ dueAt: sql`least(${notifications.dueAt}, ${now.toISOString()}::timestamptz)` })
    .where(
      and(
        inArray(notifications.status, ["scheduled", "retrying"]),
        eq(notifications.dueAt, windowEnd),
      ),
    )
    .returning({ id: notifications.id });
  return rows.map((row) => row.id);
}
