import { and, eq, inArray, lt, sql } from "drizzle-orm";
import { plexAsks, plexGuids, plexItems, plexSections } from "@/drizzle/schema";
import type { Executor } from "./db";

export type PlexSection = typeof plexSections.$inferSelect;

export type IndexedItem = {
  ratingKey: string;
  type: "movie" | "show";
  title: string;
  hasMedia: boolean;
  guids: readonly string[];
};

/** Stores a page of items of one section; `walk` marks them as seen by that walk. */
export async function saveIndexedItems(
  executor: Executor,
  place: { machineId: string; sectionKey: string; walk: number },
  items: readonly IndexedItem[],
  now: Date,
): Promise<void> {
  if (items.length === 0) return;
  const { machineId } = place;
  await executor
    .insert(plexItems)
    .values(
      items.map(({ ratingKey, type, title, hasMedia }) => ({
        ...place,
        ratingKey,
        type,
        title,
        hasMedia,
        seenAt: now,
      })),
    )
    .onConflictDoUpdate({
      target: [plexItems.machineId, plexItems.ratingKey],
      set: {
        sectionKey: sql`excluded.section_key`,
        title: sql`excluded.title`,
        hasMedia: sql`excluded.has_media`,
        walk: sql`excluded.walk`,
        seenAt: now,
      },
    });
  const ratingKeys = items.map((item) => item.ratingKey);
  await executor
    .delete(plexGuids)
    .where(and(eq(plexGuids.machineId, machineId), inArray(plexGuids.ratingKey, ratingKeys)));
  const guids = items.flatMap((item) =>
    [...new Set(item.guids)].map((guid) => ({ machineId, guid, ratingKey: item.ratingKey })),
  );
  if (guids.length > 0) await executor.insert(plexGuids).values(guids).onConflictDoNothing();
}

/** Forgets items of a section that the finished walk did not see. Returns how many. */
export async function deleteUnseenItems(
  executor: Executor,
  place: { machineId: string; sectionKey: string; walk: number },
): Promise<number> {
  const gone = await executor
    .delete(plexItems)
    .where(
      and(
        eq(plexItems.machineId, place.machineId),
        eq(plexItems.sectionKey, place.sectionKey),
        lt(plexItems.walk, place.walk),
      ),
    )
    .returning({ ratingKey: plexItems.ratingKey });
  for (let start = 0; start < gone.length; start += 1000) {
    await executor.delete(plexGuids).where(
      and(
        eq(plexGuids.machineId, place.machineId),
        inArray(
          plexGuids.ratingKey,
          gone.slice(start, start + 1000).map((item) => item.ratingKey),
        ),
      ),
    );
  }
  return gone.length;
}

/** The Plex server the index was read from last; null before the first reading. */
export async function findMachineId(executor: Executor): Promise<string | null> {
  const [row] = await executor
    .select({ machineId: plexSections.machineId })
    .from(plexSections)
    .orderBy(sql`${plexSections.refreshedAt} desc nulls last`)
    .limit(1);
  return row?.machineId ?? null;
}

/** Entries of any library that carry one of the external ids. */
export async function findRatingKeys(
  executor: Executor,
  query: { machineId: string; type: "movie" | "show"; guids: readonly string[] },
): Promise<string[]> {
  if (query.guids.length === 0) return [];
  const rows = await executor
    .selectDistinct({ ratingKey: plexGuids.ratingKey })
    .from(plexGuids)
    .innerJoin(
      plexItems,
      and(
        eq(plexItems.machineId, plexGuids.machineId),
        eq(plexItems.ratingKey, plexGuids.ratingKey),
      ),
    )
    .where(
      and(
        eq(plexGuids.machineId, query.machineId),
        inArray(plexGuids.guid, [...query.guids]),
        eq(plexItems.type, query.type),
      ),
    );
  return rows.map((row) => row.ratingKey);
}

export async function deleteIndexedItem(
  executor: Executor,
  machineId: string,
  ratingKey: string,
): Promise<void> {
  await executor
    .delete(plexItems)
    .where(and(eq(plexItems.machineId, machineId), eq(plexItems.ratingKey, ratingKey)));
  await executor
    .delete(plexGuids)
    .where(and(eq(plexGuids.machineId, machineId), eq(plexGuids.ratingKey, ratingKey)));
}

/** Makes the table name the libraries there are; a library that is gone takes its items along. */
export async function saveSections(
  executor: Executor,
  machineId: string,
  sections: readonly { key: string; type: "movie" | "show"; title: string }[],
): Promise<PlexSection[]> {
  for (const section of sections) {
    await executor
      .insert(plexSections)
      .values({ machineId, ...section })
      .onConflictDoUpdate({
        target: [plexSections.machineId, plexSections.key],
        set: { title: section.title, type: section.type },
      });
  }
  const rows = await executor
    .select()
    .from(plexSections)
    .where(eq(plexSections.machineId, machineId));
  const present = new Set(sections.map((section) => section.key));
  for (const row of rows.filter((row) => !present.has(row.key))) {
    await deleteUnseenItems(executor, {
      machineId,
      sectionKey: row.key,
      walk: Number.MAX_SAFE_INTEGER,
    });
    await executor
      .delete(plexSections)
      .where(and(eq(plexSections.machineId, machineId), eq(plexSections.key, row.key)));
  }
  return rows.filter((row) => present.has(row.key));
}

export async function markSection(
  executor: Executor,
  place: { machineId: string; key: string },
  times: { walkedAt?: Date; refreshedAt: Date; newestChangeAt: Date | null },
): Promise<void> {
  await executor
    .update(plexSections)
    .set(times)
    .where(and(eq(plexSections.machineId, place.machineId), eq(plexSections.key, place.key)));
}

/**
 * Claims asking Plex about a group, unless somebody asked after `notSince`. Returns whether the caller is the one
 * who asks.
 */
export async function claimPlexAsk(
  executor: Executor,
  groupKey: string,
  notSince: Date,
  now: Date,
): Promise<boolean> {
  const rows = await executor
    .insert(plexAsks)
    .values({ groupKey, askedAt: now })
    .onConflictDoUpdate({
      target: plexAsks.groupKey,
      set: { askedAt: now },
      setWhere: sql`${plexAsks.askedAt} < ${notSince.toISOString()}::timestamptz`,
    })
    .returning({ groupKey: plexAsks.groupKey });
  return rows.length === 1;
}

/** Gives a claim back: what was to be asked could not be. */
export async function releasePlexAsk(executor: Executor, groupKey: string): Promise<void> {
  await executor.delete(plexAsks).where(eq(plexAsks.groupKey, groupKey));
}

/** Whether somebody who claimed reading the index has not finished yet. */
export async function isIndexBeingRead(
  executor: Executor,
  machineId: string,
  claim: string,
): Promise<boolean> {
  const [row] = await executor.execute<{ reading: boolean }>(sql`
    select (
      not exists (select from plex_sections s where s.machine_id = ${machineId})
      or exists (
        select from plex_sections s
        where s.machine_id = ${machineId} and (s.refreshed_at is null or s.refreshed_at < a.asked_at)
      )
    ) as reading
    from plex_asks a where a.group_key = ${claim}`);
  return row?.reading ?? false;
}
