import { setTimeout as sleep } from "node:timers/promises";
import type postgres from "postgres";
import { enqueue } from "@/lib/queue/enqueue";
import type { Product } from "./product";

/** What is still under way; all zero when the product has come to rest. */
export type Unfinished = {
  pendingEvents: number;
  liveBatches: number;
  liveMails: number;
  waitingJobs: number;
  openRuns: number;
};

/**
 * Waits until nothing is under way any more. Back-off pauses are cut short, everything else takes its time. Returns
 * what was left when patience ended; null when nothing was.
 */
export async function settle(product: Product, patienceMs: number): Promise<Unfinished | null> {
  let last: Unfinished | null = null;
  let quietRounds = 0;
  for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(500)) {
    last = await product.ask(async ({ raw }) => {
      await cutPausesShort(raw);
      return readUnfinished(raw);
    });
    quietRounds = Object.values(last).every((count) => count === 0) ? quietRounds + 1 : 0;
    if (quietRounds === 3) return null;
  }
  return last;
}

/** Runs one reconciliation from beginning to end. Its result in words. */
export async function reconcileOnce(product: Product, patienceMs: number): Promise<string> {
  const before = await product.ask(async (database) => {
    const latest = await lastRun(database.raw);
    await enqueue(database.db, "run_worker", { name: "reconcile", trigger: "admin" });
    return latest?.id ?? 0;
  });
  for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(250)) {
    const run = await product.ask(({ raw }) => lastRun(raw));
    if (run && run.id > before && run.outcome === "ok") return run.words ?? "";
  }
  throw new Error(`No reconciliation came to its end:\n${product.output.slice(-4000)}`);
}

/** Waits for the first reconciliation, after which everything that happens is news. */
export async function waitForFirstSync(product: Product, patienceMs = 30_000): Promise<void> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(250)) {
    const run = await product.ask(({ raw }) => lastRun(raw));
    if (run?.outcome === "ok") return;
  }
  throw new Error(`The first sync did not end:\n${product.output.slice(-4000)}`);
}

async function lastRun(raw: postgres.Sql) {
  const [run] = await raw<{ id: number; outcome: string | null; words: string | null }[]>`
    select id::int, outcome, words from job_runs where name = 'reconcile' order by id desc limit 1`;
  return run ?? null;
}

async function cutPausesShort(raw: postgres.Sql): Promise<void> {
  await raw`update notifications set due_at = now() where status = 'retrying' and due_at > now()`;
  await raw`
    update graphile_worker._private_jobs set run_at = now()
    where locked_at is null and run_at > now() and attempts < max_attempts
      and (attempts > 0 or key like 'deliver_notification:%')`;
}

async function readUnfinished(raw: postgres.Sql): Promise<Unfinished> {
  const [counts] = await raw<Unfinished[]>`
    select
      (select count(*) from inbound_events where outcome = 'pending')::int as "pendingEvents",
      (select count(*) from batches where status in ('open', 'trailing'))::int as "liveBatches",
      (select count(*) from notifications where status in ('scheduled', 'sending', 'retrying'))::int
        as "liveMails",
      (select count(*) from graphile_worker._private_jobs where attempts < max_attempts)::int
        as "waitingJobs",
      (select count(*) from job_runs where finished_at is null)::int as "openRuns"`;
  if (!counts) throw new Error("PostgreSQL returned no counts");
  return counts;
}
