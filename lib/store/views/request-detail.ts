import { and, asc, desc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import {
  batches,
  batchItems,
  deliveryLedger,
  downloads,
  instances,
  mediaItems,
  notifications,
  requestSeasons,
  requests,
  requestWatchers,
  timelineEntries,
  users,
} from "@/drizzle/schema";
import { mediaKey, showGroupKey } from "@/lib/domain/media";
import type { Executor } from "../db";
import type { KeysetPlace } from "./keyset";

type Request = typeof requests.$inferSelect;

/** The group of what a request covers; null when Seerr named no id for it. */
function groupOf(request: Request): string | null {
  if (request.mediaType === "movie") {
    return request.tmdbId === null
      ? null
      : mediaKey({ kind: "movie", tmdbId: request.tmdbId, isFourK: request.isFourK });
  }
  return request.tvdbId === null ? null : showGroupKey(request.tvdbId, request.isFourK);
}

/** Everything a request's page shows, except its timeline. Null when there is no such request. */
export async function findRequestDetail(executor: Executor, requestId: number) {
  const [request] = await executor.select().from(requests).where(eq(requests.id, requestId));
  if (!request) return null;
  const group = groupOf(request);
  const [seasonRows, watchers, requester, heldItems, mails, queued] = await Promise.all([
    executor.select().from(requestSeasons).where(eq(requestSeasons.requestId, requestId)),
    executor
      .select({ watcher: requestWatchers, user: users })
      .from(requestWatchers)
      .innerJoin(users, eq(users.id, requestWatchers.userId))
      .where(eq(requestWatchers.requestId, requestId))
      .orderBy(sql`${requestWatchers.source} = 'asked' desc`, asc(requestWatchers.addedAt)),
    request.userId === null
      ? []
      : executor.select().from(users).where(eq(users.id, request.userId)),
    group === null
      ? []
      : executor
          .select({ item: mediaItems, instanceName: instances.name })
          .from(mediaItems)
          .leftJoin(instances, eq(instances.key, mediaItems.instanceKey))
          .where(and(eq(mediaItems.groupKey, group), isNull(mediaItems.removedAt)))
          .orderBy(asc(mediaItems.season), asc(mediaItems.episode))
          .limit(2_000),
    listMailsOf(executor, requestId),
    group === null
      ? []
      : executor
          .select({ episodes: downloads.episodes })
          .from(downloads)
          .where(
            and(
              eq(downloads.groupKey, group),
              isNull(downloads.goneAt),
              // One that waits for its import has arrived already.
              sql`${downloads.status} is distinct from 'completed'`,
            ),
          )
          .limit(500),
  ]);
  const seasons = seasonRows.map((row) => row.season).sort((a, b) => a - b);
  const items = heldItems.filter(
    ({ item }) =>
      request.mediaType === "movie" ||
      (request.coversAllSeasons && (item.season ?? 0) > 0) ||
      seasons.includes(item.season ?? -1),
  );
  const userIds = watchers.map(({ user }) => user.id);
  const keys = items.map(({ item }) => item.mediaKey);
  const [ledger, live] = await Promise.all([
    userIds.length === 0 || keys.length === 0
      ? []
      : executor
          .select()
          .from(deliveryLedger)
          .where(
            and(
              inArray(deliveryLedger.userId, userIds),
              sql`${deliveryLedger.mediaKey} = any(${sql.param(keys)}::text[])`,
              sql`${deliveryLedger.kind} like '%available%'`,
            ),
          ),
    executor
      .select({ batch: batches, item: batchItems, userName: users.displayName })
      .from(batchItems)
      .innerJoin(batches, eq(batches.id, batchItems.batchId))
      .innerJoin(users, eq(users.id, batches.userId))
      .where(
        and(
          eq(batchItems.requestId, requestId),
          eq(batchItems.state, "waiting"),
          inArray(batches.status, ["open", "trailing"]),
        ),
      ),
  ]);
  return {
    request,
    seasons,
    watchers,
    requester: requester[0] ?? null,
    items,
    ledger,
    live,
    mails,
    /** Episodes of each download that is under way now. */
    queued,
  };
}

/** Mails that carry something of a request, newest first. */
async function listMailsOf(executor: Executor, requestId: number) {
  return executor
    .select({ notification: notifications, userName: users.displayName })
    .from(notifications)
    .leftJoin(users, eq(users.id, notifications.userId))
    .where(
      // Both ways to the ids first: an "or" over two tables would read all mails.
      sql`${notifications.id} in (
        select id from notifications where request_id = ${requestId}
        union select notification_id from notification_items where request_id = ${requestId})`,
    )
    .orderBy(desc(notifications.id))
    .limit(200);
}

/** Entries of a request's timeline, newest first, and how many older ones there are. */
export async function listTimelinePage(
  executor: Executor,
  requestId: number,
  filter: {
    userId: number | null;
    kinds: readonly ("decision" | "wait" | "told" | "not_told")[] | null;
    /** Only what is older than the entry at this place. */
    after?: KeysetPlace | null;
  },
  limit: number,
) {
  const where: SQL[] = [eq(timelineEntries.requestId, requestId)];
  if (filter.kinds) where.push(inArray(timelineEntries.kind, [...filter.kinds]));
  if (filter.userId !== null) {
    where.push(
      sql`(${timelineEntries.userId} = ${filter.userId} or ${timelineEntries.userId} is null)`,
    );
  }
  if (filter.after) {
    const { at, id } = filter.after;
    where.push(
      sql`(${timelineEntries.at}, ${timelineEntries.id}) < (${at}::timestamptz, ${id}::bigint)`,
    );
  }
  const [rows, [count]] = await Promise.all([
    executor
      .select({
        entry: timelineEntries,
        userName: users.displayName,
        at: sql<string>`${timelineEntries.at}::text`,
      })
      .from(timelineEntries)
      .leftJoin(users, eq(users.id, timelineEntries.userId))
      .where(and(...where))
      .orderBy(
        sql`${timelineEntries.at} desc nulls last`,
        sql`${timelineEntries.id} desc nulls last`,
      )
      .limit(limit),
    executor
      .select({ count: sql<number>`count(*)`.mapWith(Number) })
      .from(timelineEntries)
      .where(and(...where)),
  ]);
  const older = Math.max(0, (count?.count ?? 0) - rows.length);
  const last = rows.at(-1);
  const next: KeysetPlace | null = last && older > 0 ? { at: last.at, id: last.entry.id } : null;
  return { rows: rows.map(({ entry, userName }) => ({ entry, userName })), older, next };
}

/** Users who are not attached to a request yet, by name. */
export async function listAttachable(executor: Executor, requestId: number, limit: number) {
  return executor
    .select({ id: users.id, name: users.displayName, email: users.email, isActive: users.isActive })
    .from(users)
    .where(
      and(
        isNull(users.goneFromSeerrAt),
        sql`${users.id} not in (select ${requestWatchers.userId} from ${requestWatchers} where ${requestWatchers.requestId} = ${requestId})`,
      ),
    )
    .orderBy(sql`lower(${users.displayName})`, users.id)
    .limit(limit);
}
