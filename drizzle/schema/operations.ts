import { bigint, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns";

/** Settings that are no secrets and no connections; those live in the `.env` of the config folder. */
export const settings = pgTable("settings", {
  name: text("name").primaryKey(),
  value: text("value").notNull(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});

/** Facts that must survive a lost file or a cleared setting. */
export const milestones = pgTable("milestones", {
  name: text("name").primaryKey(),
  at: moment("at").notNull(),
});

export const jobRuns = pgTable(
  "job_runs",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    name: text("name").notNull(),
    trigger: text("trigger", { enum: ["schedule", "start", "admin"] }).notNull(),
    startedAt: moment("started_at").notNull(),
    finishedAt: moment("finished_at"),
    outcome: text("outcome", { enum: ["ok", "failed", "interrupted"] }),
    done: integer("done").notNull().default(0),
    total: integer("total"),
    /** What it does now, or did, in one sentence. */
    words: text("words"),
    error: text("error"),
    workerId: text("worker_id"),
  },
  (t) => [index("job_runs_name_idx").on(t.name, t.id.desc())],
);

/** One row per worker process; its advisory lock tells whether it still lives. */
export const workerHeartbeats = pgTable("worker_heartbeats", {
  workerId: text("worker_id").primaryKey(),
  lockKey: bigint("lock_key", { mode: "bigint" }).notNull(),
  /** Names under which graphile-worker locks jobs for this process. */
  graphileWorkerIds: text("graphile_worker_ids").array().notNull().default([]),
  startedAt: moment("started_at").notNull(),
  beatAt: moment("beat_at").notNull(),
  version: text("version").notNull(),
});
