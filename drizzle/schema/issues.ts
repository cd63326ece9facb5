import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import type { IssueFile } from "@/lib/domain/issue-files";
import type { GrabToMark } from "@/lib/domain/issue-fix";
import { moment } from "./columns";
import { requests } from "./requests";
import { users } from "./users";

/** One problem somebody reported in Seerr: one row per Seerr issue. */
export const issues = pgTable(
  "issues",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    seerrIssueId: integer("seerr_issue_id").notNull().unique(),
    type: text("type", { enum: ["video", "audio", "subtitles", "other"] }).notNull(),
    /** Null until Seerr's API has said it: a webhook's template may leave it out. */
    mediaType: text("media_type", { enum: ["movie", "tv"] }),
    tmdbId: integer("tmdb_id"),
    tvdbId: integer("tvdb_id"),
    title: text("title").notNull(),
    year: integer("year"),
    posterPath: text("poster_path"),
    isFourK: boolean("is_4k").notNull().default(false),
    /** Null: all seasons of the show. */
    season: integer("season"),
    /** Null: all episodes of the season. */
    episode: integer("episode"),
    message: text("message"),
    reporterId: integer("reporter_id").references(() => users.id),
    reporterName: text("reporter_name"),
    requestId: integer("request_id").references(() => requests.id, { onDelete: "set null" }),
    status: text("status", {
      enum: ["reported", "fixing", "resolved", "failed", "abandoned"],
    }).notNull(),
    /** Why it stands as it does, as a sentence; null when the state says it all. */
    statusReason: text("status_reason"),
    /** How often a repair was begun. */
    attemptCount: integer("attempt_count").notNull().default(0),
    reopenCount: integer("reopen_count").notNull().default(0),
    /** It was there when BingeAlert first looked: nobody is mailed about it and no repair begins by itself. */
    knownBefore: boolean("known_before").notNull().default(false),
    reportedAt: moment("reported_at").notNull(),
    /** When the report itself was acted upon: its mails planned, its repair begun. */
    announcedAt: moment("announced_at"),
    readFromSeerrAt: moment("read_from_seerr_at"),
    /** What the instance held when it was reported; null until that was read. */
    filesAtReport: jsonb("files_at_report").$type<IssueFile[]>(),
    /** When it last got on: reported, begun, reopened. The cutoffs count from here. */
    steppedAt: moment("stepped_at").notNull(),
    resolvedAt: moment("resolved_at"),
    resolvedBy: text("resolved_by", { enum: ["replacement", "seerr", "admin"] }),
    resolvedFiles: jsonb("resolved_files").$type<IssueFile[]>(),
    /** Whether Seerr still has to be told that it is closed. */
    closing: text("closing", { enum: ["pending", "done"] }),
    /** What BingeAlert wrote under it in Seerr: comes back as a webhook. */
    ownComments: text("own_comments").array().notNull().default(sql`'{}'`),
    lastNewsAt: moment("last_news_at").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (t) => [
    index("issues_news_idx").on(t.lastNewsAt.desc(), t.id.desc()),
    index("issues_status_idx").on(t.status, t.lastNewsAt.desc(), t.id.desc()),
    index("issues_tmdb_idx").on(t.tmdbId, t.mediaType),
    index("issues_tvdb_idx").on(t.tvdbId),
    index("issues_request_idx").on(t.requestId),
    index("issues_reporter_idx").on(t.reporterId),
    index("issues_closing_idx").on(t.id).where(sql`closing = 'pending'`),
    index("issues_title_search_idx").using("gin", sql`${t.title} gin_trgm_ops`),
  ],
);

/** One repair of an issue, with what was done: each step is written down before and after it is taken. */
export const issueAttempts = pgTable(
  "issue_attempts",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    issueId: integer("issue_id")
      .notNull()
      .references(() => issues.id, { onDelete: "cascade" }),
    /** 1 at first. */
    number: integer("number").notNull(),
    cause: text("cause", { enum: ["auto", "admin", "again"] }).notNull(),
    actor: text("actor").notNull(),
    state: text("state", {
      enum: ["begun", "searching", "searched", "failed", "replaced", "stopped"],
    }).notNull(),
    instanceKey: text("instance_key"),
    instanceName: text("instance_name"),
    /** What is searched for, by the instance's own ids. */
    searchBody: jsonb("search_body").$type<Record<string, unknown>>(),
    filesBefore: jsonb("files_before").$type<IssueFile[]>(),
    grabs: jsonb("grabs").$type<GrabToMark[]>(),
    commandId: bigint("command_id", { mode: "number" }),
    /** What came of it, as a sentence. */
    outcome: text("outcome"),
    startedAt: moment("started_at").notNull(),
    searchedAt: moment("searched_at"),
    finishedAt: moment("finished_at"),
  },
  (t) => [unique("issue_attempts_number").on(t.issueId, t.number)],
);

/** The dated list of facts and decisions about one issue; those with a request are on its timeline, too. */
export const issueEntries = pgTable(
  "issue_entries",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    issueId: integer("issue_id")
      .notNull()
      .references(() => issues.id, { onDelete: "cascade" }),
    at: moment("at").notNull(),
    kind: text("kind", {
      enum: ["fact", "decision", "wait", "told", "not_told", "trouble"],
    }).notNull(),
    code: text("code").notNull(),
    words: text("words").notNull(),
    reason: text("reason"),
    source: text("source").notNull(),
    eventId: bigint("event_id", { mode: "number" }),
    notificationId: bigint("notification_id", { mode: "number" }),
    dedupeKey: text("dedupe_key").unique(),
  },
  (t) => [index("issue_entries_issue_idx").on(t.issueId, t.at.desc(), t.id.desc())],
);
