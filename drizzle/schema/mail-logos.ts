import { pgTable, text } from "drizzle-orm/pg-core";
import { bytes, moment } from "./columns";

/** Pictures uploaded for the head of mails, by their content. The setting MAIL_LOGO names the one in use. */
export const mailLogos = pgTable("mail_logos", {
  /** The first 32 hexadecimal digits of its SHA-256, and its ending. */
  name: text("name").primaryKey(),
  contentType: text("content_type", { enum: ["image/png", "image/jpeg"] }).notNull(),
  bytes: bytes("bytes").notNull(),
  createdAt: moment("created_at").notNull().defaultNow(),
});
