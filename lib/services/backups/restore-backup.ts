import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import { readConfigEnv, writeConfigEnv } from "@/lib/config-file";
import { type BackupHeader, sizeWords } from "@/lib/domain/backup";
import { isConnectionSetting } from "@/lib/domain/connection-settings";
import { settingDefinitions } from "@/lib/domain/settings";
import { plural } from "@/lib/domain/views/count-words";
import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange, changeTopics } from "@/lib/store/changes";
import { type Executor, failureWords } from "@/lib/store/db";
import { forgetBaselines } from "@/lib/store/instances";
import { type Migration, readMigrations } from "@/lib/store/migration-files";
import { reachMilestone, renewMilestone } from "@/lib/store/milestones";
import {
  advanceCounters,
  besideSchema,
  carryOver,
  carryOverEvents,
  closeRestoredWork,
  countRestored,
  countRunningJobs,
  dropBeside,
  forgetAccessThere,
  listPendingEvents,
  lockAllTables,
  makeBesideSchema,
  migrateBeside,
  setIndexesAside,
  swapTables,
  swapTablesBack,
  takeRestoreLock,
} from "@/lib/store/restore-schema";
import { stopRestoredWork } from "@/lib/store/restored-work";
import { closeOpenRestores, findRestore, updateRestore } from "@/lib/store/restores";
import { copyRowsIn, withCopyClient } from "@/lib/store/table-copy";
import type { ServiceContext } from "../context";
import { findBackupFile } from "./backup-folder";
import { readBackup, readBackupHeader } from "./backup-stream";
import { makeBackup } from "./make-backup";
import { verifyBackup } from "./verify-backup";

type RestoreContext = Pick<ServiceContext, "database" | "loadConfig" | "now" | "log">;

/** What makes tests quick and lets them see a failure at the last moment. */
export type RestoreOptions = {
  /** How long to wait for work under way before giving up. */
  patienceMs: number;
  /** Looks at the swapped data; throws when it is not what was restored. */
  prove: (executor: Executor, loaded: ReadonlyMap<string, number>) => Promise<void>;
};

const defaults: RestoreOptions = { patienceMs: 120_000, prove: proveSwap };

/**
 * Restores a backup under the record `restoreId`. It is read whole first and loaded beside the live data, so that web
 * and workers go on meanwhile; the swap is one transaction that has all tables to itself and begins only when no
 * worker has a job in hand. Nothing that stops web and worker is needed: who waits for the locks goes on with the
 * restored data, and no id is used twice. Any failure leaves the live data as it was. No mail comes of it: what was
 * under way in the backup is held, and the next check marks what is there as known.
 */
export async function restoreBackup(
  ctx: RestoreContext,
  restore: { id: number; fileName: string },
  options: Partial<RestoreOptions> = {},
): Promise<void> {
  const { db } = ctx.database;
  const say = async (words: string) => {
    await updateRestore(db, restore.id, { words });
    await announceChange(db, "backups");
  };
  try {
    await withCopyClient(ctx.database.url, async (client) => {
      if (!(await takeRestoreLock(client))) {
        throw new AppError("conflict", "Another restore is under way");
      }
      const over = "It was interrupted before the swap; nothing was changed";
      await closeOpenRestores(db, over, ctx.now(), restore.id);
      await restoreUnderLock(ctx, client, restore, { ...defaults, ...options }, say);
    });
  } catch (error) {
    const isSwapped = (await findRestore(db, restore.id))?.swappedAt != null;
    const standing = isSwapped
      ? "The data is the restored one already"
      : "The live data was not changed";
    await updateRestore(db, restore.id, {
      outcome: isSwapped ? "restored" : "failed",
      words: `${failureWords(error)}. ${standing}`,
      finishedAt: ctx.now(),
    });
    await announceChange(db, "backups");
    throw error;
  }
}

