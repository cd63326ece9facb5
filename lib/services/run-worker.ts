import type { RunName, RunTrigger } from "@/lib/queue/catalog";
import { announceChange } from "@/lib/store/changes";
import { failureWords } from "@/lib/store/db";
import { insertJobRun, updateJobRun } from "@/lib/store/job-runs";
import type { ServiceContext } from "./context";
import { walkPlex } from "./plex-index";
import { reconcile } from "./reconcile";
import type { Progress, RunResult } from "./run-report";
import { syncRequests } from "./sync-requests";
import { syncUsers } from "./sync-users";

const complete = async (words: Promise<string>): Promise<RunResult> => ({
  words: await words,
  failures: [],
});

const workers: Record<RunName, (ctx: ServiceContext, report: Progress) => Promise<RunResult>> = {
  "sync-users": (ctx, report) => complete(syncUsers(ctx, report)),
  "sync-requests": (ctx, report) => complete(syncRequests(ctx, report)),
  reconcile,
  "refresh-plex": (ctx, report) => complete(walkPlex(ctx, report)),
};

/** Progress is written at most this often. */
const reportEveryMs = 500;

/** Runs a worker and keeps record of it: progress while it runs, then how it ended, in words. */
export async function runWorker(
  ctx: ServiceContext,
  name: RunName,
  trigger: RunTrigger,
): Promise<void> {
  const { db } = ctx.database;
  const runId = await insertJobRun(db, {
    name,
    trigger,
    startedAt: ctx.now(),
    workerId: ctx.workerId,
  });
  await announceChange(db, "jobs");
  let reportedAt = 0;
  const report: Progress = async ({ done, total, words }) => {
    const now = ctx.now().getTime();
    if (now - reportedAt < reportEveryMs) return;
    reportedAt = now;
    await updateJobRun(db, runId, { done, words, ...(total === undefined ? {} : { total }) });
    await announceChange(db, "jobs");
  };
  try {
    const { words, failures } = await workers[name](ctx, report);
    const ending =
      failures.length === 0
        ? { outcome: "ok" as const }
        : { outcome: "failed" as const, error: failures.join(". ") };
    await updateJobRun(db, runId, { ...ending, words, finishedAt: ctx.now() });
  } catch (error) {
    await updateJobRun(db, runId, {
      outcome: "failed",
      error: failureWords(error),
      finishedAt: ctx.now(),
    });
    throw error;
  } finally {
    await announceChange(db, "jobs");
  }
}
