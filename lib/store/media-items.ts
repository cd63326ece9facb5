import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { mediaItems } from "@/drizzle/schema";
import { heldAndCovered } from "./covered-items";
import type { Executor } from "./db";

export type MediaItem = typeof mediaItems.$inferSelect;
export type HeldItem = Omit<
  typeof mediaItems.$inferInsert,
  "playableAt" | "plexAskedAt" | "plexFirstAskedAt" | "plexAskCount" | "adminToldAt" | "removedAt"
>;

/**
 * Stores what an instance holds. A different file than before means Plex is asked anew; the first import time stays.
 */
export async function upsertMediaItems(
  executor: Executor,
  items: readonly HeldItem[],
  now: Date,
): Promise<void> {
  for (let start = 0; start < items.length; start += 200) {
    const rows = items.slice(start, start + 200).map((item) => ({ ...item, updatedAt: now }));
    const isOtherFile = sql`${mediaItems.fileId} is distinct from excluded.file_id`;
    await executor
      .insert(mediaItems)
      .values(rows)
      .onConflictDoUpdate({
        target: mediaItems.mediaKey,
        set: {
          title: sql`excluded.title`,
          year: sql`coalesce(excluded.year, ${mediaItems.year})`,
          episodeTitle: sql`coalesce(excluded.episode_title, ${mediaItems.episodeTitle})`,
          episodeTvdbId: sql`coalesce(excluded.episode_tvdb_id, ${mediaItems.episodeTvdbId})`,
          tmdbId: sql`coalesce(excluded.tmdb_id, ${mediaItems.tmdbId})`,
          runtimeMinutes: sql`coalesce(excluded.runtime_minutes, ${mediaItems.runtimeMinutes})`,
          airsAt: sql`coalesce(excluded.airs_at, ${mediaItems.airsAt})`,
          instanceKey: sql`excluded.instance_key`,
          upstreamId: sql`excluded.upstream_id`,
          fileId: sql`excluded.file_id`,
          filePath: sql`excluded.file_path`,
          quality: sql`excluded.quality`,
          importedAt: sql`coalesce(${mediaItems.importedAt}, excluded.imported_at)`,
          playableAt: sql`case when ${isOtherFile} then null else ${mediaItems.playableAt} end`,
          adminToldAt: sql`case when ${isOtherFile} then null else ${mediaItems.adminToldAt} end`,
          removedAt: null,
          updatedAt: now,
        },
        // Reading the same holdings again writes nothing.
        setWhere: sql`${isOtherFile} or ${mediaItems.removedAt} is not null
          or ${mediaItems.title} is distinct from excluded.title
          or ${mediaItems.filePath} is distinct from excluded.file_path
          or ${mediaItems.episodeTitle} is distinct from coalesce(excluded.episode_title, ${mediaItems.episodeTitle})
          or ${mediaItems.airsAt} is distinct from coalesce(excluded.airs_at, ${mediaItems.airsAt})`,
      });
  }
}

/**
 * Stores episodes an instance knows but holds no file of: what is still to come. One it used to hold is gone now.
 */
export async function upsertExpectedItems(
  executor: Executor,
  items: readonly HeldItem[],
  now: Date,
): Promise<void> {
  for (let start = 0; start < items.length; start += 200) {
    await executor
      .insert(mediaItems)
      .values(items.slice(start, start + 200).map((item) => ({ ...item, updatedAt: now })))
      .onConflictDoUpdate({
        target: mediaItems.mediaKey,
        set: {
          episodeTitle: sql`coalesce(excluded.episode_title, ${mediaItems.episodeTitle})`,
          airsAt: sql`coalesce(excluded.airs_at, ${mediaItems.airsAt})`,
          removedAt: sql`case when ${mediaItems.importedAt} is null then null
            else coalesce(${mediaItems.removedAt}, ${now.toISOString()}::timestamptz) end`,
          playableAt: null,
          fileId: null,
          updatedAt: now,
        },
        setWhere: sql`(${mediaItems.importedAt} is not null and ${mediaItems.removedAt} is null)
          or ${mediaItems.airsAt} is distinct from coalesce(excluded.airs_at, ${mediaItems.airsAt})
          or ${mediaItems.episodeTitle} is distinct from coalesce(excluded.episode_title, ${mediaItems.episodeTitle})`,
      });
  }
}

