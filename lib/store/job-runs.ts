import { and, desc, eq, isNull, lt, sql } from "drizzle-orm";
import { jobRuns } from "@/drizzle/schema";
import type { Executor } from "./db";

export type JobRun = typeof jobRuns.$inferSelect;

/** Opens the record of a run. */
export async function insertJobRun(
  executor: Executor,
  run: Pick<JobRun, "name" | "trigger" | "startedAt" | "workerId">,
): Promise<number> {
  const [row] = await executor.insert(jobRuns).values(run).returning({ id: jobRuns.id });
  if (!row) throw new Error("PostgreSQL returned no run");
  return row.id;
}

export async function updateJobRun(
  executor: Executor,
  runId: number,
  changes: Partial<Pick<JobRun, "done" | "total" | "words" | "finishedAt" | "outcome" | "error">>,
): Promise<void> {
  await executor.update(jobRuns).set(changes).where(eq(jobRuns.id, runId));
}

/** The newest run of each worker. */
export async function listLatestRuns(executor: Executor): Promise<JobRun[]> {
  return executor
    .selectDistinctOn([jobRuns.name])
    .from(jobRuns)
    .orderBy(jobRuns.name, desc(jobRuns.id));
}

/**
 * Closes runs whose worker is not on record any more: it died in the middle. A worker is on record before its first
 * run, so one that starts meanwhile is not taken for dead.
 */
export async function closeInterruptedRuns(executor: Executor, now: Date): Promise<number> {
  const rows = await executor
    .update(jobRuns)
    .set({ outcome: "interrupted", finishedAt: now, error: "The worker stopped in the middle" })
    .where(
      and(
        isNull(jobRuns.finishedAt),
        sql`not exists (select from worker_heartbeats where worker_id = ${jobRuns.workerId})`,
      ),
    )
    .returning({ id: jobRuns.id });
  return rows.length;
}

/** Whether the run of this name before `runId` failed. */
export async function hasFailedBefore(
  executor: Executor,
  name: string,
  runId: number,
): Promise<boolean> {
  const [before] = await executor
    .select({ outcome: jobRuns.outcome })
    .from(jobRuns)
    .where(and(eq(jobRuns.name, name), lt(jobRuns.id, runId)))
    .orderBy(desc(jobRuns.id))
    .limit(1);
  return before?.outcome === "failed";
}

/** Runs, the newest first; `before` is the id of the last one seen. */
export async function listRuns(
  executor: Executor,
  page: { before: number | null; limit: number },
): Promise<JobRun[]> {
  return executor
    .select()
    .from(jobRuns)
    .where(page.before === null ? undefined : lt(jobRuns.id, page.before))
    .orderBy(desc(jobRuns.id))
    .limit(page.limit);
}
