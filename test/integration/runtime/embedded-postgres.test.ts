import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  inject,
  test,
  vi,
} from "vitest";
import { type RunningPostgres, startPostgres } from "@/lib/runtime/embedded-postgres";
import { inspectPostmaster } from "@/lib/runtime/orphaned-postgres";
import { isAlive } from "@/lib/runtime/processes";
import { canReach } from "@/lib/runtime/unprivileged-user";

// Starts a dozen servers: seconds on an idle machine, more on a busy one.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const root = fileURLToPath(new URL("../../..", import.meta.url));
const isRoot = process.getuid?.() === 0;
const nobody = { name: "nobody", uid: 65_534, gid: 65_534 };

let seed: string;
let folder: string;
let dataFolder: string;
let server: RunningPostgres | undefined;
let child: ChildProcess | undefined;

// Making a database takes a second; most tests begin with a copy of one that was stopped.
beforeAll(async () => {
  seed = mkdtempSync(path.join(os.tmpdir(), "bingealert-pg-seed-"));
  chmodSync(seed, isRoot ? 0o711 : 0o700);
  await (await startPostgres({ dataFolder: path.join(seed, "postgres"), durable: false })).stop();
});

afterAll(() => rmSync(seed, { recursive: true, force: true }));

function copySeed(target: string): void {
  execFileSync("cp", ["-a", path.join(seed, "postgres"), path.join(seed, "postgres.json"), target]);
}

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "bingealert-pg-"));
  // As the config folder: closed to look at, open to pass through when root has to.
  chmodSync(folder, isRoot ? 0o711 : 0o700);
  dataFolder = path.join(folder, "postgres");
});

afterEach(async () => {
  await server?.stop();
  server = undefined;
  child?.kill("SIGKILL");
  child = undefined;
  const left = inspectPostmaster(dataFolder);
  if (left.kind === "running") process.kill(left.pid, "SIGKILL");
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

async function start(options: Partial<Parameters<typeof startPostgres>[0]> = {}) {
  server = await startPostgres({ dataFolder, durable: false, ...options });
  return server;
}

async function stop() {
  await server?.stop();
  server = undefined;
}

async function query<T>(url: string, statement: string): Promise<T[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 5 });
  try {
    return (await sql.unsafe(statement)) as unknown as T[];
  } finally {
    await sql.end({ timeout: 2 });
  }
}

async function startInChild(as?: {
  uid: number;
  gid: number;
}): Promise<{ url: string; pid: number }> {
  const script = path.join(root, "test", "support", "postgres-child.ts");
  const spawned = spawn(process.execPath, ["--import", "tsx", script, dataFolder], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    ...as,
  });
  child = spawned;
  return new Promise((resolve, reject) => {
    let complaints = "";
    spawned.stderr.on("data", (text) => {
      complaints += text;
    });
    spawned.stdout.once("data", (text) => resolve(JSON.parse(String(text))));
    spawned.once("exit", (code) => reject(new Error(`ended with ${code}: ${complaints}`)));
  });
}

async function waitUntilGone(pid: number) {
  for (let i = 0; i < 200 && isAlive(pid); i++) await sleep(25);
  expect(isAlive(pid)).toBe(false);
}

test.runIf(isRoot)("a disk that is too small for a database is named as the cause", async () => {
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=20m,mode=711", "tmpfs", folder]);
  try {
    await expect(start()).rejects.toThrow(`The disk that holds ${dataFolder}.new is full.`);
    expect(existsSync(dataFolder)).toBe(false);
  } finally {
    execFileSync("umount", [folder]);
  }
});

test("rows survive stop and start; only the loopback interface and the password let in", async () => {
  const first = await start();
  await query(first.url, "create table t (n int); insert into t values (7)");
  await stop();
  expect(isAlive(first.pid)).toBe(false);

  const second = await start();
  expect(await query(second.url, "select n from t")).toEqual([{ n: 7 }]);
  expect(await query(second.url, "show listen_addresses")).toEqual([
    { listen_addresses: "127.0.0.1" },
  ]);
  const [encryption] = await query<{ method: string }>(
    second.url,
    "select left(rolpassword, 13) as method from pg_authid where rolname = current_user",
  );
  expect(encryption?.method).toBe("SCRAM-SHA-256");
  const stranger = new URL(second.url);
  stranger.password = "wrong";
  await expect(query(stranger.href, "select 1")).rejects.toThrow("password authentication failed");
});

test("what is committed is safe by default", async () => {
  copySeed(folder);
  const { url } = await start({ durable: true });
  const rows = await query<{ name: string; setting: string }>(
    url,
    "select name, setting from pg_settings where name in ('fsync','synchronous_commit','full_page_writes') order by name",
  );
  expect(rows.map(({ setting }) => setting)).toEqual(["on", "on", "on"]);
});

