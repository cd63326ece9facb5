import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import { basePath } from "@/lib/base-path";
import { episodeCodes } from "@/lib/domain/views/episode-codes";
import { dayKey, type Reader } from "@/lib/domain/views/moment-words";
import { personView } from "@/lib/domain/views/person";
import {
  releaseNames,
  type UpcomingDays,
  type UpcomingEntryView,
  type UpcomingView,
  upcomingDays,
} from "@/lib/domain/views/upcoming";
import { itemWords } from "@/lib/domain/words";
import type { ServiceContext } from "@/lib/services/context";
import { publicAddress } from "@/lib/services/public-address";
import { findCalendarPath } from "@/lib/services/users/household-calendar";
import { listCalendarReads } from "@/lib/store/calendar";
import { listUpcoming, type UpcomingFilter, type UpcomingRow } from "@/lib/store/views/upcoming";
import { listPeopleWaiting } from "@/lib/store/views/upcoming-people";
import { requestHost } from "../same-origin";
import { webContext } from "../service-context";
import { currentReader, requireViewer } from "../viewer";
import { startOfDay } from "./notification-list";

export type UpcomingQuery = {
  days?: string | undefined;
  type?: string | undefined;
  quality?: string | undefined;
  person?: string | undefined;
};

const DAY_MS = 86_400_000;
/** What comes later is not "next"; and so many rows hold a few titles even when whole seasons come at once. */
const nextUpDays = 30;
const nextUpRows = 60;
/** More than a page is good for: then fewer days or a filter help. */
const MOST_ROWS = 400;

/** What comes in the next days that somebody waits for. */
export const loadUpcoming = cache(async (query: UpcomingQuery): Promise<UpcomingView> => {
  await requireViewer();
  const reader = await currentReader();
  const ctx = webContext();
  const { db } = ctx.database;
  const days = upcomingDays.find((known) => String(known) === query.days) ?? 30;
  const filter = upcomingFilter(query, days, reader);
  const [rows, people, calendars, calendarUrl] = await Promise.all([
    listUpcoming(db, filter, MOST_ROWS + 1),
    listPeopleWaiting(db, { from: filter.from, until: filter.until }, 100),
    listCalendarStandings(ctx),
    calendarAddress(ctx),
  ]);
  const today = dayKey(reader.now, reader.timeZone);
  const last = dayAfter(today, days - 1);
  const shown = rows.slice(0, MOST_ROWS).filter((row) => {
    const day = dayOf(row, reader);
    return day >= today && day <= last;
  });
  return {
    days,
    entries: gather(shown, reader),
    episodes: shown.filter(({ release }) => release === "air").length,
    movies: new Set(shown.flatMap((row) => (row.release === "air" ? [] : [row.mediaKey]))).size,
    isCut: rows.length > MOST_ROWS,
    people,
    calendars,
    calendarUrl,
  };
});

/** The next things somebody waits for, the soonest first; what is here already is not among them. */
export async function loadNextUp(limit: number): Promise<UpcomingEntryView[]> {
  await requireViewer();
  const reader = await currentReader();
  const { db } = webContext().database;
  const rows = await listUpcoming(db, upcomingFilter({}, nextUpDays, reader), nextUpRows);
  const today = dayKey(reader.now, reader.timeZone);
  return gather(rows, reader)
    .filter(({ day, status }) => day >= today && status.kind === "not_out")
    .slice(0, limit);
}

/** The filter of an address; a day more on both sides, for movies' days are the same in every zone. */
export function upcomingFilter(
  query: UpcomingQuery,
  days: UpcomingDays | number,
  reader: Reader,
): UpcomingFilter {
  const start = startOfDay(reader).getTime();
  const person = Number(query.person);
  return {
    from: new Date(start - DAY_MS),
    until: new Date(start + (days + 1) * DAY_MS),
    type: query.type === "movie" || query.type === "tv" ? query.type : null,
    isFourK: query.quality === "4k" ? true : query.quality === "hd" ? false : null,
    personId: Number.isSafeInteger(person) && person > 0 && person < 2 ** 31 ? person : null,
  };
}

const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** An episode airs at a moment, a movie's release is a day. */
function dayOf({ release, at }: UpcomingRow, reader: Reader): string {
  return release === "air" ? dayKey(at, reader.timeZone) : at.toISOString().slice(0, 10);
}

/** Episodes of one season that come at one moment are one entry. */
function gather(rows: readonly UpcomingRow[], reader: Reader): UpcomingEntryView[] {
  const groups = new Map<string, UpcomingRow[]>();
  for (const row of rows) {
    const key =
      row.release === "air"
        ? [row.requestId, row.season, row.at.getTime(), row.isFourK, row.title].join(" ")
        : `${row.mediaKey} ${row.release}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const entries = [...groups].flatMap(([key, group]) => {
    const [first] = group;
    return first ? [entryView(key, first, group, reader)] : [];
  });
  return entries.sort((a, b) => a.day.localeCompare(b.day));
}

function entryView(
  key: string,
  first: UpcomingRow,
  group: readonly UpcomingRow[],
  reader: Reader,
): UpcomingEntryView {
  const { at, release, title, year, posterPath, isFourK, requestId, peopleCount } = first;
  const isAlone = group.length === 1;
  const named = isAlone && first.episodeTitle ? ` “${first.episodeTitle}”` : "";
  const words = itemWords(group.map(({ mediaKey }) => mediaKey));
  const season = first.season === 0 ? "" : `Season ${first.season}, `;
  const what = `${season}${words}${named}`;
  return {
    ...{ key, at, release, title, year, posterPath, isFourK, requestId, peopleCount },
    day: dayOf(first, reader),
    what: release === "air" ? what.replace(/^./, (c) => c.toUpperCase()) : releaseNames[release],
    code: release === "air" ? episodeCodes(group) : releaseNames[release],
    status: statusOf(group, reader.now),
    people: first.people.map(({ userId, name }) => personView(userId, name)),
  };
}

function statusOf(group: readonly UpcomingRow[], now: Date): UpcomingEntryView["status"] {
  const here = group.filter(({ hasFile }) => hasFile).length;
  if (here === group.length) return { kind: "sent", word: "Imported" };
  const waited = group.filter(({ hasFile }) => !hasFile);
  if (waited.every(({ isMonitored }) => !isMonitored)) {
    return { kind: "declined", word: "Not monitored" };
  }
  if (here > 0) return { kind: "looking", word: `${here} of ${group.length} imported` };
  const isOut = waited.every(({ at }) => at <= now);
  return isOut
    ? { kind: "looking", word: "Out, not here yet" }
    : { kind: "not_out", word: "Expected" };
}

/** How the calendar of each configured instance was read last. */
export async function listCalendarStandings(ctx: ServiceContext) {
  const [{ instances }, reads] = await Promise.all([
    ctx.loadConfig(),
    listCalendarReads(ctx.database.db),
  ]);
  return instances.map(({ key, name }) => {
    const read = reads.find(({ instanceKey }) => instanceKey === key);
    return { key, name, readAt: read?.readAt ?? null, trouble: read?.trouble ?? null };
  });
}

async function calendarAddress(ctx: ServiceContext): Promise<string | null> {
  const path = await findCalendarPath(ctx);
  if (!path) return null;
  const host = requestHost(await headers());
  const base = publicAddress(await ctx.loadConfig()) ?? `http://${host ?? "localhost"}${basePath}`;
  return `${base}${path}`;
}
