import { decideOutage } from "@/lib/domain/reconcile";
import { renewMilestone } from "@/lib/store/milestones";
import { insertOwnOutage } from "@/lib/store/own-outages";
import type { ServiceContext } from "../context";

/**
 * Gives a sign of life and notices when the last one is long ago: BingeAlert or its machine did not run. The gap is
 * kept until a check has swept it. Returns whether there was one.
 */
export async function noticeOutage(ctx: ServiceContext): Promise<boolean> {
  const now = ctx.now();
  return ctx.database.db.transaction(async (tx) => {
    const lastSignOfLife = await renewMilestone(tx, "alive", now);
    const outage = decideOutage(lastSignOfLife, now);
    if (!outage) return false;
    await insertOwnOutage(tx, outage);
    ctx.log.warn("BingeAlert did not run for a while", {
      from: outage.beganAt.toISOString(),
      until: outage.endedAt.toISOString(),
    });
    return true;
  });
}
