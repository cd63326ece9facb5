import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { moment } from "./columns";
import { requests } from "./requests";
import { users } from "./users";

/** One mail to one person: decided, scheduled, sent, failed, unknown, cancelled or held. */
export const notifications = pgTable(
  "notifications",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** Part of the Message-ID, so that it is stable and tells nothing. */
    uid: uuid("uid").notNull().defaultRandom(),
    audience: text("audience", { enum: ["user", "admin", "address"] }).notNull(),
    userId: integer("user_id").references(() => users.id),
    /** Where it went, or goes when it is not for a user; a user's address is read when it leaves. */
    toAddress: text("to_address"),
    kind: text("kind").notNull(),
    requestId: integer("request_id").references(() => requests.id),
    batchId: bigint("batch_id", { mode: "number" }),
    groupKey: text("group_key"),
    title: text("title").notNull(),
    subject: text("subject").notNull(),
    posterPath: text("poster_path"),
    /** What the mail says beyond its items: small facts, never rendered text. */
    facts: jsonb("facts").$type<Record<string, unknown>>().notNull().default({}),
    status: text("status", {
      enum: ["scheduled", "sending", "sent", "retrying", "failed", "unknown", "cancelled", "held"],
    }).notNull(),
    /** Why it is in this state, in words for the admin. */
    statusReason: text("status_reason"),
    /** A daily mail that is not claimed yet: what else becomes ready for its reader joins it. */
    gathers: boolean("gathers").notNull().default(false),
    /** When it may leave: first planned time, then the next attempt. */
    dueAt: moment("due_at").notNull(),
    attempts: integer("attempts").notNull().default(0),
    claimedBy: text("claimed_by"),
    claimedAt: moment("claimed_at"),
    /** Recorded before the end of the message is given to the server: after this a lost answer is unknown. */
    handedOverAt: moment("handed_over_at"),
    sentAt: moment("sent_at"),
    smtpReply: text("smtp_reply"),
    resendOf: bigint("resend_of", { mode: "number" }),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (t) => [
    index("notifications_live_idx")
      .on(t.dueAt)
      .where(sql`status in ('scheduled', 'sending', 'retrying')`),
    index("notifications_updated_idx").on(t.updatedAt.desc(), t.id.desc()),
    index("notifications_status_idx").on(t.status, t.updatedAt.desc(), t.id.desc()),
    index("notifications_user_idx").on(t.userId, t.id.desc()),
    index("notifications_request_idx").on(t.requestId),
    index("notifications_resend_idx").on(t.resendOf).where(sql`resend_of is not null`),
    index("notifications_subject_search_idx").using("gin", sql`${t.subject} gin_trgm_ops`),
    index("notifications_sent_idx").on(t.sentAt.desc()).where(sql`sent_at is not null`),
    uniqueIndex("notifications_one_gathers_idx")
      .on(t.userId)
      .where(sql`gathers and status = 'scheduled'`),
    index("notifications_claimed_idx").on(t.claimedAt.desc()).where(sql`claimed_at is not null`),
  ],
);

export const notificationItems = pgTable(
  "notification_items",
  {
    notificationId: bigint("notification_id", { mode: "number" })
      .notNull()
      .references(() => notifications.id, { onDelete: "cascade" }),
    mediaKey: text("media_key").notNull(),
    requestId: integer("request_id").references(() => requests.id),
  },
  (t) => [
    primaryKey({ columns: [t.notificationId, t.mediaKey] }),
    index("notification_items_media_idx").on(t.mediaKey),
    index("notification_items_request_idx").on(t.requestId),
  ],
);

/** The mail exactly as it was handed to the server. Retention may empty this table, never the ledger. */
export const notificationBodies = pgTable("notification_bodies", {
  notificationId: bigint("notification_id", { mode: "number" })
    .primaryKey()
    .references(() => notifications.id, { onDelete: "cascade" }),
  subject: text("subject").notNull(),
  html: text("html").notNull(),
  text: text("text").notNull(),
  headers: jsonb("headers").$type<Record<string, string>>().notNull(),
  renderedAt: moment("rendered_at").notNull(),
});

export const deliveryAttempts = pgTable(
  "delivery_attempts",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    notificationId: bigint("notification_id", { mode: "number" })
      .notNull()
      .references(() => notifications.id, { onDelete: "cascade" }),
    attempt: integer("attempt").notNull(),
    startedAt: moment("started_at").notNull(),
    handedOverAt: moment("handed_over_at"),
    finishedAt: moment("finished_at"),
    outcome: text("outcome", { enum: ["accepted", "try_later", "refused", "unknown"] }),
    reply: text("reply"),
  },
  (t) => [index("delivery_attempts_notification_idx").on(t.notificationId, t.attempt)],
);

/** What each user has been told, for ever. Its primary key is promise 3. */
export const deliveryLedger = pgTable(
  "delivery_ledger",
  {
    userId: integer("user_id")
      .notNull()
      .references(() => users.id),
    kind: text("kind").notNull(),
    mediaKey: text("media_key").notNull(),
    /** `known_before`: there at the first sync. `not_wanted`: the person or the admin had switched it off. */
    how: text("how", { enum: ["told", "known_before", "not_wanted"] }).notNull(),
    notificationId: bigint("notification_id", { mode: "number" }),
    at: moment("at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.kind, t.mediaKey] }),
    index("delivery_ledger_media_idx").on(t.mediaKey),
  ],
);
