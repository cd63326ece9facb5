import { sql } from "drizzle-orm";
import type { Executor } from "./db";

/** Things that are due and wait. */
export type Waiting = { count: number; oldestMs: number | null };

/**
 * Jobs that are due and nobody works on, by the database's clock. Workers that wait for one another (the queue `runs`)
 * do not count: a long one makes the others wait.
 */
export async function findWaitingJobs(executor: Executor): Promise<Waiting> {
  const [row] = await executor.execute<{ count: number; oldest_ms: number | null }>(sql`
    select count(*)::int as count, (extract(epoch from now() - min(run_at)) * 1000)::float8 as oldest_ms
    from graphile_worker.jobs
    where locked_at is null and queue_name is null and attempts < max_attempts and run_at <= now()`);
  return { count: row?.count ?? 0, oldestMs: row?.oldest_ms ?? null };
}

/** Mails that should have left by now. */
export async function findWaitingMails(executor: Executor, now: Date): Promise<Waiting> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [row] = await executor.execute<{ count: number; oldest_ms: number | null }>(sql`
    select count(*)::int as count, (extract(epoch from ${at} - min(due_at)) * 1000)::float8 as oldest_ms
    from notifications where status in ('scheduled', 'retrying') and due_at <= ${at}`);
  return { count: row?.count ?? 0, oldestMs: row?.oldest_ms ?? null };
}

/** How long each worker on record has been silent, in milliseconds, by the database's clock. */
export async function listWorkerSilences(executor: Executor): Promise<number[]> {
  const rows = await executor.execute<{ silent_ms: number }>(sql`
    select (extract(epoch from now() - beat_at) * 1000)::float8 as silent_ms
    from worker_heartbeats order by beat_at desc`);
  return rows.map((row) => row.silent_ms);
}
