import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { Logger as QueueLogger, runOnce } from "graphile-worker";
import pg from "pg";
import { defineTasks } from "@/jobs/define-task";
import { createSmtpSender } from "@/lib/clients/smtp";
import { createLogger } from "@/lib/log";
import type { RunName } from "@/lib/queue/catalog";
import type { WorkerContext } from "@/lib/services/context";
import { receiveWebhook } from "@/lib/services/inbound/receive-webhook";
import { loadConfig } from "@/lib/services/load-config";
import { startFirstRuns } from "@/lib/services/runs/start-due-runs";
import { openDatabase } from "@/lib/store/db";
import { saveInstances } from "@/lib/store/instances";
import { createTestDatabase, type TestDatabase } from "./postgres";
import type { MediaStack } from "./upstreams/media-stack";

const sources: Record<string, "seerr" | "sonarr" | "radarr"> = {
  seerr: "seerr",
  jellyseerr: "seerr",
  overseerr: "seerr",
  sonarr: "sonarr",
  radarr: "radarr",
};

/** How many jobs run beside each other. */
const concurrency = 4;

export type HouseholdOptions = {
  /** Settings beside those of the stack; without Plex: `{ PLEX_URL: "" }`. */
  env?: Record<string, string>;
  /** Runs the first sync, so that what is there already is known before. Default true. */
  firstSync?: boolean;
  /** Another database than a new one, migrated already. It is dropped in the end, too. */
  database?: TestDatabase;
};

/**
 * The product without Next, on a database of its own, beside a simulated media stack and with a clock that tests move.
 * Webhooks arrive over HTTP, jobs run through graphile-worker, mails leave over SMTP: only the waiting is taken out.
 */
export class Household {
  private constructor(
    readonly ctx: WorkerContext,
    readonly stack: MediaStack,
    private readonly testDatabase: TestDatabase,
    private readonly server: Server,
    private readonly clock: { now: Date },
    private readonly env: Record<string, string>,
    private readonly configDir: string,
    private queuePool: pg.Pool,
  ) {}

  static async open(stack: MediaStack, options: HouseholdOptions = {}): Promise<Household> {
    const testDatabase = options.database ?? (await createTestDatabase());
    const database = openDatabase(testDatabase.url, { max: 8, name: "test" });
    const configDir = mkdtempSync(path.join(os.tmpdir(), "bingealert-household-"));
    // Ahead of PostgreSQL's clock by more than any back-off, so that "now" there is always past here.
    const clock = { now: new Date(Date.now() + 48 * 3600 * 1000) };
    const env: Record<string, string> = {
      ...stack.env(),
      APP_SECRET_KEY: "test-secret-key",
      TZ: "Europe/Berlin",
      // Nobody is told while they wait, unless the test is about that.
      QUALITY_MONITOR_ENABLED: "false",
      ...options.env,
    };
    const ctx: WorkerContext = {
      database,
      workerId: `test-${randomBytes(4).toString("hex")}`,
      now: () => clock.now,
      loadConfig: () => loadConfig(ctx.database.db, { env, configDir }),
      log: createLogger({ level: "silent", format: "json", write: () => {} }),
      smtp: createSmtpSender(),
      isAlive: async () => true,
    };
    const server = await listen(ctx);
    const queuePool = openQueuePool(testDatabase.url);
    const household = new Household(
      ...([ctx, stack, testDatabase, server, clock, env, configDir, queuePool] as const),
    );
    stack.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await saveInstances(database.db, (await ctx.loadConfig()).instances, clock.now);
    if (options.firstSync !== false) {
      await startFirstRuns(ctx);
      await household.settle();
    }
    return household;
  }

  /** Changes settings from now on, as a saved form would. */
  configure(changes: Record<string, string>): void {
    Object.assign(this.env, changes);
  }

  get now(): Date {
    return this.clock.now;
  }

  /** Runs everything that is due now, and what that brings about, until nothing is due. */
  async settle(): Promise<void> {
    const { raw } = this.ctx.database;
    for (let round = 0; round < 200; round++) {
      const clock = this.clock.now.toISOString();
      // A failed job backs off by PostgreSQL's clock, six hours at most: the pause is carried over to the test's.
      await raw`
        update graphile_worker._private_jobs set run_at = run_at + (${clock}::timestamptz - now())
        where attempts > 0 and run_at > now() and run_at < now() + interval '24 hours'`;
      const due = await raw`
        update graphile_worker._private_jobs set run_at = now() - interval '1 second'
        where run_at <= ${clock}::timestamptz and attempts < max_attempts returning id`;
      if (due.length === 0) return;
      await this.runDueJobs();
    }
    throw new Error("Jobs keep bringing about jobs that are due at once");
  }