test("kill -9 of PostgreSQL is told, and the next start recovers", async () => {
  copySeed(folder);
  let told: string | undefined;
  const first = await start({
    onUnexpectedExit: (how) => {
      told = how;
    },
  });
  await query(first.url, "create table t (n int); insert into t select generate_series(1, 1000)");
  process.kill(first.pid, "SIGKILL");
  for (let i = 0; i < 100 && told === undefined; i++) await sleep(20);
  expect(told).toBe("SIGKILL");

  const second = await start({ port: first.port });
  expect(second.url).toBe(first.url);
  expect(await query(second.url, "select count(*)::int as n from t")).toEqual([{ n: 1000 }]);
});

test("an orphan left by a killed starter is stopped, its data kept", async () => {
  copySeed(folder);
  const orphan = await startInChild();
  await query(orphan.url, "create table t (n int); insert into t values (3)");
  const killed = child;
  killed?.kill("SIGKILL");
  await new Promise((resolve) => killed?.once("close", resolve));
  expect(isAlive(orphan.pid)).toBe(true);

  const next = await start();
  expect(isAlive(orphan.pid)).toBe(false);
  expect(await query(next.url, "select n from t")).toEqual([{ n: 3 }]);
});

test("a folder that a living starter uses is refused, and that one keeps running", async () => {
  copySeed(folder);
  const other = await startInChild();
  await expect(start()).rejects.toThrow("in use by another BingeAlert");
  expect(await query(other.url, "select 1 as n")).toEqual([{ n: 1 }]);
});

test("a lock file whose number now belongs to another program does not stop the start", async () => {
  copySeed(folder);
  const first = await start();
  await stop();
  const bystander = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
  writeFileSync(
    path.join(dataFolder, "postmaster.pid"),
    `${bystander.pid}\n${dataFolder}\n0\n${first.port}\n`,
  );
  const second = await start();
  expect(await query(second.url, "select 1 as n")).toEqual([{ n: 1 }]);
  expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
  bystander.kill("SIGKILL");
});

test("a lost password file is made anew", async () => {
  copySeed(folder);
  const first = await start();
  await query(first.url, "create table t (n int)");
  await stop();
  rmSync(`${dataFolder}.json`);
  const second = await start();
  expect(new URL(second.url).password).not.toBe(new URL(first.url).password);
  expect(await query(second.url, "select count(*)::int as n from t")).toEqual([{ n: 0 }]);
});

test("a first start that was cut short begins anew", async () => {
  copySeed(folder);
  renameSync(dataFolder, `${dataFolder}.new`);
  rmSync(path.join(`${dataFolder}.new`, "global"), { recursive: true });
  const { url } = await start();
  expect(await query(url, "select 1 as n")).toEqual([{ n: 1 }]);
  expect(existsSync(`${dataFolder}.new`)).toBe(false);
});

test("data of a newer PostgreSQL is left alone, with a sentence", async () => {
  copySeed(folder);
  const file = path.join(dataFolder, "PG_VERSION");
  const major = Number(readFileSync(file, "utf8"));
  writeFileSync(file, `${major + 1}\n`);
  await expect(start()).rejects.toThrow(
    `was made by PostgreSQL ${major + 1}, and this BingeAlert brings PostgreSQL ${major}. Start the newer BingeAlert`,
  );
});

test("a port that another program has is told", async () => {
  copySeed(folder);
  const port = Number(new URL(inject("postgresUrl")).port);
  await expect(start({ port })).rejects.toThrow("The built-in PostgreSQL did not start: could not");
});

describe.runIf(isRoot)("as root", () => {
  test("it runs as a user without rights, also below a closed folder", async () => {
    const closed = path.join(folder, "closed");
    mkdirSync(closed, { mode: 0o700 });
    dataFolder = path.join(closed, "postgres");
    const { url, pid } = await start();
    expect(await query(url, "select 1 as n")).toEqual([{ n: 1 }]);
    const uid = /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    expect(Number(uid)).toBeGreaterThan(0);
    process.kill(pid, "SIGKILL");
    await waitUntilGone(pid);
    await start();
  });

  test.runIf(canReach(root, nobody))("an ordinary user can run it too", async () => {
    chownSync(folder, nobody.uid, nobody.gid);
    const { url, pid } = await startInChild(nobody);
    expect(await query(url, "select 1 as n")).toEqual([{ n: 1 }]);
    const uid = /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    expect(Number(uid)).toBe(nobody.uid);
    child?.kill("SIGTERM");
    await waitUntilGone(pid);
  });
});
