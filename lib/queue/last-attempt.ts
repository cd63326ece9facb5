import { sql } from "drizzle-orm";
import type { Executor } from "@/lib/store/db";

/**
 * Makes the attempt under way of a job its last: when it fails the job is listed as failed for good. graphile-worker
 * has no word for an error that no further attempt would mend.
 */
export async function makeLastAttempt(executor: Executor, jobId: string): Promise<void> {
  await executor.execute(sql`
    update graphile_worker._private_jobs set attempts = max_attempts where id = ${jobId}::bigint`);
}
