import { timelineEntries } from "@/drizzle/schema";
import type { Executor } from "./db";

export type TimelineEntry = typeof timelineEntries.$inferSelect;

/** One fact or decision about a request, in words. */
export type NewTimelineEntry = Pick<
  TimelineEntry,
  "requestId" | "at" | "kind" | "code" | "words" | "source"
> &
  Partial<TimelineEntry>;

/** Writes entries; one whose `dedupeKey` is there already is left out. Returns how many are new. */
export async function insertTimeline(
  executor: Executor,
  entries: readonly NewTimelineEntry[],
): Promise<number> {
  if (entries.length === 0) return 0;
  const rows = await executor
    .insert(timelineEntries)
    .values([...entries])
    .onConflictDoNothing()
    .returning({ id: timelineEntries.id });
  return rows.length;
}
