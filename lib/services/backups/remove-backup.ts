import { deleteBackupCheck } from "@/lib/store/backup-files";
import { announceChange } from "@/lib/store/changes";
import type { ServiceContext } from "../context";
import { deleteBackupFile } from "./backup-folder";

/** Deletes a backup and what is known about it. Throws `not_found`. */
export async function removeBackup(
  ctx: Pick<ServiceContext, "database" | "loadConfig">,
  fileName: string,
): Promise<void> {
  const { configDir } = await ctx.loadConfig();
  await deleteBackupFile(configDir, fileName);
  await deleteBackupCheck(ctx.database.db, fileName);
  await announceChange(ctx.database.db, "backups");
}
