import type { RunName } from "@/lib/queue/catalog";
import { enqueue } from "@/lib/queue/enqueue";
import { listLatestRuns } from "@/lib/store/job-runs";
import type { ServiceContext } from "../context";
import { activeMaintenance } from "../maintenance/find-maintenance";
import { isSetupOpen } from "../setup/setup-state";
import { isWeeklySummaryDue } from "../statistics/weekly-summary";
import { noticeOutage } from "./notice-outage";
import { runIntervalMs, runPauseMs } from "./run-interval";

/** What looks for trouble and repairs it does not run during maintenance: services are switched off on purpose. */
const monitors: readonly RunName[] = ["review-quality", "check-stuck"];

/** Queues the workers whose interval has passed since they last began, and what a gap or a week's end calls for. */
export async function startDueRuns(ctx: ServiceContext): Promise<void> {
  const config = await ctx.loadConfig();
  if (await noticeOutage(ctx)) await startFirstRuns(ctx);
  const runs = await listLatestRuns(ctx.database.db);
  const isTurnOf = (name: RunName, interval: number): boolean => {
    const last = runs.find((run) => run.name === name);
    if (!last) return true;
    const sinceMs = ctx.now().getTime() - last.startedAt.getTime();
    return last.finishedAt !== null && sinceMs >= runPauseMs(name, last, interval);
  };
  // A week that is over is summed up at once; a failed try waits like any other.
  if ((await isWeeklySummaryDue(ctx, config)) && isTurnOf("weekly-summary", 0)) {
    const run = { name: "weekly-summary", trigger: "schedule" } as const;
    await enqueue(ctx.database.db, "run_worker", run);
  }
  const maintenance = await activeMaintenance(ctx.database.db, ctx.now());
  const isInSetup = await isSetupOpen(ctx.database.db);
  for (const name of [
    "refresh-plex",
    "reconcile",
    "review-quality",
    "check-health",
    "check-stuck",
    "read-calendar",
    "backup",
    "clean-up",
  ] as const) {
    if (maintenance && monitors.includes(name)) continue;
    // There is nothing to keep yet, and it would stand beside the one that somebody may want to restore.
    if (isInSetup && name === "backup") continue;
    const interval = runIntervalMs(name, config);
    if (interval === null || !isTurnOf(name, interval)) continue;
    await enqueue(ctx.database.db, "run_worker", { name, trigger: "schedule" });
  }
}

/** Queues what a start calls for: what happened while nobody listened is made up for at once. */
export async function startFirstRuns(ctx: ServiceContext): Promise<void> {
  const config = await ctx.loadConfig();
  for (const name of ["refresh-plex", "reconcile"] as const) {
    if (runIntervalMs(name, config) === null) continue;
    await enqueue(ctx.database.db, "run_worker", { name, trigger: "start" });
  }
}
