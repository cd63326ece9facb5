import { sql } from "drizzle-orm";
import type { Executor } from "@/lib/store/db";
import { type TaskName, type TaskPayload, taskCatalog } from "./catalog";

/**
 * Adds a job on the executor given: inside a transaction it exists only if the transaction commits. With a key the
 * waiting job of that key is replaced. Throws when PostgreSQL did not take it.
 */
export async function enqueue<N extends TaskName>(
  executor: Executor,
  name: N,
  payload: TaskPayload<N>,
  options: { runAt?: Date } = {},
): Promise<void> {
  const definition = taskCatalog[name];
  const parsed = definition.payload.parse(payload);
  const key = definition.key as ((payload: unknown) => string) | undefined;
  const rows = await executor.execute(sql`
    select (graphile_worker.add_job(
      ${name},
      ${JSON.stringify(parsed)}::json,
      queue_name => ${definition.queue ?? null},
      run_at => ${options.runAt?.toISOString() ?? null}::timestamptz,
      max_attempts => ${definition.maxAttempts},
      job_key => ${key?.(parsed) ?? null},
      priority => ${definition.priority ?? 0}
    )).id as id
  `);
  if (rows.length !== 1) throw new Error(`The job ${name} was not taken by the queue`);
}
