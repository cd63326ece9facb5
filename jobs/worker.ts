import { EventEmitter } from "node:events";
import os from "node:os";
import { Logger as QueueLogger, run, type WorkerEvents } from "graphile-worker";
import { createSmtpSender } from "@/lib/clients/smtp";
import { getEnvironment } from "@/lib/env";
import { log } from "@/lib/log";
import { keepLogFile } from "@/lib/log-file";
import type { WorkerContext } from "@/lib/services/context";
import { keptFor } from "@/lib/services/kept-for";
import { loadConfig } from "@/lib/services/load-config";
import { withLogSettings } from "@/lib/services/logs/log-settings";
import { giveSignOfLife, prepareWorker } from "@/lib/services/runs/prepare-worker";
import { openDatabase } from "@/lib/store/db";
import packageJson from "@/package.json";
import { defineTasks, otherJobsAtOnce } from "./define-task";
import { holdLifeline } from "./lifeline";
import { schedule } from "./schedule";

/** The worker process: everything that is not an answer to a browser or a webhook happens here. */

/**
 * Jobs mostly wait for other services and the mail server. Mails take their steps in the database together, so the more
 * are under way, the fewer statements each costs; `handlers` lets fewer jobs of other kinds run at once.
 */
const concurrency = 40;
/** Connections of each pool: what the jobs other than mails may hold, and two more. */
const connections = otherJobsAtOnce + 2;
const beatEveryMs = 5_000;
/** How far a changed setting may lag behind: every job asks for them. */
const configKeptMs = 500;

async function main(): Promise<void> {
  const { DATABASE_URL: databaseUrl, CONFIG_DIR: configDir } = getEnvironment();
  if (databaseUrl === undefined) throw new Error("DATABASE_URL is not set");
  keepLogFile("worker", configDir);
  // Senders of webhooks wait for their answer, jobs do not: the web process goes first.
  os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
  const database = openDatabase(databaseUrl, { max: connections, name: "bingealert worker" });
  // Without its lock a worker counts as dead and its mails are taken over: it must not go on.
  const lifeline = await holdLifeline(databaseUrl, () => process.exit(1));
  const ctx: WorkerContext = {
    database,
    workerId: lifeline.workerId,
    now: () => new Date(),
    loadConfig: keptFor(configKeptMs, async () =>
      withLogSettings(await loadConfig(database.db, { env: process.env, configDir })),
    ),
    log: log.child({ worker: lifeline.workerId }),
    smtp: createSmtpSender(),
    isAlive: lifeline.isAlive,
  };
  const signOfLife = await introduce(ctx, lifeline.lockKey);
  await prepareWorker(ctx);
  const runner = await run({
    preset: {
      worker: {
        connectionString: databaseUrl,
        concurrentJobs: concurrency,
        maxPoolSize: connections,
        pollInterval: 2000,
        // Jobs are fetched and ended together: when many are due that is much of what they cost.
        localQueue: { size: concurrency },
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
      },
    },
    noHandleSignals: true,
    taskList: defineTasks(ctx),
    parsedCronItems: schedule,
    events: signOfLife.events,
    logger: queueLogger(),
  });
  await signOfLife.give();
  const beating = setInterval(() => {
    signOfLife
      .give()
      .catch((error: unknown) =>
        ctx.log.warn("no sign of life could be given", { error: String(error) }),
      );
  }, beatEveryMs);
  ctx.log.info("worker ready", { concurrency });

  let isStopping = false;
  const stop = async (because: string, code: number) => {
    if (isStopping) return;
    isStopping = true;
    ctx.log.info("worker stops", { because });
    // Jobs under way get a moment; what they leave is found by the next worker.
    setTimeout(() => process.exit(code), 6_000).unref();
    clearInterval(beating);
    await runner.stop().catch(() => undefined);
    ctx.smtp.close();
    await lifeline.end();
    await database.close();
    process.exit(code);
  };
  process.on("SIGTERM", () => void stop("SIGTERM", 0));
  process.on("SIGINT", () => void stop("SIGINT", 0));
  process.on("disconnect", () => void stop("its parent is gone", 0));
  runner.promise.catch((error: unknown) => void stop(String(error), 1));
}

/** Puts the worker on record before its first job: what it locks can be released when it dies. */
async function introduce(ctx: WorkerContext, lockKey: bigint) {
  const graphileWorkerIds: string[] = [];
  const events: WorkerEvents = new EventEmitter();
  // Jobs are locked in the name of the pool, not of its workers.
  events.on("pool:create", ({ workerPool }) => graphileWorkerIds.push(workerPool.id));
  const startedAt = ctx.now();
  const { version } = packageJson;
  const give = () => giveSignOfLife(ctx, { lockKey, startedAt, version, graphileWorkerIds });
  await give();
  return { events, give };
}

/** graphile-worker's own words; a job's end is logged by `define-task`. */
function queueLogger(): QueueLogger {
  return new QueueLogger(() => (level, message) => {
    // Fewer connections than jobs is meant: mails share theirs.
    if (message.includes("maxPoolSize")) return;
    if (level === "error") log.error(message);
    else if (level === "warning") log.warn(message);
  });
}

main().catch((error: unknown) => {
  log.error("the worker cannot start", {
    error: error instanceof Error ? error.stack : String(error),
  });
  process.exit(1);
});
