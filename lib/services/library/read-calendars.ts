import type { Instance } from "@/lib/domain/instance";
import { mediaKey } from "@/lib/domain/media";
import { plural } from "@/lib/domain/views/count-words";
import { listWords } from "@/lib/domain/words";
import { UpstreamError } from "@/lib/errors";
import {
  type CalendarEntry,
  forgetOtherCalendars,
  noteCalendarTrouble,
  replaceCalendar,
} from "@/lib/store/calendar";
import { announceChange } from "@/lib/store/changes";
import type { ServiceContext } from "../context";
import type { Progress, RunResult } from "../run-report";
import { radarrOf, sonarrOf } from "../upstreams";

const dayMs = 24 * 60 * 60 * 1000;
/** What aired today stays on the page, whatever the reader's zone. */
const lookBackMs = 2 * dayMs;
/** The page shows 60 days. */
const lookAheadMs = 62 * dayMs;

/**
 * Reads what each Sonarr and Radarr expects in the coming weeks, one call each. What an instance said stands until it
 * answers again: one that cannot be asked has not become empty.
 */
export async function readCalendars(ctx: ServiceContext, report: Progress): Promise<RunResult> {
  const { instances } = await ctx.loadConfig();
  const { db } = ctx.database;
  const failures: string[] = [];
  const read: string[] = [];
  let count = 0;
  for (const [index, instance] of instances.entries()) {
    const words = `Reading the calendar of ${instance.name}`;
    await report({ done: index, total: instances.length, words });
    const now = ctx.now();
    try {
      const entries = await readCalendar(instance, now);
      await db.transaction((tx) => replaceCalendar(tx, instance.key, entries, now));
      read.push(instance.name);
      count += entries.length;
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      failures.push(error.message);
      await noteCalendarTrouble(db, instance.key, error.message, now);
    }
  }
  await forgetOtherCalendars(
    db,
    instances.map(({ key }) => key),
  );
  await announceChange(db, "calendar");
  const words =
    read.length === 0
      ? "No calendar could be read"
      : `${plural(count, "date")} read from ${listWords(read)}`;
  return { words, failures };
}

async function readCalendar(instance: Instance, now: Date): Promise<CalendarEntry[]> {
  const from = new Date(now.getTime() - lookBackMs);
  const until = new Date(now.getTime() + lookAheadMs);
  const { isFourK } = instance;
  if (instance.kind === "sonarr") {
    const found = await sonarrOf(instance).calendar(from, until);
    return found.flatMap(({ series, episode }): CalendarEntry[] => {
      const { tvdbId, title } = series;
      if (tvdbId === null || episode.airDateUtc === null) return [];
      const { season, episode: number } = episode;
      const identity = { kind: "episode" as const, tvdbId, season, episode: number, isFourK };
      return [
        {
          mediaKey: mediaKey(identity),
          release: "air",
          at: episode.airDateUtc,
          isFourK,
          tvdbId,
          tmdbId: series.tmdbId,
          title: title ?? `Show ${tvdbId}`,
          year: series.year,
          season,
          episode: number,
          episodeTitle: episode.title,
          runtimeMinutes: episode.runtimeMinutes ?? series.runtimeMinutes,
          isMonitored: series.monitored && episode.monitored,
          hasFile: episode.hasFile,
        },
      ];
    });
  }
  const movies = await radarrOf(instance).calendar(from, until);
  return movies.flatMap((movie): CalendarEntry[] => {
    const { tmdbId } = movie;
    if (tmdbId === null) return [];
    const dates = [
      ["cinema", movie.inCinemas],
      ["digital", movie.digitalRelease],
      ["physical", movie.physicalRelease],
    ] as const;
    // The calendar names a movie for any of its dates.
    return dates.flatMap(([release, at]): CalendarEntry[] =>
      at === null || at < from || at > until
        ? []
        : [
            {
              mediaKey: mediaKey({ kind: "movie", tmdbId, isFourK }),
              release,
              at: startOfUtcDay(at),
              isFourK,
              tvdbId: null,
              tmdbId,
              title: movie.title ?? `Movie ${tmdbId}`,
              year: movie.year,
              season: null,
              episode: null,
              episodeTitle: null,
              runtimeMinutes: movie.runtimeMinutes,
              isMonitored: movie.monitored,
              hasFile: movie.hasFile,
            },
          ],
    );
  });
}

const startOfUtcDay = (at: Date) => new Date(Math.floor(at.getTime() / dayMs) * dayMs);
