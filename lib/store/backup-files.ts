import { eq } from "drizzle-orm";
import { backupFiles } from "@/drizzle/schema";
import type { Executor } from "./db";

export type BackupCheck = typeof backupFiles.$inferSelect;

/** What is known about the files of the backup folder. */
export async function listBackupChecks(executor: Executor): Promise<BackupCheck[]> {
  return executor.select().from(backupFiles);
}

/** Records what reading a file whole came to. */
export async function saveBackupCheck(executor: Executor, check: BackupCheck): Promise<void> {
  const { fileName, ...facts } = check;
  await executor
    .insert(backupFiles)
    .values(check)
    .onConflictDoUpdate({ target: backupFiles.fileName, set: facts });
}

export async function deleteBackupCheck(executor: Executor, fileName: string): Promise<void> {
  await executor.delete(backupFiles).where(eq(backupFiles.fileName, fileName));
}
