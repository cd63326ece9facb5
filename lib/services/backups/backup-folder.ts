import { mkdir, open, readdir, rename, rm, stat, statfs } from "node:fs/promises";
import path from "node:path";
import { type BackupKind, backupFileName, parseBackupName } from "@/lib/domain/backup";
import { AppError } from "@/lib/errors";

/** The folder of the backups, `backups` in the config folder: what lies there is what there is. */

export type BackupFile = {
  fileName: string;
  kind: BackupKind;
  /** When it was made, by its name. */
  at: Date;
  sizeBytes: number;
  modifiedAt: Date;
};

/** The folder, made when it does not exist. Only its owner may look in. */
export async function backupFolder(configDir: string): Promise<string> {
  const folder = path.join(configDir, "backups");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** All backups, the newest first. Other files are left alone and not shown. */
export async function listBackupFiles(configDir: string): Promise<BackupFile[]> {
  const folder = await backupFolder(configDir);
  const files: BackupFile[] = [];
  for (const fileName of await readdir(folder)) {
    const file = await statBackup(folder, fileName);
    if (file) files.push(file);
  }
  return files.sort((a, b) => b.at.getTime() - a.at.getTime());
}

/** One backup and where it is. Throws `not_found`, also for a name that leads elsewhere. */
export async function findBackupFile(
  configDir: string,
  fileName: string,
): Promise<BackupFile & { path: string }> {
  const folder = await backupFolder(configDir);
  const file = await statBackup(folder, fileName);
  if (!file) throw new AppError("not_found", "There is no such backup");
  return { ...file, path: path.join(folder, fileName) };
}

async function statBackup(folder: string, fileName: string): Promise<BackupFile | null> {
  const parsed = parseBackupName(fileName);
  if (!parsed) return null;
  try {
    const facts = await stat(path.join(folder, fileName));
    if (!facts.isFile()) return null;
    return { fileName, ...parsed, sizeBytes: facts.size, modifiedAt: facts.mtime };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** Deletes one backup. Throws `not_found`. */
export async function deleteBackupFile(configDir: string, fileName: string): Promise<void> {
  const file = await findBackupFile(configDir, fileName);
  await rm(file.path);
}

/** Bytes that can still be written where the backups are. */
export async function freeBytes(configDir: string): Promise<number> {
  const facts = await statfs(await backupFolder(configDir));
  return facts.bavail * facts.bsize;
}

/** A name that no backup has: two of one second get names one second apart. */
export async function freeBackupName(folder: string, at: Date, kind: BackupKind): Promise<string> {
  const taken = new Set(await readdir(folder));
  for (let seconds = 0; ; seconds++) {
    const name = backupFileName(new Date(at.getTime() + seconds * 1000), kind);
    if (!taken.has(name) && !taken.has(`${name}.part`)) return name;
  }
}

/** Safe on the disk under its name, or not there at all. */
export async function settleBackup(half: string, file: string): Promise<void> {
  await sync(half);
  await rename(half, file);
  // Not every system lets a folder be synced; the content is safe either way.
  await sync(path.dirname(file)).catch(() => undefined);
}

async function sync(place: string): Promise<void> {
  const handle = await open(place, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
