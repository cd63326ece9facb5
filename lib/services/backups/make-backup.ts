import { createWriteStream } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Client } from "pg";
import { readConfigEnv } from "@/lib/config-file";
import {
  type BackupHeader,
  type BackupKind,
  decideSurplus,
  sizeWords,
  spaceProblem,
} from "@/lib/domain/backup";
import { isConnectionSetting } from "@/lib/domain/connection-settings";
import { plural } from "@/lib/domain/views/count-words";
import { AppError } from "@/lib/errors";
import { backupTables } from "@/lib/store/backup-tables";
import { failureWords } from "@/lib/store/db";
import { hasFailedBefore } from "@/lib/store/job-runs";
import { readMigrations } from "@/lib/store/migration-files";
import { copyRowsOut, tableBytes, withCopyClient } from "@/lib/store/table-copy";
import packageJson from "@/package.json";
import { tellAdmin } from "../alerts/tell-admin";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import type { Progress, Run, RunResult } from "../run-report";
import {
  backupFolder,
  freeBackupName,
  freeBytes,
  listBackupFiles,
  settleBackup,
} from "./backup-folder";
import { type TableRows, writeBackup } from "./backup-stream";
import { removeBackup } from "./remove-backup";
import { verifyBackup } from "./verify-backup";

export type MadeBackup = { fileName: string; sizeBytes: number; rows: number };

/**
 * Writes all our tables as they are at one moment into one file of the backup folder, reads it back whole, and only
 * then counts it as made. A failure leaves no half file. Throws an AppError in words where the admin can do something.
 */
export async function makeBackup(
  ctx: Pick<ServiceContext, "database" | "loadConfig" | "now">,
  kind: Exclude<BackupKind, "uploaded">,
  report: Progress,
): Promise<MadeBackup> {
  const config = await ctx.loadConfig();
  const folder = await backupFolder(config.configDir);
  await removeHalfFiles(folder, ctx.now());
  const fileName = await freeBackupName(folder, ctx.now(), kind);
  const file = path.join(folder, fileName);
  const half = `${file}.part`;
  try {
    await withCopyClient(ctx.database.url, async (client) => {
      await client.query("begin isolation level repeatable read read only");
      const tables = backupTables();
      const names = tables.map((table) => table.name);
      const problem = spaceProblem(
        await freeBytes(config.configDir),
        await tableBytes(client, names),
      );
      if (problem) throw new AppError("unavailable", problem);
      const header = makeHeader(config, kind, names, ctx.now());
      await writeFile(client, half, header, report);
    });
    await settleBackup(half, file);
  } catch (error) {
    await rm(half, { force: true });
    throw inWords(error);
  }
  await report({ done: 1, total: 1, words: "Reading it back" });
  const verdict = await verifyBackup(ctx, fileName);
  if (verdict.kind === "damaged") {
    await rm(file, { force: true });
    throw new AppError("internal", `The backup could not be read back: ${verdict.because}`);
  }
  const { size: sizeBytes } = await stat(file);
  return { fileName, sizeBytes, rows: verdict.rows };
}

/** The run `backup`: one more file, and of the scheduled ones no more than the settings say. Failures reach the admin. */
export async function runBackup(
  ctx: ServiceContext,
  report: Progress,
  { id, trigger }: Run,
): Promise<RunResult> {
  try {
    const made = await makeBackup(ctx, trigger === "admin" ? "manual" : "scheduled", report);
    const removed = await removeSurplus(ctx);
    const words = [
      `${plural(made.rows, "row")}, ${sizeWords(made.sizeBytes)}, read back whole`,
      ...(removed > 0 ? [`${plural(removed, "older backup")} removed`] : []),
    ].join(", ");
    return { words, failures: [] };
  } catch (error) {
    // Who asked for it sees it fail; and one that goes on failing is told once.
    const isNews = trigger !== "admin" && !(await hasFailedBefore(ctx.database.db, "backup", id));
    if (isNews) await tellOfFailure(ctx, failureWords(error));
    throw error;
  }
}

function makeHeader(
  config: Config,
  kind: BackupKind,
  tables: string[],
  createdAt: Date,
): BackupHeader {
  const last = readMigrations().at(-1);
  if (!last) throw new Error("There are no migrations");
  return {
    format: "bingealert-backup",
    version: 1,
    product: packageJson.version,
    createdAt,
    kind,
    migration: { tag: last.tag, hash: last.hash },
    tables,
    settings: plainSettings(readConfigEnv(config.configDir)),
  };
}

/** What of the `.env` goes along: connections, without the passwords an address may carry. */
function plainSettings(texts: Record<string, string>): Record<string, string> {
  const plain = Object.entries(texts).filter(
    ([name, text]) => isConnectionSetting(name) && !hasLogin(text),
  );
  return Object.fromEntries(plain);
}

/** `http://user:password@host`. */
const hasLogin = (text: string) => /:\/\/[^/\s]*@/.test(text);

async function writeFile(
  client: Client,
  file: string,
  header: BackupHeader,
  report: Progress,
): Promise<void> {
  const tables = backupTables();
  let done = 0;
  const bytes = writeBackup(header, rowsOf(client), async (name) => {
    done += 1;
    await report({ done, total: tables.length, words: `Copying ${name.replaceAll("_", " ")}` });
  });
  await pipeline(
    Readable.from(bytes, { objectMode: false, highWaterMark: 256 * 1024 }),
    createGzip({ level: 6 }),
    createWriteStream(file, { flags: "wx", mode: 0o600 }),
  );

  // Made one by one: the connection copies one table at a time.
  function* rowsOf(from: Client): Generator<TableRows> {
    for (const { name, columns } of tables) {
      yield { name, columns, rows: copyRowsOut(from, name, columns) };
    }
  }
}

function inWords(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new AppError(
      "unavailable",
      "The disk of the config folder is full. No backup was made",
      {
        cause: error,
      },
    );
  }
  if (code === "EACCES" || code === "EROFS" || code === "EPERM") {
    const words = "The folder backups in the config folder cannot be written to";
    return new AppError("unavailable", words, { cause: error });
  }
  return error;
}

/** No backup and no upload takes this long: what is older was left by a process that was killed. */
const longestMs = 6 * 60 * 60 * 1000;

async function removeHalfFiles(folder: string, now: Date): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith(".part")) continue;
    const half = path.join(folder, name);
    const facts = await stat(half).catch(() => null);
    if (facts && now.getTime() - facts.mtimeMs > longestMs) await rm(half, { force: true });
  }
}

async function removeSurplus(ctx: ServiceContext): Promise<number> {
  const { configDir, settings } = await ctx.loadConfig();
  const files = await listBackupFiles(configDir);
  const surplus = decideSurplus(
    files.map((file) => file.fileName),
    settings.BACKUP_KEEP,
  );
  for (const fileName of surplus) await removeBackup(ctx, fileName);
  return surplus.length;
}

async function tellOfFailure(ctx: ServiceContext, words: string): Promise<void> {
  const config = await ctx.loadConfig();
  const now = ctx.now();
  await ctx.database.db.transaction((tx) =>
    tellAdmin(
      tx,
      config,
      {
        event: "backup_failed",
        subject: "The backup failed",
        headline: "No backup could be made",
        lines: [words, "Earlier backups are untouched. It is tried again within the hour."],
        rows: [{ label: "Folder", value: path.join(config.configDir, "backups") }],
        action: { path: "/backups", label: "Open backups" },
      },
      { title: "Backup" },
      now,
    ),
  );
}
