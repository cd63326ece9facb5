import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import { accountEnvironment } from "./account-name";
import { inspectPostmaster, releaseDataFolder } from "./orphaned-postgres";
import { locatePostgresBinaries, type PostgresBinaries } from "./postgres-binaries";
import { StartupError, systemErrorCode, unwritableFolder } from "./startup-error";
import { canReach, choosePostgresUser, type UnprivilegedUser } from "./unprivileged-user";

const roleName = "bingealert";
const databaseName = "bingealert";

export interface PostgresOptions {
  /** Made when it does not exist. Beside it, `<dataFolder>.json` keeps the password. */
  dataFolder: string;
  /** Default: any free one on the loopback interface. */
  port?: number;
  /** False trades safety on power loss for speed; for tests. */
  durable?: boolean;
  /** Gets each line PostgreSQL writes. */
  log?: (message: string) => void;
  /** Called when PostgreSQL ends without having been asked to. */
  onUnexpectedExit?: (how: string) => void;
  signal?: AbortSignal;
}

export interface RunningPostgres {
  /** Connection string with the password: never to be logged or put on a command line. */
  url: string;
  port: number;
  pid: number;
  /** Orderly, fast shutdown; harder after `patienceMs` (default 8 000). */
  stop: (patienceMs?: number) => Promise<void>;
}

interface Secrets {
  password: string;
  ownerPid?: number;
}

/** What a PostgreSQL program needs to be run: the folder as it can reach it, and as whom. */
interface Launch {
  binaries: PostgresBinaries;
  user: UnprivilegedUser | null;
}

/**
 * Starts PostgreSQL on `dataFolder`: makes the database at first, recovers after a crash, frees the
 * folder from an orphan. Resolves when it accepts connections; throws a StartupError in words.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { dataFolder, log = () => {} } = {
    ...options,
    dataFolder: path.resolve(options.dataFolder),
  };
  const user = choosePostgresUser(dataFolder);
  const launch: Launch = { binaries: locatePostgresBinaries(user), user };

  let secrets = readSecrets(dataFolder);
  if (existsSync(path.join(dataFolder, "PG_VERSION"))) {
    checkVersion(dataFolder, launch.binaries.major);
    await releaseDataFolder(dataFolder, secrets?.ownerPid, log);
    if (secrets === null) {
      secrets = newSecrets();
      await runSingleUser(launch, dataFolder, [setPassword(secrets.password)]);
    }
  } else {
    secrets = newSecrets();
    try {
      await createDataFolder(launch, dataFolder, secrets, options.durable ?? true);
    } catch (error) {
      rmSync(`${dataFolder}.new`, { recursive: true, force: true });
      throw error;
    }
  }
  writeSecrets(dataFolder, { ...secrets, ownerPid: process.pid });

  const deadline = Date.now() + 5_000;
  for (;;) {
    options.signal?.throwIfAborted();
    const port = options.port ?? (await findFreePort());
    const outcome = await launchServer(launch, dataFolder, port, options);
    if (outcome.kind === "ready") {
      const url = `postgres://${roleName}:${secrets.password}@127.0.0.1:${port}/${databaseName}`;
      return { url, port, pid: outcome.pid, stop: outcome.stop };
    }
    // Another program took the port meanwhile, or the last backends of a killed server still end.
    const passing = /could not bind|Address already in use|shared memory block|lock file/;
    if (Date.now() > deadline || !passing.test(outcome.words)) {
      throw new StartupError(explainFailure(dataFolder, outcome.words));
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/**
 * How to reach the PostgreSQL that serves `dataFolder` at this moment; null when none does. Throws a StartupError when
 * its password cannot be read.
 */
export function findRunningPostgres(dataFolder: string): string | null {
  if (inspectPostmaster(dataFolder).kind !== "running") return null;
  const secrets = readSecrets(dataFolder);
  const port = Number(readFileSync(path.join(dataFolder, "postmaster.pid"), "utf8").split("\n")[3]);
  if (secrets === null || !Number.isInteger(port)) return null;
  return `postgres://${roleName}:${secrets.password}@127.0.0.1:${port}/${databaseName}`;
}

function explainFailure(dataFolder: string, words: string): string {
  if (/No space left/.test(words)) {
    return `The disk that holds ${dataFolder} is full. Free some space, then start BingeAlert again.`;
  }
  if (/Permission denied|wrong ownership/.test(words)) {
    return `PostgreSQL may not use ${dataFolder} (${words}). Give the folder back to the user BingeAlert ran as before, or set CONFIG_DIR to another folder.`;
  }
  return `The built-in PostgreSQL did not start: ${words || "it ended without a word"}. Its data is in ${dataFolder}.`;
}

