import { and, desc, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import {
  batches,
  batchItems,
  inboundEvents,
  jobRuns,
  mediaItems,
  notifications,
  requests,
  users,
  workerHeartbeats,
} from "@/drizzle/schema";
import type { Executor } from "../db";

/** Mails per day of the reader's zone and kind, since a moment. */
export async function countMailsByDay(executor: Executor, since: Date, timeZone: string) {
  // By the quarter of an hour first: a zone's offset is a matter of quarter hours, and turning a million moments into days is slow.
  const quarter = sql<Date>`date_bin('15 minutes', ${notifications.sentAt}, 'epoch'::timestamptz)`;
  const quarters = executor
    .select({
      at: quarter.as("at"),
      kind: notifications.kind,
      mails: sql<number>`count(*)`.as("mails"),
    })
    .from(notifications)
    .where(sql`${notifications.sentAt} >= ${since.toISOString()}::timestamptz`)
    .groupBy(sql`1`, notifications.kind)
    .as("quarters");
  return executor
    .select({
      day: sql<string>`to_char(${quarters.at} at time zone ${timeZone}, 'YYYY-MM-DD')`.as("day"),
      kind: quarters.kind,
      count: sql<number>`sum(${quarters.mails})`.mapWith(Number),
    })
    .from(quarters)
    .groupBy(sql`1`, quarters.kind);
}

/** Mails of today to people, newest first. */
export async function listToldSince(executor: Executor, since: Date, limit: number) {
  return executor
    .select({
      id: notifications.id,
      title: notifications.title,
      posterPath: notifications.posterPath,
      requestId: notifications.requestId,
      userName: users.displayName,
      sentAt: notifications.sentAt,
    })
    .from(notifications)
    .innerJoin(users, eq(users.id, notifications.userId))
    .where(sql`${notifications.sentAt} >= ${since.toISOString()}::timestamptz`)
    .orderBy(sql`${notifications.sentAt} desc nulls last`)
    .limit(limit);
}

/** Minutes from playable to told, the median of mails since a moment; null without any. */
export async function medianMinutesToTold(executor: Executor, since: Date): Promise<number | null> {
  const [row] = await executor
    .select({
      minutes: sql<
        number | null
      >`percentile_cont(0.5) within group (order by extract(epoch from ${notifications.sentAt} - ${notifications.createdAt})) / 60`,
    })
    .from(notifications)
    .where(
      and(
        sql`${notifications.sentAt} >= ${since.toISOString()}::timestamptz`,
        isNotNull(notifications.batchId),
      ),
    );
  return row?.minutes === null || row?.minutes === undefined ? null : Number(row.minutes);
}

/** Batches that gather or wait, the next to leave first, with their people and what plays. */
export async function listLiveBatches(executor: Executor, limit: number) {
  const live = await executor
    .select({ batch: batches, userName: users.displayName })
    .from(batches)
    .innerJoin(users, eq(users.id, batches.userId))
    .where(inArray(batches.status, ["open", "trailing"]))
    .orderBy(batches.nextLookAt)
    .limit(limit);
  if (live.length === 0) return [];
  const items = await executor
    .select({
      batchId: batchItems.batchId,
      requestId: batchItems.requestId,
      posterPath: requests.posterPath,
      item: mediaItems,
    })
    .from(batchItems)
    .innerJoin(mediaItems, eq(mediaItems.mediaKey, batchItems.mediaKey))
    .innerJoin(requests, eq(requests.id, batchItems.requestId))
    .where(
      and(
        inArray(
          batchItems.batchId,
          live.map((row) => row.batch.id),
        ),
        eq(batchItems.state, "waiting"),
      ),
    );
  return live.map((row) => ({
    ...row,
    items: items.filter((item) => item.batchId === row.batch.id),
  }));
}

/** Items that were imported but that Plex never showed, and about which the admin was told. */
export async function listUnseenByPlex(executor: Executor, since: Date, limit: number) {
  return executor
    .select()
    .from(mediaItems)
    .where(
      and(
        sql`${mediaItems.adminToldAt} >= ${since.toISOString()}::timestamptz`,
        isNull(mediaItems.playableAt),
        isNull(mediaItems.removedAt),
      ),
    )
    .orderBy(desc(mediaItems.adminToldAt))
    .limit(limit);
}

/** The request that an item belongs to; the newest when there are several. */
export async function findRequestIdForItem(
  executor: Executor,
  item: Pick<typeof mediaItems.$inferSelect, "kind" | "tmdbId" | "tvdbId" | "isFourK">,
): Promise<number | null> {
  const same =
    item.kind === "movie"
      ? and(eq(requests.mediaType, "movie"), eq(requests.tmdbId, item.tmdbId ?? -1))
      : and(eq(requests.mediaType, "tv"), eq(requests.tvdbId, item.tvdbId ?? -1));
  const [row] = await executor
    .select({ id: requests.id })
    .from(requests)
    .where(and(same, eq(requests.isFourK, item.isFourK)))
    .orderBy(desc(requests.id))
    .limit(1);
  return row?.id ?? null;
}

/** The newest webhook. */
export async function findLastWebhook(executor: Executor) {
  const [row] = await executor
    .select({ receivedAt: inboundEvents.receivedAt, source: inboundEvents.source })
    .from(inboundEvents)
    .orderBy(sql`${inboundEvents.id} desc`)
    .limit(1);
  return row ?? null;
}

/** The newest run of one worker. */
export async function findNewestRun(executor: Executor, name: string) {
  const [row] = await executor
    .select()
    .from(jobRuns)
    .where(eq(jobRuns.name, name))
    .orderBy(desc(jobRuns.id))
    .limit(1);
  return row ?? null;
}

/** The worker that showed itself last. */
export async function findNewestHeartbeat(executor: Executor) {
  const [row] = await executor
    .select({ beatAt: workerHeartbeats.beatAt, version: workerHeartbeats.version })
    .from(workerHeartbeats)
    .orderBy(desc(workerHeartbeats.beatAt))
    .limit(1);
  return row ?? null;
}

/** Whether anybody ever asked for anything. */
export async function hasAnyRequest(executor: Executor): Promise<boolean> {
  const rows = await executor.select({ id: requests.id }).from(requests).limit(1);
  return rows.length > 0;
}
