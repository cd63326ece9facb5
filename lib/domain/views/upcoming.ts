import { plural } from "./count-words";
import { dayKey, longDate, type Reader } from "./moment-words";
import type { PersonView } from "./person";
import type { StatusKind } from "./status";

/** What the page about the coming weeks shows. */

export type UpcomingRelease = "air" | "digital" | "physical" | "cinema";

export const releaseNames = {
  air: "Airs",
  digital: "Digital release",
  physical: "Disc release",
  cinema: "In cinemas",
} as const satisfies Record<UpcomingRelease, string>;

/** One title on one day; the episodes of a show that come together are one. */
export type UpcomingEntryView = {
  key: string;
  /** `2026-12-04`, the reader's day; for movies the day itself. */
  day: string;
  at: Date;
  release: UpcomingRelease;
  title: string;
  year: number | null;
  posterPath: string | null;
  /** `Season 3, episode 6 “Slack Water”`; for movies how it comes out. */
  what: string;
  /** The same in short: `S03 E06`. */
  code: string;
  isFourK: boolean;
  status: { kind: StatusKind; word: string };
  requestId: number;
  people: PersonView[];
  peopleCount: number;
};

export type CalendarStanding = {
  name: string;
  /** When it last answered; null: never yet. */
  readAt: Date | null;
  trouble: string | null;
};

export const upcomingDays = [7, 30, 60] as const;
export type UpcomingDays = (typeof upcomingDays)[number];

export type UpcomingView = {
  days: UpcomingDays;
  entries: UpcomingEntryView[];
  episodes: number;
  movies: number;
  /** There is more than is shown. */
  isCut: boolean;
  people: { userId: number; name: string }[];
  calendars: CalendarStanding[];
  /** The calendar link; null when there is none. */
  calendarUrl: string | null;
};

/** The answer of the page in one line. */
export function upcomingVerdict(view: UpcomingView): string {
  const parts = [
    ...(view.episodes > 0 ? [plural(view.episodes, "episode")] : []),
    ...(view.movies > 0 ? [plural(view.movies, "movie")] : []),
  ];
  if (parts.length === 0) return `Nothing somebody waits for comes in the next ${view.days} days.`;
  const verb = view.episodes + view.movies === 1 ? "comes" : "come";
  return `${parts.join(" and ")} ${verb} in the next ${view.days} days.`;
}

/** A moment at noon of a day, so that it is written as that day in any zone. */
const noonOf = (day: string) => new Date(`${day}T12:00:00Z`);

/** `Today`, `Tomorrow`, `Friday 4 December`. */
export function comingDayHead(day: string, reader: Reader): string {
  const today = dayKey(reader.now, reader.timeZone);
  const ahead = Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000);
  if (ahead === 0) return "Today";
  if (ahead === 1) return "Tomorrow";
  const utc = { now: reader.now, timeZone: "UTC" };
  const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: "UTC" });
  return `${weekday.format(noonOf(day))} ${longDate(noonOf(day), utc)}`;
}

/** The weeks, Monday first, from the one of `today` to the one of its last day. */
export function weeksOf(today: string, days: number): string[][] {
  const dayMs = 86_400_000;
  const start = Date.parse(today);
  const weekday = (new Date(start).getUTCDay() + 6) % 7;
  const monday = start - weekday * dayMs;
  const weeks = Math.ceil((weekday + days) / 7);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_day, index) =>
      new Date(monday + (week * 7 + index) * dayMs).toISOString().slice(0, 10),
    ),
  );
}
