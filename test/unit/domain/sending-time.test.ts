import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clockTime, minutesOfDay, nextTimeOfDay, parseClockTime } from "@/lib/domain/local-time";
import {
  decideSendingTime,
  endOfQuietHours,
  type SendingFacts,
  sendingReasonWords,
} from "@/lib/domain/sending-time";

const night = { from: 22 * 60, until: 7 * 60 };
const noon = { from: 12 * 60, until: 14 * 60 };
const at = (text: string) => new Date(text);

describe("the end of quiet hours", () => {
  test.each([
    // Winter in Berlin is UTC+1.
    ["before they begin", night, "Europe/Berlin", "2026-11-22T20:59:00Z", null],
    ["as they begin", night, "Europe/Berlin", "2026-11-22T21:00:00Z", "2026-11-23T06:00:00Z"],
    ["after midnight", night, "Europe/Berlin", "2026-11-23T02:00:00Z", "2026-11-23T06:00:00Z"],
    [
      "a second before the end",
      night,
      "Europe/Berlin",
      "2026-11-23T05:59:59Z",
      "2026-11-23T06:00:00Z",
    ],
    ["at the end", night, "Europe/Berlin", "2026-11-23T06:00:00Z", null],
    ["within one day", noon, "Europe/Berlin", "2026-11-22T12:00:00Z", "2026-11-22T13:00:00Z"],
    ["outside of those", noon, "Europe/Berlin", "2026-11-22T13:00:00Z", null],
    ["in another zone", night, "America/New_York", "2026-11-23T04:00:00Z", "2026-11-23T12:00:00Z"],
    [
      "in a zone of half hours",
      night,
      "Asia/Kolkata",
      "2026-11-22T18:00:00Z",
      "2026-11-23T01:30:00Z",
    ],
    // 29 March 2026, 02:00 becomes 03:00: the night is an hour shorter.
    [
      "the night clocks go forward",
      night,
      "Europe/Berlin",
      "2026-03-28T22:00:00Z",
      "2026-03-29T05:00:00Z",
    ],
    // 25 October 2026, 03:00 becomes 02:00: the night is an hour longer.
    [
      "the night clocks go back",
      night,
      "Europe/Berlin",
      "2026-10-24T21:00:00Z",
      "2026-10-25T06:00:00Z",
    ],
    [
      "an end that the clocks skip",
      { from: 1320, until: 150 },
      "Europe/Berlin",
      "2026-03-28T23:00:00Z",
      "2026-03-29T01:30:00Z",
    ],
    [
      "an end shown twice, the first time",
      { from: 1320, until: 150 },
      "Europe/Berlin",
      "2026-10-24T23:00:00Z",
      "2026-10-25T00:30:00Z",
    ],
    [
      "an end shown twice, the second time",
      { from: 1320, until: 150 },
      "Europe/Berlin",
      "2026-10-25T01:10:00Z",
      "2026-10-25T01:30:00Z",
    ],
  ])("%s", (_name, quietHours, zone, now, end) => {
    expect(endOfQuietHours(at(now), quietHours, zone)).toEqual(end === null ? null : at(end));
  });

  test("none are never quiet", () => {
    expect(endOfQuietHours(at("2026-11-23T02:00:00Z"), null, "Europe/Berlin")).toBeNull();
  });

  test("is ahead, less than 26 hours away, and a time the clock shows, in any zone at any moment", () => {
    const zones = [
      "Europe/Berlin",
      "America/New_York",
      "Asia/Kathmandu",
      "Australia/Lord_Howe",
      "UTC",
    ];
    const moments = fc.date({ min: at("2024-01-01"), max: at("2028-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(moments, fc.nat(1439), fc.constantFrom(...zones), (now, minutes, zone) => {
        const next = nextTimeOfDay(now, minutes, zone);
        const hours = (next.getTime() - now.getTime()) / 3600_000;
        expect(hours).toBeGreaterThan(0);
        expect(hours).toBeLessThan(26);
        const late = (minutesOfDay(next, zone) - minutes + 1440) % 1440;
        // Only a time that the clocks skip is shown later, by the length of the jump.
        expect([0, 30, 60]).toContain(late);
      }),
      { numRuns: 300 },
    );
  });
});

