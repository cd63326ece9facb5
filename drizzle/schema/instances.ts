import { boolean, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns";

/** Configured Sonarr and Radarr servers. Their ids mean nothing in one another. */
export const instances = pgTable("instances", {
  key: text("key").primaryKey(),
  kind: text("kind", { enum: ["sonarr", "radarr"] }).notNull(),
  name: text("name").notNull(),
  isFourK: boolean("is_4k").notNull().default(false),
  /** What its webhooks call themselves; tells instances apart when the path does not. */
  seenInstanceName: text("seen_instance_name"),
  seenApplicationUrl: text("seen_application_url"),
  lastEventAt: moment("last_event_at"),
  /** When what it held went into the ledger as known before. Until then it causes no mail by comparison. */
  baselineAt: moment("baseline_at"),
  createdAt: moment("created_at").notNull().defaultNow(),
});
