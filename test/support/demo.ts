import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { playStory, prepareStory, type StoryOutcome } from "./story";
import { type MediaStack, startMediaStack } from "./upstreams/media-stack";

const root = fileURLToPath(new URL("../..", import.meta.url));
const startPatienceMs = 90_000;
const syncPatienceMs = 30_000;
const stopPatienceMs = 12_000;

/** Seconds where a real installation counts in minutes, so that the story fits into one. */
const shortDelays = {
  NOTIFICATION_INITIAL_DELAY_SECONDS: "6",
  NOTIFICATION_EXTENSION_DELAY_SECONDS: "4",
  NOTIFICATION_MAX_WAIT_SECONDS: "20",
  NOTIFICATION_CHECK_FREQUENCY_SECONDS: "1",
  MOVIE_FIRST_CHECK_SECONDS: "2",
};

/** Only these are taken over: the demo must never reach a real database or service by the user's settings. */
const inherited = [
  ...["PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "TERM", "TMPDIR", "TZ"],
  ...["NODE_OPTIONS", "LD_LIBRARY_PATH", "SYSTEMROOT"],
];

type Product = { process: ChildProcess; url: string; logFile: string };

async function main(): Promise<void> {
  const once = process.argv.includes("--once");
  const startedAt = Date.now();
  const configDir = mkdtempSync(path.join(tmpdir(), "bingealert-demo-"));
  // The database may run as another user, who must be able to walk through.
  chmodSync(configDir, 0o755);
  const stack = await startMediaStack({ mailbox: { page: await freePort(8025) } });
  const cast = await prepareStory(stack);
  const wanted = Number(process.env.PORT) || 8000;
  const product = startProduct(stack, configDir, await freePort(wanted));
  const finish = makeFinish(stack, product, configDir);
  process.once("SIGINT", () => void finish(0));
  process.once("SIGTERM", () => void finish(0));

  const say = (words: string) => {
    const seconds = String(Math.round((Date.now() - startedAt) / 1000)).padStart(3);
    console.log(`${seconds} s  ${words}`);
  };
  try {
    say("Starting BingeAlert with simulated Seerr, Sonarr, Radarr, Plex and mail.");
    await untilHealthy(product);
    console.log(`\n  Dashboard  ${product.url}\n  Mailbox    ${stack.mailbox.page?.url}\n`);
    say("Waiting for the first look at what is there already. Nobody is mailed about that.");
    await untilFirstSync(stack, product);
    stack.connect(product.url);
    const outcome = await playStory(stack, cast, { log: say });
    const ok = report(outcome, say);
    if (once || !ok) return await finish(ok ? 0 : 1);
    console.log("\nEverything keeps running. Press Ctrl-C to end it.");
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error(lastLines(product.logFile));
    await finish(1);
  }
}

function startProduct(stack: MediaStack, configDir: string, port: number): Product {
  const env: NodeJS.ProcessEnv = { NODE_ENV: "production" };
  for (const name of inherited) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  const url = `http://127.0.0.1:${port}`;
  Object.assign(env, stack.env(), shortDelays, {
    CONFIG_DIR: configDir,
    PORT: String(port),
    HOSTNAME: "127.0.0.1",
    PUBLIC_BASE_URL: url,
  });
  const logFile = path.join(configDir, "demo.log");
  const log = createWriteStream(logFile);
  const child = spawn(process.execPath, ["dist/start.mjs"], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  return { process: child, url, logFile };
}

async function untilHealthy(product: Product): Promise<void> {
  const until = Date.now() + startPatienceMs;
  while (Date.now() < until) {
    if (product.process.exitCode !== null) throw new Error("BingeAlert ended while starting.");
    if ((await statusOf(`${product.url}/health`)) === 200) return;
    await sleep(200);
  }
  throw new Error(`${product.url}/health did not answer 200 within ${startPatienceMs / 1000} s.`);
}

/** The first sync is over once Seerr was asked for its requests and all services have been left alone for a while. */
async function untilFirstSync(stack: MediaStack, product: Product): Promise<void> {
  const until = Date.now() + syncPatienceMs;
  let seen = -1;
  let quietSince = Date.now();
  while (Date.now() < until) {
    if (product.process.exitCode !== null) throw new Error("BingeAlert ended.");
    const calls = stack.services.reduce((sum, s) => sum + s.requests.length, 0);
    if (calls !== seen) {
      seen = calls;
      quietSince = Date.now();
    }
    const asked = stack.seerr.count("/api/v1/request") > 0;
    if (asked && Date.now() - quietSince > 2000) return;
    await sleep(100);
  }
  if (stack.seerr.count("/api/v1/request") === 0) {
    throw new Error("BingeAlert did not ask Seerr for its requests.");
  }
}

function report(outcome: StoryOutcome, say: (words: string) => void): boolean {
  if (outcome.problems.length === 0) {
    say(
      `The story is over: ${outcome.mails.length} mails, each once, each after Plex could play it.`,
    );
    return true;
  }
  say("The story did not end as it should:");
  for (const problem of outcome.problems) console.log(`       ${problem}`);
  return false;
}

/** Ends the product and the services, and removes the folder. */
function makeFinish(stack: MediaStack, product: Product, configDir: string) {
  let finishing: Promise<void> | null = null;
  const finish = async (code: number): Promise<void> => {
    const { process: child } = product;
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      const late = sleep(stopPatienceMs, "late", { ref: false });
      if ((await Promise.race([ended, late])) === "late") child.kill("SIGKILL");
    }
    await stack.stop();
    // PostgreSQL may still be letting go of its last files.
    rmSync(configDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    process.exit(code);
  };
  return (code: number) => {
    finishing ??= finish(code);
    return finishing;
  };
}

/** The port when it is free, another one otherwise. */
async function freePort(wanted: number): Promise<number> {
  const tryPort = (port: number) =>
    new Promise<number | null>((resolve) => {
      const server = createServer();
      server.once("error", () => resolve(null));
      server.listen(port, "127.0.0.1", () => {
        const address = server.address();
        const got = typeof address === "object" && address ? address.port : null;
        server.close(() => resolve(got));
      });
    });
  const port = (await tryPort(wanted)) ?? (await tryPort(0));
  if (port === null) throw new Error("No port is free on this machine.");
  return port;
}

async function statusOf(url: string): Promise<number | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}

function lastLines(file: string): string {
  try {
    return readFileSync(file, "utf8").split("\n").slice(-20).join("\n");
  } catch {
    return "";
  }
}

await main();
