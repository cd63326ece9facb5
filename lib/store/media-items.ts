import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { mediaItems } from "@/drizzle/schema";
import { heldAndCovered } from "./covered-items";
import type { Executor } from "./db";

export type MediaItem = typeof mediaItems.$inferSelect;
export type HeldItem = Omit<
  typeof mediaItems.$inferInsert,
  | "playableAt"
  | "plexAskedAt"
  | "plexFirstAskedAt"
  | "plexAskCount"
  | "plexWaitedMs"
  | "adminToldAt"
  | "removedAt"
>;

/** Asking pauses for at most this long; a longer gap was a time in which Plex could not be asked, or nobody asked. */
const longestPauseMs = 30 * 60_000;

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
          imdbId: sql`coalesce(excluded.imdb_id, ${mediaItems.imdbId})`,
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
          plexWaitedMs: sql`case when ${isOtherFile} then 0 else ${mediaItems.plexWaitedMs} end`,
          removedAt: null,
          updatedAt: now,
        },
        // Reading the same holdings again writes nothing.
        setWhere: sql`${isOtherFile} or ${mediaItems.removedAt} is not null
          or ${mediaItems.title} is distinct from excluded.title
          or ${mediaItems.filePath} is distinct from excluded.file_path
          or ${mediaItems.imdbId} is distinct from coalesce(excluded.imdb_id, ${mediaItems.imdbId})
          or ${mediaItems.episodeTitle} is distinct from coalesce(excluded.episode_title, ${mediaItems.episodeTitle})
          or ${mediaItems.airsAt} is distinct from coalesce(excluded.airs_at, ${mediaItems.airsAt})`,
      });
  }
}

/** Two instances may have one show: that the one has no file says nothing about the file of the other. */
const isHeldElsewhere = sql`(${mediaItems.instanceKey} is distinct from excluded.instance_key)`;

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
            when ${isHeldElsewhere} then ${mediaItems.removedAt}
            else coalesce(${mediaItems.removedAt}, ${now.toISOString()}::timestamptz) end`,
          playableAt: sql`case when ${isHeldElsewhere} then ${mediaItems.playableAt} end`,
          fileId: sql`case when ${isHeldElsewhere} then ${mediaItems.fileId} end`,
          updatedAt: now,
        },
        setWhere: sql`(${mediaItems.importedAt} is not null and ${mediaItems.removedAt} is null
            and not ${isHeldElsewhere})
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
export type NextEpisode = { season: number; episode: number; airsAt: Date };

/** The next episodes of some requests, each within one group; those without one are left out. */
export async function listNextEpisodes(
  executor: Executor,
  wanted: readonly { requestId: number; groupKey: string }[],
  now: Date,
): Promise<{ requestId: number; groupKey: string; next: NextEpisode }[]> {
  if (wanted.length === 0) return [];
  const rows = await executor.execute<{
    request_id: number;
    group_key: string;
    season: number | null;
    episode: number | null;
    airs_at: string;
  }>(sql`
    select r.id as request_id, w."groupKey" as group_key, next.season, next.episode, next.airs_at
    from (
      select distinct "requestId", "groupKey"
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w ("requestId" int, "groupKey" text)
    ) w
    join requests r on r.id = w."requestId"
    cross join lateral (
      select m.season, m.episode, m.airs_at from media_items m
      where m.group_key = w."groupKey" and m.imported_at is null and m.airs_at > ${now.toISOString()}::timestamptz
        and (r.covers_all_seasons or m.season in (select season from request_seasons where request_id = r.id))
      order by m.airs_at limit 1
    ) next`);
  return rows.flatMap(({ request_id: requestId, group_key: groupKey, season, episode, airs_at }) =>
    season === null || episode === null
      ? []
      : [{ requestId, groupKey, next: { season, episode, airsAt: new Date(airs_at) } }],
  );
}

/** Writes down what Plex answered about some items of a group. */
export async function savePlexAnswer(
  executor: Executor,
  answers: readonly { mediaKey: string; ratingKey: string | null }[],
  now: Date,
): Promise<void> {
  const sinceLastMs = sql`extract(epoch from (${now.toISOString()}::timestamptz - ${mediaItems.plexAskedAt})) * 1000`;
  const waitedSince = sql`${mediaItems.plexWaitedMs} + case
    when ${sinceLastMs} between 0 and ${longestPauseMs} then (${sinceLastMs})::bigint else 0 end`;
  for (const { mediaKey, ratingKey } of answers) {
    await executor
      .update(mediaItems)
      .set({
        plexAskedAt: now,
        plexFirstAskedAt: sql`coalesce(${mediaItems.plexFirstAskedAt}, ${now.toISOString()}::timestamptz)`,
        plexAskCount: sql`${mediaItems.plexAskCount} + 1`,
        plexWaitedMs: waitedSince,
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

/**
 * Media keys of what is there of a request for somebody who comes to it now. What still waits to be told to the others,
 * or what Plex does not show, is not there yet: it follows.
 */
export async function listThereAlready(executor: Executor, requestId: number): Promise<string[]> {
  const rows = await executor.execute<{ media_key: string }>(sql`
    select m.media_key from requests r join media_items m on ${heldAndCovered}
    where r.id = ${requestId}
      and not (m.admin_told_at is not null and m.playable_at is null)
      and not exists (
        select from batch_items b
        where b.request_id = r.id and b.media_key = m.media_key and b.state = 'waiting'
      )
  `);
  return rows.map((row) => row.media_key);
}

/** Groups of which an instance is known to hold something. */
export async function listHeldGroups(executor: Executor, instanceKey: string): Promise<string[]> {
  const rows = await executor.execute<{ group_key: string }>(sql`
    select distinct group_key from media_items
    where instance_key = ${instanceKey} and imported_at is not null and removed_at is null
    order by group_key`);
  return rows.map((row) => row.group_key);
}

/** Marks everything an instance held of some groups as gone. Returns what was there before. */
export async function markGroupsGone(
  executor: Executor,
  gone: { instanceKey: string; groupKeys: readonly string[] },
  now: Date,
): Promise<MediaItem[]> {
  if (gone.groupKeys.length === 0) return [];
  return executor
    .update(mediaItems)
    .set({ removedAt: now, playableAt: null, fileId: null, updatedAt: now })
    .where(
      and(
        eq(mediaItems.instanceKey, gone.instanceKey),
        sql`${mediaItems.groupKey} = any(${sql.param([...gone.groupKeys])}::text[])`,
        sql`${mediaItems.importedAt} is not null`,
        isNull(mediaItems.removedAt),
      ),
    )
    .returning();
}
