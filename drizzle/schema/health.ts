import { bigint, boolean, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns";

/** What is watched and how it stands: services, and the things around our own work. */
export const serviceHealth = pgTable("service_health", {
  /** `seerr`, `sonarr-anime`, `plex`, `smtp`; `queue`, `disk`, `workers`, `webhooks:sonarr`. */
  key: text("key").primaryKey(),
  name: text("name").notNull(),
  state: text("state", { enum: ["ok", "degraded", "down"] }).notNull(),
  /** Failed checks in a row. */
  failures: integer("failures").notNull(),
  /** When it came into this state. */
  since: moment("since").notNull(),
  checkedAt: moment("checked_at").notNull(),
  latencyMs: integer("latency_ms"),
  /** What the last check found, in words. */
  words: text("words").notNull(),
  /** What to do about it; null when nothing is wrong. */
  remedy: text("remedy"),
  /** When the admin was last told that it is down: the pause between alerts counts from here. */
  toldAt: moment("told_at"),
  /** The admin was told it is down and not yet that it is back. */
  isTold: boolean("is_told").notNull(),
});

/** Each check as it was found, for as many days as the settings say. */
export const healthEvents = pgTable(
  "health_events",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    key: text("key").notNull(),
    at: moment("at").notNull(),
    state: text("state", { enum: ["ok", "degraded", "down"] }).notNull(),
    latencyMs: integer("latency_ms"),
    words: text("words").notNull(),
  },
  (t) => [index("health_events_key_idx").on(t.key, t.at), index("health_events_at_idx").on(t.at)],
);
