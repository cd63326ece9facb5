import { and, eq, inArray, sql } from "drizzle-orm";
import { deliveryLedger, notifications } from "@/drizzle/schema";
import type { ToldNotice } from "@/lib/domain/quality-notices";
import { ofItsTitle } from "./covered-items";
import type { Executor } from "./db";
import type { Notification } from "./notifications";

/** Mails that tell of no playable item: what of them is still to leave, and what was told. */

const pendingStatuses = ["scheduled", "retrying", "held"] as const;

/** Mails of some kinds about some requests that have not left. */
export async function listPendingNotices(
  executor: Executor,
  requestIds: readonly number[],
  kinds: readonly string[],
): Promise<Notification[]> {
  if (requestIds.length === 0) return [];
  return executor
    .select()
    .from(notifications)
    .where(
      and(
        sql`${notifications.requestId} = any(${sql.param([...requestIds])}::int[])`,
        inArray(notifications.kind, [...kinds]),
        inArray(notifications.status, [...pendingStatuses]),
      ),
    )
    .orderBy(notifications.id);
}

export type ToldNoticeRow = ToldNotice & { userId: number; kind: string };

/** What users were told, or did not want to be told, of some kinds. */
export async function listToldNotices(
  executor: Executor,
  userIds: readonly number[],
  kinds: readonly string[],
): Promise<ToldNoticeRow[]> {
  if (userIds.length === 0) return [];
  return executor
    .select({
      userId: deliveryLedger.userId,
      kind: deliveryLedger.kind,
      mediaKey: deliveryLedger.mediaKey,
      at: deliveryLedger.at,
      isPending: sql<boolean>`coalesce(${inArray(notifications.status, [...pendingStatuses, "sending"])}, false)`,
    })
    .from(deliveryLedger)
    .leftJoin(notifications, eq(notifications.id, deliveryLedger.notificationId))
    .where(
      and(
        sql`${deliveryLedger.userId} = any(${sql.param([...userIds])}::int[])`,
        inArray(deliveryLedger.kind, [...kinds]),
      ),
    );
}

/** Of some requests, the media keys of their title that everybody attached was told of or need not be told of. */
export async function mapSettledKeys(
  executor: Executor,
  requestIds: readonly number[],
  kind: string,
): Promise<Map<number, Set<string>>> {
  const settled = new Map<number, Set<string>>();
  if (requestIds.length === 0) return settled;
  const rows = await executor.execute<{ request_id: number; media_key: string }>(sql`
    select w.request_id, d.media_key
    from requests r
    join media_items m on ${ofItsTitle}
    join request_watchers w on w.request_id = r.id
    join delivery_ledger d on d.user_id = w.user_id and d.kind = ${kind} and d.media_key = m.media_key
    where r.id = any(${sql.param([...requestIds])}::int[])
    group by w.request_id, d.media_key
    having count(*) = (select count(*) from request_watchers o where o.request_id = w.request_id)`);
  for (const row of rows) {
    const keys = settled.get(row.request_id) ?? new Set();
    settled.set(row.request_id, keys.add(row.media_key));
  }
  return settled;
}
