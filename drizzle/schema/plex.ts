import { bigint, boolean, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { moment } from "./columns";

/** Our index of the Plex libraries: movies and shows only, episodes are asked of Plex itself. */
export const plexItems = pgTable(
  "plex_items",
  {
    machineId: text("machine_id").notNull(),
    ratingKey: text("rating_key").notNull(),
    sectionKey: text("section_key").notNull(),
    type: text("type", { enum: ["movie", "show"] }).notNull(),
    title: text("title").notNull(),
    hasMedia: boolean("has_media").notNull(),
    /** The walk that saw it last; a full walk removes what it did not see. */
    walk: bigint("walk", { mode: "number" }).notNull(),
    seenAt: moment("seen_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.machineId, t.ratingKey] }),
    index("plex_items_section_idx").on(t.machineId, t.sectionKey),
  ],
);

/** External ids of those items: `tmdb://603`, `tvdb://121361`, `imdb://tt0133093`. */
export const plexGuids = pgTable(
  "plex_guids",
  {
    machineId: text("machine_id").notNull(),
    guid: text("guid").notNull(),
    ratingKey: text("rating_key").notNull(),
  },
  (t) => [primaryKey({ columns: [t.machineId, t.guid, t.ratingKey] })],
);

export const plexSections = pgTable(
  "plex_sections",
  {
    machineId: text("machine_id").notNull(),
    key: text("key").notNull(),
    type: text("type", { enum: ["movie", "show"] }).notNull(),
    title: text("title").notNull(),
    walkedAt: moment("walked_at"),
    /** The newest change Plex reported, by Plex's clock: ours may differ from it. */
    newestChangeAt: moment("newest_change_at"),
    refreshedAt: moment("refreshed_at"),
  },
  (t) => [primaryKey({ columns: [t.machineId, t.key] })],
);

/** One worker at a time asks Plex about a group; the others read its answer. */
export const plexAsks = pgTable("plex_asks", {
  groupKey: text("group_key").primaryKey(),
  askedAt: moment("asked_at").notNull(),
});
