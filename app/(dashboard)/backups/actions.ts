"use server";

import { z } from "zod";
import { parseBackupName } from "@/lib/domain/backup";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { plural } from "@/lib/domain/views/count-words";
import { removeBackup } from "@/lib/services/backups/remove-backup";
import { requestRestore } from "@/lib/services/backups/run-restore";
import { releaseSwallowed } from "@/lib/services/reconcile/swallowed-items";
import { runJob } from "@/lib/services/runs/run-job";
import { adminAction } from "@/lib/web/admin-action";
import { backupDeed, swallowedDeed } from "@/lib/web/deeds";
import { webContext } from "@/lib/web/service-context";

const make = adminAction("backups", z.object({}), async (_input, _viewer, note) => {
  await runJob(webContext(), "backup");
  note({ subject: "job backup" });
  return { kind: "done", words: "A backup is being made" };
});

/** Makes a backup now. */
export async function makeBackupAction(): Promise<ActionResult> {
  return make({});
}

const backup = z.object({
  fileName: z.string().refine((name) => parseBackupName(name) !== null, "There is no such backup"),
});

const remove = adminAction("backups", backup, async ({ fileName }, _viewer, note) => {
  note(await backupDeed(fileName));
  await removeBackup(webContext(), fileName);
  return { kind: "done", words: "Backup deleted" };
});

/** Deletes a backup. */
export async function deleteBackupAction(input: z.input<typeof backup>): Promise<ActionResult> {
  return remove(input);
}

const typed = backup.extend({
  typed: z.string().refine((word) => word === "restore", "Type the word restore"),
});

const restore = adminAction("backups", typed, async ({ fileName }, viewer, note) => {
  await requestRestore(webContext(), fileName, viewer.actor);
  note({ subject: fileName });
  return { kind: "done", words: "The restore has begun", detail: "This page says how far it is." };
});

/** Restores a backup, once its reader has typed that they mean it. */
export async function restoreBackupAction(
  fileName: string,
  typedWord: string,
): Promise<ActionResult> {
  return restore({ fileName, typed: typedWord });
}

const release = adminAction(
  "backups",
  z.object({ ids: z.union([z.literal("all"), z.array(z.number().int().positive()).max(1000)]) }),
  async ({ ids }, viewer, note) => {
    const deed = await swallowedDeed(ids);
    const released = await releaseSwallowed(webContext(), { ids, actor: viewer.actor });
    note({ ...deed, after: { ids, released } });
    const detail = "Mails leave as soon as Plex plays it.";
    return { kind: "done", words: `${plural(released, "thing")} released`, detail };
  },
);

/** Lets what a restore swallowed be told after all. */
export async function releaseSwallowedAction(input: {
  ids: "all" | number[];
}): Promise<ActionResult> {
  return release(input);
}
