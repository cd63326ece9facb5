import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import { isRestoreLockFree } from "@/lib/store/restore-schema";
import { findOpenRestore, findRestore, insertRestore, updateRestore } from "@/lib/store/restores";
import type { ServiceContext } from "../context";
import { findBackupFile } from "./backup-folder";
import { restoreBackup } from "./restore-backup";

/** Has a worker restore a backup. Returns the restore's id. Throws `not_found`, or `conflict` while one is under way. */
export async function requestRestore(
  ctx: ServiceContext,
  fileName: string,
  actor: string,
): Promise<number> {
  const { configDir } = await ctx.loadConfig();
  await findBackupFile(configDir, fileName);
  return ctx.database.db.transaction(async (tx) => {
    if ((await findOpenRestore(tx)) || !(await isRestoreLockFree(tx))) {
      throw new AppError("conflict", "A restore is under way already");
    }
    const restoreId = await insertRestore(tx, {
      fileName,
      startedBy: actor,
      startedAt: ctx.now(),
      words: "Waiting for a worker",
    });
    await enqueue(tx, "restore_backup", { restoreId });
    await announceChange(tx, "backups");
    return restoreId;
  });
}

/** Does what was asked for; one that has ended, or was killed after its swap, is not done again. */
export async function runRestore(ctx: ServiceContext, restoreId: number): Promise<void> {
  const { db } = ctx.database;
  const restore = await findRestore(db, restoreId);
  if (!restore || restore.finishedAt) return;
  if (restore.swappedAt) {
    // A second time would throw away what came since.
    const words = "Restored; it was interrupted right after the swap";
    await updateRestore(db, restoreId, { outcome: "restored", words, finishedAt: ctx.now() });
    await announceChange(db, "backups");
    return;
  }
  await restoreBackup(ctx, restore);
}
