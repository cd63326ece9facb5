/** The pieces of a date as a person in one time zone reads them. */
export type DateParts = {
  weekday: string;
  day: string;
  month: string;
  year: string;
  /** 24 hours, `22:40`. */
  time: string;
  /** Short name of the zone on that day: `CET`, `GMT+5:45`, `UTC`. */
  zone: string;
};

const options: Intl.DateTimeFormatOptions = {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZoneName: "short",
};

// Making a format costs more than drawing a whole mail; there are few zones, so each is kept.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(locale: string, timeZone: string): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone}`;
  const known = formats.get(key);
  if (known) return known;
  const format = newFormat(locale, timeZone);
  formats.set(key, format);
  return format;
}

function newFormat(locale: string, timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone });
  } catch {
    // A zone this machine does not know must not keep a mail from leaving; the zone is named beside the time.
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
  }
}

/** Splits a date for the given IANA zone; an unknown zone counts as UTC. Order and commas are the catalogue's. */
export function dateParts(date: Date, locale: string, timeZone: string): DateParts {
  const parts = new Map<string, string>();
  for (const { type, value } of formatIn(locale, timeZone).formatToParts(date)) {
    parts.set(type, value);
  }
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? "";
  return {
    weekday: part("weekday"),
    day: part("day"),
    month: part("month"),
    year: part("year"),
    time: `${part("hour")}:${part("minute")}`,
    zone: part("timeZoneName"),
  };
}
