import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import type { Language } from "@/lib/domain/language";
import { moment } from "./columns";

/** People who ask in Seerr and get mails. Not the people who log in here. */
export const users = pgTable(
  "users",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    seerrUserId: integer("seerr_user_id").notNull().unique(),
    displayName: text("display_name").notNull(),
    email: text("email"),
    timeZone: text("time_zone"),
    /** Null: the language of `MAIL_LANGUAGE`. */
    language: text("language").$type<Language>(),
    isActive: boolean("is_active").notNull().default(true),
    deactivatedAt: moment("deactivated_at"),
    goneFromSeerrAt: moment("gone_from_seerr_at"),
    unsubscribedAt: moment("unsubscribed_at"),
    /** Mail kinds the user switched off. */
    mutedKinds: text("muted_kinds").array().notNull().default(sql`'{}'`),
    /** How soon they are told that something plays. */
    frequency: text("frequency", {
      enum: ["every_episode", "season_complete", "daily_digest"],
    })
      .notNull()
      .default("every_episode"),
    /** Hour of their day at which a daily digest leaves. */
    digestHour: integer("digest_hour").notNull().default(18),
    /** Quiet hours in minutes of their day, over midnight when they end before they begin; both null: none. */
    quietFrom: integer("quiet_from"),
    quietUntil: integer("quiet_until"),
    /** Part of every signed link: raising it revokes the links of this user. */
    linkVersion: integer("link_version").notNull().default(1),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (t) => [
    index("users_name_idx").on(sql`lower(${t.displayName})`, t.id),
    index("users_name_search_idx").using("gin", sql`${t.displayName} gin_trgm_ops`),
  ],
);
