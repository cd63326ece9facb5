import { and, eq, inArray } from "drizzle-orm";
import { mediaItems } from "@/drizzle/schema";
import type { Executor } from "./db";
import type { MediaItem } from "./media-items";

/** Every episode that is known of some seasons of a show, with a file or still to come. */
export async function listSeasonEpisodes(
  executor: Executor,
  groupKey: string,
  seasons: readonly number[],
): Promise<MediaItem[]> {
  if (seasons.length === 0) return [];
  return executor
    .select()
    .from(mediaItems)
    .where(and(eq(mediaItems.groupKey, groupKey), inArray(mediaItems.season, [...seasons])))
    .orderBy(mediaItems.season, mediaItems.episode);
}
