import { bigint, boolean, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns";

/** A watchable thing that some instance holds or held, by its identity across instances. */
export const mediaItems = pgTable(
  "media_items",
  {
    mediaKey: text("media_key").primaryKey(),
    /** What is gathered and asked of Plex together: `show:tvdb:121361`, `movie:tmdb:603:4k`. */
    groupKey: text("group_key").notNull(),
    kind: text("kind", { enum: ["movie", "episode"] }).notNull(),
    isFourK: boolean("is_4k").notNull().default(false),
    tmdbId: integer("tmdb_id"),
    tvdbId: integer("tvdb_id"),
    /** The only id that movies of Plex's legacy agent carry: `tt0133093`. */
    imdbId: text("imdb_id"),
    title: text("title").notNull(),
    year: integer("year"),
    season: integer("season"),
    episode: integer("episode"),
    episodeTitle: text("episode_title"),
    episodeTvdbId: integer("episode_tvdb_id"),
    runtimeMinutes: integer("runtime_minutes"),
    airsAt: moment("airs_at"),
    instanceKey: text("instance_key"),
    /** Series or movie id inside the instance. */
    upstreamId: integer("upstream_id"),
    fileId: integer("file_id"),
    filePath: text("file_path"),
    quality: text("quality"),
    /** When the instance first held a file; null while it has none. */
    importedAt: moment("imported_at"),
    /** When Plex last confirmed it plays, and as what. */
    playableAt: moment("playable_at"),
    plexRatingKey: text("plex_rating_key"),
    plexAskedAt: moment("plex_asked_at"),
    plexFirstAskedAt: moment("plex_first_asked_at"),
    plexAskCount: integer("plex_ask_count").notNull().default(0),
    /** For how long Plex was asked without showing it: time in which it could not be asked does not count. */
    plexWaitedMs: bigint("plex_waited_ms", { mode: "number" }).notNull().default(0),
    /** When the admin was told that Plex cannot see it. */
    adminToldAt: moment("admin_told_at"),
    removedAt: moment("removed_at"),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (t) => [index("media_items_group_idx").on(t.groupKey, t.season, t.episode)],
);
