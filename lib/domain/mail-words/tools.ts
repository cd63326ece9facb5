import type { MailFrame } from "../mail";
import { clampLine, cleanLine, isolate } from "../mail-characters";
import { dateParts } from "../mail-dates";
import type { MailPhrases } from "./phrases";

/** What every kind of mail needs to speak a language: names, dates, lengths, lists, subjects. */

export const subjectLimit = 120;
export const preheaderLimit = 140;

/** Where and when a mail is read; a part of every frame. */
export type When = Pick<MailFrame, "reader" | "writtenAt">;

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Parts of one line, those that say something. */
export const dotted = (parts: readonly string[]) => parts.filter(Boolean).join(" · ");

/** A person or a server in a sentence. */
export const person = (name: string) => isolate(clampLine(name, 60));

/** ", Anna"; empty when nobody is named. */
export const calledBy = (name: string | null) =>
  name && cleanLine(name) ? `, ${person(name)}` : "";

/** Title first, then the news: the title gives way when both are too long. */
export function titledSubject(title: string, news: string): string {
  // Two characters are kept for the isolates of a right-to-left title.
  return `${isolate(clampLine(title, Math.max(20, subjectLimit - news.length - 2)))}${news}`;
}

export type MailTools = ReturnType<typeof mailTools>;

/** The tools of one language. */
export function mailTools({ locale, ...phrases }: MailPhrases) {
  const conjunction = new Intl.ListFormat(locale, { type: "conjunction" });

  const partsOf = (date: Date, timeZone: string) => dateParts(date, locale, timeZone);

  /** A day in `timeZone`, with its year when that is not the reader's present one, or `always`. */
  function dayIn(
    timeZone: string,
    date: Date,
    { reader, writtenAt }: When,
    { weekday, year: shown }: { weekday: boolean; year: "other" | "always" },
  ): string {
    const parts = partsOf(date, timeZone);
    const isThisYear = partsOf(writtenAt, reader.timeZone).year === parts.year;
    return phrases.day({
      weekday: weekday ? parts.weekday : null,
      day: parts.day,
      month: parts.month,
      year: shown === "always" || !isThisYear ? parts.year : null,
    });
  }

  /** "27 November", with the year when it is another one. */
  const shortDay = (date: Date, when: When, timeZone = when.reader.timeZone) =>
    dayIn(timeZone, date, when, { weekday: false, year: "other" });

  /** "Friday 27 November", with the year when it is another one. */
  const weekday = (date: Date, when: When) =>
    dayIn(when.reader.timeZone, date, when, { weekday: true, year: "other" });

  /** "Friday 27 November 2026". */
  const wholeDay = (date: Date, when: When, timeZone: string) =>
    dayIn(timeZone, date, when, { weekday: true, year: "always" });

  /** "22:40 CET". */
  function clock(date: Date, { reader }: When): string {
    const { time, zone } = partsOf(date, reader.timeZone);
    return phrases.clock(time, zone);
  }

  /** "Saturday 21 November at 22:40 CET". */
  const moment = (date: Date, when: When) => phrases.moment(weekday(date, when), clock(date, when));

  /** "52 min", "1 h 54 min", "2 h"; empty when not known. */
  function length(minutes: number | null): string {
    const whole = Math.round(minutes ?? 0);
    if (whole <= 0) return "";
    const hours = Math.floor(whole / 60);
    const rest = whole % 60;
    return [hours > 0 ? phrases.hours(hours) : "", rest > 0 ? phrases.minutes(rest) : ""]
      .filter(Boolean)
      .join(" ");
  }

  return {
    /** "a", "a and b", "a, b and c". */
    list: (words: readonly string[]) => conjunction.format(words),
    partsOf,
    shortDay,
    weekday,
    wholeDay,
    clock,
    moment,
    length,
  };
}
