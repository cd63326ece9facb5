import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isAlive } from "@/lib/runtime/processes";
import { createTestDatabase } from "@/test/support/postgres";
import {
  type RunningApp,
  runStart,
  startApp,
  temporaryConfigFolder,
  waitForHealth,
} from "@/test/support/running-app";

let config: ReturnType<typeof temporaryConfigFolder>;
let app: RunningApp | undefined;

beforeEach(() => {
  config = temporaryConfigFolder();
});

afterEach(async () => {
  if (app && app.process.exitCode === null && app.process.signalCode === null) await app.stop();
  app = undefined;
  config.remove();
});

async function start(): Promise<RunningApp> {
  app = await startApp({ CONFIG_DIR: config.folder });
  return app;
}

const allPids = (running: RunningApp) =>
  (["web", "worker", "postgres"] as const).map((part) => running.pidOf(part));

async function waitUntilGone(pids: number[], patienceMs: number): Promise<number[]> {
  const deadline = Date.now() + patienceMs;
  while (pids.some(isAlive) && Date.now() < deadline) await sleep(50);
  return pids.filter(isAlive);
}

test.each(["SIGTERM", "SIGINT"] as const)(
  "%s ends web, worker and database within 10 s, also with open connections and streams",
  async (signal) => {
    const running = await start();
    const pids = allPids(running);
    const stream = await fetch(`${running.url}/api/events`, {
      headers: { accept: "text/event-stream" },
    });
    expect(stream.headers.get("content-type")).toContain("text/event-stream");
    const kept = await fetch(`${running.url}/health`);
    const reading = stream.text().catch(() => "cut");

    const { code, afterMs } = await running.stop(signal);

    expect(code).toBe(0);
    expect(afterMs).toBeLessThan(10_000);
    expect(pids.filter(isAlive)).toEqual([]);
    await Promise.all([reading, kept.text()]);
    expect(running.output()).not.toContain("is killed");
  },
);

test.each(["web", "worker", "postgres"] as const)(
  "kill -9 of %s: it is started again and the whole is healthy",
  async (part) => {
    const running = await start();
    const victim = running.pidOf(part);
    process.kill(victim, "SIGKILL");

    const deadline = Date.now() + 10_000;
    while (running.pidOf(part) === victim && Date.now() < deadline) await sleep(20);
    expect(running.pidOf(part)).not.toBe(victim);
    await waitForHealth(running.url, 200, 15_000, running.output);
  },
);

test("kill -9 of the supervisor: web and worker end by themselves, the next start recovers", async () => {
  const first = await start();
  const [web = 0, worker = 0, postgres = 0] = allPids(first);
  await first.stop("SIGKILL");
  expect(isAlive(postgres)).toBe(true);
  expect(await waitUntilGone([web, worker], 8_000)).toEqual([]);

  const second = await startApp({ CONFIG_DIR: config.folder, PORT: String(first.port) });
  app = second;
  expect(second.port).toBe(first.port);
  expect(isAlive(postgres)).toBe(false);
});

test("kill -9 of everything at once: the next start recovers", async () => {
  const first = await start();
  const pids = allPids(first);
  first.process.kill("SIGKILL");
  for (const pid of pids) process.kill(pid, "SIGKILL");
  expect(await waitUntilGone(pids, 5_000)).toEqual([]);

  const second = await startApp({ CONFIG_DIR: config.folder, PORT: String(first.port) });
  app = second;
  expect((await fetch(`${second.url}/health`)).status).toBe(200);
});

test("the same folder twice: the second start says so and leaves the first alone", async () => {
  const first = await start();
  const second = await runStart({ CONFIG_DIR: config.folder, PORT: "0" });
  expect(second.code).toBe(1);
  expect(second.stderr).toContain("in use by another BingeAlert");
  expect((await fetch(`${first.url}/health`)).status).toBe(200);
});

test("no password shows in the process list, and the files of the folder are private", async () => {
  const running = await start();
  const { password } = JSON.parse(readFileSync(path.join(config.folder, "postgres.json"), "utf8"));
  const list = execFileSync("ps", ["-ww", "-eo", "args"], { encoding: "utf8" });
  expect(list).toContain("postgres");
  expect(list).not.toContain(password);
  expect(running.output()).not.toContain(password);
  const modes = execFileSync("stat", [
    "-c",
    "%a",
    `${config.folder}/.env`,
    `${config.folder}/postgres.json`,
  ]);
  expect(modes.toString()).toBe("600\n600\n");
});

describe("a start that cannot succeed says why in one sentence", () => {
  const sentence = (stderr: string) => stderr.trim().split("\n");

  test("port taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const address = other.address();
    const port = typeof address === "object" && address ? String(address.port) : "";
    const { code, stderr } = await runStart({ CONFIG_DIR: config.folder, PORT: port });
    other.close();
    expect(code).toBe(1);
    expect(sentence(stderr)).toEqual([
      expect.stringContaining(`Port ${port} is already in use by another program.`),
    ]);
  });

  test("folder in the place of a file", async () => {
    const file = path.join(config.folder, "file");
    writeFileSync(file, "");
    const { code, stderr } = await runStart({ CONFIG_DIR: file, PORT: "0" });
    expect(code).toBe(1);
    expect(sentence(stderr)).toEqual([expect.stringContaining("is not a folder")]);
  });

  test("database unreachable", async () => {
    const { code, stderr } = await runStart({
      CONFIG_DIR: config.folder,
      PORT: "0",
      DATABASE_URL: "postgres://anna:secret-of-anna@127.0.0.1:1/bingealert",
    });
    expect(code).toBe(1);
    expect(sentence(stderr)).toEqual([
      expect.stringContaining("No database answers at 127.0.0.1:1."),
    ]);
    expect(stderr).not.toContain("secret-of-anna");
  });

  test("tables of a newer version", async () => {
    const database = await createTestDatabase();
    const sql = postgres(database.url, { max: 1 });
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at)
      values ('of a later version', 9999999999999)`;
    const env = { CONFIG_DIR: config.folder, PORT: "0", DATABASE_URL: database.url };
    const { code, stderr } = await runStart(env);
    await sql.end();
    await database.drop();
    expect(code).toBe(1);
    expect(sentence(stderr)).toEqual([
      expect.stringMatching(/belong to a newer version .* docs\/upgrade\.md under Going back/),
    ]);
  });

  test("setting out of range", async () => {
    const { code, stderr } = await runStart({ CONFIG_DIR: config.folder, PORT: "eighty" });
    expect(code).toBe(1);
    expect(sentence(stderr)).toEqual([expect.stringContaining("PORT (eighty) is not a number.")]);
  });
});
