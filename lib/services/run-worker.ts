import type { RunName, RunTrigger } from "@/lib/queue/catalog";
import { announceChange } from "@/lib/store/changes";
import { insertJobRun, updateJobRun } from "@/lib/store/job-runs";
import type { ServiceContext } from "./context";
import { type Progress, walkPlex } from "./plex-index";
import { reconcile } from "./reconcile";
import { syncRequests } from "./sync-requests";
import { syncUsers } from "./sync-users";

const workers: Record<RunName, (ctx: ServiceContext, report: Progress) => Promise<string>> = {
  "sync-users": syncUsers,
  "sync-requests": syncRequests,
  reconcile,
  "refresh-plex": walkPlex,
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
    const words = await workers[name](ctx, report);
    await updateJobRun(db, runId, { outcome: "ok", words, finishedAt: ctx.now() });
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    await updateJobRun(db, runId, { outcome: "failed", error: words, finishedAt: ctx.now() });
    throw error;
  } finally {
    await announceChange(db, "jobs");
  }
}
