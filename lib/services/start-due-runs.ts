import { enqueue } from "@/lib/queue/enqueue";
import { listLatestRuns } from "@/lib/store/job-runs";
import type { ServiceContext } from "./context";
import { runIntervalMs } from "./run-interval";

/** A run that failed or was cut off is tried again soon: Seerr may only have started after us. */
const retryMs = 5 * 60 * 1000;

/** Queues the workers whose interval has passed since they last began. */
export async function startDueRuns(ctx: ServiceContext): Promise<void> {
  const config = await ctx.loadConfig();
  const runs = await listLatestRuns(ctx.database.db);
  for (const name of ["refresh-plex", "reconcile"] as const) {
    const interval = runIntervalMs(name, config);
    if (interval === null) continue;
    const last = runs.find((run) => run.name === name);
    const isRunning = last !== undefined && last.finishedAt === null;
    const pause = last === undefined ? 0 : last.outcome === "ok" ? interval : retryMs;
    if (isRunning || ctx.now().getTime() - (last?.startedAt.getTime() ?? 0) < pause) continue;
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
