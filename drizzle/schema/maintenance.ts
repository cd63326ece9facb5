import { sql } from "drizzle-orm";
import { bigint, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns";

/** An announced break: people are told before and after, and their mails wait while it lasts. */
export const maintenanceWindows = pgTable(
  "maintenance_windows",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    title: text("title").notNull(),
    /** What the admin wants to say about it; may be empty. */
    text: text("text").notNull().default(""),
    startsAt: moment("starts_at").notNull(),
    endsAt: moment("ends_at").notNull(),
    /** The IANA zone in which the admin gave the times. */
    zone: text("zone").notNull(),
    status: text("status", { enum: ["scheduled", "active", "completed", "cancelled"] }).notNull(),
    /** Raised when the times change: what was announced under an earlier one is announced anew. */
    revision: integer("revision").notNull().default(1),
    announcedAt: moment("announced_at").notNull(),
    remindedAt: moment("reminded_at"),
    /** When it was over or called off; before `ends_at` when the admin ended it. */
    finishedAt: moment("finished_at"),
    createdBy: text("created_by").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (t) => [
    index("maintenance_windows_live_idx")
      .on(t.startsAt)
      .where(sql`status in ('scheduled', 'active')`),
    index("maintenance_windows_starts_idx").on(t.startsAt.desc(), t.id.desc()),
  ],
);
