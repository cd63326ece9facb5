import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type OpenDatabase, openDatabase } from "@/lib/store/db";
import {
  type RunningApp,
  startApp,
  temporaryConfigFolder,
  waitForHealth,
} from "@/test/support/running-app";
import { killHard, listDescendants, type ProcessEntry } from "./process-tree";

/** What can be killed. `backend`: one process of PostgreSQL; `all`: the supervisor and everything below it. */
export type Victim = "web" | "worker" | "postgres" | "backend" | "supervisor" | "all";

/** The built product on a folder of its own, to be killed and started again. */
export class Product {
  private readonly config = temporaryConfigFolder();
  private readonly earlier: string[] = [];

  private constructor(
    private readonly env: Record<string, string>,
    private app: RunningApp | null,
  ) {}

  /** Starts it for the first time. */
  static async start(env: Record<string, string>): Promise<Product> {
    const product = new Product(env, null);
    try {
      await product.startAgain();
    } catch (error) {
      product.config.remove();
      throw error;
    }
    return product;
  }

  get url(): string {
    return this.running.url;
  }

  /** Everything it ever wrote. */
  get output(): string {
    return [...this.earlier, this.app?.output() ?? ""].join("");
  }

  /** Starts it again at the same address; resolves when it is healthy. */
  async startAgain(): Promise<void> {
    const port = this.app ? { PORT: String(this.app.port) } : {};
    if (this.app) this.earlier.push(this.app.output());
    this.app = await startApp({ ...this.env, ...port, CONFIG_DIR: this.config.folder });
  }

  /** Waits until it is healthy; throws with what it wrote. */
  async healthy(patienceMs = 30_000): Promise<void> {
    await waitForHealth(this.url, 200, patienceMs, () => this.output.slice(-6000));
  }

  /** A connection to its database. It ends when PostgreSQL is killed, so it is opened for each question anew. */
  async ask<T>(question: (database: OpenDatabase) => Promise<T>): Promise<T> {
    const database = openDatabase(this.databaseUrl(), { max: 2, name: "fault run" });
    try {
      return await question(database);
    } finally {
      await database.close();
    }
  }

  /** kill -9 of one part, without waiting for what follows. The killed process, or null when there was none. */
  async kill(victim: Victim): Promise<ProcessEntry | null> {
    const supervisor = this.running.process.pid ?? 0;
    if (victim === "supervisor" || victim === "all") {
      const rest = victim === "all" ? await listDescendants(supervisor) : [];
      killHard(supervisor);
      for (const { pid } of rest) killHard(pid);
      return { pid: supervisor, parentPid: process.pid, command: victim };
    }
    const below = await listDescendants(supervisor);
    const target = findVictim(below, supervisor, victim);
    return target && killHard(target.pid) ? target : null;
  }

  /** Waits until the part runs under another number than `killed`. */
  async replaced(victim: "web" | "worker" | "postgres", killed: ProcessEntry): Promise<void> {
    const supervisor = this.running.process.pid ?? 0;
    for (const until = Date.now() + 15_000; Date.now() < until; await sleep(50)) {
      const now = findVictim(await listDescendants(supervisor), supervisor, victim);
      if (now && now.pid !== killed.pid) return;
    }
    throw new Error(`${victim} was not started again:\n${this.output.slice(-4000)}`);
  }

  /** Stops it, orderly when that works, and removes the folder. */
  async end(): Promise<void> {
    const app = this.app;
    if (app && app.process.exitCode === null && app.process.signalCode === null) {
      await app.stop();
    }
    this.config.remove();
  }

  private get running(): RunningApp {
    if (!this.app) throw new Error("The product was not started");
    return this.app;
  }

  private databaseUrl(): string {
    const folder = path.join(this.config.folder, "postgres");
    const { password } = JSON.parse(readFileSync(`${folder}.json`, "utf8"));
    const port = readFileSync(path.join(folder, "postmaster.pid"), "utf8").split("\n")[3]?.trim();
    return `postgres://bingealert:${password}@127.0.0.1:${port}/bingealert`;
  }
}

function findVictim(
  below: readonly ProcessEntry[],
  supervisor: number,
  victim: "web" | "worker" | "postgres" | "backend",
): ProcessEntry | null {
  const children = below.filter((entry) => entry.parentPid === supervisor);
  const postmaster = children.find(({ command }) => /postgres(?:\.exe)? -D /.test(command));
  switch (victim) {
    case "web":
    case "worker":
      return children.find((c) => isBundle(c.command, victim)) ?? null;
    case "postgres":
      return postmaster ?? null;
    case "backend": {
      const backends = below.filter((entry) => entry.parentPid === postmaster?.pid);
      return backends.find(({ command }) => command.includes("postgres: bingealert")) ?? null;
    }
  }
}

/** By its file at first, later by the title it gives itself. */
function isBundle(command: string, name: "web" | "worker"): boolean {
  return command.includes(`${name}.mjs`) || command.startsWith(`bingealert ${name}`);
}
