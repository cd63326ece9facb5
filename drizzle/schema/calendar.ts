import { boolean, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { moment } from "./columns";

/** What Sonarr and Radarr expect in the coming weeks, asked for or not, as their calendars say. */
export const calendarEntries = pgTable(
  "calendar_entries",
  {
    instanceKey: text("instance_key").notNull(),
    mediaKey: text("media_key").notNull(),
    /** What happens then: a movie may have three dates. */
    release: text("release", { enum: ["air", "digital", "physical", "cinema"] }).notNull(),
    /** An episode airs at a moment; a movie's release is a day, kept as midnight UTC. */
    at: moment("at").notNull(),
    isFourK: boolean("is_4k").notNull(),
    tmdbId: integer("tmdb_id"),
    tvdbId: integer("tvdb_id"),
    title: text("title").notNull(),
    year: integer("year"),
    season: integer("season"),
    episode: integer("episode"),
    episodeTitle: text("episode_title"),
    runtimeMinutes: integer("runtime_minutes"),
    isMonitored: boolean("is_monitored").notNull(),
    hasFile: boolean("has_file").notNull(),
    /** When what is known of it last changed. */
    changedAt: moment("changed_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.instanceKey, t.mediaKey, t.release] }),
    index("calendar_entries_at_idx").on(t.at),
  ],
);

/** How the calendar of each instance was read last. */
export const calendarReads = pgTable("calendar_reads", {
  instanceKey: text("instance_key").primaryKey(),
  /** When it last answered; null: never yet. What it said then stands until it answers again. */
  readAt: moment("read_at"),
  /** Why the last try failed, in words; null when it did not. */
  trouble: text("trouble"),
  triedAt: moment("tried_at").notNull(),
});
