import { saveInstances } from "@/lib/store/instances";
import { beat, type WorkerHeartbeat } from "@/lib/store/worker-heartbeats";
import type { ServiceContext, WorkerContext } from "../context";
import { markAfterRestore } from "../reconcile/establish-baseline";
import { noticeOutage } from "./notice-outage";
import { recoverInterrupted } from "./recover-interrupted";
import { startFirstRuns } from "./start-due-runs";

/** Puts right what an earlier worker left, and queues what a start calls for. */
export async function prepareWorker(ctx: WorkerContext): Promise<void> {
  const config = await ctx.loadConfig();
  for (const { words } of config.problems)
    ctx.log.warn("a setting does not fit", { problem: words });
  await saveInstances(ctx.database.db, config.instances, ctx.now());
  await markAfterRestore(ctx);
  await recoverInterrupted(ctx, ctx.isAlive);
  await noticeOutage(ctx);
  await startFirstRuns(ctx);
}

/** A sign of life of a worker; the first one puts it on record, so that what it locks can be released. */
export async function giveSignOfLife(
  ctx: ServiceContext,
  worker: Pick<WorkerHeartbeat, "lockKey" | "startedAt" | "version" | "graphileWorkerIds">,
): Promise<void> {
  await beat(ctx.database.db, { workerId: ctx.workerId, ...worker });
}
