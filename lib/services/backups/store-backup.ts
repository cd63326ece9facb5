import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { sizeWords, spaceProblem } from "@/lib/domain/backup";
import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import type { ServiceContext } from "../context";
import { backupFolder, freeBackupName, freeBytes, settleBackup } from "./backup-folder";
import { readBackupHeader } from "./backup-stream";

/**
 * Takes a backup from elsewhere into the folder, counted while it comes in, and has it read whole by a worker. Returns
 * its name. Throws `too_large`, `unavailable` without room, or `bad_request` when it does not begin as a backup.
 */
export async function storeBackup(
  ctx: Pick<ServiceContext, "database" | "loadConfig" | "now">,
  source: AsyncIterable<Uint8Array>,
  { largestBytes, statedBytes }: { largestBytes: number; statedBytes: number | null },
): Promise<string> {
  const { configDir } = await ctx.loadConfig();
  const tooLarge = () =>
    new AppError("too_large", `A backup of more than ${sizeWords(largestBytes)} is not taken`);
  if (statedBytes !== null && statedBytes > largestBytes) throw tooLarge();
  const problem = spaceProblem(await freeBytes(configDir), statedBytes ?? 0);
  if (problem) throw new AppError("unavailable", problem);

  const folder = await backupFolder(configDir);
  const half = path.join(folder, `${await freeBackupName(folder, ctx.now(), "uploaded")}.part`);
  let taken = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      taken += chunk.length;
      done(taken > largestBytes ? tooLarge() : null, chunk);
    },
  });
  try {
    await pipeline(source, counted, createWriteStream(half, { flags: "wx", mode: 0o600 }));
    const header = await readBackupHeader(half);
    const fileName = await freeBackupName(folder, header.createdAt, "uploaded");
    await settleBackup(half, path.join(folder, fileName));
    const { db } = ctx.database;
    await enqueue(db, "verify_backup", { fileName });
    await announceChange(db, "backups");
    return fileName;
  } catch (error) {
    await rm(half, { force: true });
    const isFull = error instanceof Error && "code" in error && error.code === "ENOSPC";
    throw isFull
      ? new AppError("unavailable", "The disk of the config folder is full. Nothing was kept", {
          cause: error,
        })
      : error;
  }
}
