import type { BackupCheck } from "@/lib/store/backup-files";
import { listBackupChecks } from "@/lib/store/backup-files";
import { listRestores, type Restore } from "@/lib/store/restores";
import type { ServiceContext } from "../context";
import { type BackupFile, freeBytes, listBackupFiles } from "./backup-folder";

/** A backup with what reading it whole came to; null when nobody has since the file is as it is. */
export type ListedBackup = BackupFile & { check: BackupCheck | null };

/** The backups of the folder, the newest first, the latest restores, and the room that is left. */
export async function listBackups(
  ctx: Pick<ServiceContext, "database" | "loadConfig">,
): Promise<{ backups: ListedBackup[]; restores: Restore[]; freeBytes: number }> {
  const { configDir } = await ctx.loadConfig();
  const { db } = ctx.database;
  const [files, checks, restores, free] = await Promise.all([
    listBackupFiles(configDir),
    listBackupChecks(db),
    listRestores(db, 10),
    freeBytes(configDir),
  ]);
  const backups = files.map((file) => {
    const check = checks.find((c) => c.fileName === file.fileName);
    const isOfThis =
      check?.sizeBytes === file.sizeBytes &&
      Math.abs(check.modifiedAt.getTime() - file.modifiedAt.getTime()) < 1000;
    return { ...file, check: check && isOfThis ? check : null };
  });
  return { backups, restores, freeBytes: free };
}
