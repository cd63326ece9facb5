import { describe, expect, test } from "vitest";
import {
  decideWindow,
  maintenanceKey,
  reminderTime,
  type WindowState,
  windowProblem,
} from "@/lib/domain/maintenance";
import { momentInZone, wallClock } from "@/lib/domain/zoned-time";

const at = (clock: string) => new Date(`2026-11-28T${clock}:00Z`);
const window = (changes: Partial<WindowState> = {}): WindowState => ({
  status: "scheduled",
  startsAt: at("19:00"),
  endsAt: at("22:00"),
  announcedAt: at("09:00"),
  remindedAt: null,
  ...changes,
});

describe("what is due about a window", () => {
  test.each([
    ["long before", window(), "12:00", { kind: "wait", at: at("18:00") }],
    ["an hour before", window(), "18:00", { kind: "remind" }],
    ["reminded", window({ remindedAt: at("18:00") }), "18:01", { kind: "wait", at: at("19:00") }],
    [
      "announced less than an hour before",
      window({ announcedAt: at("18:10") }),
      "18:11",
      { kind: "wait", at: at("19:00") },
    ],
    ["at the start", window({ remindedAt: at("18:00") }), "19:00", { kind: "begin" }],
    ["at the start, never reminded", window(), "19:00", { kind: "begin" }],
    ["while it goes on", window({ status: "active" }), "20:00", { kind: "wait", at: at("22:00") }],
    ["at the end", window({ status: "active" }), "22:00", { kind: "finish" }],
    ["after a day of ours", window(), "23:30", { kind: "finish" }],
    ["completed", window({ status: "completed" }), "23:30", { kind: "over" }],
    ["cancelled", window({ status: "cancelled" }), "20:00", { kind: "over" }],
  ] as const)("%s", (_, state, clock, step) => {
    expect(decideWindow(state, at(clock))).toEqual(step);
  });

  test("an announcement exactly an hour before is reminder enough", () => {
    expect(reminderTime(window({ announcedAt: at("18:00") }))).toBeNull();
    expect(reminderTime(window({ announcedAt: at("17:59") }))).toEqual(at("18:00"));
  });
});

describe("what cannot be planned", () => {
  test.each([
    ["ends before it starts", "20:00", "19:00", "The end has to be after the start"],
    ["takes no time", "20:00", "20:00", "The end has to be after the start"],
    ["has begun", "11:00", "13:00", "The start lies in the past"],
    ["is fine", "13:00", "14:00", null],
  ])("%s", (_, start, end, problem) => {
    expect(windowProblem({ startsAt: at(start), endsAt: at(end) }, at("12:00"))).toBe(problem);
  });

  test("longer than two weeks", () => {
    const endsAt = new Date(at("20:00").getTime() + 15 * 24 * 3600 * 1000);
    expect(windowProblem({ startsAt: at("20:00"), endsAt }, at("12:00"))).toMatch(/14 days/);
  });
});

test("announcements and reminders are told once per times, the end once", () => {
  const first = { id: 7, revision: 1 };
  const second = { id: 7, revision: 2 };
  expect(maintenanceKey("maintenance_announced", first)).not.toBe(
    maintenanceKey("maintenance_announced", second),
  );
  expect(maintenanceKey("maintenance_done", first)).toBe(
    maintenanceKey("maintenance_done", second),
  );
});

describe("times as a clock on the wall shows them", () => {
  test.each([
    ["2026-11-28T20:00", "Europe/Berlin", "once", "2026-11-28T19:00:00.000Z"],
    ["2026-07-28T20:00", "Europe/Berlin", "once", "2026-07-28T18:00:00.000Z"],
    // The clocks go back at 03:00 on 25 October 2026, forward at 02:00 on 28 March 2027.
    ["2026-10-25T02:30", "Europe/Berlin", "twice", "2026-10-25T00:30:00.000Z"],
    ["2027-03-28T02:30", "Europe/Berlin", "skipped", "2027-03-28T01:30:00.000Z"],
    ["2026-11-28T20:00", "Asia/Kathmandu", "once", "2026-11-28T14:15:00.000Z"],
    ["2026-04-05T02:00", "Australia/Lord_Howe", "once", "2026-04-04T15:30:00.000Z"],
    ["2026-11-28T20:00", "UTC", "once", "2026-11-28T20:00:00.000Z"],
  ])("%s in %s is there %s", (local, zone, kind, moment) => {
    expect(momentInZone(local, zone)).toEqual({ kind, at: new Date(moment) });
  });

  test.each([
    ["2026-02-30T10:00", "UTC"],
    ["2026-11-28T25:00", "UTC"],
    ["tomorrow", "UTC"],
    ["2026-11-28T20:00", "Europe/Atlantis"],
  ])("%s in %s is no time", (local, zone) => {
    expect(momentInZone(local, zone)).toEqual({ kind: "unreadable" });
  });

  test("a moment and back", () => {
    const moment = new Date("2026-10-24T22:15:00Z");
    expect(wallClock(moment, "Europe/Berlin")).toBe("2026-10-25T00:15");
  });
});
