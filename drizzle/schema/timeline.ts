import { bigint, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns";
import { requests } from "./requests";
import { users } from "./users";

/** The dated list of facts and decisions about one request. */
export const timelineEntries = pgTable(
  "timeline_entries",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    requestId: integer("request_id")
      .notNull()
      .references(() => requests.id, { onDelete: "cascade" }),
    /** Set when the entry is about one person. */
    userId: integer("user_id").references(() => users.id),
    mediaKey: text("media_key"),
    at: moment("at").notNull(),
    kind: text("kind", {
      enum: ["fact", "decision", "wait", "told", "not_told", "trouble"],
    }).notNull(),
    /** What happened, for machines: `imported`, `grabbed`, `mail_moved`, … */
    code: text("code").notNull(),
    words: text("words").notNull(),
    reason: text("reason"),
    /** Who says so: Seerr, Sonarr, Radarr, Plex, SMTP, BingeAlert or an admin. */
    source: text("source").notNull(),
    eventId: bigint("event_id", { mode: "number" }),
    notificationId: bigint("notification_id", { mode: "number" }),
    batchId: bigint("batch_id", { mode: "number" }),
    /** A fact learned twice is written once. */
    dedupeKey: text("dedupe_key").unique(),
    detail: jsonb("detail").$type<Record<string, unknown>>(),
  },
  (t) => [
    index("timeline_entries_request_idx").on(t.requestId, t.at.desc(), t.id.desc()),
    index("timeline_entries_user_idx").on(t.userId, t.at.desc()),
    index("timeline_entries_event_idx").on(t.eventId),
    index("timeline_entries_notification_idx").on(t.notificationId),
  ],
);
