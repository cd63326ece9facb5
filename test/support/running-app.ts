import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The built application, or one part of it, started as a user starts it. */
export interface StartedProcess {
  process: ChildProcess;
  /** Everything it wrote so far. */
  output: () => string;
  /** Process numbers of the parts, read from the log: always those started last. */
  pidOf: (part: "web" | "worker" | "postgres") => number;
  /** Sends `signal` (default SIGTERM) and resolves with how it ended and after how long. */
  stop: (signal?: NodeJS.Signals) => Promise<{ code: number | null; afterMs: number }>;
}

/** The application with its web part. */
export interface RunningApp extends StartedProcess {
  url: string;
  port: number;
}

/** A new folder for CONFIG_DIR, and how to remove it. */
export function temporaryConfigFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), "bingealert-config-"));
  return {
    folder,
    // PostgreSQL may still be letting go of its last files after a kill.
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }),
  };
}

/** Runs dist/start.mjs until it ends by itself: for starts that fail. */
export async function runStart(
  env: Record<string, string>,
  asUser?: { uid: number; gid: number },
): Promise<{ code: number | null; output: string; stderr: string }> {
  const child = spawnStart(env, asUser);
  let output = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, output, stderr };
}

/** Starts the application on a free port and waits until /health answers 200. */
export async function startApp(env: Record<string, string>): Promise<RunningApp> {
  const started = await startUntil(/BingeAlert is at http:\/\/[^:\s"]+:(\d+)/, env);
  const port = Number(started.found);
  const url = `http://127.0.0.1:${port}`;
  await waitForHealth(url, 200, 20_000, started.output);
  return { url, port, ...started };
}

/** Starts a worker without a web part and waits until it takes jobs. */
export async function startWorker(env: Record<string, string>): Promise<StartedProcess> {
  return startUntil(/"(worker ready)"/, { ...env, ROLE: "worker" });
}

/** Starts the application and waits for words in its log; `found` is their first group. */
async function startUntil(
  words: RegExp,
  env: Record<string, string>,
): Promise<StartedProcess & { found: string }> {
  const child = spawnStart({ PORT: "0", ...env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  let over = false;
  void ended.then(() => {
    over = true;
  });

  const deadline = Date.now() + 30_000;
  let found: string | undefined;
  while (found === undefined) {
    found = words.exec(output)?.[1];
    if (over || Date.now() > deadline) throw new Error(`BingeAlert did not start:\n${output}`);
    await sleep(20);
  }

  return {
    found,
    process: child,
    output: () => output,
    pidOf: (part) => {
      const words = part === "postgres" ? "the database is running" : `${part} started`;
      const line = output.split("\n").findLast((text) => text.includes(`"${words}"`));
      const pid: unknown = line === undefined ? undefined : JSON.parse(line).pid;
      if (typeof pid !== "number") throw new Error(`No ${part} in:\n${output}`);
      return pid;
    },
    stop: async (signal = "SIGTERM") => {
      const began = Date.now();
      child.kill(signal);
      return { code: await ended, afterMs: Date.now() - began };
    },
  };
}

/** Waits until /health answers with `status`. */
export async function waitForHealth(
  url: string,
  status: number,
  patienceMs: number,
  explain: () => string = () => "",
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  let last: number | string = "nothing";
  while (Date.now() < deadline) {
    try {
      const answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(5_000) });
      await answer.arrayBuffer();
      last = answer.status;
      if (last === status) return;
    } catch (error) {
      last = String(error);
    }
    await sleep(50);
  }
  throw new Error(
    `/health answered ${last} and not ${status} within ${patienceMs} ms:\n${explain()}`,
  );
}

function spawnStart(
  env: Record<string, string>,
  asUser?: { uid: number; gid: number },
): ChildProcess {
  return spawn(process.execPath, [path.join(root, "dist", "start.mjs")], {
    cwd: root,
    // Nothing of the test's own environment, which a developer may have filled with settings.
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TZ: process.env.TZ,
      LOG_FORMAT: "json",
      HOSTNAME: "127.0.0.1",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
    ...asUser,
  });
}
