import { sql } from "drizzle-orm";
import type { Executor } from "@/lib/store/db";
import { type TaskName, type TaskPayload, taskCatalog } from "./catalog";

/**
 * Whether the queue has a job that `enqueue` would replace: waiting, at work, or tried as often as it may be. Replacing
 * it would count its tries anew.
 */
export async function isQueued<N extends TaskName>(
  executor: Executor,
  name: N,
  payload: TaskPayload<N>,
): Promise<boolean> {
  const definition = taskCatalog[name];
  const key = definition.key as ((payload: unknown) => string) | undefined;
  if (!key) throw new Error(`Jobs of the kind ${name} have no key`);
  const rows = await executor.execute(sql`
    select from graphile_worker.jobs where key = ${key(definition.payload.parse(payload))} limit 1`);
  return rows.length > 0;
}
