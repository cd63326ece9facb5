import path from "node:path";
import { type ProcessEnvironment, parseEnvironment } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log, setLogLevel } from "@/lib/log";
import { keepLogFile } from "@/lib/log-file";
import { ensureFirstAdmin } from "@/lib/services/access/admin-accounts";
import { makeSetupToken, settleSetup } from "@/lib/services/setup/setup-state";
import { openDatabase as openTables } from "@/lib/store/db";
import { findAppRoot } from "./app-root";
import { ensureSecretKey, loadConfigEnv, prepareConfigFolder } from "./config-folder";
import { checkDatabase, chooseDatabase } from "./external-database";
import { type GivenSettings, givenSettings } from "./given-settings";
import { migrateDatabase } from "./migrate";
import { developmentPlans, productionPlans } from "./process-plans";
import { parentOf } from "./processes";
import { StartupError } from "./startup-error";
import { type SupervisedPostgres, supervisePostgres } from "./supervised-postgres";
import { type SupervisedProcess, supervise } from "./supervised-process";
import { reservePort } from "./web-port";

/** Together with the database's share this stays below the 10 s after which Docker kills. */
const childPatienceMs = 7_000;
const databasePatienceMs = 1_500;
/** Time for the answer to whoever asked for a restart. */
const answerMs = 250;
/** How long a port may still be held by a BingeAlert that was just killed. */
const portPatienceMs = 3_000;
/** How long a database of the user's may take to get ready when both are started together. */
const externalDatabasePatienceMs = 5_000;

/** Asking for a parent's parent is reading a file on Linux, and running a program elsewhere. */
const watchEveryMs = process.platform === "linux" ? 500 : 5_000;

const beginning = Date.now();
const aborted = new AbortController();
const children: SupervisedProcess[] = [];
let database: SupervisedPostgres | undefined;
let stopping: Promise<void> | undefined;
let stopAskedAt = 0;
let setupTokenShown = false;

async function start(): Promise<void> {
  const configDir = path.resolve(process.env.CONFIG_DIR?.trim() || "./config");
  prepareConfigFolder(configDir);
  const configEnv = loadConfigEnv(configDir);
  const given = givenSettings(process.env, configEnv);
  const env = readEnvironment({ ...configEnv, ...process.env, CONFIG_DIR: configDir });
  setLogLevel(env.LOG_LEVEL);
  keepLogFile("supervisor", configDir);
  if (env.TZ) process.env.TZ = env.TZ;
  const choice = chooseDatabase(given);
  if (env.ROLE !== "all" && choice.kind === "embedded") {
    throw new StartupError(
      `ROLE=${env.ROLE} shares its database with other processes: set DATABASE_URL.`,
    );
  }

  const port =
    env.ROLE === "worker" ? env.PORT : await reservePort(env.HOSTNAME, env.PORT, portPatienceMs);
  const secretKey = ensureSecretKey(configDir, given("APP_SECRET_KEY"));
  const url = await openDatabase(choice, configDir);
  if (stopping) return;
  await migrate(url);
  if (stopping) return;
  await makeFirstAdmin(url, given);
  if (stopping) return;
  const token = await settleSetupState(url, env, configEnv);
  if (stopping) return;
  startChildren(env, port, childEnvironment({ env, configDir, url, secretKey, port }), token);
}

function readEnvironment(source: NodeJS.ProcessEnv): ProcessEnvironment {
  const parsed = parseEnvironment(source);
  if (parsed.kind === "wrong") throw new StartupError(parsed.problems.join(" "));
  return parsed.env;
}

async function openDatabase(
  choice: ReturnType<typeof chooseDatabase>,
  configDir: string,
): Promise<string> {
  if (choice.kind === "external") {
    await checkDatabase(choice.url, externalDatabasePatienceMs);
    return choice.url;
  }
  database = await supervisePostgres(path.join(configDir, "postgres"), aborted.signal);
  return database.url;
}

async function migrate(url: string): Promise<void> {
  try {
    await migrateDatabase(url);
  } catch (error) {
    if (error instanceof StartupError) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    log.debug("migration failed", { error });
    throw new StartupError(
      `The tables of the database could not be brought up to date: ${cause instanceof Error ? cause.message : String(cause)}. Nothing was changed; restore a backup or report this with the version.`,
    );
  }
}

/** ADMIN_USERNAME and ADMIN_PASSWORD make the first account; later they are ignored. */
async function makeFirstAdmin(url: string, given: GivenSettings): Promise<void> {
  const password = given("ADMIN_PASSWORD");
  if (password === undefined) return;
  const name = given("ADMIN_USERNAME") ?? "admin";
  const tables = openTables(url, { max: 1, name: "bingealert first account" });
  try {
    const outcome = await ensureFirstAdmin(tables.db, { name, password }, new Date());
    if (outcome === "made") log.info("the first account was made", { name });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new StartupError(`ADMIN_USERNAME and ADMIN_PASSWORD make no account: ${error.message}.`);
  } finally {
    await tables.close();
  }
}

