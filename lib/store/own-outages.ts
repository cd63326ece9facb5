import { inArray, isNull } from "drizzle-orm";
import { ownOutages } from "@/drizzle/schema";
import type { Executor } from "./db";

export type OwnOutage = typeof ownOutages.$inferSelect;

/** Keeps a time in which BingeAlert did not run, until a check has swept it. */
export async function insertOwnOutage(
  executor: Executor,
  outage: Pick<OwnOutage, "beganAt" | "endedAt">,
): Promise<void> {
  await executor.insert(ownOutages).values(outage);
}

/** Outages no check has swept yet, the oldest first. */
export async function listUnsweptOutages(executor: Executor): Promise<OwnOutage[]> {
  return executor
    .select()
    .from(ownOutages)
    .where(isNull(ownOutages.sweptAt))
    .orderBy(ownOutages.beganAt);
}

export async function markOutagesSwept(
  executor: Executor,
  ids: readonly number[],
  now: Date,
): Promise<void> {
  if (ids.length === 0) return;
  await executor
    .update(ownOutages)
    .set({ sweptAt: now })
    .where(inArray(ownOutages.id, [...ids]));
}
