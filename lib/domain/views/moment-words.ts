/** Where and when the reader is: every date on a page is written for this zone and this moment. */
export type Reader = { now: Date; timeZone: string };

const LOCALE = "en-GB";
const formats = new Map<string, Intl.DateTimeFormat>();

function format(at: Date, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${timeZone}|${JSON.stringify(options)}`;
  let formatter = formats.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone });
    formats.set(key, formatter);
  }
  return formatter.format(at);
}

/** The calendar day in a zone, `2026-11-22`: equal strings mean the same day. */
export function dayKey(at: Date, timeZone: string): string {
  const parts = format(at, timeZone, { year: "numeric", month: "2-digit", day: "2-digit" });
  return parts.split("/").reverse().join("-");
}

/** Whole calendar days from `at` to now; 0 is today, 1 yesterday, negative is ahead. */
export function daysAgo(at: Date, reader: Reader): number {
  const day = (date: Date) => Date.parse(`${dayKey(date, reader.timeZone)}T00:00:00Z`);
  return Math.round((day(reader.now) - day(at)) / 86_400_000);
}

function isThisYear(at: Date, reader: Reader): boolean {
  return (
    dayKey(at, reader.timeZone).slice(0, 4) === dayKey(reader.now, reader.timeZone).slice(0, 4)
  );
}

/** `20:16` */
export function clockTime(at: Date, timeZone: string): string {
  return format(at, timeZone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** `13 Nov`, with the year when it is not this one. */
export function shortDate(at: Date, reader: Reader): string {
  return format(at, reader.timeZone, {
    day: "numeric",
    month: "short",
    ...(isThisYear(at, reader) ? {} : { year: "numeric" }),
  });
}

/** `13 November`, with the year when it is not this one. */
export function longDate(at: Date, reader: Reader): string {
  return format(at, reader.timeZone, {
    day: "numeric",
    month: "long",
    ...(isThisYear(at, reader) ? {} : { year: "numeric" }),
  });
}

/** Head of a day in a list: `Today`, `Yesterday`, `Saturday 14 November`. */
export function dayHead(at: Date, reader: Reader): string {
  const days = daysAgo(at, reader);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  const weekday = format(at, reader.timeZone, { weekday: "long" });
  return `${weekday} ${longDate(at, reader)}`;
}

/** For a narrow column: `20:16` today, `Yesterday`, `Fri 18:32` within the week, else `13 Nov`. */
export function columnMoment(at: Date, reader: Reader): string {
  const days = daysAgo(at, reader);
  const time = clockTime(at, reader.timeZone);
  if (days === 0) return time;
  if (days === 1) return "Yesterday";
  if (days === -1) return `Tomorrow ${time}`;
  if (days > 1 && days < 6) return `${format(at, reader.timeZone, { weekday: "short" })} ${time}`;
  return shortDate(at, reader);
}

/** Within a sentence, after "at": `20:26`, `Mon 23 Nov 20:13`. */
export function sentenceMoment(at: Date, reader: Reader): string {
  const time = clockTime(at, reader.timeZone);
  if (daysAgo(at, reader) === 0) return time;
  const weekday = format(at, reader.timeZone, { weekday: "short" });
  return `${weekday} ${shortDate(at, reader)} ${time}`;
}

/** As a phrase of its own: `today at 19:42`, `yesterday at 14:05`, `on 4 December at 20:13`. */
export function whenPhrase(at: Date, reader: Reader): string {
  const days = daysAgo(at, reader);
  const time = clockTime(at, reader.timeZone);
  if (days === 0) return `today at ${time}`;
  if (days === 1) return `yesterday at ${time}`;
  if (days === -1) return `tomorrow at ${time}`;
  return `on ${longDate(at, reader)} at ${time}`;
}

/**
 * When a title comes: `on 4 December`. A movie's release is a day, kept as midnight UTC and the same everywhere; an
 * episode airs at a moment: `on 8 January at 21:00`.
 */
export function comesOn(at: Date, reader: Reader): string {
  const isDay = at.getTime() % 86_400_000 === 0;
  return isDay ? `on ${longDate(at, { ...reader, timeZone: "UTC" })}` : whenPhrase(at, reader);
}

/** With seconds and the zone's name, for tooltips: `Sunday 22 November 2026, 20:13:04 CET`. */
export function exactMoment(at: Date, timeZone: string): string {
  const weekday = format(at, timeZone, { weekday: "long" });
  const date = format(at, timeZone, { day: "numeric", month: "long", year: "numeric" });
  const time = format(at, timeZone, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  });
  return `${weekday} ${date}, ${time}`;
}

/** From when to when, with the zone; within one day the day is said once: `Friday 4 December 2026, 20:00–22:00 CET`. */
export function exactSpan(from: Date, to: Date, timeZone: string): string {
  const minutes = (at: Date) => exactMoment(at, timeZone).replace(/:\d\d(?= )/, "");
  if (dayKey(from, timeZone) !== dayKey(to, timeZone)) return `${minutes(from)} to ${minutes(to)}`;
  const [day] = minutes(from).split(",");
  return `${day}, ${clockTime(from, timeZone)}–${minutes(to).slice(`${day}, `.length)}`;
}

/** How long ago, in words: `2 s ago`, `8 min ago`, `3 h ago`, `5 days ago`. Never below zero. */
export function agoWords(at: Date, now: Date): string {
  return `${durationWords(now.getTime() - at.getTime())} ago`;
}

/** A length of time in its largest unit: `4 s`, `6 min`, `3 h`, `2 days`. */
export function durationWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 2 * 86_400) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** What a countdown shows: `4:12` under an hour, else `1 h 12`, from two days on `3 days`. */
export function countdownWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const minutes = Math.floor(seconds / 60);
  if (seconds < 172_800)
    return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`;
  return `${Math.round(seconds / 86_400)} days`;
}

/**
 * Sentences of the past name clock times in the zone of the server: they were written down when they came true. Says so
 * to a reader whose clock differs; null for everybody else.
 */
export function sentenceZoneNote(serverZone: string, reader: Reader): string | null {
  const clockOf = (zone: string) =>
    format(reader.now, zone, { day: "numeric", hour: "2-digit", minute: "2-digit" });
  if (clockOf(serverZone) === clockOf(reader.timeZone)) return null;
  return `Clock times inside sentences are those of the server (${serverZone.replaceAll("_", " ")}).`;
}
