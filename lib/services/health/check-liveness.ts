import { sql } from "drizzle-orm";
import type { Executor } from "@/lib/store/db";

/** Whether the parts that must work do. */
export interface Liveness {
  kind: "alive" | "down";
  database: "ok" | "unreachable";
  /** `silent`: no worker has given a sign of life for half a minute. */
  worker: "ok" | "silent" | "unknown";
}

/** A worker beats every few seconds; after this long without, it is gone or stuck. */
const silentAfterSeconds = 30;
const databasePatienceMs = 2_000;

/** Asks the database whether it answers and when a worker last gave a sign of life. */
export async function checkLiveness(executor: Executor): Promise<Liveness> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), databasePatienceMs);
  });
  try {
    // The database's clock wrote the beats of all workers' machines, and its clock compares them.
    const query = executor.execute<{ beating: boolean }>(sql`
      select coalesce(max(beat_at) > now() - make_interval(secs => ${silentAfterSeconds}), false)
        as beating
      from worker_heartbeats`);
    const [row] = await Promise.race([query, patience]);
    return row?.beating
      ? { kind: "alive", database: "ok", worker: "ok" }
      : { kind: "down", database: "ok", worker: "silent" };
  } catch {
    return { kind: "down", database: "unreachable", worker: "unknown" };
  } finally {
    clearTimeout(timer);
  }
}
