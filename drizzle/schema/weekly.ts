import { bigint, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns";

/** One row per week that was summed up: its key is what keeps a second summary from being made. */
export const weeklySummaries = pgTable("weekly_summaries", {
  /** The day the week ended in the zone it was cut in: `2026-11-22`. */
  week: text("week").primaryKey(),
  from: moment("from_at").notNull(),
  until: moment("until_at").notNull(),
  /** `quiet`: nothing happened, and the admin wants no mail about that. */
  outcome: text("outcome", { enum: ["mailed", "quiet"] }).notNull(),
  notificationId: bigint("notification_id", { mode: "number" }),
  at: moment("at").notNull(),
});
