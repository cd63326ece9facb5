import { sql } from "drizzle-orm";
import { bigint, index, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { AuditArea } from "@/lib/domain/audit";
import { moment } from "./columns";

/** Who signs in here. Not the people of Seerr, who get mails. Columns without a comment are those of Auth.js. */
export const admins = pgTable(
  "admins",
  {
    id: text("id").primaryKey().default(sql`gen_random_uuid()::text`),
    /** What is typed at sign-in. */
    name: text("name").notNull(),
    email: text("email"),
    emailVerified: moment("email_verified"),
    image: text("image"),
    passwordHash: text("password_hash").notNull(),
    passwordChangedAt: moment("password_changed_at").notNull(),
    /** Until then a sign-in needs no Turnstile: set by a reset on the host. */
    checkWaivedUntil: moment("check_waived_until"),
    /** Where this admin signed in from lately: guesses from elsewhere do not shut these out. */
    knownAddresses: text("known_addresses").array().notNull().default(sql`'{}'`),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [uniqueIndex("admins_name_unique").on(sql`lower(${t.name})`)],
);

/** Who is signed in. Deleting a row signs out at once. */
export const adminSessions = pgTable(
  "admin_sessions",
  {
    /** SHA-256 of what the cookie holds. */
    sessionToken: text("token_hash").primaryKey(),
    userId: text("admin_id")
      .notNull()
      .references(() => admins.id, { onDelete: "cascade" }),
    expires: moment("expires_at").notNull(),
    /** Names the session on pages and in the log. */
    publicId: text("public_id").notNull().unique().default(sql`gen_random_uuid()::text`),
    createdAt: moment("created_at").notNull(),
    lastSeenAt: moment("last_seen_at").notNull(),
    address: text("address"),
    userAgent: text("user_agent"),
  },
  (t) => [index("admin_sessions_admin_idx").on(t.userId)],
);

/** Keys of programs that call the API. */
export const apiKeys = pgTable("api_keys", {
  id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  name: text("name").notNull(),
  /** SHA-256 of the key; the key itself is shown once and kept nowhere. */
  keyHash: text("key_hash").notNull().unique(),
  /** Its first characters, to tell keys apart. */
  hint: text("hint").notNull(),
  scope: text("scope", { enum: ["read", "admin"] }).notNull(),
  createdBy: text("created_by").notNull(),
  createdAt: moment("created_at").notNull(),
  lastUsedAt: moment("last_used_at"),
  lastUsedFrom: text("last_used_from"),
  revokedAt: moment("revoked_at"),
});

/** How much of each limit is used up. A row whose moment has passed says the same as none. */
export const rateLimits = pgTable(
  "rate_limits",
  {
    key: text("key").primaryKey(),
    /** When nothing of the limit is used any more. */
    freeAt: moment("free_at").notNull(),
  },
  (t) => [index("rate_limits_free_idx").on(t.freeAt)],
);

/** What admins did. */
export const auditEntries = pgTable(
  "audit_entries",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: moment("at").notNull(),
    actor: text("actor").notNull(),
    address: text("address"),
    /** The part of the product it was done to; null for what was done before that was written down. */
    area: text("area").$type<AuditArea>(),
    /** In words, as the page or the API said it. */
    action: text("action").notNull(),
    /** What it was done to. */
    subject: text("subject"),
    /** Secrets are masked in both. */
    before: jsonb("before"),
    after: jsonb("after"),
  },
  (t) => [
    index("audit_entries_at_idx").on(t.at.desc(), t.id.desc()),
    index("audit_entries_actor_idx").on(t.actor, t.id.desc()),
    index("audit_entries_area_idx").on(t.area, t.id.desc()),
  ],
);
