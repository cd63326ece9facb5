import type { RunName } from "@/lib/queue/catalog";
import { enqueue } from "@/lib/queue/enqueue";
import { listLatestRuns } from "@/lib/store/job-runs";
import type { ServiceContext } from "./context";
import type { Config } from "./load-config";

const hour = 60 * 60 * 1000;
/** A run that failed or was cut off is tried again soon: Seerr may only have started after us. */
const retryMs = 5 * 60 * 1000;

/** How often each worker runs by itself, in milliseconds; null: not with these settings. */
function intervalOf(name: RunName, { settings }: Config): number | null {
  switch (name) {
    case "reconcile":
      return settings.JELLYSEERR_URL === "" ? null : settings.RECONCILIATION_INTERVAL_HOURS * hour;
    case "refresh-plex":
      return settings.PLEX_URL === "" ? null : 24 * hour;
    // Both are part of each reconciliation.
    case "sync-users":
    case "sync-requests":
      return null;
  }
}

/** Queues the workers whose interval has passed since they last began. */
export async function startDueRuns(ctx: ServiceContext): Promise<void> {
  const config = await ctx.loadConfig();
  const runs = await listLatestRuns(ctx.database.db);
  for (const name of ["refresh-plex", "reconcile"] as const) {
    const interval = intervalOf(name, config);
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
    if (intervalOf(name, config) === null) continue;
    await enqueue(ctx.database.db, "run_worker", { name, trigger: "start" });
  }
}
