import { bigint, integer, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns";

/**
 * What is known about a file of the backup folder. The folder is the truth: a row whose size or time differs from the
 * file's is about an earlier file of that name. No backup holds this table.
 */
export const backupFiles = pgTable("backup_files", {
  fileName: text("file_name").primaryKey(),
  sizeBytes: bigint("size_bytes", { mode: "number" }).notNull(),
  modifiedAt: moment("modified_at").notNull(),
  /** When it was last read whole and every checksum compared. */
  checkedAt: moment("checked_at").notNull(),
  rows: bigint("rows", { mode: "number" }),
  /** What is wrong with it; null when it is whole. */
  problem: text("problem"),
});

/** One restore, from its beginning; kept through restores, in no backup. */
export const restores = pgTable("restores", {
  id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  fileName: text("file_name").notNull(),
  /** When the backup was made. */
  backupAt: moment("backup_at"),
  startedBy: text("started_by").notNull(),
  startedAt: moment("started_at").notNull(),
  /** What it does now, or did, in one sentence. */
  words: text("words").notNull(),
  /** When the restored data took the place of the other. */
  swappedAt: moment("swapped_at"),
  finishedAt: moment("finished_at"),
  outcome: text("outcome", { enum: ["restored", "failed"] }),
  heldMails: integer("held_mails").notNull().default(0),
});