export async function listMediaItems(
  executor: Executor,
  mediaKeys: readonly string[],
): Promise<MediaItem[]> {
  if (mediaKeys.length === 0) return [];
  return executor
    .select()
    .from(mediaItems)
    .where(inArray(mediaItems.mediaKey, [...mediaKeys]))
    .orderBy(mediaItems.season, mediaItems.episode);
}

/** The next episode of a request's seasons that is known to come. */
export async function findNextEpisode(
  executor: Executor,
  request: { id: number; coversAllSeasons: boolean },
  groupKey: string,
  now: Date,
): Promise<{ season: number; episode: number; airsAt: Date } | null> {
  const [row] = await executor
    .select({ season: mediaItems.season, episode: mediaItems.episode, airsAt: mediaItems.airsAt })
    .from(mediaItems)
    .where(
      and(
        eq(mediaItems.groupKey, groupKey),
        isNull(mediaItems.importedAt),
        sql`${mediaItems.airsAt} > ${now.toISOString()}::timestamptz`,
        sql`(${request.coversAllSeasons} or ${mediaItems.season} in
          (select season from request_seasons where request_id = ${request.id}))`,
      ),
    )
    .orderBy(mediaItems.airsAt)
    .limit(1);
  if (!row || row.season === null || row.episode === null || row.airsAt === null) return null;
  return { season: row.season, episode: row.episode, airsAt: row.airsAt };
}

/** Writes down what Plex answered about some items of a group. */
export async function savePlexAnswer(
  executor: Executor,
  answers: readonly { mediaKey: string; ratingKey: string | null }[],
  now: Date,
): Promise<void> {
  for (const { mediaKey, ratingKey } of answers) {
    await executor
      .update(mediaItems)
      .set({
        plexAskedAt: now,
        plexFirstAskedAt: sql`coalesce(${mediaItems.plexFirstAskedAt}, ${now.toISOString()}::timestamptz)`,
        plexAskCount: sql`${mediaItems.plexAskCount} + 1`,
        playableAt: ratingKey === null ? null : now,
        ...(ratingKey === null ? {} : { plexRatingKey: ratingKey }),
      })
      .where(eq(mediaItems.mediaKey, mediaKey));
  }
}

/** Marks items whose file is gone. With a file id only where that file is still the one held: news may come late. */
export async function markItemsRemoved(
  executor: Executor,
  gone: { mediaKeys: readonly string[]; fileId: number | null },
  now: Date,
): Promise<void> {
  if (gone.mediaKeys.length === 0) return;
  const isThatFile =
    gone.fileId === null
      ? undefined
      : sql`(${mediaItems.fileId} is null or ${mediaItems.fileId} = ${gone.fileId})`;
  await executor
    .update(mediaItems)
    .set({ removedAt: now, playableAt: null, fileId: null, updatedAt: now })
    .where(
      and(
        inArray(mediaItems.mediaKey, [...gone.mediaKeys]),
        isNull(mediaItems.removedAt),
        isThatFile,
      ),
    );
}

/** Claims telling the admin about items Plex does not show: returns those nobody told about yet. */
export async function claimAdminTold(
  executor: Executor,
  mediaKeys: readonly string[],
  now: Date,
): Promise<MediaItem[]> {
  if (mediaKeys.length === 0) return [];
  return executor
    .update(mediaItems)
    .set({ adminToldAt: now })
    .where(and(inArray(mediaItems.mediaKey, [...mediaKeys]), isNull(mediaItems.adminToldAt)))
    .returning();
}

/** Media keys of what is held of a request now. */
export async function listHeldKeys(executor: Executor, requestId: number): Promise<string[]> {
  const rows = await executor.execute<{ media_key: string }>(sql`
    select m.media_key from requests r join media_items m on ${heldAndCovered}
    where r.id = ${requestId}
  `);
  return rows.map((row) => row.media_key);
}