function checkVersion(dataFolder: string, major: number): void {
  let found: number;
  try {
    found = Number(readFileSync(path.join(dataFolder, "PG_VERSION"), "utf8"));
  } catch (error) {
    throw new StartupError(
      `The database folder ${dataFolder} cannot be read (${systemErrorCode(error)}). Start BingeAlert as the user who owns it, or give it the folder (chown).`,
    );
  }
  if (found === major) return;
  const advice =
    found > major
      ? "Start the newer BingeAlert that made it, or set CONFIG_DIR to another folder and restore a backup there."
      : "Make a backup with the BingeAlert that made it, then restore it into a new CONFIG_DIR.";
  throw new StartupError(
    `The database in ${dataFolder} was made by PostgreSQL ${found}, and this BingeAlert brings PostgreSQL ${major}. ${advice}`,
  );
}

function secretsFile(dataFolder: string): string {
  return `${dataFolder}.json`;
}

function newSecrets(): Secrets {
  return { password: randomBytes(24).toString("base64url") };
}

function readSecrets(dataFolder: string): Secrets | null {
  try {
    const secrets: Partial<Secrets> = JSON.parse(readFileSync(secretsFile(dataFolder), "utf8"));
    if (typeof secrets.password !== "string" || secrets.password === "") return null;
    return {
      password: secrets.password,
      ...(secrets.ownerPid ? { ownerPid: secrets.ownerPid } : {}),
    };
  } catch (error) {
    if (systemErrorCode(error) === "EACCES")
      throw unwritableFolder(path.dirname(dataFolder), error);
    return null;
  }
}