/** Whether set-up is over is decided before anybody can ask. The token for the log while it is not, else null. */
async function settleSetupState(
  url: string,
  env: ProcessEnvironment,
  file: Record<string, string>,
): Promise<string | null> {
  const tables = openTables(url, { max: 1, name: "bingealert set-up" });
  try {
    const state = await settleSetup(tables.db, { environment: process.env, file }, new Date());
    if (state === "complete" || env.ROLE === "worker") return null;
    return await makeSetupToken(tables.db, new Date());
  } finally {
    await tables.close();
  }
}

function childEnvironment(facts: {
  env: ProcessEnvironment;
  configDir: string;
  url: string;
  secretKey: string;
  port: number;
}): NodeJS.ProcessEnv {
  const { env, configDir, url, secretKey, port } = facts;
  return {
    ...process.env,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    CONFIG_DIR: configDir,
    DATABASE_URL: url,
    APP_SECRET_KEY: secretKey,
    PORT: String(port),
    HOSTNAME: env.HOSTNAME,
    BASE_PATH: env.BASE_PATH,
    ROLE: env.ROLE,
    // In development their processes are those of tools, which restart by themselves.
    BINGEALERT_RESTARTS: process.env.BINGEALERT_DEV
      ? undefined
      : env.ROLE === "all"
        ? "web,worker"
        : env.ROLE,
    // Of use here alone.
    ADMIN_PASSWORD: undefined,
  };
}

function startChildren(
  env: ProcessEnvironment,
  port: number,
  childEnv: NodeJS.ProcessEnv,
  setupToken: string | null,
): void {
  const root = findAppRoot();
  const plans = process.env.BINGEALERT_DEV
    ? developmentPlans(root, env.HOSTNAME, port, childEnv)
    : productionPlans(root, childEnv);
  if (env.ROLE !== "worker") {
    const onMessage = (message: unknown) => {
      if (!message || typeof message !== "object" || !("kind" in message)) return;
      if (message.kind === "restart") void restartChildren();
      if (message.kind !== "listening") return;
      const host = /^(0\.0\.0\.0|::)$/.test(env.HOSTNAME) ? "localhost" : env.HOSTNAME;
      log.info(`BingeAlert is at http://${host}:${port}${env.BASE_PATH}`, {
        afterMs: Date.now() - beginning,
      });
      if (setupToken === null || setupTokenShown) return;
      setupTokenShown = true;
      log.info(
        `Set-up is not complete: open that address. From another machine it asks for ${setupToken}`,
      );
    };
    children.push(supervise({ ...plans.web, onMessage }));
  }
  if (env.ROLE !== "web") children.push(supervise(plans.worker));
}

let restarting = false;

/** Starts web and worker anew, as asked on a page: the database and this process stay. */
async function restartChildren(): Promise<void> {
  if (restarting || stopping) return;
  restarting = true;
  log.info("restarting web and worker, as asked");
  // The page gets its answer first.
  await new Promise((resolve) => setTimeout(resolve, answerMs));
  if (!stopping) await Promise.all(children.map((child) => child.restart(childPatienceMs)));
  restarting = false;
}

/** Ends web and worker, then the database. Asked again later, it no longer waits. */
function stop(): Promise<void> {
  if (stopping) {
    // One Ctrl+C arrives twice: from the terminal, and passed on by npm.
    if (Date.now() - stopAskedAt > 1_000) for (const child of children) void child.stop(0);
    return stopping;
  }
  stopAskedAt = Date.now();
  stopping = (async () => {
    await Promise.all(children.map((child) => child.stop(childPatienceMs)));
    if (database) await database.stop(databasePatienceMs);
    else aborted.abort();
  })();
  return stopping;
}

function stopAndExit(why: string): void {
  log.info("stopping", { why });
  void stop().then(() => {
    log.info("stopped");
    process.exit(0);
  });
}

/** Under `npm start`, a killed npm would leave us running unseen, with the port taken. */
function watchParent(): void {
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event === undefined || parent <= 1) return;
  // Between npm and us there may be the shell it runs scripts with, which would not notice.
  const grandparent = parentOf(parent);
  setInterval(() => {
    const isLeft = process.ppid !== parent || parentOf(parent) !== grandparent;
    if (isLeft && !stopping) stopAndExit("the npm that started it is gone");
  }, watchEveryMs).unref();
}

process.title = "bingealert";
process.on("SIGTERM", () => stopAndExit("SIGTERM"));
process.on("SIGINT", () => stopAndExit("SIGINT"));
process.on("SIGHUP", () => stopAndExit("SIGHUP"));
process.stderr.on("error", () => {});
process.on("uncaughtException", (error) => {
  log.error("an error nobody handled", { error });
  void stop().then(() => process.exit(1));
});
watchParent();

try {
  await start();
} catch (error) {
  if (stopping) await stopping;
  else {
    if (error instanceof StartupError)
      process.stderr.write(`BingeAlert cannot start. ${error.message}\n`);
    else log.error("BingeAlert cannot start", { error });
    await stop();
    process.exit(1);
  }
}
