import { sql } from "drizzle-orm";
import {
  bigint,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { moment } from "./columns";
import { requests } from "./requests";
import { users } from "./users";

/**
 * Items gathered for one user before mailing. `open` still takes items and is one per user and group;
 * `trailing` is past its window and only waits for Plex to show the rest.
 */
export const batches = pgTable(
  "batches",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id),
    groupKey: text("group_key").notNull(),
    title: text("title").notNull(),
    status: text("status", { enum: ["open", "trailing", "done", "cancelled"] }).notNull(),
    openedAt: moment("opened_at").notNull(),
    dueAt: moment("due_at").notNull(),
    closesAt: moment("closes_at").notNull(),
    /** When the flush job looks again: the row is the truth, the job only an alarm clock. */
    nextLookAt: moment("next_look_at").notNull(),
    finishedAt: moment("finished_at"),
    /** Ready, but kept back: by quiet hours, a digest, a season that is not complete, maintenance. And until when. */
    pausedUntil: moment("paused_until"),
    pausedBecause: text("paused_because"),
    /** Set when one check wanted to send far more than usual: its mails wait for the admin. */
    heldReason: text("held_reason"),
  },
  (t) => [
    uniqueIndex("batches_one_open_idx").on(t.userId, t.groupKey).where(sql`status = 'open'`),
    index("batches_live_idx").on(t.nextLookAt).where(sql`status in ('open', 'trailing')`),
    index("batches_group_idx").on(t.groupKey, t.userId),
  ],
);

export const batchItems = pgTable(
  "batch_items",
  {
    batchId: bigint("batch_id", { mode: "number" })
      .notNull()
      .references(() => batches.id, { onDelete: "cascade" }),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id),
    mediaKey: text("media_key").notNull(),
    requestId: integer("request_id")
      .notNull()
      .references(() => requests.id, { onDelete: "cascade" }),
    addedAt: moment("added_at").notNull(),
    state: text("state", { enum: ["waiting", "told", "given_up", "dropped"] }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.batchId, t.mediaKey] }),
    uniqueIndex("batch_items_one_wait_idx").on(t.userId, t.mediaKey).where(sql`state = 'waiting'`),
    index("batch_items_request_idx").on(t.requestId),
  ],
);
