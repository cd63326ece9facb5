import { expect, test } from "vitest";
import { calendarFeedText } from "@/lib/domain/calendar-feed";
import { pageWords } from "@/lib/domain/page-words";
import { comingDayHead, upcomingVerdict, weeksOf } from "@/lib/domain/views/upcoming";

const reader = { now: new Date("2026-11-28T23:30:00Z"), timeZone: "Europe/Berlin" };

test("days are those of the reader", () => {
  expect(comingDayHead("2026-11-29", reader)).toBe("Today");
  expect(comingDayHead("2026-11-30", reader)).toBe("Tomorrow");
  expect(comingDayHead("2026-12-04", reader)).toBe("Friday 4 December");
  expect(comingDayHead("2027-01-02", reader)).toBe("Saturday 2 January 2027");
});

test.each([
  ["2026-11-30", 7, "2026-11-30", 1],
  ["2026-11-29", 7, "2026-11-23", 2],
  ["2026-11-29", 30, "2026-11-23", 6],
  ["2027-02-25", 7, "2027-02-22", 2],
])("the weeks from %s on for %i days begin on %s", (today, days, monday, count) => {
  const weeks = weeksOf(today, days);
  expect(weeks[0]?.[0]).toBe(monday);
  expect(weeks).toHaveLength(count);
  expect(weeks.flat()).toContain(today);
  expect(weeks.every((week) => week.length === 7)).toBe(true);
});

test("the verdict counts what comes, or says that nothing does", () => {
  const view = {
    days: 30,
    entries: [],
    isCut: false,
    people: [],
    calendars: [],
    calendarUrl: null,
  } as const;
  const say = (episodes: number, movies: number) =>
    upcomingVerdict({ ...view, entries: [], people: [], calendars: [], episodes, movies });
  expect(say(1, 0)).toBe("1 episode comes in the next 30 days.");
  expect(say(3, 1)).toBe("3 episodes and 1 movie come in the next 30 days.");
  expect(say(0, 0)).toBe("Nothing somebody waits for comes in the next 30 days.");
});

test("a movie stands in a calendar as a whole day", () => {
  const text = calendarFeedText({
    words: pageWords("en").feed,
    serverName: "Attic",
    episodes: [],
    movies: [
      {
        mediaKey: "movie:tmdb:1",
        title: "Quiet, Harbour",
        release: "digital",
        day: new Date("2026-12-31T00:00:00Z"),
        changedAt: new Date(0),
      },
    ],
  });
  expect(text).toContain("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n");
  expect(text).toContain("SUMMARY:Quiet\\, Harbour (digital release)");
});
