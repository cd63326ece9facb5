import { expect, test } from "vitest";
import { calendarFeedText, type FeedEpisode } from "@/lib/domain/calendar-feed";
import { pageWords } from "@/lib/domain/page-words";

const episode: FeedEpisode = {
  mediaKey: "episode:tvdb:412905:s03e06",
  title: "Tidewater Road",
  season: 3,
  episode: 6,
  episodeTitle: "Spring, and Neap; \\ both\nEND:VEVENT",
  airsAt: new Date("2026-11-27T20:00:00Z"),
  minutes: 52,
  changedAt: new Date("2026-11-20T08:00:00Z"),
};
const feed = (episodes: FeedEpisode[], serverName = "The Attic Cinema") =>
  calendarFeedText({ serverName, episodes, words: pageWords("en").feed });

/** What a calendar program reads: lines joined again, then names and values. */
function unfolded(text: string): string[] {
  expect(text.endsWith("\r\n")).toBe(true);
  expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  return text.replaceAll("\r\n ", "").trimEnd().split("\r\n");
}

test("an episode is an event with a stable name, in UTC, with its text escaped", () => {
  const lines = unfolded(feed([episode]));
  expect(lines.slice(0, 3)).toEqual([
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//BingeAlert//Upcoming episodes//EN",
  ]);
  expect(lines).toContain("UID:episode:tvdb:412905:s03e06@bingealert");
  expect(lines).toContain("DTSTAMP:20261120T080000Z");
  expect(lines).toContain("DTSTART:20261127T200000Z");
  expect(lines).toContain("DTEND:20261127T205200Z");
  expect(lines).toContain(
    String.raw`SUMMARY:Tidewater Road S03E06: Spring\, and Neap\; \\ both\nEND:VEVENT`,
  );
  expect(lines.filter((line) => line === "END:VEVENT")).toHaveLength(1);
  expect(lines.at(-1)).toBe("END:VCALENDAR");
});

test("an episode of unknown length is a point in time, and a special has no season", () => {
  const lines = unfolded(feed([{ ...episode, minutes: null, season: 0, episodeTitle: null }]));
  expect(lines.some((line) => line.startsWith("DTEND"))).toBe(false);
  expect(lines).toContain("SUMMARY:Tidewater Road Special 6");
});

test("no line has more than 75 bytes, and no character is cut", () => {
  const title = `${"Die außerordentlich umständliche ".repeat(6)}観覧車と海🎡🎡🎡${"é".repeat(80)}`;
  const text = feed([{ ...episode, title }], "Ő".repeat(60));
  for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(text).not.toContain("�");
  expect(unfolded(text).find((line) => line.startsWith("SUMMARY:"))).toContain(title);
});

test("control characters cannot make lines", () => {
  const text = feed([{ ...episode, title: "A\r\nATTENDEE:x\u0000\u0007b" }]);
  expect(unfolded(text).some((line) => line.startsWith("ATTENDEE"))).toBe(false);
});

test("with nothing to come it still holds something, as a calendar must", () => {
  const lines = unfolded(feed([]));
  expect(lines).toContain("BEGIN:VTIMEZONE");
  expect(lines).not.toContain("BEGIN:VEVENT");
});

test("the same episodes give the same text", () => {
  expect(feed([episode])).toBe(feed([{ ...episode }]));
});