test("a clock time is read and written", () => {
  expect([0, 420, 1439].map(clockTime)).toEqual(["00:00", "07:00", "23:59"]);
  expect(["07:00", "23:59", "24:00", "7:00", "", "07:00:00"].map(parseClockTime)).toEqual([
    420,
    1439,
    null,
    null,
    null,
    null,
  ]);
});

describe("when a mail may leave", () => {
  const free: SendingFacts = {
    quietHours: null,
    timeZone: "Europe/Berlin",
    maintenance: null,
    digest: null,
    seasonWait: null,
  };
  const evening = at("2026-11-22T19:26:00Z");
  const lateNight = at("2026-11-22T22:30:00Z");
  const maintenance = { title: "New disks", endsAt: at("2026-11-23T02:00:00Z") };
  const digest = { hour: 18, dueAt: null };

  test.each<[string, Partial<SendingFacts>, Date, string | null, string?]>([
    ["nothing chosen", {}, evening, null],
    ["outside quiet hours", { quietHours: night }, evening, null],
    ["in quiet hours", { quietHours: night }, lateNight, "2026-11-23T06:00:00Z", "quietHours"],
    ["in maintenance", { maintenance }, evening, "2026-11-23T02:00:00Z", "maintenance"],
    [
      "maintenance that ends in quiet hours",
      { maintenance, quietHours: night },
      evening,
      "2026-11-23T06:00:00Z",
      "quietHours",
    ],
    ["maintenance that is over", { maintenance }, at("2026-11-23T02:00:00Z"), null],
    ["a digest", { digest }, evening, "2026-11-23T17:00:00Z", "dailyDigest"],
    [
      "a digest before its hour",
      { digest },
      at("2026-11-22T10:00:00Z"),
      "2026-11-22T17:00:00Z",
      "dailyDigest",
    ],
    [
      "a digest in quiet hours",
      { digest: { hour: 6, dueAt: null }, quietHours: night },
      evening,
      "2026-11-23T06:00:00Z",
      "quietHours",
    ],
    ["a digest that is due", { digest: { hour: 18, dueAt: evening } }, evening, null],
    [
      "an incomplete season",
      { seasonWait: { until: at("2026-12-06T12:00:00Z"), missing: [{ season: 1, episode: 3 }] } },
      evening,
      "2026-12-06T12:00:00Z",
      "seasonIncomplete",
    ],
  ])("%s", (_name, facts, now, until, because) => {
    const decided = decideSendingTime({ ...free, ...facts }, now);
    if (until === null) return expect(decided).toEqual({ kind: "now" });
    expect(decided).toMatchObject({ kind: "later", at: at(until), because: { kind: because } });
  });

  test("the reason is said in words, with the zone where it is not the server's", () => {
    const anna = { name: "Anna", timeZone: "Europe/Berlin" };
    const quiet = { kind: "quietHours", quietHours: night } as const;
    expect(sendingReasonWords(quiet, anna, "Europe/Berlin")).toBe(
      "Anna’s quiet hours, 22:00 to 07:00",
    );
    expect(sendingReasonWords(quiet, { name: "Jonas", timeZone: "Asia/Tokyo" }, "UTC")).toBe(
      "Jonas’ quiet hours, 22:00 to 07:00 in Asia/Tokyo",
    );
    expect(
      sendingReasonWords(
        {
          kind: "seasonIncomplete",
          missing: [
            { season: 1, episode: 3 },
            { season: 2, episode: 1 },
            { season: 2, episode: 2 },
          ],
        },
        anna,
        "Europe/Berlin",
      ),
    ).toBe(
      "Anna wants whole seasons, and 1 episode of season 1 and 2 episodes of season 2 are not there yet",
    );
  });
});
