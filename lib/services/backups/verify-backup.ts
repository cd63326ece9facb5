import { AppError } from "@/lib/errors";
import { saveBackupCheck } from "@/lib/store/backup-files";
import { announceChange } from "@/lib/store/changes";
import type { ServiceContext } from "../context";
import { findBackupFile } from "./backup-folder";
import { readBackup } from "./backup-stream";

/** A backup read whole: how many rows it holds, or what is wrong with it in words. */
export type BackupVerdict = { kind: "whole"; rows: number } | { kind: "damaged"; because: string };

/**
 * Reads a backup whole, compares every count and checksum, and keeps what that came to. Throws `not_found`, and the
 * system's error when the file cannot be read at all.
 */
export async function verifyBackup(
  ctx: Pick<ServiceContext, "database" | "loadConfig" | "now">,
  fileName: string,
): Promise<BackupVerdict> {
  const { configDir } = await ctx.loadConfig();
  const file = await findBackupFile(configDir, fileName);
  const verdict = await readWhole(file.path);
  const { db } = ctx.database;
  await saveBackupCheck(db, {
    fileName,
    sizeBytes: file.sizeBytes,
    modifiedAt: file.modifiedAt,
    checkedAt: ctx.now(),
    rows: verdict.kind === "whole" ? verdict.rows : null,
    problem: verdict.kind === "whole" ? null : verdict.because,
  });
  await announceChange(db, "backups");
  return verdict;
}

async function readWhole(file: string): Promise<BackupVerdict> {
  let rows = 0;
  try {
    // To the very end: what follows the last line is damage as well.
    for await (const part of readBackup(file)) if (part.kind === "end") rows = part.rows;
    return { kind: "whole", rows };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { kind: "damaged", because: error.message };
  }
}
