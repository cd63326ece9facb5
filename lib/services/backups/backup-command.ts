import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { parseBackupName, sizeWords } from "@/lib/domain/backup";
import { plural } from "@/lib/domain/views/count-words";
import { AppError } from "@/lib/errors";
import { findRestore, insertRestore } from "@/lib/store/restores";
import type { ServiceContext } from "../context";
import { type Host, withHostContext } from "../host-context";
import { findBackupFile } from "./backup-folder";
import { makeBackup } from "./make-backup";
import { restoreBackup } from "./restore-backup";
import { storeBackup } from "./store-backup";

/** Makes a backup from the command line. Says in words what was made. */
export async function backupOnHost(host: Host): Promise<string> {
  return withHostContext(host, async (ctx) => {
    const made = await makeBackup(ctx, "manual", async () => {});
    const file = path.join(host.configDir, "backups", made.fileName);
    return `${file}: ${plural(made.rows, "row")}, ${sizeWords(made.sizeBytes)}, read back whole.`;
  });
}

/** Restores a backup from the command line: a name in the folder of the backups, or a file anywhere. */
export async function restoreOnHost(host: Host, file: string): Promise<string> {
  return withHostContext(host, async (ctx) => {
    const fileName = await takeIn(ctx, host, file);
    const { db } = ctx.database;
    const startedBy = "command line";
    const begun = { fileName, startedBy, startedAt: ctx.now(), words: "Beginning" };
    const id = await insertRestore(db, begun);
    await restoreBackup(ctx, { id, fileName });
    const done = await findRestore(db, id);
    return `${done?.words ?? "Restored"}. The next check marks what is there as known; no mail was sent.`;
  });
}

async function takeIn(ctx: ServiceContext, host: Host, file: string): Promise<string> {
  if (parseBackupName(file)) return (await findBackupFile(host.configDir, file)).fileName;
  const place = path.resolve(file);
  const isInFolder = path.dirname(place) === path.join(host.configDir, "backups");
  const name = path.basename(place);
  if (isInFolder && parseBackupName(name)) {
    return (await findBackupFile(host.configDir, name)).fileName;
  }
  const facts = await stat(place).catch(() => null);
  if (!facts?.isFile()) throw new AppError("not_found", `There is no file ${place}`);
  const limits = { largestBytes: facts.size, statedBytes: facts.size };
  return storeBackup(ctx, createReadStream(place), limits);
}
