import { and, desc, eq, isNull, sql } from "drizzle-orm";
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

/** Closes runs whose worker died in the middle. */
export async function closeInterruptedRuns(
  executor: Executor,
  livingWorkerIds: readonly string[],
  now: Date,
): Promise<number> {
  const rows = await executor
    .update(jobRuns)
    .set({ outcome: "interrupted", finishedAt: now, error: "The worker stopped in the middle" })
    .where(
      and(
        isNull(jobRuns.finishedAt),
        sql`${jobRuns.workerId} <> all(${sql.param([...livingWorkerIds])}::text[])`,
      ),
    )
    .returning({ id: jobRuns.id });
  return rows.length;
}
