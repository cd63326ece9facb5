import { decideWindow } from "@/lib/domain/maintenance";
import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import {
  listActiveUsers,
  listLiveWindows,
  listToldOfWindow,
  lockMaintenanceWindow,
  type MaintenanceWindow,
  updateMaintenanceWindow,
} from "@/lib/store/maintenance";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import { releasePaused } from "./release-paused";
import { retractMaintenance, tellMaintenance } from "./tell-maintenance";

/**
 * Does what is due about a window, or about all that are not over: reminds, begins, finishes. The row is the truth:
 * the job only rings, and one that rings early sets the next alarm.
 */
export async function advanceMaintenance(
  ctx: ServiceContext,
  windowId: number | null,
): Promise<void> {
  const ids =
    windowId === null
      ? (await listLiveWindows(ctx.database.db)).map((window) => window.id)
      : [windowId];
  for (const id of ids) await advanceOne(ctx, id);
}

async function advanceOne(ctx: ServiceContext, windowId: number): Promise<void> {
  const config = await ctx.loadConfig();
  const now = ctx.now();
  await ctx.database.db.transaction(async (tx) => {
    let window = await lockMaintenanceWindow(tx, windowId);
    while (window) {
      const step = decideWindow(window, now);
      switch (step.kind) {
        case "over":
          return;
        case "wait":
          await enqueue(tx, "advance_maintenance", { windowId }, { runAt: step.at });
          return;
        case "remind":
          window = await remind(tx, config, window, now);
          break;
        case "begin":
          window = await begin(tx, window, now);
          break;
        case "finish":
          window = await finish(tx, config, window, window.endsAt, now);
          break;
      }
      await announceChange(tx, "maintenance");
    }
  });
}

async function remind(
  tx: Executor,
  config: Config,
  window: MaintenanceWindow,
  now: Date,
): Promise<MaintenanceWindow> {
  const people = await listActiveUsers(tx);
  await tellMaintenance(tx, config, { kind: "maintenance_reminder", window, people }, now);
  return change(tx, window, { remindedAt: now }, now);
}

async function begin(
  tx: Executor,
  window: MaintenanceWindow,
  now: Date,
): Promise<MaintenanceWindow> {
  await retractMaintenance(tx, window.id, ["maintenance_reminder"], {
    reason: "The maintenance window has begun",
    at: now,
  });
  return change(tx, window, { status: "active" }, now);
}

/** The end, at `endedAt`: those who heard of the window are told, and what waited for it goes on. */
async function finish(
  tx: Executor,
  config: Config,
  window: MaintenanceWindow,
  endedAt: Date,
  now: Date,
): Promise<MaintenanceWindow> {
  await retractMaintenance(tx, window.id, ["maintenance_announced", "maintenance_reminder"], {
    reason: "The maintenance window is over",
    at: now,
  });
  const done = await change(tx, window, { status: "completed", finishedAt: endedAt }, now);
  const people = await listToldOfWindow(tx, window.id);
  await tellMaintenance(tx, config, { kind: "maintenance_done", window: done, people }, now);
  await releasePaused(tx, window, now);
  return done;
}

async function change(
  tx: Executor,
  window: MaintenanceWindow,
  changes: Partial<MaintenanceWindow>,
  now: Date,
): Promise<MaintenanceWindow> {
  await updateMaintenanceWindow(tx, window.id, { ...changes, updatedAt: now });
  return { ...window, ...changes, updatedAt: now };
}

/** Ends a window that goes on, before its time. Throws `not_found` or `conflict`. */
export async function endMaintenance(ctx: ServiceContext, windowId: number): Promise<void> {
  const config = await ctx.loadConfig();
  const now = ctx.now();
  await ctx.database.db.transaction(async (tx) => {
    const window = await lockMaintenanceWindow(tx, windowId);
    if (!window) throw new AppError("not_found", "There is no such maintenance window");
    const goesOn =
      (window.status === "active" || window.status === "scheduled") &&
      window.startsAt <= now &&
      now < window.endsAt;
    if (!goesOn) throw new AppError("conflict", "This window does not go on now");
    await finish(tx, config, window, now, now);
    await announceChange(tx, "maintenance");
  });
}

/** Calls off a window that has not begun; who heard of it is told. Throws `not_found` or `conflict`. */
export async function cancelMaintenance(
  ctx: ServiceContext,
  windowId: number,
): Promise<{ mails: number }> {
  const config = await ctx.loadConfig();
  const now = ctx.now();
  return ctx.database.db.transaction(async (tx) => {
    const window = await lockMaintenanceWindow(tx, windowId);
    if (!window) throw new AppError("not_found", "There is no such maintenance window");
    if (window.status !== "scheduled" || window.startsAt <= now) {
      throw new AppError(
        "conflict",
        "This window has begun or is over. One that goes on can be ended",
      );
    }
    await retractMaintenance(tx, windowId, ["maintenance_announced", "maintenance_reminder"], {
      reason: "The maintenance window was cancelled",
      at: now,
    });
    const cancelled = await change(tx, window, { status: "cancelled", finishedAt: now }, now);
    const people = await listToldOfWindow(tx, windowId);
    const mails = await tellMaintenance(
      tx,
      config,
      { kind: "maintenance_cancelled", window: cancelled, people },
      now,
    );
    await announceChange(tx, "maintenance");
    return { mails };
  });
}
