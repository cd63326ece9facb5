import { eq } from "drizzle-orm";
import { weeklySummaries } from "@/drizzle/schema";
import type { Executor } from "./db";

export type WeeklySummary = typeof weeklySummaries.$inferSelect;

export async function hasWeeklySummary(executor: Executor, week: string): Promise<boolean> {
  const rows = await executor
    .select({ week: weeklySummaries.week })
    .from(weeklySummaries)
    .where(eq(weeklySummaries.week, week));
  return rows.length > 0;
}

/** Claims a week for one summary: false when another worker was faster. */
export async function claimWeek(
  executor: Executor,
  summary: Omit<WeeklySummary, "notificationId">,
): Promise<boolean> {
  const rows = await executor
    .insert(weeklySummaries)
    .values(summary)
    .onConflictDoNothing()
    .returning({ week: weeklySummaries.week });
  return rows.length === 1;
}

/** Notes which mail carries the summary of a week. */
export async function setWeekNotification(
  executor: Executor,
  week: string,
  notificationId: number,
): Promise<void> {
  await executor
    .update(weeklySummaries)
    .set({ notificationId })
    .where(eq(weeklySummaries.week, week));
}
