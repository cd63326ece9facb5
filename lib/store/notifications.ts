import { and, eq, inArray, sql } from "drizzle-orm";
import { type notificationBodies, notificationItems, notifications } from "@/drizzle/schema";
import type { Executor } from "./db";

export type Notification = typeof notifications.$inferSelect;
export type NotificationStatus = Notification["status"];
export type NewNotification = typeof notifications.$inferInsert;
export type NotificationBody = typeof notificationBodies.$inferSelect;
export type NotificationItem = typeof notificationItems.$inferSelect;

export async function insertNotification(
  executor: Executor,
  notification: NewNotification,
  items: readonly { mediaKey: string; requestId: number | null }[],
): Promise<Notification> {
  const [row] = await executor.insert(notifications).values(notification).returning();
  if (!row) throw new Error("PostgreSQL returned no notification");
  if (items.length > 0) {
    await executor
      .insert(notificationItems)
      .values(items.map((item) => ({ ...item, notificationId: row.id })));
  }
  return row;
}

export async function findNotification(
  executor: Executor,
  notificationId: number,
): Promise<Notification | null> {
  const [row] = await executor
    .select()
    .from(notifications)
    .where(eq(notifications.id, notificationId));
  return row ?? null;
}

/** The items of several notifications at once. */
export async function listItemsOf(
  executor: Executor,
  notificationIds: readonly number[],
): Promise<NotificationItem[]> {
  return executor
    .select()
    .from(notificationItems)
    .where(
      sql`${notificationItems.notificationId} = any(${sql.param([...notificationIds])}::bigint[])`,
    );
}

export async function listNotificationItems(
  executor: Executor,
  notificationId: number,
): Promise<NotificationItem[]> {
  return executor
    .select()
    .from(notificationItems)
    .where(eq(notificationItems.notificationId, notificationId));
}

/**
 * Moves a notification from one of `from` to another state. Null when it was in none of them: somebody else was
 * faster.
 */
export async function moveNotification(
  executor: Executor,
  notificationId: number,
  from: readonly NotificationStatus[],
  to: Partial<Notification> & { status: NotificationStatus },
  now: Date,
): Promise<Notification | null> {
  const [row] = await executor
    .update(notifications)
    .set({ ...to, updatedAt: now })
    .where(and(eq(notifications.id, notificationId), inArray(notifications.status, [...from])))
    .returning();
  return row ?? null;
}

/**
 * Mails in `sending` whose worker is not on record any more, or claimed before any attempt could still last. A worker
 * is on record before its first claim, so one that starts meanwhile is not taken for dead.
 */
export async function listAbandonedNotifications(
  executor: Executor,
  claimedBefore: Date,
): Promise<Notification[]> {
  return executor
    .select()
    .from(notifications)
    .where(
      and(
        eq(notifications.status, "sending"),
        sql`(not exists (
            select from worker_heartbeats where worker_id = ${notifications.claimedBy}
          )
          or ${notifications.claimedAt} < ${claimedBefore.toISOString()}::timestamptz)`,
      ),
    );
}

/** An attempt that is still under way, locked until the transaction ends; null when it is over. */
export async function lockAttempt(
  executor: Executor,
  { id, attempts }: Pick<Notification, "id" | "attempts">,
): Promise<Notification | null> {
  const [row] = await executor
    .select()
    .from(notifications)
    .where(
      and(
        eq(notifications.id, id),
        eq(notifications.status, "sending"),
        eq(notifications.attempts, attempts),
      ),
    )
    .for("update");
  return row ?? null;
}

/** Mails that should have left by `before` but did not: their job was lost. */
export async function listOverdueNotifications(
  executor: Executor,
  before: Date,
  limit: number,
): Promise<number[]> {
  const rows = await executor
    .select({ id: notifications.id })
    .from(notifications)
    .where(
      and(
        inArray(notifications.status, ["scheduled", "retrying"]),
        sql`${notifications.dueAt} < ${before.toISOString()}::timestamptz`,
      ),
    )
    .limit(limit);
  return rows.map((row) => row.id);
}

/** Makes claims under an hourly limit wait for one another until the transaction ends. */
export async function lockSendLimit(executor: Executor): Promise<void> {
  await executor.execute(sql`select pg_advisory_xact_lock(hashtext('bingealert:send-limit'))`);
}

/** When the latest mails since `since` were given to the server or taken on for it, oldest first. */
export async function listRecentSendTimes(
  executor: Executor,
  since: Date,
  limit: number,
): Promise<Date[]> {
  const rows = await executor
    .select({ at: notifications.claimedAt })
    .from(notifications)
    .where(
      and(
        sql`${notifications.claimedAt} > ${since.toISOString()}::timestamptz`,
        sql`(${notifications.status} = 'sending' or ${notifications.handedOverAt} is not null)`,
      ),
    )
    .orderBy(sql`${notifications.claimedAt} desc`)
    .limit(limit);
  return rows.flatMap((row) => (row.at ? [row.at] : [])).reverse();
}

/** Ids of the mails on hold up to the newest one somebody has seen. */
export async function listHeldIds(executor: Executor, upToId: number): Promise<number[]> {
  const rows = await executor
    .select({ id: notifications.id })
    .from(notifications)
    .where(and(eq(notifications.status, "held"), sql`${notifications.id} <= ${upToId}`))
    .orderBy(notifications.id);
  return rows.map((row) => row.id);
}

/** How each of these mails stands; those that are not there are left out. */
export async function listStatuses(
  executor: Executor,
  ids: readonly number[],
): Promise<Pick<Notification, "id" | "status">[]> {
  return executor
    .select({ id: notifications.id, status: notifications.status })
    .from(notifications)
    .where(inArray(notifications.id, [...ids]))
    .orderBy(notifications.id);
}
