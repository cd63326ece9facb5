import { sql } from "drizzle-orm";
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { DownloadEpisode } from "@/lib/domain/downloads";
import { moment } from "./columns";

/** Downloads seen in the queue of a Sonarr or Radarr, one row each, with what our own checks measured. */
export const downloads = pgTable(
  "downloads",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    instanceKey: text("instance_key").notNull(),
    downloadKey: text("download_key").notNull(),
    /** Name of the release. */
    title: text("title").notNull(),
    mediaTitle: text("media_title"),
    /** `show:tvdb:…` or `movie:tmdb:…`: which requests it is for, by group and season. */
    groupKey: text("group_key"),
    tvdbId: integer("tvdb_id"),
    tmdbId: integer("tmdb_id"),
    /** Series or movie id inside the instance. */
    upstreamId: integer("upstream_id"),
    episodes: jsonb("episodes").$type<DownloadEpisode[]>().notNull(),
    client: text("client"),
    indexer: text("indexer"),
    status: text("status"),
    trackedState: text("tracked_state"),
    /** Bytes. */
    size: bigint("size", { mode: "number" }),
    sizeLeft: bigint("size_left", { mode: "number" }),
    /** In the instance's words. */
    messages: text("messages").array().notNull().default([]),
    verdict: text("verdict", { enum: ["moving", "resting", "waiting", "stuck"] }).notNull(),
    /** Why, as a sentence. */
    verdictWords: text("verdict_words").notNull(),
    troubleKey: text("trouble_key").notNull().default(""),
    /** When the trouble was last seen. */
    troubleAt: moment("trouble_at"),
    /** Checks in which the same failure was seen that another release can cure. */
    strikes: integer("strikes").notNull().default(0),
    struckAt: moment("struck_at"),
    /** What becomes of it, where that is more than waiting. */
    planWords: text("plan_words"),
    /** When its show was last read anew on account of a missing title. */
    refreshedAt: moment("refreshed_at"),
    /** The trouble that is on the timeline, and the one the admin was told about. */
    notedKey: text("noted_key").notNull().default(""),
    alertedKey: text("alerted_key").notNull().default(""),
    alertedAt: moment("alerted_at"),
    firstSeenAt: moment("first_seen_at").notNull(),
    lastProgressAt: moment("last_progress_at").notNull(),
    goneAt: moment("gone_at"),
  },
  (t) => [
    unique("downloads_key").on(t.instanceKey, t.downloadKey),
    index("downloads_group_idx").on(t.groupKey).where(sql`${t.goneAt} is null`),
    index("downloads_live_idx").on(t.instanceKey, t.id).where(sql`${t.goneAt} is null`),
    index("downloads_gone_idx").on(t.goneAt).where(sql`${t.goneAt} is not null`),
  ],
);

/**
 * Releases that were replaced. The step is written before it is taken and after, so that a repair that was cut off
 * goes on where it was.
 */
export const downloadRepairs = pgTable(
  "download_repairs",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    instanceKey: text("instance_key").notNull(),
    downloadKey: text("download_key").notNull(),
    title: text("title").notNull(),
    mediaTitle: text("media_title"),
    groupKey: text("group_key"),
    tvdbId: integer("tvdb_id"),
    tmdbId: integer("tmdb_id"),
    upstreamId: integer("upstream_id").notNull(),
    episodes: jsonb("episodes").$type<DownloadEpisode[]>().notNull(),
    /** What attempts are counted by: `episode:1013`, `movie:44`, ids of the instance. */
    targets: text("targets").array().notNull(),
    reason: text("reason").notNull(),
    /** removing: being taken away; removed: gone, to be searched; searching: being asked for; done. */
    step: text("step", { enum: ["removing", "removed", "searching", "done"] }).notNull(),
    startedAt: moment("started_at").notNull(),
    steppedAt: moment("stepped_at").notNull(),
    /** When the admin was told. */
    toldAt: moment("told_at"),
  },
  (t) => [
    uniqueIndex("download_repairs_open_idx")
      .on(t.instanceKey, t.downloadKey)
      .where(sql`${t.step} <> 'done'`),
    index("download_repairs_started_idx").on(t.instanceKey, t.startedAt),
    index("download_repairs_untold_idx").on(t.id).where(sql`${t.toldAt} is null`),
    index("download_repairs_group_idx").on(t.groupKey),
  ],
);
