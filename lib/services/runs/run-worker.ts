import type { RunName, RunTrigger } from "@/lib/queue/catalog";
import { announceChange } from "@/lib/store/changes";
import { failureWords } from "@/lib/store/db";
import { insertJobRun, updateJobRun } from "@/lib/store/job-runs";
import { runBackup } from "../backups/make-backup";
import type { ServiceContext } from "../context";
import { checkHealth } from "../health/check-health";
import { readCalendars } from "../library/read-calendars";
import { walkPlex } from "../plex/plex-index";
import { reviewQuality } from "../quality/review-quality";
import { reconcile } from "../reconcile/reconcile";
import { syncRequests } from "../requests/sync-requests";
import type { Progress, Run, RunResult } from "../run-report";
import { sendWeeklySummary } from "../statistics/weekly-summary";
import { checkStuck } from "../stuck/check-stuck";
import { syncUsers } from "../users/sync-users";
import { cleanUp } from "./clean-up";

const complete = async (words: Promise<string>): Promise<RunResult> => ({
  words: await words,
  failures: [],
});

const workers: Record<
  RunName,
  (ctx: ServiceContext, report: Progress, run: Run) => Promise<RunResult>
> = {
  "sync-users": (ctx, report) => complete(syncUsers(ctx, report)),
  "sync-requests": (ctx, report) => complete(syncRequests(ctx, report)),
  reconcile,
  "check-stuck": checkStuck,
  backup: runBackup,
  "clean-up": (ctx, report) => complete(cleanUp(ctx, report)),
  "refresh-plex": (ctx, report) => complete(walkPlex(ctx, report)),
  "review-quality": reviewQuality,
  "weekly-summary": sendWeeklySummary,
  "check-health": checkHealth,
  "read-calendar": readCalendars,
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
    await updateJobRun(db, runId, { done, words, total: total ?? null });
    await announceChange(db, "jobs");
  };
  try {
    const { words, failures } = await workers[name](ctx, report, { id: runId, trigger });
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
