import { type RunName, runNames, taskCatalog } from "@/lib/queue/catalog";
import { type JobRun, listLatestRuns } from "@/lib/store/job-runs";
import { type FailingJob, listFailingJobs, listWaitingKeys } from "@/lib/store/views/api-jobs";
import type { ServiceContext } from "./context";
import { runIntervalMs } from "./run-interval";

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
    const interval = runIntervalMs(name, config);
    const dueAt = interval === null ? null : (lastRun?.startedAt.getTime() ?? 0) + interval;
    return {
      name,
      lastRun,
      isQueued: waiting.includes(keyOf(name)),
      nextRunAt: dueAt === null ? null : new Date(Math.max(dueAt, now.getTime())),
    };
  });
  return { jobs, failing };
}
