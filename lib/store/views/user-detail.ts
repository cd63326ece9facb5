import { and, desc, eq, inArray, sql } from "drizzle-orm";
import {
  batches,
  batchItems,
  notifications,
  requests,
  requestWatchers,
  timelineEntries,
  users,
} from "@/drizzle/schema";
import type { Executor } from "../db";

const mostRows = 60;
const mostMails = 20;
const mostBatches = 50;

/** Everything the page of one person shows but what they follow; null when there is no such person. */
export async function findUserDetail(executor: Executor, userId: number) {
  const [user] = await executor.select().from(users).where(eq(users.id, userId));
  if (!user) return null;
  const [timeline, mails, live, [counts]] = await Promise.all([
    executor
      .select({ entry: timelineEntries, title: requests.title })
      .from(timelineEntries)
      .innerJoin(requests, eq(requests.id, timelineEntries.requestId))
      .where(eq(timelineEntries.userId, userId))
      .orderBy(desc(timelineEntries.at), desc(timelineEntries.id))
      .limit(mostRows),
    executor
      .select()
      .from(notifications)
      .where(eq(notifications.userId, userId))
      .orderBy(desc(notifications.id))
      .limit(mostMails),
    executor
      .select({
        batch: batches,
        mediaKeys: sql<string[]>`array_agg(${batchItems.mediaKey} order by ${batchItems.mediaKey})`,
        requestId: sql<number>`min(${batchItems.requestId})`.mapWith(Number),
      })
      .from(batches)
      .innerJoin(
        batchItems,
        and(eq(batchItems.batchId, batches.id), eq(batchItems.state, "waiting")),
      )
      .where(and(eq(batches.userId, userId), inArray(batches.status, ["open", "trailing"])))
      .groupBy(batches.id)
      .orderBy(batches.nextLookAt)
      .limit(mostBatches),
    executor
      .select({ requests: sql<number>`count(*)`.mapWith(Number) })
      .from(requestWatchers)
      .where(eq(requestWatchers.userId, userId)),
  ]);
  return { user, timeline, mails, live, requestCount: counts?.requests ?? 0 };
}
