import { eq } from "drizzle-orm";
import { milestones } from "@/drizzle/schema";
import type { Executor } from "./db";

export type MilestoneName = "first_sync";

/** When something happened for the first time; null when it has not. */
export async function findMilestone(executor: Executor, name: MilestoneName): Promise<Date | null> {
  const [row] = await executor.select().from(milestones).where(eq(milestones.name, name));
  return row?.at ?? null;
}

/** Records a milestone; the first time stays. */
export async function reachMilestone(
  executor: Executor,
  name: MilestoneName,
  at: Date,
): Promise<void> {
  await executor.insert(milestones).values({ name, at }).onConflictDoNothing();
}
