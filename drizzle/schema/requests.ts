import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { moment } from "./columns";
import { users } from "./users";

/** One Seerr request: who, movie or show, which seasons, HD or 4K. */
export const requests = pgTable(
  "requests",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    seerrRequestId: integer("seerr_request_id").notNull().unique(),
    /** Null until the requester is known: a webhook may name somebody Seerr has not told us about yet. */
    userId: integer("user_id").references(() => users.id),
    requesterName: text("requester_name"),
    mediaType: text("media_type", { enum: ["movie", "tv"] }).notNull(),
    tmdbId: integer("tmdb_id"),
    tvdbId: integer("tvdb_id"),
    title: text("title").notNull(),
    year: integer("year"),
    posterPath: text("poster_path"),
    overview: text("overview"),
    isFourK: boolean("is_4k").notNull().default(false),
    coversAllSeasons: boolean("covers_all_seasons").notNull().default(false),
    status: text("status", {
      enum: ["pending", "approved", "declined", "failed", "completed", "deleted"],
    }).notNull(),
    origin: text("origin", { enum: ["webhook", "sync"] }).notNull(),
    requestedAt: moment("requested_at").notNull(),
    /** When Seerr's API last completed this row; null while only a webhook spoke of it. */
    readFromSeerrAt: moment("read_from_seerr_at"),
    /** The request was there at the first sync: what its instances held then is known before. */
    knownBefore: boolean("known_before").notNull().default(false),
    /** The verdict in short, kept by `refresh-request-state`, so that lists filter and sort in SQL. */
    state: text("state").notNull().default("looking"),
    stateUntil: moment("state_until"),
    toldCount: integer("told_count").notNull().default(0),
    itemCount: integer("item_count").notNull().default(0),
    lastNewsAt: moment("last_news_at").notNull().defaultNow(),
    /**
     * When something of it could first be watched: when the first mail that says so was made. Stays; null also when
     * something was there at the first sync already.
     */
    watchableAt: moment("watchable_at"),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (t) => [
    index("requests_tmdb_idx").on(t.tmdbId, t.mediaType),
    index("requests_tvdb_idx").on(t.tvdbId),
    index("requests_user_idx").on(t.userId),
    index("requests_news_idx").on(t.lastNewsAt.desc(), t.id.desc()),
    index("requests_state_idx").on(t.state, t.lastNewsAt.desc(), t.id.desc()),
    index("requests_asked_idx").on(t.requestedAt.desc(), t.id.desc()),
    index("requests_watchable_idx").on(t.watchableAt).where(sql`watchable_at is not null`),
    index("requests_title_idx").on(sql`lower(${t.title}) desc nulls last`, t.id.desc()),
    index("requests_title_search_idx").using("gin", sql`${t.title} gin_trgm_ops`),
  ],
);

export const requestSeasons = pgTable(
  "request_seasons",
  {
    requestId: integer("request_id")
      .notNull()
      .references(() => requests.id, { onDelete: "cascade" }),
    season: integer("season").notNull(),
  },
  (t) => [primaryKey({ columns: [t.requestId, t.season] })],
);

/** Everybody attached to a request, the requester included. */
export const requestWatchers = pgTable(
  "request_watchers",
  {
    requestId: integer("request_id")
      .notNull()
      .references(() => requests.id, { onDelete: "cascade" }),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id),
    /** How they came to it: asked in Seerr, attached by the admin, followed by link. */
    source: text("source", { enum: ["asked", "admin", "link"] }).notNull(),
    addedAt: moment("added_at").notNull().defaultNow(),
    /** Who attached them, as an audit names them; null for those who asked in Seerr. */
    addedBy: text("added_by"),
    /** Whether they wanted to be told of what was there already. */
    toldExisting: boolean("told_existing").notNull().default(false),
    mutedAt: moment("muted_at"),
  },
  (t) => [
    primaryKey({ columns: [t.requestId, t.userId] }),
    index("request_watchers_user_idx").on(t.userId, t.requestId),
  ],
);
