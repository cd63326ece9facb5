import path from "node:path";
import { parseEnvironment } from "@/lib/env";
import { openDatabase } from "@/lib/store/db";
import { isWorkerHereAlive } from "@/lib/store/worker-heartbeats";
import { loadConfigEnv } from "./config-folder";
import { chooseDatabase } from "./external-database";
import { givenSettings } from "./given-settings";

/**
 * What a container's health check runs. It judges the parts that run in this container: with ROLE=web the database and
 * the web part, with ROLE=worker the worker, else all three. Ends with 0 or 1 and says why in one line.
 */

/** Below the ten seconds after which the image's HEALTHCHECK gives up. */
const patienceMs = 8_000;
/** A worker beats every few seconds; after this long without, it is gone or stuck. */
const silentAfterSeconds = 30;

async function askWeb(address: string, needed: readonly string[]): Promise<string | null> {
  const answer = await fetch(`http://${address}/health`, {
    signal: AbortSignal.timeout(patienceMs),
  });
  const parts = (await answer.json()) as Record<string, unknown>;
  const bad = needed.filter((part) => parts[part] !== "ok");
  return bad.length === 0 ? null : bad.map((part) => `${part} ${parts[part]}`).join(", ");
}

async function askWorker(configEnv: Record<string, string>): Promise<string | null> {
  const choice = chooseDatabase(givenSettings(process.env, configEnv));
  if (choice.kind === "embedded") return "a worker of its own needs DATABASE_URL";
  const tables = openDatabase(choice.url, { max: 1, name: "bingealert health" });
  try {
    return (await isWorkerHereAlive(tables.db, silentAfterSeconds)) ? null : "worker silent";
  } finally {
    await tables.close();
  }
}

async function findTrouble(): Promise<string | null> {
  const configEnv = loadConfigEnv(path.resolve(process.env.CONFIG_DIR?.trim() || "./config"));
  const parsed = parseEnvironment({ ...configEnv, ...process.env });
  if (parsed.kind === "wrong") return parsed.problems.join(" ");
  const { ROLE, PORT, HOSTNAME } = parsed.env;
  if (ROLE === "worker") return askWorker(configEnv);
  const host = /^(0\.0\.0\.0|::)$/.test(HOSTNAME) ? "127.0.0.1" : HOSTNAME;
  const address = `${host.includes(":") ? `[${host}]` : host}:${PORT}`;
  return askWeb(address, ROLE === "web" ? ["web", "database"] : ["web", "database", "worker"]);
}

setTimeout(() => {
  process.stdout.write("no answer in time\n");
  process.exit(1);
}, patienceMs + 1_000).unref();
try {
  const trouble = await findTrouble();
  process.stdout.write(`${trouble ?? "ok"}\n`);
  process.exitCode = trouble === null ? 0 : 1;
} catch (error) {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  process.stdout.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exitCode = 1;
}
