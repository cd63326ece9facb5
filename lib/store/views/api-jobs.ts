import { sql } from "drizzle-orm";
import type { Executor } from "../db";

/** A job of the queue whose last try failed. */
export type FailingJob = {
  id: string;
  task: string;
  key: string | null;
  attempts: number;
  maxAttempts: number;
  /** When it is tried again; null when it was tried as often as it may be. */
  nextTryAt: Date | null;
  lastError: string;
  failedAt: Date;
};

/** Jobs that failed and are still in the queue, the latest failure first. */
export async function listFailingJobs(executor: Executor, limit: number): Promise<FailingJob[]> {
  const rows = await executor.execute<{
    id: string;
    task: string;
    key: string | null;
    attempts: number;
    max_attempts: number;
    run_at: string;
    last_error: string;
    updated_at: string;
  }>(sql`
    select id::text, task_identifier as task, key, attempts, max_attempts, run_at::text, last_error,
           updated_at::text
    from graphile_worker.jobs
    where last_error is not null
    order by updated_at desc, jobs.id desc
    limit ${limit}`);
  return rows.map((row) => ({
    id: row.id,
    task: row.task,
    key: row.key,
    attempts: row.attempts,
    maxAttempts: row.max_attempts,
    nextTryAt: row.attempts < row.max_attempts ? new Date(row.run_at) : null,
    lastError: row.last_error,
    failedAt: new Date(row.updated_at),
  }));
}

/** Which of these job keys wait in the queue and are not being worked on. */
export async function listWaitingKeys(
  executor: Executor,
  keys: readonly string[],
): Promise<string[]> {
  const rows = await executor.execute<{ key: string }>(sql`
    select key from graphile_worker.jobs
    where key = any(${sql.param([...keys])}::text[]) and locked_at is null and attempts < max_attempts`);
  return rows.map((row) => row.key);
}