async function restoreUnderLock(
  ctx: RestoreContext,
  client: Client,
  { id, fileName }: { id: number; fileName: string },
  options: RestoreOptions,
  say: (words: string) => Promise<void>,
): Promise<void> {
  const { db } = ctx.database;
  const { configDir } = await ctx.loadConfig();
  const file = await findBackupFile(configDir, fileName);
  await say(`Reading ${fileName} whole`);
  const verdict = await verifyBackup(ctx, fileName);
  if (verdict.kind === "damaged") throw new AppError("bad_request", verdict.because);
  const header = await readBackupHeader(file.path);
  const migrations = splitMigrations(readMigrations(), header);
  await updateRestore(db, id, { backupAt: header.createdAt });
  await say("Making a backup of the data as it is now");
  await makeBackup(ctx, "before-restore", async () => {});

  await say(`Loading ${plural(verdict.rows, "row")} beside the live data`);
  const loaded = await loadBeside(client, file.path, migrations);
  await say("Waiting for the work under way, then swapping");
  const { held, events, windows } = await swapWhenQuiet(ctx, id, options.patienceMs);
  try {
    await options.prove(db, loaded);
  } catch (error) {
    await db.transaction((tx) => takeBack(tx, id));
    throw error;
  }
  await db.transaction((tx) => dropBeside(tx));
  fillConnections(ctx, configDir, header.settings);
  const words = [
    `${plural(verdict.rows, "row")} (${sizeWords(file.sizeBytes)}) restored`,
    held === 0 ? "no mail was under way" : `${plural(held, "mail")} on hold`,
    ...(windows > 0 ? [`${plural(windows, "maintenance window")} called off without a mail`] : []),
    ...(events > 0 ? [`${plural(events, "webhook")} of meanwhile taken over`] : []),
  ].join(", ");
  const finished = { outcome: "restored", words, heldMails: held, finishedAt: ctx.now() } as const;
  await updateRestore(db, id, finished);
  for (const topic of changeTopics) await announceChange(db, topic);
  ctx.log.warn("a backup was restored", { fileName, rows: verdict.rows, held });
}

/** The migrations the backup has been through, and those it has not. Throws for a backup of another line. */
function splitMigrations(
  all: readonly Migration[],
  { migration, product }: BackupHeader,
): { before: Migration[]; after: Migration[] } {
  const index = all.findIndex(({ tag, hash }) => tag === migration.tag && hash === migration.hash);
  if (index === -1) {
    throw new AppError(
      "conflict",
      `This backup was made by version ${product}, whose tables this version does not know. Update BingeAlert first`,
    );
  }
  return { before: all.slice(0, index + 1), after: all.slice(index + 1) };
}

/**
 * Loads everything into the schema beside in one transaction and brings it up to this version. Says how many rows each
 * table has to have.
 */
async function loadBeside(
  client: Client,
  file: string,
  migrations: { before: readonly Migration[]; after: readonly Migration[] },
): Promise<Map<string, number>> {
  const loaded = new Map<string, number>();
  await client.query("begin");
  try {
    await makeBesideSchema(client);
    await migrateBeside(client, migrations.before);
    const indexes = await setIndexesAside(client);
    let into: NodeJS.WritableStream | null = null;
    for await (const part of readBackup(file)) {
      if (part.kind === "table") {
        const { table, columns } = part;
        into = copyRowsIn(client, { schema: besideSchema, table, columns });
        // A refused row is reported by the write that waits or by the end; without a listener it ends the process.
        into.on("error", () => {});
      } else if (part.kind === "rows" && into) {
        await write(into, part.chunk);
      } else if (part.kind === "tableEnd" && into) {
        await end(into);
        loaded.set(part.table, part.rows);
        into = null;
      }
    }
    for (const definition of indexes) await client.query(definition);
    await migrateBeside(client, migrations.after);
    for (const [table, rows] of await forgetAccessThere(client, broughtSettings)) {
      loaded.set(table, (loaded.get(table) ?? 0) - rows);
    }
    await advanceCounters(client);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
  await client.query("analyze").catch(() => undefined);
  return loaded;
}

function write(stream: NodeJS.WritableStream, chunk: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once("error", reject);
    stream.write(chunk, (error) => {
      stream.removeListener("error", reject);
      if (error) reject(error);
      else resolve();
    });
  });
}

function end(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once("error", reject);
    stream.once("finish", resolve);
    stream.end();
  });
}

