import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import {
  listActiveUsers,
  listToldOfWindow,
  lockMaintenanceWindow,
  rewordWindowMails,
  updateMaintenanceWindow,
} from "@/lib/store/maintenance";
import type { ServiceContext } from "../context";
import { checkPlan, type WindowPlan } from "./schedule-maintenance";
import { retractMaintenance, tellMaintenance } from "./tell-maintenance";

/**
 * Changes a window that has not begun. Other times are announced again, once, and what was about to leave with the old
 * ones is taken back; other words alone are no news. Returns how many mails that makes, and the plan as it was.
 */
export async function changeMaintenance(
  ctx: ServiceContext,
  windowId: number,
  plan: WindowPlan,
): Promise<{ mails: number; before: WindowPlan }> {
  const config = await ctx.loadConfig();
  const now = ctx.now();
  return ctx.database.db.transaction(async (tx) => {
    const window = await lockMaintenanceWindow(tx, windowId);
    if (!window) throw new AppError("not_found", "There is no such maintenance window");
    if (window.status !== "scheduled" || window.startsAt <= now) {
      throw new AppError("conflict", "This window has begun or is over; it cannot be changed");
    }
    const { title, text, zone, startsAt, endsAt } = window;
    const before = { title, text, zone, startsAt, endsAt };
    await checkPlan(tx, plan, windowId, now);
    const hasMoved =
      plan.startsAt.getTime() !== window.startsAt.getTime() ||
      plan.endsAt.getTime() !== window.endsAt.getTime();
    const changed = {
      ...window,
      ...plan,
      ...(hasMoved ? { revision: window.revision + 1, announcedAt: now, remindedAt: null } : {}),
      updatedAt: now,
    };
    const { id: _, ...changes } = changed;
    await updateMaintenanceWindow(tx, windowId, changes);
    await announceChange(tx, "maintenance");
    if (!hasMoved) {
      await rewordWindowMails(tx, windowId, { title: plan.title, text: plan.text });
      return { mails: 0, before };
    }
    await retractMaintenance(tx, windowId, ["maintenance_announced", "maintenance_reminder"], {
      reason: "The times of the maintenance window were changed",
      at: now,
    });
    const told = await listToldOfWindow(tx, windowId);
    const mails = await tellMaintenance(
      tx,
      config,
      {
        kind: "maintenance_announced",
        window: changed,
        people: await listActiveUsers(tx),
        before: {
          startsAt: window.startsAt,
          endsAt: window.endsAt,
          toldUserIds: new Set(told.map((user) => user.id)),
        },
      },
      now,
    );
    await enqueue(tx, "advance_maintenance", { windowId });
    return { mails, before };
  });
}
