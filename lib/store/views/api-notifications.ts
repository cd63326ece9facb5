import { and, eq, getTableColumns, inArray, or, type SQL, sql } from "drizzle-orm";
import { notificationItems, notifications, users } from "@/drizzle/schema";
import type { Executor } from "../db";
import type { Notification, NotificationStatus } from "../notifications";
import { cutPage, type KeysetPlace } from "./keyset";
import { containsPattern, findUserIdsByText } from "./people-search";

export type NotificationQuery = {
  text: string | null;
  statuses: readonly NotificationStatus[] | null;
  kind: string | null;
  userId: number | null;
  requestId: number | null;
};

export type NotificationSummaryRow = Notification & { userName: string | null };

const columns = { ...getTableColumns(notifications), userName: users.displayName };

/** One page of mails by last change, newest first, and the place where the next one begins. */
export async function listNotificationSummaries(
  executor: Executor,
  query: NotificationQuery,
  after: KeysetPlace | null,
  size: number,
): Promise<{ rows: NotificationSummaryRow[]; next: KeysetPlace | null }> {
  const where = await conditions(executor, query);
  if (after) {
    where.push(
      sql`(${notifications.updatedAt}, ${notifications.id}) < (${after.at}::timestamptz, ${after.id}::bigint)`,
    );
  }
  const found = await executor
    .select({ ...columns, at: sql<string>`${notifications.updatedAt}::text` })
    .from(notifications)
    .leftJoin(users, eq(users.id, notifications.userId))
    .where(and(...where))
    // As the index is written: the planner uses it for no other order.
    .orderBy(
      sql`${notifications.updatedAt} desc nulls last`,
      sql`${notifications.id} desc nulls last`,
    )
    .limit(size + 1);
  const window = after ? ({ kind: "after", place: after } as const) : ({ kind: "first" } as const);
  const page = cutPage(
    found.map(({ at, ...row }) => ({ ...row, place: { at, id: row.id } })),
    window,
    size,
  );
  return { rows: page.rows, next: page.older };
}

/** One mail as lists show it; null when there is none with this id. */
export async function findNotificationSummary(
  executor: Executor,
  notificationId: number,
): Promise<NotificationSummaryRow | null> {
  const [row] = await executor
    .select(columns)
    .from(notifications)
    .leftJoin(users, eq(users.id, notifications.userId))
    .where(eq(notifications.id, notificationId));
  return row ?? null;
}

async function conditions(executor: Executor, query: NotificationQuery): Promise<SQL[]> {
  const where: (SQL | undefined)[] = [];
  if (query.statuses) where.push(inArray(notifications.status, [...query.statuses]));
  if (query.kind !== null) where.push(eq(notifications.kind, query.kind));
  if (query.userId !== null) where.push(eq(notifications.userId, query.userId));
  if (query.requestId !== null) {
    const carrying = executor
      .select({ id: notificationItems.notificationId })
      .from(notificationItems)
      .where(eq(notificationItems.requestId, query.requestId));
    where.push(
      or(eq(notifications.requestId, query.requestId), inArray(notifications.id, carrying)),
    );
  }
  if (query.text !== null) {
    const userIds = await findUserIdsByText(executor, query.text);
    where.push(
      or(
        sql`${notifications.subject} ilike ${containsPattern(query.text)}`,
        userIds.length > 0 ? inArray(notifications.userId, userIds) : undefined,
      ),
    );
  }
  return where.filter((condition) => condition !== undefined);
}
