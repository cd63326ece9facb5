import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { FindingKind, RunCompared } from "@/lib/domain/run-report";
import { moment } from "./columns";
import { jobRuns } from "./operations";
import { requests } from "./requests";
import { users } from "./users";

/** What a check compared, beside its row in `job_runs`. */
export const runReports = pgTable("run_reports", {
  runId: bigint("run_id", { mode: "number" })
    .primaryKey()
    .references(() => jobRuns.id, { onDelete: "cascade" }),
  compared: jsonb("compared").$type<RunCompared>().notNull(),
});

/** What a check found and did, one row per request and person or per service. */
export const runFindings = pgTable(
  "run_findings",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    runId: bigint("run_id", { mode: "number" })
      .notNull()
      .references(() => jobRuns.id, { onDelete: "cascade" }),
    kind: text("kind").$type<FindingKind>().notNull(),
    requestId: integer("request_id").references(() => requests.id, { onDelete: "set null" }),
    userId: integer("user_id").references(() => users.id),
    title: text("title"),
    words: text("words").notNull(),
    reason: text("reason"),
    mediaKeys: text("media_keys").array().notNull().default(sql`'{}'`),
    at: moment("at").notNull(),
  },
  (t) => [index("run_findings_run_idx").on(t.runId, t.id)],
);

/** How a show looked at its instance when its episodes were read last: what did not change is not read again. */
export const seriesReads = pgTable(
  "series_reads",
  {
    instanceKey: text("instance_key").notNull(),
    seriesId: integer("series_id").notNull(),
    fingerprint: text("fingerprint").notNull(),
    readAt: moment("read_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.instanceKey, t.seriesId] })],
);

/** Times in which BingeAlert itself did not run: what happened meanwhile is swept at the next check. */
export const ownOutages = pgTable(
  "own_outages",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    beganAt: moment("began_at").notNull(),
    endedAt: moment("ended_at").notNull(),
    sweptAt: moment("swept_at"),
  },
  (t) => [index("own_outages_open_idx").on(t.id).where(sql`swept_at is null`)],
);

/** What the marking after a restore settled without a mail; the admin may still let it go out. */
export const swallowedItems = pgTable(
  "swallowed_items",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id),
    mediaKey: text("media_key").notNull(),
    requestId: integer("request_id")
      .notNull()
      .references(() => requests.id, { onDelete: "cascade" }),
    title: text("title").notNull(),
    at: moment("at").notNull(),
    releasedAt: moment("released_at"),
  },
  (t) => [
    index("swallowed_items_open_idx").on(t.id).where(sql`released_at is null`),
    index("swallowed_items_request_idx").on(t.requestId),
  ],
);
