import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns";

/** One message to one alert channel: written with the news, tried until it arrived or is given up. */
export const alertDeliveries = pgTable(
  "alert_deliveries",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    channel: text("channel", {
      enum: ["webhook", "discord", "slack", "ntfy", "pushover"],
    }).notNull(),
    /** An admin event, or `test`. */
    event: text("event").notNull(),
    /** The news in words, as it is sent. */
    news: jsonb("news")
      .$type<{
        subject: string;
        headline: string;
        lines: string[];
        rows: { label: string; value: string }[];
        action: { path: string; label: string } | null;
      }>()
      .notNull(),
    status: text("status", { enum: ["waiting", "sent", "failed"] }).notNull(),
    attempts: integer("attempts").notNull().default(0),
    /** When it may be tried next. */
    dueAt: moment("due_at").notNull(),
    /** What the channel answered last, in words. */
    reply: text("reply"),
    createdAt: moment("created_at").notNull(),
    sentAt: moment("sent_at"),
  },
  (t) => [
    index("alert_deliveries_channel_idx").on(t.channel, t.id.desc()),
    index("alert_deliveries_waiting_idx").on(t.dueAt).where(sql`status = 'waiting'`),
  ],
);