const lockPatienceMs = 3_000;
const pauseMs = 300;
/** Work under way, a lock that was not to be had, a deadlock broken by ending us: it is tried again. */
const passing = new Set(["55P03", "40P01"]);

type Swapped = { held: number; events: number; windows: number };

class StillBusy extends Error {}

async function swapWhenQuiet(
  ctx: RestoreContext,
  restoreId: number,
  patienceMs: number,
): Promise<Swapped> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await swap(ctx, restoreId);
    } catch (error) {
      const isPassing = error instanceof StillBusy || passing.has(sqlState(error));
      if (!isPassing) throw error;
      if (Date.now() > deadline) {
        throw new AppError("unavailable", "The workers did not come to rest", { cause: error });
      }
    }
    await sleep(pauseMs);
  }
}

function sqlState(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}

const inDatabase = Object.entries(settingDefinitions).filter(([, { kept }]) => kept === "database");
/** Who gets in: as it is here. */
const securitySettings = inDatabase
  .filter(([, { section }]) => section === "security")
  .map(([name]) => name);
/** How it behaves: as the backup says. */
const broughtSettings = inDatabase
  .filter(([, { section }]) => section !== "security")
  .map(([name]) => name);

/** The one moment in which the data changes. */
async function swap(ctx: RestoreContext, restoreId: number): Promise<Swapped> {
  const now = ctx.now();
  const reason = "It was under way when the restored backup was made. Look before it goes";
  return ctx.database.db.transaction(async (tx) => {
    await lockAllTables(tx, lockPatienceMs);
    // Jobs that wait for these locks count as well: they go on with what they know, then it is tried again.
    if ((await countRunningJobs(tx)) > 0) throw new StillBusy();
    await carryOver(tx, securitySettings);
    await swapTables(tx);
    const { held } = await stopRestoredWork(tx, { at: now, reason }, now);
    const windows = await closeRestoredWork(tx, now);
    await forgetBaselines(tx);
    await renewMilestone(tx, "restored", now);
    // Whatever the backup knew of it: there is an installation now, and the wizard never opens again.
    await reachMilestone(tx, "setup_complete", now);
    const events = await carryOverEvents(tx);
    for (const eventId of events) await enqueue(tx, "process_inbound_event", { eventId });
    // A moment later, so that the webhooks of meanwhile are worked off before everything is marked as known.
    const runAt = new Date(now.getTime() + 30_000);
    await enqueue(tx, "run_worker", { name: "reconcile", trigger: "start" }, { runAt });
    await updateRestore(tx, restoreId, { swappedAt: now });
    return { held, events: events.length, windows };
  });
}

/** The replaced data is the live data again. Its jobs are gone: webhooks get theirs here, the rest is swept. */
async function takeBack(tx: Executor, restoreId: number): Promise<void> {
  await swapTablesBack(tx);
  for (const eventId of await listPendingEvents(tx)) {
    await enqueue(tx, "process_inbound_event", { eventId });
  }
  await updateRestore(tx, restoreId, { swappedAt: null });
}

/** Every table is there and holds at least what was loaded. */
async function proveSwap(executor: Executor, loaded: ReadonlyMap<string, number>): Promise<void> {
  for (const [name, rows] of await countRestored(executor)) {
    const should = loaded.get(name) ?? 0;
    if (rows < should) {
      throw new AppError("internal", `The table ${name} has ${rows} rows instead of ${should}`);
    }
  }
}

/**
 * Connections of the backup that are not given here; what is given stays. Their secrets were never in it. The data is
 * restored already: a file that cannot be written is logged, not thrown.
 */
function fillConnections(
  ctx: RestoreContext,
  configDir: string,
  settings: Readonly<Record<string, string>>,
): void {
  try {
    const here = readConfigEnv(configDir);
    const missing = Object.entries(settings).filter(
      ([name]) =>
        isConnectionSetting(name) &&
        !here[name] &&
        !process.env[name] &&
        !process.env[`${name}_FILE`],
    );
    if (missing.length === 0) return;
    writeConfigEnv(configDir, Object.fromEntries(missing));
    const names = missing.map(([name]) => name);
    ctx.log.info("connections were taken from the backup", { names });
  } catch (error) {
    ctx.log.error("the connections of the backup could not be kept", { error });
  }
}