  /** A connection that was cut while it was idle is noticed only when it is used: then all are opened anew. */
  private async runDueJobs(): Promise<void> {
    try {
      await this.runOnce();
    } catch (error) {
      if (!isCutOff(error)) throw error;
      await this.queuePool.end();
      this.queuePool = openQueuePool(this.testDatabase.url);
      await this.runOnce();
    }
  }

  private runOnce(): Promise<void> {
    return runOnce({
      pgPool: this.queuePool,
      taskList: defineTasks(this.ctx),
      concurrency,
      noHandleSignals: true,
      logger: new QueueLogger(() => () => {}),
    });
  }

  /** Moves the clock, stopping wherever a job is due. */
  async advance(by: { minutes?: number; seconds?: number; hours?: number }): Promise<void> {
    const ms = ((by.hours ?? 0) * 3600 + (by.minutes ?? 0) * 60 + (by.seconds ?? 0)) * 1000;
    const end = new Date(this.clock.now.getTime() + ms);
    await this.settle();
    for (let step = 0; step < 20_000; step++) {
      const next = await this.nextJobAt(end);
      if (!next) break;
      if (next > this.clock.now) this.clock.now = next;
      await this.settle();
    }
    this.clock.now = end;
    await this.settle();
  }

  /** Starts the named worker by hand and waits for its end. */
  async run(name: RunName): Promise<string> {
    const { runWorker } = await import("@/lib/services/runs/run-worker");
    await runWorker(this.ctx, name, "admin");
    await this.settle();
    const [row] = await this.ctx.database.raw<{ words: string }[]>`
      select words from job_runs where name = ${name} order by id desc limit 1`;
    return row?.words ?? "";
  }

  /** Hands in a webhook without a sender. Returns the event's id. */
  async receive(
    source: "seerr" | "sonarr" | "radarr",
    body: unknown,
    pathInstance: string | null = null,
  ): Promise<number> {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return receiveWebhook(this.ctx, {
      source,
      pathInstance,
      remoteAddress: "127.0.0.1",
      headers: {},
      body: Buffer.from(text),
    });
  }

  /** Goes on as a new process would: nothing but the database and the settings is carried over. */
  async restart(): Promise<void> {
    this.ctx.smtp.close();
    await Promise.all([this.ctx.database.close(), this.queuePool.end()]);
    this.queuePool = openQueuePool(this.testDatabase.url);
    this.ctx.database = openDatabase(this.testDatabase.url, { max: 8, name: "test" });
    this.ctx.smtp = createSmtpSender();
    this.ctx.workerId = `test-${randomBytes(4).toString("hex")}`;
  }

  async close(): Promise<void> {
    this.stack.disconnect();
    await new Promise((resolve) => this.server.close(resolve));
    this.ctx.smtp.close();
    await Promise.all([this.ctx.database.close(), this.queuePool.end()]);
    await this.testDatabase.drop();
    rmSync(this.configDir, { recursive: true, force: true });
  }

  /** Rounded up: a Date has no microseconds, and a clock set too early would stop before the job for ever. */
  private async nextJobAt(end: Date): Promise<Date | null> {
    const [row] = await this.ctx.database.raw<{ at: Date | null }[]>`
      select date_trunc('milliseconds', min(run_at) + interval '999 microseconds') as at
      from graphile_worker._private_jobs
      where attempts < max_attempts and run_at <= ${end.toISOString()}::timestamptz`;
    return row?.at ?? null;
  }
}

const isCutOff = (error: unknown) =>
  error instanceof Error &&
  (/^Connection terminated/.test(error.message) || ("code" in error && error.code === "57P01"));

/** The connections of graphile-worker, kept from round to round: opening them anew took most of the time. */
function openQueuePool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: concurrency });
  // One that is cut off while idle is replaced; one that is in use tells whoever uses it.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** The two lines of the webhook route that matter here: store, then acknowledge. */
async function listen(ctx: WorkerContext): Promise<Server> {
  const server = createServer((request, response) => {
    const [, , name = "", pathInstance = null] =
      (request.url ?? "").split("?")[0]?.split("/") ?? [];
    const source = sources[name];
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", async () => {
      if (!source) {
        response.writeHead(404).end();
        return;
      }
      const remoteAddress = request.socket.remoteAddress ?? null;
      const body = Buffer.concat(chunks);
      try {
        await receiveWebhook(ctx, { source, pathInstance, remoteAddress, headers: {}, body });
      } catch {
        response.writeHead(500).end();
        return;
      }
      response.writeHead(200, { "content-type": "application/json" }).end('{"ok":true}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}
