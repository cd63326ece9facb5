/** A calendar of upcoming episodes as iCalendar text (RFC 5545). All times are UTC. */

export type FeedEpisode = {
  mediaKey: string;
  title: string;
  season: number;
  episode: number;
  episodeTitle: string | null;
  airsAt: Date;
  minutes: number | null;
  /** When what is known of it last changed. */
  changedAt: Date;
};

export type FeedMovie = {
  mediaKey: string;
  title: string;
  release: "digital" | "physical" | "cinema";
  /** A day, as midnight UTC. */
  day: Date;
  changedAt: Date;
};

/** What a language brings along for calendars. */
export type FeedWords = {
  /** Name of the calendar: of one person's episodes, or of everything the household waits for. */
  name(server: string, of: "episodes" | "everything"): string;
  special(number: number): string;
  episodeAirs: string;
  release: Record<FeedMovie["release"], string>;
};

/** The feed. The same episodes give the same text, so that it can be compared by its hash. */
export function calendarFeedText(feed: {
  serverName: string;
  episodes: readonly FeedEpisode[];
  movies?: readonly FeedMovie[];
  words: FeedWords;
}): string {
  const { movies = [], words } = feed;
  const name = words.name(feed.serverName, feed.movies ? "everything" : "episodes");
  const events = [
    ...feed.episodes.flatMap((episode) => event(episode, words)),
    ...movies.flatMap((movie) => movieEvent(movie, words)),
  ];
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//BingeAlert//Upcoming episodes//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `NAME:${text(name)}`,
    `X-WR-CALNAME:${text(name)}`,
    "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    "X-PUBLISHED-TTL:PT6H",
    ...(events.length > 0 ? events : nothingYet),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join("");
}

/** A calendar must hold something; a time zone is something that no program shows. */
const nothingYet = [
  "BEGIN:VTIMEZONE",
  "TZID:UTC",
  "BEGIN:STANDARD",
  "DTSTART:19700101T000000",
  "TZOFFSETFROM:+0000",
  "TZOFFSETTO:+0000",
  "END:STANDARD",
  "END:VTIMEZONE",
];

function event(episode: FeedEpisode, words: FeedWords): string[] {
  const { mediaKey, title, season, airsAt, changedAt, episodeTitle } = episode;
  const two = (n: number) => String(n).padStart(2, "0");
  const code =
    season === 0 ? words.special(episode.episode) : `S${two(season)}E${two(episode.episode)}`;
  const named = episodeTitle ? `: ${episodeTitle}` : "";
  const ends = new Date(airsAt.getTime() + (episode.minutes ?? 0) * 60_000);
  return [
    "BEGIN:VEVENT",
    `UID:${text(`${mediaKey}@bingealert`)}`,
    `DTSTAMP:${moment(changedAt)}`,
    `LAST-MODIFIED:${moment(changedAt)}`,
    `DTSTART:${moment(airsAt)}`,
    // Without a length it is a point in time; an end equal to the start is not allowed.
    ...(ends > airsAt ? [`DTEND:${moment(ends)}`] : []),
    `SUMMARY:${text(`${title} ${code}${named}`)}`,
    `DESCRIPTION:${text(words.episodeAirs)}`,
    "TRANSP:TRANSPARENT",
    "STATUS:CONFIRMED",
    "END:VEVENT",
  ];
}

function movieEvent(
  { mediaKey, title, release, day, changedAt }: FeedMovie,
  words: FeedWords,
): string[] {
  const date = (at: Date) => at.toISOString().slice(0, 10).replaceAll("-", "");
  return [
    "BEGIN:VEVENT",
    `UID:${text(`${mediaKey}-${release}@bingealert`)}`,
    `DTSTAMP:${moment(changedAt)}`,
    `LAST-MODIFIED:${moment(changedAt)}`,
    `DTSTART;VALUE=DATE:${date(day)}`,
    `DTEND;VALUE=DATE:${date(new Date(day.getTime() + 86_400_000))}`,
    `SUMMARY:${text(`${title} (${words.release[release]})`)}`,
    "TRANSP:TRANSPARENT",
    "STATUS:CONFIRMED",
    "END:VEVENT",
  ];
}

/** `20261127T200000Z`. */
const moment = (at: Date) => `${at.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;

/** Text with its signs escaped; control characters, which no program understands, are left out. */
function text(value: string): string {
  return value
    .replace(/\\/g, "\\\\")
    .replace(/;/g, "\\;")
    .replace(/,/g, "\\,")
    .replace(/\r\n|\r|\n/g, "\\n")
    .replace(/\p{Cc}/gu, "");
}

const bytesPerLine = 75;

/** Breaks a line after 75 bytes at most, never inside a character. */
function fold(line: string): string {
  const parts: string[] = [];
  let part = "";
  let bytes = 0;
  for (const character of line) {
    const size = byteLength(character);
    // Continued lines begin with a space, which counts.
    if (bytes + size > (parts.length === 0 ? bytesPerLine : bytesPerLine - 1)) {
      parts.push(part);
      part = "";
      bytes = 0;
    }
    part += character;
    bytes += size;
  }
  return [...parts, part].join("\r\n ");
}

function byteLength(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
