import { and, eq, inArray } from "drizzle-orm";
import { notifications } from "@/drizzle/schema";
import type { Executor } from "./db";

/** Makes a user's planned mails due now that were put off to one of these moments. Returns their ids. */
export async function releaseMailsPutOffTo(
  executor: Executor,
  userId: number,
  moments: readonly Date[],
  now: Date,
): Promise<number[]> {
  if (moments.length === 0) return [];
  const rows = await executor
    .update(notifications)
    .set({ dueAt: now, updatedAt: now })
    .where(
      and(
        eq(notifications.userId, userId),
        inArray(notifications.status, ["scheduled", "retrying"]),
        inArray(notifications.dueAt, [...moments]),
      ),
    )
    .returning({ id: notifications.id });
  return rows.map((row) => row.id);
}
