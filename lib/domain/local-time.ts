/** Clock times in a person's zone, with the nights on which clocks change. */

const minute = 60_000;
const day = 24 * 60 * minute;

/** Whether there is a zone of this IANA name. */
export function isTimeZone(name: string): boolean {
  try {
    formatter(name);
    return true;
  } catch {
    return false;
  }
}

/** Minutes since midnight that a clock in the zone shows. */
export function minutesOfDay(at: Date, timeZone: string): number {
  const local = shown(at, timeZone);
  return local.getUTCHours() * 60 + local.getUTCMinutes();
}

/**
 * The first moment after `now` at which a clock in the zone shows `minutes` since midnight. A time that the clocks
 * skip counts as the same time after the jump, one that they show twice counts twice.
 */
export function nextTimeOfDay(now: Date, minutes: number, timeZone: string): Date {
  const local = shown(now, timeZone);
  const midnight = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate());
  for (let days = 0; days <= 2; days++) {
    const found = momentsOf(midnight + days * day + minutes * minute, timeZone).find(
      (at) => at > now.getTime(),
    );
    if (found !== undefined) return new Date(found);
  }
  throw new Error(`No clock in ${timeZone} shows ${clockTime(minutes)}`);
}

/** `07:00` for 420. */
export function clockTime(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Minutes of `07:00`; null for anything else. */
export function parseClockTime(text: string): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}

/** What a clock in the zone shows, as if it were UTC. */
export function shown(at: Date, timeZone: string): Date {
  const parts = Object.fromEntries(
    formatter(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day: date = 1, hour = 0, minute: minutes = 0, second = 0 } = parts;
  return new Date(Date.UTC(year, month - 1, date, hour, minutes, second));
}

/** Moments, earliest first, at which the clock shows `local`; one after the jump when it never does. */
function momentsOf(local: number, timeZone: string): number[] {
  const offsetAt = (at: number) => shown(new Date(at), timeZone).getTime() - at;
  const before = offsetAt(local - day);
  const offsets = new Set([before, offsetAt(local + day)]);
  const moments = [...offsets]
    .map((offset) => local - offset)
    .filter((at) => offsetAt(at) === local - at)
    .sort((a, b) => a - b);
  return moments.length > 0 ? moments : [local - before];
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formatters.set(timeZone, made);
  return made;
}
