import { type RunName, runNames, taskCatalog } from "@/lib/queue/catalog";
import { type JobRun, listLatestRuns } from "@/lib/store/job-runs";
import { type FailingJob, listFailingJobs, listWaitingKeys } from "@/lib/store/views/api-jobs";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import { nextWeeklySummaryAt } from "../statistics/weekly-summary";
import { runIntervalMs, runPauseMs } from "./run-interval";

/** The workers an admin can look at and start. */
export const jobNames = runNames;
export type JobName = RunName;

export type JobStanding = {
  name: JobName;
  lastRun: JobRun | null;
  /** Whether it waits in the queue to begin. */
  isQueued: boolean;
  /** When it begins by itself; null when only a person or another job starts it. */
  nextRunAt: Date | null;
};

/** How long a run took, in milliseconds; null while it runs. */
export function runDurationMs(run: Pick<JobRun, "startedAt" | "finishedAt">): number | null {
  return run.finishedAt && run.finishedAt.getTime() - run.startedAt.getTime();
}

/** Each worker with its last and next run, and the queue's jobs that fail. */
export async function listJobs(
  ctx: ServiceContext,
): Promise<{ jobs: JobStanding[]; failing: FailingJob[] }> {
  const { db } = ctx.database;
  const keyOf = (name: JobName) => taskCatalog.run_worker.key?.({ name, trigger: "admin" }) ?? "";
  const [config, runs, waiting, failing] = await Promise.all([
    ctx.loadConfig(),
    listLatestRuns(db),
    listWaitingKeys(db, jobNames.map(keyOf)),
    listFailingJobs(db, 100),
  ]);
  const now = ctx.now();
  const jobs = jobNames.map((name) => {
    const lastRun = runs.find((run) => run.name === name) ?? null;
    return {
      name,
      lastRun,
      isQueued: waiting.includes(keyOf(name)),
      nextRunAt: nextRunAt(name, lastRun, config, now),
    };
  });
  return { jobs, failing };
}

function nextRunAt(name: JobName, lastRun: JobRun | null, config: Config, now: Date): Date | null {
  if (name === "weekly-summary") return nextWeeklySummaryAt(config, now);
  const interval = runIntervalMs(name, config);
  if (interval === null) return null;
  // While it runs, its end is taken to be a good one.
  const ended = lastRun && { outcome: lastRun.outcome ?? ("ok" as const) };
  const dueAt =
    lastRun && ended ? lastRun.startedAt.getTime() + runPauseMs(name, ended, interval) : 0;
  return new Date(Math.max(dueAt, now.getTime()));
}
