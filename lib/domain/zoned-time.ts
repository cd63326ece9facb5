import { isTimeZone, shown } from "./local-time";

/** Wall-clock times of an IANA zone and the moments they are: what a form with a date and a time needs. */

export type ZonedMoment =
  | { kind: "once"; at: Date }
  /** The clocks were put back: the hour came twice, and the first one is meant. */
  | { kind: "twice"; at: Date }
  /** The clocks were put forward over it: the time as it would have been an hour later. */
  | { kind: "skipped"; at: Date }
  | { kind: "unreadable" };

const written = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::\d{2})?$/;
const day = 24 * 60 * 60 * 1000;

/** The moment at which a clock in `timeZone` shows `local` (`2026-11-22T20:30`, as `datetime-local` writes it). */
export function momentInZone(local: string, timeZone: string): ZonedMoment {
  const match = written.exec(local);
  if (!match || !isTimeZone(timeZone)) return { kind: "unreadable" };
  const [year = 0, month = 0, date = 0, hours = 0, minutes = 0] = match.slice(1).map(Number);
  const asUtc = Date.UTC(year, month - 1, date, hours, minutes);
  // 31 February and 25:00 roll over into another day and are no time at all.
  if (new Date(asUtc).toISOString().slice(0, 16) !== local.slice(0, 16)) {
    return { kind: "unreadable" };
  }
  // No zone changes its offset twice within two days: the ones around it are all there are.
  const before = offsetAt(asUtc - day, timeZone);
  const after = offsetAt(asUtc + day, timeZone);
  const candidates = [...new Set([asUtc - before, asUtc - after])]
    .filter((at) => at + offsetAt(at, timeZone) === asUtc)
    .sort((a, b) => a - b);
  const [first, second] = candidates;
  if (first === undefined) return { kind: "skipped", at: new Date(asUtc - before) };
  return { kind: second === undefined ? "once" : "twice", at: new Date(first) };
}

/** What a clock in `timeZone` shows at a moment, as a `datetime-local` field takes it. */
export function wallClock(at: Date, timeZone: string): string {
  return shown(at, timeZone).toISOString().slice(0, 16);
}

/** How far the zone is ahead of UTC at a moment of whole seconds, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  return shown(new Date(at), timeZone).getTime() - at;
}
