import { sql } from "drizzle-orm";
import { beforeCommit, type Executor } from "@/lib/store/db";
import { type TaskName, type TaskPayload, taskCatalog } from "./catalog";

let jobsWithoutKey = 0;

/**
 * Adds a job on the executor given: inside a transaction it exists only if the transaction commits. With a key the
 * waiting job of that key is replaced. Throws when PostgreSQL did not take it; a transaction does so at its end. Jobs
 * are the last it takes hold of, so that two that want the same job and the same request do not block each other.
 */
export async function enqueue<N extends TaskName>(
  executor: Executor,
  name: N,
  payload: TaskPayload<N>,
  options: { runAt?: Date } = {},
): Promise<void> {
  const definition = taskCatalog[name];
  const parsed = definition.payload.parse(payload);
  const keyOf = definition.key as ((payload: unknown) => string) | undefined;
  const key = keyOf?.(parsed) ?? null;
  const runAt = options.runAt?.toISOString() ?? null;
  const add = async (into: Executor) => {
    const rows = await into.execute(sql`
      select (graphile_worker.add_job(
        ${name},
        ${JSON.stringify(parsed)}::json,
        queue_name => ${definition.queue ?? null},
        run_at => ${runAt}::timestamptz,
        max_attempts => ${definition.maxAttempts},
        job_key => ${key},
        priority => ${definition.priority ?? 0}
      )).id as id
    `);
    if (rows.length !== 1) throw new Error(`The job ${name} was not taken by the queue`);
  };
  const isKept = beforeCommit(executor, key ?? `${name}/${++jobsWithoutKey}`, add);
  if (!isKept) await add(executor);
}
