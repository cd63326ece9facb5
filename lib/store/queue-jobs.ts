import { sql } from "drizzle-orm";
import type { Executor } from "./db";

/** Lets a job of the queue be tried at once, as often as a new one. False: it is gone, or under way. */
export async function retryQueueJob(executor: Executor, jobId: string): Promise<boolean> {
  const rows = await executor.execute(sql`
    select id from graphile_worker.reschedule_jobs(
      array[${jobId}::bigint], run_at => now(), attempts => 0)`);
  return rows.length > 0;
}

/** Takes a job out of the queue. False: it is gone, or under way. */
export async function removeQueueJob(executor: Executor, jobId: string): Promise<boolean> {
  const rows = await executor.execute(
    sql`select id from graphile_worker.complete_jobs(array[${jobId}::bigint])`,
  );
  return rows.length > 0;
}
