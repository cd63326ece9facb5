import { sql } from "drizzle-orm";
import { bigint, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { bytes, moment } from "./columns";

/** One webhook as it arrived: stored before it is acknowledged, understood later by a job. */
export const inboundEvents = pgTable(
  "inbound_events",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    receivedAt: moment("received_at").notNull().defaultNow(),
    source: text("source", { enum: ["seerr", "sonarr", "radarr"] }).notNull(),
    /** The instance named in the path, as it was written there. */
    pathInstance: text("path_instance"),
    instanceKey: text("instance_key"),
    remoteAddress: text("remote_address"),
    /** Without secrets. */
    headers: jsonb("headers").$type<Record<string, string>>().notNull().default({}),
    body: bytes("body").notNull(),
    eventType: text("event_type"),
    title: text("title"),
    outcome: text("outcome", { enum: ["pending", "handled", "ignored", "failed"] })
      .notNull()
      .default("pending"),
    reason: text("reason"),
    /** What it caused, one sentence each. */
    effects: jsonb("effects").$type<{ words: string; detail: string | null }[]>(),
    processedAt: moment("processed_at"),
    /** When retention emptied it; what came and what it caused stays. */
    bodyRemovedAt: moment("body_removed_at"),
    replayOf: bigint("replay_of", { mode: "number" }),
  },
  (t) => [
    index("inbound_events_received_idx").on(t.receivedAt.desc(), t.id.desc()),
    index("inbound_events_source_idx").on(t.source, t.id.desc()),
    index("inbound_events_outcome_idx").on(t.outcome, t.id.desc()),
    index("inbound_events_title_search_idx").using("gin", sql`${t.title} gin_trgm_ops`),
    index("inbound_events_pending_idx").on(t.id).where(sql`outcome = 'pending'`),
  ],
);
