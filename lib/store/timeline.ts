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
  let written = 0;
  for (let start = 0; start < entries.length; start += 500) {
    const rows = await executor
      .insert(timelineEntries)
      .values(entries.slice(start, start + 500))
      .onConflictDoNothing()
      .returning({ id: timelineEntries.id });
    written += rows.length;
  }
  return written;
}
