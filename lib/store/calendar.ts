import { and, eq, sql } from "drizzle-orm";
import { calendarEntries, calendarReads } from "@/drizzle/schema";
import type { Executor } from "./db";

export type CalendarEntry = Omit<typeof calendarEntries.$inferSelect, "instanceKey" | "changedAt">;
export type CalendarRead = typeof calendarReads.$inferSelect;

/** Makes what is kept of an instance's calendar what it just said. */
export async function replaceCalendar(
  executor: Executor,
  instanceKey: string,
  entries: readonly CalendarEntry[],
  now: Date,
): Promise<void> {
  const e = calendarEntries;
  // One answer may name an episode twice; PostgreSQL changes a row only once.
  const rows = [
    ...new Map(entries.map((entry) => [`${entry.mediaKey} ${entry.release}`, entry])).values(),
  ];
  const keys = rows.map(({ mediaKey, release }) => `${mediaKey} ${release}`);
  await executor
    .delete(e)
    .where(
      and(
        eq(e.instanceKey, instanceKey),
        sql`(${e.mediaKey} || ' ' || ${e.release}) <> all(${sql.param(keys)}::text[])`,
      ),
    );
  for (let start = 0; start < rows.length; start += 200) {
    await executor
      .insert(e)
      .values(
        rows.slice(start, start + 200).map((row) => ({ ...row, instanceKey, changedAt: now })),
      )
      .onConflictDoUpdate({
        target: [e.instanceKey, e.mediaKey, e.release],
        set: {
          at: sql`excluded.at`,
          tmdbId: sql`excluded.tmdb_id`,
          title: sql`excluded.title`,
          year: sql`excluded.year`,
          episodeTitle: sql`excluded.episode_title`,
          runtimeMinutes: sql`excluded.runtime_minutes`,
          isMonitored: sql`excluded.is_monitored`,
          hasFile: sql`excluded.has_file`,
          changedAt: sql`case when (${e.at}, ${e.title}, ${e.episodeTitle}) is distinct from
            (excluded.at, excluded.title, excluded.episode_title)
            then excluded.changed_at else ${e.changedAt} end`,
        },
      });
  }
  await executor
    .insert(calendarReads)
    .values({ instanceKey, readAt: now, triedAt: now, trouble: null })
    .onConflictDoUpdate({
      target: calendarReads.instanceKey,
      set: { readAt: now, triedAt: now, trouble: null },
    });
}

/** Writes down that an instance could not be read; what it said before stands. */
export async function noteCalendarTrouble(
  executor: Executor,
  instanceKey: string,
  trouble: string,
  now: Date,
): Promise<void> {
  await executor
    .insert(calendarReads)
    .values({ instanceKey, readAt: null, triedAt: now, trouble })
    .onConflictDoUpdate({
      target: calendarReads.instanceKey,
      set: { triedAt: now, trouble },
    });
}

/** Forgets the calendars of instances that are not configured any more. */
export async function forgetOtherCalendars(
  executor: Executor,
  instanceKeys: readonly string[],
): Promise<void> {
  const keys = sql.param([...instanceKeys]);
  await executor
    .delete(calendarEntries)
    .where(sql`${calendarEntries.instanceKey} <> all(${keys}::text[])`);
  await executor
    .delete(calendarReads)
    .where(sql`${calendarReads.instanceKey} <> all(${keys}::text[])`);
}

/** How each calendar was read last. */
export async function listCalendarReads(executor: Executor): Promise<CalendarRead[]> {
  return executor.select().from(calendarReads);
}
