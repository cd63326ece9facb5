import { and, eq, inArray, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import { downloads } from "@/drizzle/schema";
import type { Executor } from "./db";

export type DownloadRow = typeof downloads.$inferSelect;

/** What one check writes of a download. */
export type CheckedDownload = Omit<
  DownloadRow,
  "id" | "planWords" | "refreshedAt" | "notedKey" | "alertedKey" | "alertedAt" | "goneAt"
>;

/** What is known of an instance's downloads: the live ones and those of the given keys. */
export async function listKnownDownloads(
  executor: Executor,
  instanceKey: string,
  downloadKeys: readonly string[],
): Promise<DownloadRow[]> {
  return executor
    .select()
    .from(downloads)
    .where(
      and(
        eq(downloads.instanceKey, instanceKey),
        or(
          isNull(downloads.goneAt),
          sql`${downloads.downloadKey} = any(${sql.param([...downloadKeys])}::text[])`,
        ),
      ),
    );
}

/** Writes what a check found; one that was gone is back. Returns the rows as they are now. */
export async function saveDownloads(
  executor: Executor,
  checked: readonly CheckedDownload[],
): Promise<DownloadRow[]> {
  const saved: DownloadRow[] = [];
  for (let start = 0; start < checked.length; start += 200) {
    const rows = await executor
      .insert(downloads)
      .values(checked.slice(start, start + 200))
      .onConflictDoUpdate({
        target: [downloads.instanceKey, downloads.downloadKey],
        set: {
          title: sql`excluded.title`,
          mediaTitle: sql`excluded.media_title`,
          groupKey: sql`excluded.group_key`,
          tvdbId: sql`excluded.tvdb_id`,
          tmdbId: sql`excluded.tmdb_id`,
          upstreamId: sql`excluded.upstream_id`,
          episodes: sql`excluded.episodes`,
          client: sql`excluded.client`,
          indexer: sql`excluded.indexer`,
          status: sql`excluded.status`,
          trackedState: sql`excluded.tracked_state`,
          size: sql`excluded.size`,
          sizeLeft: sql`excluded.size_left`,
          messages: sql`excluded.messages`,
          verdict: sql`excluded.verdict`,
          verdictWords: sql`excluded.verdict_words`,
          troubleKey: sql`excluded.trouble_key`,
          troubleAt: sql`excluded.trouble_at`,
          // Told and noted hold until the download has been well for so long that its trouble is forgotten.
          notedKey: sql`case when excluded.trouble_at is null then '' else ${downloads.notedKey} end`,
          alertedKey: sql`case when excluded.trouble_at is null then '' else ${downloads.alertedKey} end`,
          strikes: sql`excluded.strikes`,
          struckAt: sql`excluded.struck_at`,
          lastProgressAt: sql`excluded.last_progress_at`,
          goneAt: null,
        },
      })
      .returning();
    saved.push(...rows);
  }
  return saved;
}

/** Downloads that an instance's whole queue does not name any more. Returns how many have gone just now. */
export async function markGone(
  executor: Executor,
  instanceKey: string,
  liveKeys: readonly string[],
  now: Date,
): Promise<number> {
  const rows = await executor
    .update(downloads)
    .set({ goneAt: now })
    .where(
      and(
        eq(downloads.instanceKey, instanceKey),
        isNull(downloads.goneAt),
        sql`${downloads.downloadKey} <> all(${sql.param([...liveKeys])}::text[])`,
      ),
    )
    .returning({ id: downloads.id });
  return rows.length;
}

/** A download that was taken out of its queue. */
export async function markDownloadGone(
  executor: Executor,
  instanceKey: string,
  downloadKey: string,
  now: Date,
): Promise<void> {
  await executor
    .update(downloads)
    .set({ goneAt: now, planWords: "Taken away; another release is searched" })
    .where(and(eq(downloads.instanceKey, instanceKey), eq(downloads.downloadKey, downloadKey)));
}

/** Downloads of instances that are not configured any more are nobody's. */
export async function markGoneElsewhere(
  executor: Executor,
  instanceKeys: readonly string[],
  now: Date,
): Promise<void> {
  await executor
    .update(downloads)
    .set({ goneAt: now })
    .where(
      and(
        isNull(downloads.goneAt),
        sql`${downloads.instanceKey} <> all(${sql.param([...instanceKeys])}::text[])`,
      ),
    );
}

/** Notes what becomes of a download. */
export async function savePlan(
  executor: Executor,
  downloadId: number,
  planWords: string | null,
): Promise<void> {
  await executor.update(downloads).set({ planWords }).where(eq(downloads.id, downloadId));
}

/** True when this trouble was not on the timeline yet; it counts as noted then. */
export async function claimNote(
  executor: Executor,
  downloadId: number,
  troubleKey: string,
): Promise<boolean> {
  const rows = await executor
    .update(downloads)
    .set({ notedKey: troubleKey })
    .where(and(eq(downloads.id, downloadId), sql`${downloads.notedKey} <> ${troubleKey}`))
    .returning({ id: downloads.id });
  return rows.length === 1;
}

/** True when the admin was not told of this trouble yet; it counts as told then. */
export async function claimAlert(
  executor: Executor,
  downloadId: number,
  troubleKey: string,
  now: Date,
): Promise<boolean> {
  const rows = await executor
    .update(downloads)
    .set({ alertedKey: troubleKey, alertedAt: now })
    .where(and(eq(downloads.id, downloadId), sql`${downloads.alertedKey} <> ${troubleKey}`))
    .returning({ id: downloads.id });
  return rows.length === 1;
}

/**
 * Claims the right to have a series read anew: nobody did since `since`. Written before the series is asked for, so
 * that a crash does not ask twice.
 */
export async function claimRefresh(
  executor: Executor,
  series: { instanceKey: string; seriesId: number },
  since: Date,
  now: Date,
): Promise<boolean> {
  const isOfSeries = and(
    eq(downloads.instanceKey, series.instanceKey),
    eq(downloads.upstreamId, series.seriesId),
  );
  const rows = await executor
    .update(downloads)
    .set({ refreshedAt: now })
    .where(
      and(
        isOfSeries,
        isNull(downloads.goneAt),
        sql`not exists (select 1 from downloads d where d.instance_key = ${series.instanceKey}
          and d.upstream_id = ${series.seriesId} and d.refreshed_at > ${since.toISOString()}::timestamptz)`,
      ),
    )
    .returning({ id: downloads.id });
  return rows.length > 0;
}

/** The claimed refresh could not be asked for after all. */
export async function releaseRefresh(
  executor: Executor,
  series: { instanceKey: string; seriesId: number },
  claimedAt: Date,
): Promise<void> {
  await executor
    .update(downloads)
    .set({ refreshedAt: null })
    .where(
      and(
        eq(downloads.instanceKey, series.instanceKey),
        eq(downloads.upstreamId, series.seriesId),
        eq(downloads.refreshedAt, claimedAt),
      ),
    );
}

/** Deletes up to `limit` downloads that have been gone for long. Returns how many. */
export async function deleteGoneDownloads(
  executor: Executor,
  goneBefore: Date,
  limit: number,
): Promise<number> {
  const old = executor
    .select({ id: downloads.id })
    .from(downloads)
    .where(and(isNotNull(downloads.goneAt), lt(downloads.goneAt, goneBefore)))
    .limit(limit);
  const rows = await executor
    .delete(downloads)
    .where(inArray(downloads.id, old))
    .returning({ id: downloads.id });
  return rows.length;
}
