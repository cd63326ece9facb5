import { existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { type RunningPostgres, startPostgres } from "../../lib/runtime/embedded-postgres";
import { migrateDatabase } from "../../lib/runtime/migrate";

declare module "vitest" {
  interface ProvidedContext {
    /** Connection string of the maintenance database of the test run's PostgreSQL. */
    postgresUrl: string;
  }
}

interface SharedServer {
  users: number;
  ready: Promise<{ server: RunningPostgres; folder: string; url: string }>;
}

// Each vitest project loads its own copy of this file; the server is one for all of them.
const shared = Symbol.for("bingealert.test.postgres");
const holder = globalThis as { [shared]?: SharedServer };

/** Starts one PostgreSQL for the whole test run, with a migrated template database in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  holder[shared] ??= { users: 0, ready: startServer() };
  const { ready } = holder[shared];
  holder[shared].users++;
  project.provide("postgresUrl", (await ready).url);

  return async () => {
    const current = holder[shared];
    if (!current || --current.users > 0) return;
    delete holder[shared];
    const { server, folder } = await current.ready;
    await server.stop(2_000);
    rmSync(folder, { recursive: true, force: true });
  };
}

async function startServer() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "bingealert-test-"));
  const server = await startPostgres({ dataFolder: path.join(folder, "postgres"), durable: false });
  endWithThisProcess(server.pid, folder);
  const maintenance = new URL(server.url);
  maintenance.pathname = "/postgres";
  const template = new URL(server.url);
  template.pathname = "/template_migrated";

  const sql = postgres(maintenance.href, { max: 1, onnotice: () => {} });
  await sql`create database template_migrated`;
  await migrateDatabase(template.href);
  await sql.end();
  return { server, folder, url: maintenance.href };
}

/** Whoever interrupts the tests leaves no server behind: then nothing is torn down. */
function endWithThisProcess(pid: number, folder: string): void {
  process.once("exit", () => {
    if (!existsSync(folder)) return;
    process.kill(pid, "SIGQUIT");
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  });
}
