import { inArray, sql } from "drizzle-orm";
import { workerHeartbeats } from "@/drizzle/schema";
import type { Executor } from "./db";

export type WorkerHeartbeat = typeof workerHeartbeats.$inferSelect;

/** A sign of life, by the database's clock, which compares them all. The first one introduces the worker. */
export async function beat(
  executor: Executor,
  worker: Pick<
    WorkerHeartbeat,
    "workerId" | "lockKey" | "startedAt" | "version" | "graphileWorkerIds"
  >,
): Promise<void> {
  const { graphileWorkerIds } = worker;
  await executor
    .insert(workerHeartbeats)
    .values({ ...worker, beatAt: sql`now()` })
    .onConflictDoUpdate({
      target: workerHeartbeats.workerId,
      set: { beatAt: sql`now()`, graphileWorkerIds },
    });
}

export async function listHeartbeats(executor: Executor): Promise<WorkerHeartbeat[]> {
  return executor.select().from(workerHeartbeats);
}

export async function deleteHeartbeats(
  executor: Executor,
  workerIds: readonly string[],
): Promise<void> {
  if (workerIds.length === 0) return;
  await executor.delete(workerHeartbeats).where(inArray(workerHeartbeats.workerId, [...workerIds]));
}

/** Releases the jobs that dead workers had locked, so that they run now and not in four hours. */
export async function releaseJobs(
  executor: Executor,
  graphileWorkerIds: readonly string[],
): Promise<void> {
  if (graphileWorkerIds.length === 0) return;
  await executor.execute(
    sql`select graphile_worker.force_unlock_workers(${sql.param([...graphileWorkerIds])}::text[])`,
  );
}

/**
 * Releases jobs held for a minute under names no worker goes by: their worker died before it could give its own. A
 * living one has done so within moments. To be called once the dead are struck off.
 */
export async function releaseOwnerlessJobs(executor: Executor): Promise<void> {
  await executor.execute(sql`
    select graphile_worker.force_unlock_workers(array(
      select distinct locked_by from graphile_worker.jobs
      where locked_at < now() - interval '1 minute'
        and not exists (
          select from worker_heartbeats where locked_by = any(graphile_worker_ids)
        )
    ))`);
}

/**
 * Whether a worker on this very machine lives: its lock is held from the address this connection comes from, and it gave
 * a sign of life within `seconds`.
 */
export async function isWorkerHereAlive(executor: Executor, seconds: number): Promise<boolean> {
  const rows = await executor.execute(sql`
    select from worker_heartbeats
    join pg_locks on locktype = 'advisory' and objsubid = 1
      and ((classid::bigint << 32) | objid::bigint) = lock_key
    join pg_stat_activity using (pid)
    where client_addr is not distinct from inet_client_addr()
      and beat_at > now() - make_interval(secs => ${seconds})
    limit 1`);
  return rows.length > 0;
}
