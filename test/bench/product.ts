import { readFileSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { startPostgres } from "@/lib/runtime/embedded-postgres";
import { type RunningApp, startApp, temporaryConfigFolder } from "@/test/support/running-app";
import { childrenOf, cpuMs } from "./cpu";

/** The built product on a PostgreSQL of its own that the benchmark can look into. */
export type BenchProduct = {
  app: RunningApp;
  sql: postgres.Sql;
  configDir: string;
  /** Resident memory in MB of each process. */
  memory: () => Record<string, number>;
  /** Processor time in ms each part has used so far: unlike rates it hardly depends on what else the machine does. */
  cpu: () => ProcessorTimes;
  stop: () => Promise<void>;
};

export type ProcessorTimes = { web: number; worker: number; database: number };

/** Starts PostgreSQL with its usual durability, then the product with `env`. */
export async function startProduct(env: Record<string, string>): Promise<BenchProduct> {
  const config = temporaryConfigFolder();
  const server = await startPostgres({ dataFolder: path.join(config.folder, "postgres") });
  const app = await startApp({
    CONFIG_DIR: config.folder,
    DATABASE_URL: server.url,
    ...env,
  });
  const sql = postgres(server.url, { max: 4, onnotice: () => {} });
  // The pages are for everybody then, wherever a proxy says they come from.
  await sql`insert into milestones (name, at) values ('setup_complete', now()) on conflict do nothing`;
  return {
    app,
    sql,
    configDir: config.folder,
    memory: () => ({
      start: residentMb(app.process.pid),
      web: residentMb(childOf(app.process.pid, "web")),
      worker: residentMb(childOf(app.process.pid, "worker")),
    }),
    cpu: () => ({
      web: cpuMs(childOf(app.process.pid, "web")),
      worker: cpuMs(childOf(app.process.pid, "worker")),
      database: cpuMs(server.pid),
    }),
    stop: async () => {
      await app.stop();
      await sql.end();
      await server.stop();
      config.remove();
    },
  };
}

function childOf(parent: number | undefined, part: "web" | "worker"): number | undefined {
  const children = parent === undefined ? [] : childrenOf(parent);
  return children.find((pid) => {
    const words = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return words.includes(part === "web" ? "web" : "worker");
  });
}

/** "worker 2.1 ms, database 1.4 ms": processor time per piece of work since `before`. */
export function cpuEach(before: ProcessorTimes, after: ProcessorTimes, pieces: number): string {
  return (["web", "worker", "database"] as const)
    .map((part) => `${part} ${((after[part] - before[part]) / pieces).toFixed(2)} ms`)
    .join(", ");
}

/** VmRSS of a process in MB; 0 where the system does not tell (not Linux). */
function residentMb(pid: number | undefined): number {
  if (pid === undefined) return 0;
  try {
    const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Math.round(Number(kb ?? 0) / 1024);
  } catch {
    return 0;
  }
}
