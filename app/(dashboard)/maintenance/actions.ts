"use server";

import { z } from "zod";
import { isTimeZone } from "@/lib/domain/local-time";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { plural } from "@/lib/domain/views/count-words";
import { momentInZone } from "@/lib/domain/zoned-time";
import { AppError } from "@/lib/errors";
import { cancelMaintenance, endMaintenance } from "@/lib/services/maintenance/advance-maintenance";
import { changeMaintenance } from "@/lib/services/maintenance/change-maintenance";
import { scheduleMaintenance } from "@/lib/services/maintenance/schedule-maintenance";
import { adminAction } from "@/lib/web/admin-action";
import { windowDeed } from "@/lib/web/deeds";
import { webContext } from "@/lib/web/service-context";

const plan = z.object({
  /** Null for a new one. */
  windowId: z.number().int().positive().nullable(),
  title: z
    .string()
    .trim()
    .min(1, "Give it a title: it is the headline of the mails")
    .max(120, "The title has more than 120 characters"),
  text: z.string().trim().max(2000, "The text has more than 2000 characters"),
  starts: z.string(),
  ends: z.string(),
  zone: z.string().refine(isTimeZone, "There is no such time zone; one looks like Europe/Berlin"),
});

const save = adminAction(
  "maintenance",
  plan,
  async ({ windowId, starts, ends, ...words }, viewer, note) => {
    const given = {
      ...words,
      startsAt: momentOf(starts, words.zone, "start"),
      endsAt: momentOf(ends, words.zone, "end"),
    };
    if (windowId === null) {
      const { mails } = await scheduleMaintenance(webContext(), given, viewer.actor);
      note({ subject: given.title, after: given });
      return { kind: "done", words: "Planned", detail: `${plural(mails, "mail")} on the way.` };
    }
    const { mails, before } = await changeMaintenance(webContext(), windowId, given);
    note({ subject: given.title, before, after: given });
    const detail =
      mails === 0
        ? "The times are the same, so nobody is mailed."
        : `${plural(mails, "mail")} with the new times on the way.`;
    return { kind: "done", words: "Changed", detail };
  },
);

function momentOf(local: string, zone: string, what: "start" | "end"): Date {
  const found = momentInZone(local, zone);
  switch (found.kind) {
    case "once":
    case "twice":
      return found.at;
    case "skipped":
      throw new AppError("bad_request", `The clocks in ${zone} skip that ${what}; take another`);
    case "unreadable":
      throw new AppError("bad_request", `The ${what} needs a date and a time`);
  }
}

/** Plans a window, or changes one that has not begun. */
export async function saveWindowAction(input: z.input<typeof plan>): Promise<ActionResult> {
  return save(input);
}

const one = z.object({ windowId: z.number().int().positive() });

const cancel = adminAction("maintenance", one, async ({ windowId }, _viewer, note) => {
  note(await windowDeed(windowId, { status: "cancelled" }));
  const { mails } = await cancelMaintenance(webContext(), windowId);
  return { kind: "done", words: "Called off", detail: `${plural(mails, "mail")} on the way.` };
});

/** Calls off a window that has not begun. */
export async function cancelWindowAction(input: z.input<typeof one>): Promise<ActionResult> {
  return cancel(input);
}

const end = adminAction("maintenance", one, async ({ windowId }, _viewer, note) => {
  note(await windowDeed(windowId, { status: "finished" }));
  await endMaintenance(webContext(), windowId);
  return { kind: "done", words: "Maintenance ended", detail: "What waited leaves now." };
});

/** Ends a window that goes on. */
export async function endWindowAction(input: z.input<typeof one>): Promise<ActionResult> {
  return end(input);
}
