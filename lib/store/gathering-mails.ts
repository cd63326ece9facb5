import { and, eq, sql } from "drizzle-orm";
import { notificationItems, notifications } from "@/drizzle/schema";
import type { Executor } from "./db";
import type { NewNotification, Notification } from "./notifications";

/** Daily mails that have not left yet. A person has one at most, and it gathers until it is claimed. */

type Items = readonly { mediaKey: string; requestId: number | null }[];

const isGathering = (userId: number) =>
  and(
    eq(notifications.userId, userId),
    eq(notifications.status, "scheduled"),
    eq(notifications.gathers, true),
  );

/** The mail of a person that gathers, locked until the transaction ends; null when there is none. */
export async function lockGatheringMail(
  executor: Executor,
  userId: number,
): Promise<Notification | null> {
  const [row] = await executor
    .select()
    .from(notifications)
    .where(isGathering(userId))
    .for("update");
  return row ?? null;
}

/** Begins one; null when the person has one already. */
export async function insertGatheringMail(
  executor: Executor,
  notification: NewNotification,
  items: Items,
): Promise<Notification | null> {
  const [row] = await executor
    .insert(notifications)
    .values({ ...notification, gathers: true })
    .onConflictDoNothing({
      target: notifications.userId,
      where: sql`gathers and status = 'scheduled'`,
    })
    .returning();
  if (row) await insertItems(executor, row.id, items);
  return row ?? null;
}

/** Puts more into a mail that gathers and is locked; `to` is what it is about then. */
export async function joinGatheringMail(
  executor: Executor,
  notificationId: number,
  items: Items,
  to: Partial<NewNotification>,
  now: Date,
): Promise<void> {
  await insertItems(executor, notificationId, items);
  await executor
    .update(notifications)
    .set({ ...to, updatedAt: now })
    .where(eq(notifications.id, notificationId));
}

async function insertItems(
  executor: Executor,
  notificationId: number,
  items: Items,
): Promise<void> {
  await executor
    .insert(notificationItems)
    .values(items.map((item) => ({ ...item, notificationId })))
    .onConflictDoNothing();
}

/** What a mail tells of although its reader muted the title meanwhile. */
export async function listMutedItems(
  executor: Executor,
  { id, userId }: { id: number; userId: number },
): Promise<string[]> {
  const rows = await executor.execute<{ media_key: string }>(sql`
    select i.media_key from notification_items i
    join request_watchers w on w.request_id = i.request_id and w.user_id = ${userId}
    where i.notification_id = ${id} and w.muted_at is not null`);
  return rows.map((row) => row.media_key);
}

/** Takes some media out of a mail. */
export async function removeMedia(
  executor: Executor,
  notificationId: number,
  mediaKeys: readonly string[],
): Promise<void> {
  await executor
    .delete(notificationItems)
    .where(
      and(
        eq(notificationItems.notificationId, notificationId),
        sql`${notificationItems.mediaKey} = any(${sql.param([...mediaKeys])}::text[])`,
      ),
    );
}
