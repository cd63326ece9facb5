import { pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns";

/** What lets a browser that is not on the machine itself into set-up. Empty once that is complete. */
export const setupPasses = pgTable("setup_passes", {
  /** SHA-256 of the token in the log, or of what the cookie holds. */
  hash: text("hash").primaryKey(),
  /** `token`: printed at the start, good for one browser. `visitor`: that browser. */
  kind: text("kind", { enum: ["token", "visitor"] }).notNull(),
  createdAt: moment("created_at").notNull(),
  expiresAt: moment("expires_at").notNull(),
});