function writeSecrets(dataFolder: string, secrets: Secrets): void {
  const file = secretsFile(dataFolder);
  try {
    writeFileSync(`${file}.new`, `${JSON.stringify(secrets)}\n`, { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw unwritableFolder(path.dirname(dataFolder), error);
  }
}

/** Makes the database beside its final place, so that a kill halfway leaves nothing half made. */
async function createDataFolder(
  launch: Launch,
  dataFolder: string,
  secrets: Secrets,
  durable: boolean,
): Promise<void> {
  const fresh = `${dataFolder}.new`;
  try {
    rmSync(fresh, { recursive: true, force: true });
    // An empty folder in its place (a mount made by hand) is replaced; one with files is not.
    rmSync(dataFolder, { recursive: false, force: true });
  } catch (error) {
    if (systemErrorCode(error) !== "ERR_FS_EISDIR") throw unwritableFolder(dataFolder, error);
  }
  try {
    mkdirSync(fresh, { mode: 0o700 });
    if (launch.user) chownSync(fresh, launch.user.uid, launch.user.gid);
  } catch (error) {
    throw unwritableFolder(path.dirname(dataFolder), error);
  }
  await runToEnd(launch, fresh, launch.binaries.initdb, (folder) => [
    `--pgdata=${folder}`,
    `--username=${roleName}`,
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
    ...(durable ? [] : ["--no-sync"]),
  ]);
  // Nobody gets in without the password; written before anything listens.
  writeFileSync(path.join(fresh, "pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
  await runSingleUser(launch, fresh, [
    setPassword(secrets.password),
    `CREATE DATABASE ${databaseName};`,
  ]);
  writeSecrets(dataFolder, secrets);
  try {
    renameSync(fresh, dataFolder);
  } catch (error) {
    throw unwritableFolder(dataFolder, error);
  }
}

function setPassword(password: string): string {
  return `ALTER ROLE ${roleName} PASSWORD '${password}';`;
}

/** Statements go in through standard input: a command line is visible to every user. */
async function runSingleUser(launch: Launch, dataFolder: string, statements: string[]) {
  await runToEnd(
    launch,
    dataFolder,
    launch.binaries.postgres,
    (folder) => ["--single", "-D", folder, "postgres"],
    `${statements.join("\n")}\n`,
  );
}

async function runToEnd(
  launch: Launch,
  dataFolder: string,
  program: string,
  args: (folder: string) => string[],
  input = "",
): Promise<void> {
  const account = `${dataFolder}.account`;
  const child = spawnOnFolder(launch, dataFolder, program, args, accountEnvironment(account));
  let output = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stdout?.resume();
  child.stdin?.on("error", () => {});
  child.stdin?.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", (error) => reject(cannotRun(program, error)));
    child.once("close", resolve);
  });
  rmSync(account, { force: true });
  if (code !== 0) {
    const lines = output.trim().split("\n");
    // The first one is the cause, what follows is said about it.
    const words =
      lines.find((line) => /\b(PANIC|FATAL|error): /.test(line)) ?? lines.slice(-3).join(" ");
    throw new StartupError(explainFailure(dataFolder, words));
  }
}

function cannotRun(program: string, error: Error): StartupError {
  return new StartupError(
    `The built-in PostgreSQL cannot be run on this machine (${program}: ${error.message}). It needs a system with glibc; set DATABASE_URL to use a PostgreSQL of yours.`,
  );
}

/**
 * Runs a PostgreSQL program on a folder. When the user it runs as cannot walk to the folder (it
 * lies below a closed one such as /root), the folder is handed over as an open descriptor.
 */
function spawnOnFolder(
  { user }: Launch,
  dataFolder: string,
  program: string,
  args: (folder: string) => string[],
  account: Record<string, string> = {},
): ChildProcess {
  const byDescriptor =
    user !== null && process.platform === "linux" && !canReach(path.dirname(dataFolder), user);
  const descriptor = byDescriptor
    ? openSync(dataFolder, constants.O_RDONLY | constants.O_DIRECTORY)
    : null;
  try {
    const stdio: StdioOptions =
      descriptor === null ? ["pipe", "pipe", "pipe"] : ["pipe", "pipe", "pipe", descriptor];
    return spawn(program, args(descriptor === null ? dataFolder : "/proc/self/fd/3"), {
      // Only what it needs: the secrets in our own environment are not for it.
      env: {
        NODE_ENV: process.env.NODE_ENV,
        PATH: process.env.PATH ?? "/usr/bin:/bin",
        LC_ALL: "C",
        TZ: "UTC",
        ...account,
      },
      cwd: "/",
      stdio,
      // A group of its own, so that Ctrl+C in a terminal ends web and worker before the database.
      detached: true,
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    });
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

type ServerOutcome =
  | { kind: "ready"; pid: number; stop: RunningPostgres["stop"] }
  | { kind: "ended"; words: string };

function launchServer(
  launch: Launch,
  dataFolder: string,
  port: number,
  options: PostgresOptions,
): Promise<ServerOutcome> {
  const settings = serverSettings(port, options.durable ?? true);
  fixMode(dataFolder);
  const child = spawnOnFolder(launch, dataFolder, launch.binaries.postgres, (folder) => [
    "-D",
    folder,
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ]);
  child.stdin?.end();
  child.stdout?.resume();

  let asked = false;
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const stop = async (patienceMs = 8_000) => {
    asked = true;
    child.kill("SIGINT");
    const quit = setTimeout(() => child.kill("SIGQUIT"), patienceMs);
    const kill = setTimeout(() => child.kill("SIGKILL"), patienceMs + 1_500);
    await ended;
    clearTimeout(quit);
    clearTimeout(kill);
  };
  const abort = () => void stop(1_000);
  options.signal?.addEventListener("abort", abort, { once: true });

  return new Promise((resolve, reject) => {
    let ready = false;
    const complaints: string[] = [];
    if (!child.stderr) throw new Error("PostgreSQL was started without a pipe for its messages.");
    createInterface({ input: child.stderr }).on("line", (line) => {
      options.log?.(line);
      const complaint = /(?:FATAL|PANIC|ERROR|HINT|LOG): {2}(could not .*|.*)/.exec(line);
      if (complaint?.[1] && !/LOG: {2}(?!could not)/.test(line)) complaints.push(complaint[1]);
      if (!ready && line.includes("database system is ready to accept connections")) {
        ready = true;
        options.signal?.removeEventListener("abort", abort);
        resolve({ kind: "ready", pid: child.pid ?? 0, stop });
      }
    });
    child.once("error", (error) => reject(cannotRun(launch.binaries.postgres, error)));
    child.once("close", (code, signal) => {
      options.signal?.removeEventListener("abort", abort);
      if (!ready) resolve({ kind: "ended", words: complaints.slice(-3).join("; ") });
      else if (!asked) options.onUnexpectedExit?.(signal ?? `exit code ${code}`);
    });
  });
}

/** PostgreSQL refuses a data folder that others may read, as a copy or a restore can leave it. */
function fixMode(dataFolder: string): void {
  if ((statSync(dataFolder).mode & 0o077) !== 0) chmodSync(dataFolder, 0o700);
}

/** Small, but nothing acknowledged is lost: the defaults for durability stay on. */
function serverSettings(port: number, durable: boolean): Record<string, string | number> {
  const safety = durable ? "on" : "off";
  return {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    fsync: safety,
    // Also in tests: a killed server loses nothing that was committed.
    synchronous_commit: "on",
    full_page_writes: safety,
    max_connections: 60,
    shared_buffers: "96MB",
    work_mem: "8MB",
    maintenance_work_mem: "64MB",
    max_wal_size: "512MB",
    random_page_cost: "1.1",
    huge_pages: "off",
    io_method: "sync",
    jit: "off",
    TimeZone: "UTC",
    log_timezone: "UTC",
    log_checkpoints: "off",
    log_line_prefix: "",
    // A failed statement may contain addresses and tokens.
    log_min_error_statement: "panic",
  };
}

async function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === "object") resolve(address.port);
        else reject(new Error("No free port was found on 127.0.0.1."));
      });
    });
  });
}
