import { and, asc, desc, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import {
  deliveryAttempts,
  notificationBodies,
  notifications,
  requestWatchers,
  timelineEntries,
  users,
} from "@/drizzle/schema";
import type { Executor } from "../db";
import { cutPage, type KeysetPlace, type KeysetWindow } from "./keyset";
import { containsPattern, findUserIdsByText } from "./people-search";

type NotificationStatus = typeof notifications.$inferSelect.status;

export type NotificationListRow = {
  id: number;
  status: NotificationStatus;
  subject: string;
  title: string;
  posterPath: string | null;
  audience: "user" | "admin" | "address";
  toAddress: string | null;
  userName: string | null;
  dueAt: Date;
  sentAt: Date | null;
  updatedAt: Date;
  place: KeysetPlace;
};

export type NotificationPage = {
  rows: NotificationListRow[];
  newer: KeysetPlace | null;
  older: KeysetPlace | null;
};

/** States that wait for the admin. A mail refused for good is his for a week, then it is history. */
const FAILED_MATTERS_DAYS = 7;
const needsYou = sql`(${notifications.status} in ('held', 'unknown') or (${notifications.status} = 'failed' and ${notifications.updatedAt} > now() - make_interval(days => ${FAILED_MATTERS_DAYS}))) and not exists (select 1 from notifications again where again.resend_of = ${notifications.id})`;
const leaving = sql`${notifications.status} in ('scheduled', 'sending', 'retrying')`;

const columns = {
  id: notifications.id,
  status: notifications.status,
  subject: notifications.subject,
  title: notifications.title,
  posterPath: notifications.posterPath,
  audience: notifications.audience,
  toAddress: notifications.toAddress,
  userName: users.displayName,
  dueAt: notifications.dueAt,
  sentAt: notifications.sentAt,
  updatedAt: notifications.updatedAt,
};

/** Which mails: by what they need, or all that ever were. */
export type NotificationScopeFilter =
  /** Held ones are reviewed together and left out. */
  | { kind: "needs_you_but_held" }
  | { kind: "sent_since"; since: Date }
  | { kind: "done_since"; since: Date }
  | { kind: "history"; status: NotificationStatus | null; text: string | null };

/** Mails by last change, newest first, one page by key. */
export async function listNotificationPage(
  executor: Executor,
  filter: NotificationScopeFilter,
  window: KeysetWindow,
  size: number,
): Promise<NotificationPage> {
  const moment = filter.kind === "sent_since" ? notifications.sentAt : notifications.updatedAt;
  const where = await conditions(executor, filter);
  if (window.kind !== "first") {
    const key = sql`(${moment}, ${notifications.id})`;
    const place = sql`(${window.place.at}::timestamptz, ${window.place.id}::bigint)`;
    where.push(window.kind === "after" ? sql`${key} < ${place}` : sql`${key} > ${place}`);
  }
  const order =
    window.kind === "before"
      ? [sql`${moment} asc nulls first`, sql`${notifications.id} asc nulls first`]
      : [sql`${moment} desc nulls last`, sql`${notifications.id} desc nulls last`];
  const rows = await executor
    .select({ ...columns, at: sql<string>`${moment}::text` })
    .from(notifications)
    .leftJoin(users, eq(users.id, notifications.userId))
    .where(and(...where))
    .orderBy(...order)
    .limit(size + 1);
  return cutPage(
    rows.map(({ at, ...row }) => ({ ...row, place: { at: at.replace(" ", "T"), id: row.id } })),
    window,
    size,
  );
}

/** Mails that will leave, the next one first. */
export async function listLeaving(
  executor: Executor,
  window: KeysetWindow,
  size: number,
): Promise<NotificationPage> {
  const where = [leaving];
  if (window.kind !== "first") {
    const key = sql`(${notifications.dueAt}, ${notifications.id})`;
    const place = sql`(${window.place.at}::timestamptz, ${window.place.id}::bigint)`;
    where.push(window.kind === "after" ? sql`${key} > ${place}` : sql`${key} < ${place}`);
  }
  const order =
    window.kind === "before"
      ? [desc(notifications.dueAt), desc(notifications.id)]
      : [asc(notifications.dueAt), asc(notifications.id)];
  const rows = await executor
    .select({ ...columns, at: sql<string>`${notifications.dueAt}::text` })
    .from(notifications)
    .leftJoin(users, eq(users.id, notifications.userId))
    .where(and(...where))
    .orderBy(...order)
    .limit(size + 1);
  return cutPage(
    rows.map(({ at, ...row }) => ({ ...row, place: { at: at.replace(" ", "T"), id: row.id } })),
    window,
    size,
  );
}

async function conditions(executor: Executor, filter: NotificationScopeFilter): Promise<SQL[]> {
  switch (filter.kind) {
    case "needs_you_but_held":
      return [needsYou, sql`${notifications.status} <> 'held'`];
    case "sent_since":
      return [sql`${notifications.sentAt} >= ${filter.since.toISOString()}::timestamptz`];
    case "done_since":
      return [
        inArray(notifications.status, ["sent", "cancelled"]),
        sql`${notifications.updatedAt} >= ${filter.since.toISOString()}::timestamptz`,
      ];
    case "history": {
      const where: SQL[] = [];
      if (filter.status) where.push(eq(notifications.status, filter.status));
      if (filter.text) where.push(await textCondition(executor, filter.text));
      return where;
    }
  }
}

/** Up to so many mails a text is looked up first; a more common one is met quickly while reading on. */
const FEW = 5_000;

/**
 * Among people and among subjects. A rare text is found by its own index first: reading a million
 * mails by date until 50 fit would take seconds.
 */
async function textCondition(executor: Executor, text: string): Promise<SQL> {
  const userIds = await findUserIdsByText(executor, text);
  const bySubject = sql`${notifications.subject} ilike ${containsPattern(text)}`;
  const byPerson = userIds.length > 0 ? inArray(notifications.userId, userIds) : null;
  const idsOf = (where: SQL) =>
    executor
      .select({ id: notifications.id })
      .from(notifications)
      .where(where)
      .limit(FEW + 1);
  const [subjects, persons] = await Promise.all([
    idsOf(bySubject),
    byPerson ? idsOf(byPerson) : [],
  ]);
  if (subjects.length > FEW || persons.length > FEW) {
    return byPerson ? sql`(${bySubject} or ${byPerson})` : bySubject;
  }
  const ids = [...new Set([...subjects, ...persons].map((row) => row.id))];
  return sql`${notifications.id} = any(${sql.param(ids)}::bigint[])`;
}

export type NotificationCounts = { needsYou: number; leaving: number; sentToday: number };

/** Numbers beside the tabs, each counted up to 9 999. */
export async function countNotifications(
  executor: Executor,
  dayStart: Date,
): Promise<NotificationCounts> {
  const count = async (where: SQL) => {
    const bounded = executor
      .select({ one: sql`1` })
      .from(notifications)
      .where(where)
      .limit(9_999)
      .as("bounded");
    const [row] = await executor
      .select({ count: sql<number>`count(*)`.mapWith(Number) })
      .from(bounded);
    return row?.count ?? 0;
  };
  const [waiting, going, sentToday] = await Promise.all([
    count(needsYou),
    count(leaving),
    count(sql`${notifications.sentAt} >= ${dayStart.toISOString()}::timestamptz`),
  ]);
  return { needsYou: waiting, leaving: going, sentToday };
}

/** How many mails wait for the admin, up to 99: the number in the sidebar. */
export async function countNeedsYou(executor: Executor): Promise<number> {
  const bounded = executor
    .select({ one: sql`1` })
    .from(notifications)
    .where(needsYou)
    .limit(99)
    .as("bounded");
  const [row] = await executor
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(bounded);
  return row?.count ?? 0;
}

/** Somebody's mails that have not come to an end, by state; `nextAt` is when the first of those that leave is due. */
export async function countPendingMails(
  executor: Executor,
  userId: number,
): Promise<{
  held: number;
  unknown: number;
  failed: number;
  leaving: number;
  nextAt: Date | null;
}> {
  const [row] = await executor
    .select({
      held: sql<number>`count(*) filter (where ${notifications.status} = 'held')`.mapWith(Number),
      unknown: sql<number>`count(*) filter (where ${notifications.status} = 'unknown')`.mapWith(
        Number,
      ),
      failed: sql<number>`count(*) filter (where ${notifications.status} = 'failed')`.mapWith(
        Number,
      ),
      leaving: sql<number>`count(*) filter (where ${leaving})`.mapWith(Number),
      nextAt: sql<Date | null>`min(${notifications.dueAt}) filter (where ${leaving})`.mapWith(
        notifications.dueAt,
      ),
    })
    .from(notifications)
    .where(and(eq(notifications.userId, userId), or(leaving, needsYou)));
  return row ?? { held: 0, unknown: 0, failed: 0, leaving: 0, nextAt: null };
}

/** Mails that wait for the admin, in full, newest first. */
export async function listNeedsYou(executor: Executor, limit: number) {
  return executor
    .select({ notification: notifications, userName: users.displayName })
    .from(notifications)
    .leftJoin(users, eq(users.id, notifications.userId))
    .where(needsYou)
    .orderBy(sql`${notifications.updatedAt} desc nulls last`)
    .limit(limit);
}

/** Mails on hold: how many, the newest id, since when, and why. Null without any. */
export async function summarizeHeld(executor: Executor) {
  const [row] = await executor
    .select({
      count: sql<number>`count(*)`.mapWith(Number),
      people:
        sql<number>`count(distinct coalesce(${notifications.userId}::text, ${notifications.toAddress}))`.mapWith(
          Number,
        ),
      newestId: sql<number | null>`max(${notifications.id})`.mapWith(Number),
      reason: sql<string | null>`min(${notifications.statusReason})`,
      since: sql<string | null>`min(${notifications.createdAt})::text`,
    })
    .from(notifications)
    .where(eq(notifications.status, "held"));
  if (!row || row.count === 0 || row.newestId === null || row.since === null) return null;
  return { ...row, newestId: row.newestId, since: new Date(row.since) };
}

/** Mails on hold with their people, by person and then title. */
export async function listHeld(executor: Executor, limit: number) {
  return executor
    .select({ ...columns, userId: notifications.userId, requestId: notifications.requestId })
    .from(notifications)
    .leftJoin(users, eq(users.id, notifications.userId))
    .where(eq(notifications.status, "held"))
    .orderBy(users.displayName, notifications.userId, notifications.title, notifications.id)
    .limit(limit);
}

/** One mail with its person, attempts, what was handed over, and the decisions about it. */
export async function findNotificationDetail(executor: Executor, notificationId: number) {
  const [row] = await executor
    .select({ notification: notifications, user: users })
    .from(notifications)
    .leftJoin(users, eq(users.id, notifications.userId))
    .where(eq(notifications.id, notificationId));
  if (!row) return null;
  const [attempts, bodies, about] = await Promise.all([
    executor
      .select()
      .from(deliveryAttempts)
      .where(eq(deliveryAttempts.notificationId, notificationId))
      .orderBy(desc(deliveryAttempts.attempt), desc(deliveryAttempts.id))
      .limit(50),
    executor
      .select()
      .from(notificationBodies)
      .where(eq(notificationBodies.notificationId, notificationId)),
    executor
      .select()
      .from(timelineEntries)
      .where(eq(timelineEntries.notificationId, notificationId))
      .orderBy(desc(timelineEntries.at), desc(timelineEntries.id))
      .limit(50),
  ]);
  const { requestId, batchId } = row.notification;
  const before =
    requestId === null || batchId === null
      ? []
      : await executor
          .select()
          .from(timelineEntries)
          .where(
            and(eq(timelineEntries.requestId, requestId), eq(timelineEntries.batchId, batchId)),
          )
          .orderBy(desc(timelineEntries.at), desc(timelineEntries.id))
          .limit(50);
  const watcher =
    requestId === null || row.notification.userId === null
      ? []
      : await executor
          .select()
          .from(requestWatchers)
          .where(
            and(
              eq(requestWatchers.requestId, requestId),
              eq(requestWatchers.userId, row.notification.userId),
            ),
          );
  const seen = new Set(about.map((entry) => entry.id));
  return {
    ...row,
    attempts,
    body: bodies[0] ?? null,
    why: [...about, ...before.filter((entry) => !seen.has(entry.id))].sort(
      (a, b) => b.at.getTime() - a.at.getTime() || b.id - a.id,
    ),
    watcher: watcher[0] ?? null,
  };
}
