import { momentInZone, wallClock } from "./zoned-time";

/** When a week is over, in the zone the admin chose. Weeks end on Sunday at a wall-clock time. */

export type Week = {
  /** The calendar day it ended on in its zone, `2026-11-22`: one summary per key. */
  key: string;
  from: Date;
  /** Not part of it any more. */
  until: Date;
};

type Span = Pick<Week, "from" | "until">;

const dayMs = 24 * 60 * 60_000;

/** The week that ended last at `time` (`09:00`) on a Sunday of `timeZone`, by `now`. */
export function lastFinishedWeek(now: Date, timeZone: string, time: string): Week {
  const today = wallDay(now, timeZone);
  const sunday = addDays(today, -weekday(today));
  const key = momentOf(sunday, time, timeZone) <= now ? sunday : addDays(sunday, -7);
  return {
    key,
    from: momentOf(addDays(key, -7), time, timeZone),
    until: momentOf(key, time, timeZone),
  };
}

/** When the running week is over. */
export function nextWeekEnd(now: Date, timeZone: string, time: string): Date {
  const { key } = lastFinishedWeek(now, timeZone, time);
  return momentOf(addDays(key, 7), time, timeZone);
}

/** The seven days up to now: for a summary asked for by hand. */
export function weekUntilNow(now: Date): Span {
  return { from: new Date(now.getTime() - 7 * dayMs), until: now };
}

/** Where each seventh of a week begins. When the clocks change within it they are some minutes off a day. */
export function weekParts({ from, until }: Span): Date[] {
  const part = (until.getTime() - from.getTime()) / 7;
  return Array.from({ length: 7 }, (_, index) => new Date(from.getTime() + index * part));
}

/** Whether a summary of that week is made at all: BingeAlert has to have known people by its end. */
export function isWeekDue(
  week: Week,
  known: { firstSyncAt: Date | null; isDone: boolean; isEnabled: boolean },
): boolean {
  return (
    known.isEnabled && !known.isDone && known.firstSyncAt !== null && known.firstSyncAt < week.until
  );
}

/** Calendar days counted in UTC, where none is longer than another. */
function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** 0 is Sunday. */
const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay();

const wallDay = (at: Date, timeZone: string) => wallClock(at, timeZone).slice(0, 10);

function momentOf(day: string, time: string, timeZone: string): Date {
  const moment = momentInZone(`${day}T${time}`, timeZone);
  // A zone or a time nobody can read is not worth a week without a summary.
  return moment.kind === "unreadable" ? new Date(`${day}T09:00:00Z`) : moment.at;
}
