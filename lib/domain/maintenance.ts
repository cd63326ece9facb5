import { z } from "zod";

/** When a maintenance window begins and ends, and which of its four mails is due (PRODUCT section 16). */

export const maintenanceStatuses = ["scheduled", "active", "completed", "cancelled"] as const;
export type MaintenanceStatus = (typeof maintenanceStatuses)[number];

export const maintenanceMailKinds = [
  "maintenance_announced",
  "maintenance_reminder",
  "maintenance_done",
  "maintenance_cancelled",
] as const;
export type MaintenanceMailKind = (typeof maintenanceMailKinds)[number];

/** As a noun, for "switched off “maintenance”". */
export const maintenanceKindWords: Record<MaintenanceMailKind, string> = {
  maintenance_announced: "maintenance announced",
  maintenance_reminder: "maintenance reminder",
  maintenance_done: "maintenance done",
  maintenance_cancelled: "maintenance cancelled",
};

/** Whether a mail tells of maintenance itself: such mails are not kept back by it. */
export function isMaintenanceMail(kind: string): boolean {
  return (maintenanceMailKinds as readonly string[]).includes(kind);
}

const minute = 60_000;
export const reminderBeforeMs = 60 * minute;
const longestMs = 14 * 24 * 60 * minute;

export type WindowTimes = { startsAt: Date; endsAt: Date };
export type WindowState = WindowTimes & {
  status: MaintenanceStatus;
  announcedAt: Date;
  remindedAt: Date | null;
};

/** What the mails of a window are made from. */
export const maintenanceFacts = z.object({
  windowId: z.number(),
  title: z.string(),
  text: z.string(),
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  /** When it was over or called off; null before. */
  finishedAt: z.coerce.date().nullable(),
  /** The announced times that this announcement takes back; null for the first one. */
  before: z.object({ startsAt: z.coerce.date(), endsAt: z.coerce.date() }).nullable(),
});
export type MaintenanceFacts = z.infer<typeof maintenanceFacts>;

/** Why a window cannot be kept like this, as a sentence; null when it can. */
export function windowProblem({ startsAt, endsAt }: WindowTimes, now: Date): string | null {
  if (endsAt <= startsAt) return "The end has to be after the start";
  if (endsAt.getTime() - startsAt.getTime() > longestMs) {
    return "A window lasts 14 days at most; mails would wait too long";
  }
  // A minute of grace: the form shows whole minutes, and filling it in takes a moment.
  if (startsAt.getTime() < now.getTime() - minute) return "The start lies in the past";
  return null;
}

/** When the reminder leaves, or null when the announcement came too late for one. */
export function reminderTime({ startsAt, announcedAt }: WindowState): Date | null {
  const at = new Date(startsAt.getTime() - reminderBeforeMs);
  return announcedAt < at ? at : null;
}

export type WindowStep =
  /** Nothing to do before `at`. */
  | { kind: "wait"; at: Date }
  | { kind: "remind" }
  | { kind: "begin" }
  /** Also when nobody was there to mark its beginning. */
  | { kind: "finish" }
  | { kind: "over" };

/** The next thing to be done about a window. */
export function decideWindow(window: WindowState, now: Date): WindowStep {
  if (window.status === "completed" || window.status === "cancelled") return { kind: "over" };
  if (now >= window.endsAt) return { kind: "finish" };
  if (window.status === "active") return { kind: "wait", at: window.endsAt };
  if (now >= window.startsAt) return { kind: "begin" };
  const reminder = window.remindedAt === null ? reminderTime(window) : null;
  if (!reminder) return { kind: "wait", at: window.startsAt };
  return now >= reminder ? { kind: "remind" } : { kind: "wait", at: reminder };
}

/**
 * The key under which a mail is told once to each person. An announcement and a reminder belong to the times they
 * name; done and cancelled happen once.
 */
export function maintenanceKey(
  kind: MaintenanceMailKind,
  window: { id: number; revision: number },
): string {
  const isOfTimes = kind === "maintenance_announced" || kind === "maintenance_reminder";
  return isOfTimes ? `maintenance:${window.id}:${window.revision}` : `maintenance:${window.id}`;
}
