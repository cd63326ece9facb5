import { and, eq, gte, inArray, isNull, lt, ne, sql } from "drizzle-orm";
import { downloadRepairs } from "@/drizzle/schema";
import type { Executor } from "./db";

export type DownloadRepair = typeof downloadRepairs.$inferSelect;
export type RepairStep = DownloadRepair["step"];

/** Opens a repair; null when one of the same download is open. */
export async function insertRepair(
  executor: Executor,
  repair: Omit<typeof downloadRepairs.$inferInsert, "step" | "steppedAt" | "toldAt">,
): Promise<DownloadRepair | null> {
  const [row] = await executor
    .insert(downloadRepairs)
    .values({ ...repair, step: "removing", steppedAt: repair.startedAt })
    .onConflictDoNothing()
    .returning();
  return row ?? null;
}

/** Goes on to the next step; false when somebody else did. */
export async function stepRepair(
  executor: Executor,
  repairId: number,
  from: RepairStep,
  to: RepairStep,
  now: Date,
): Promise<boolean> {
  const rows = await executor
    .update(downloadRepairs)
    .set({ step: to, steppedAt: now })
    .where(and(eq(downloadRepairs.id, repairId), eq(downloadRepairs.step, from)))
    .returning({ id: downloadRepairs.id });
  return rows.length === 1;
}

/** A repair that turned out not to be needed was none. */
export async function deleteRepair(executor: Executor, repairId: number): Promise<void> {
  await executor.delete(downloadRepairs).where(eq(downloadRepairs.id, repairId));
}

/** Repairs of an instance that were cut off, oldest first. */
export async function listOpenRepairs(
  executor: Executor,
  instanceKey: string,
): Promise<DownloadRepair[]> {
  return executor
    .select()
    .from(downloadRepairs)
    .where(and(eq(downloadRepairs.instanceKey, instanceKey), ne(downloadRepairs.step, "done")))
    .orderBy(downloadRepairs.id);
}

/** How many releases of any of these episodes or this movie were replaced since then. */
export async function countAttempts(
  executor: Executor,
  instanceKey: string,
  targets: readonly string[],
  since: Date,
): Promise<number> {
  const [row] = await executor
    .select({ count: sql<number>`count(*)::int` })
    .from(downloadRepairs)
    .where(
      and(
        eq(downloadRepairs.instanceKey, instanceKey),
        gte(downloadRepairs.startedAt, since),
        // One that was cut off before anything was taken away is begun anew.
        ne(downloadRepairs.step, "removing"),
        sql`${downloadRepairs.targets} && ${sql.param([...targets])}::text[]`,
      ),
    );
  return row?.count ?? 0;
}

/** Repairs the admin was not told about yet; they count as told from now on. */
export async function claimUntoldRepairs(executor: Executor, now: Date): Promise<DownloadRepair[]> {
  const rows = await executor
    .update(downloadRepairs)
    .set({ toldAt: now })
    .where(and(isNull(downloadRepairs.toldAt), eq(downloadRepairs.step, "done")))
    .returning();
  return rows.sort((a, b) => a.id - b.id);
}

/** Deletes up to `limit` old repairs. Returns how many. */
export async function deleteOldRepairs(
  executor: Executor,
  before: Date,
  limit: number,
): Promise<number> {
  const old = executor
    .select({ id: downloadRepairs.id })
    .from(downloadRepairs)
    .where(and(lt(downloadRepairs.startedAt, before), eq(downloadRepairs.step, "done")))
    .limit(limit);
  const rows = await executor
    .delete(downloadRepairs)
    .where(inArray(downloadRepairs.id, old))
    .returning({ id: downloadRepairs.id });
  return rows.length;
}
