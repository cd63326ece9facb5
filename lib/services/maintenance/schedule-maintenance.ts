import { windowProblem } from "@/lib/domain/maintenance";
import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import {
  insertMaintenanceWindow,
  listActiveUsers,
  listLiveWindows,
  type MaintenanceWindow,
} from "@/lib/store/maintenance";
import type { ServiceContext } from "../context";
import { tellMaintenance } from "./tell-maintenance";

/** What the admin gives: moments, and the zone the times were written in. */
export type WindowPlan = {
  title: string;
  text: string;
  startsAt: Date;
  endsAt: Date;
  zone: string;
};

/** Plans a window and announces it to everybody. Throws `bad_request` or `conflict` in words. */
export async function scheduleMaintenance(
  ctx: ServiceContext,
  plan: WindowPlan,
  actor: string,
): Promise<{ window: MaintenanceWindow; mails: number }> {
  const config = await ctx.loadConfig();
  const now = ctx.now();
  return ctx.database.db.transaction(async (tx) => {
    await checkPlan(tx, plan, null, now);
    const window = await insertMaintenanceWindow(tx, {
      ...plan,
      status: "scheduled",
      announcedAt: now,
      createdBy: actor,
      createdAt: now,
      updatedAt: now,
    });
    const people = await listActiveUsers(tx);
    const mails = await tellMaintenance(
      tx,
      config,
      { kind: "maintenance_announced", window, people },
      now,
    );
    await enqueue(tx, "advance_maintenance", { windowId: window.id });
    await announceChange(tx, "maintenance");
    return { window, mails };
  });
}

/** Throws when the times cannot be, or another window covers some of them. */
export async function checkPlan(
  tx: Executor,
  plan: Pick<WindowPlan, "startsAt" | "endsAt">,
  ownId: number | null,
  now: Date,
): Promise<void> {
  const problem = windowProblem(plan, now);
  if (problem) throw new AppError("bad_request", problem);
  const other = (await listLiveWindows(tx)).find(
    (window) =>
      window.id !== ownId && window.startsAt < plan.endsAt && plan.startsAt < window.endsAt,
  );
  if (other) throw new AppError("conflict", `“${other.title}” covers some of this time already`);
}
