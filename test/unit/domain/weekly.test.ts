import { describe, expect, test } from "vitest";
import {
  isWeekDue,
  lastFinishedWeek,
  nextWeekEnd,
  weekParts,
  weekUntilNow,
} from "@/lib/domain/weekly";
import { isQuietWeek } from "@/lib/domain/weekly-facts";
import { week as sample, samples } from "@/test/support/mail-samples";

const hours = (week: { from: Date; until: Date }) =>
  (week.until.getTime() - week.from.getTime()) / 3_600_000;

describe("a week ends on Sunday at the wall-clock time of its zone", () => {
  test.each([
    // Just before and at 09:00 UTC on Sunday 22 November 2026.
    ["2026-11-22T08:59:59Z", "UTC", "2026-11-15", "2026-11-15T09:00:00.000Z"],
    ["2026-11-22T09:00:00Z", "UTC", "2026-11-22", "2026-11-22T09:00:00.000Z"],
    ["2026-11-28T23:00:00Z", "UTC", "2026-11-22", "2026-11-22T09:00:00.000Z"],
    // In Berlin it is over an hour earlier, in Auckland half a day, in New York five hours later.
    ["2026-11-22T08:00:00Z", "Europe/Berlin", "2026-11-22", "2026-11-22T08:00:00.000Z"],
    ["2026-11-21T20:00:00Z", "Pacific/Auckland", "2026-11-22", "2026-11-21T20:00:00.000Z"],
    ["2026-11-22T13:59:59Z", "America/New_York", "2026-11-15", "2026-11-15T14:00:00.000Z"],
    ["2026-11-22T14:00:00Z", "America/New_York", "2026-11-22", "2026-11-22T14:00:00.000Z"],
    // Over the year's end.
    ["2027-01-01T00:00:00Z", "UTC", "2026-12-27", "2026-12-27T09:00:00.000Z"],
  ])("%s in %s: %s", (now, zone, key, until) => {
    const week = lastFinishedWeek(new Date(now), zone, "09:00");
    expect(week.key).toBe(key);
    expect(week.until.toISOString()).toBe(until);
  });

  test("weeks meet without a gap, also when the clocks change", () => {
    for (const zone of ["Europe/Berlin", "Australia/Lord_Howe"]) {
      let until: Date | null = null;
      for (let day = 0; day < 370; day += 5) {
        const now = new Date(Date.UTC(2026, 0, 1, 12) + day * 86_400_000);
        const week = lastFinishedWeek(now, zone, "09:00");
        if (until && week.until.getTime() !== until.getTime()) expect(week.from).toEqual(until);
        expect(week.until <= now && nextWeekEnd(now, zone, "09:00") > now).toBe(true);
        until = week.until;
      }
    }
  });

  test("the week in which the clocks go forward is an hour shorter, that in which they go back an hour longer", () => {
    const spring = lastFinishedWeek(new Date("2026-03-29T12:00:00Z"), "Europe/Berlin", "09:00");
    expect([spring.key, hours(spring)]).toEqual(["2026-03-29", 167]);
    const autumn = lastFinishedWeek(new Date("2026-10-25T12:00:00Z"), "Europe/Berlin", "09:00");
    expect([autumn.key, hours(autumn)]).toEqual(["2026-10-25", 169]);
  });

  test("an hour the clocks leave out, and one that comes twice, still end a week once", () => {
    const spring = lastFinishedWeek(new Date("2026-03-29T12:00:00Z"), "Europe/Berlin", "02:00");
    expect(spring.until.toISOString()).toBe("2026-03-29T01:00:00.000Z");
    const autumn = lastFinishedWeek(new Date("2026-10-25T12:00:00Z"), "Europe/Berlin", "02:00");
    expect(autumn.until.toISOString()).toBe("2026-10-25T00:00:00.000Z");
  });
});

test("a week is due once BingeAlert knew people by its end, and only while it is not done", () => {
  const week = lastFinishedWeek(new Date("2026-11-22T10:00:00Z"), "UTC", "09:00");
  const known = { firstSyncAt: new Date("2026-11-20T00:00:00Z"), isDone: false, isEnabled: true };
  expect(isWeekDue(week, known)).toBe(true);
  expect(isWeekDue(week, { ...known, isDone: true })).toBe(false);
  expect(isWeekDue(week, { ...known, isEnabled: false })).toBe(false);
  expect(isWeekDue(week, { ...known, firstSyncAt: null })).toBe(false);
  // Installed on Monday: the Sunday before is nobody's week.
  expect(isWeekDue(week, { ...known, firstSyncAt: new Date("2026-11-22T09:30:00Z") })).toBe(false);
});

test("by hand it is the last seven days, in seven parts", () => {
  const span = weekUntilNow(new Date("2026-11-25T10:00:00Z"));
  expect(span.from.toISOString()).toBe("2026-11-18T10:00:00.000Z");
  expect(weekParts(span).map((at) => at.getUTCDate())).toEqual([18, 19, 20, 21, 22, 23, 24]);
});

test("a week is quiet only when there is nothing at all to say", () => {
  expect(isQuietWeek(sample.week)).toBe(false);
  const quiet = samples["weekly-summary-quiet"];
  if (quiet?.kind !== "weekly_summary") throw new Error("the sample is gone");
  expect(isQuietWeek(quiet.props.week)).toBe(true);
  const { waiting } = sample.week;
  expect(isQuietWeek({ ...quiet.props.week, waiting })).toBe(false);
});
