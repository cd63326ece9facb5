import { describe, expect, test } from "vitest";
import {
  mailChoices,
  mutedKindsFor,
  preferences,
  preferencesOf,
  wantedChoices,
} from "@/lib/domain/preferences";
import { readPreferences } from "@/lib/web/user-pages/preferences-form";

const everything = mailChoices.map((choice) => choice.name);

describe("kinds", () => {
  test("a choice stands for all its kinds, and what is wanted is what is not off", () => {
    const off = mutedKindsFor(
      everything.filter((name) => name !== "maintenance"),
      [],
    );
    expect(off).toContain("maintenance_reminder");
    expect(wantedChoices(off)).toEqual(everything.filter((name) => name !== "maintenance"));
    expect(mutedKindsFor(everything, off)).toEqual([]);
  });
  test("a kind nobody may choose here stays off", () => {
    expect(mutedKindsFor(everything, ["weekly_summary"])).toEqual(["weekly_summary"]);
  });
});

test.each([
  ["an hour that is none", { digestHour: 24 }],
  ["quiet hours without length", { quietHours: { from: 60, until: 60 } }],
  ["a zone that is none", { timeZone: "Mars/Olympus" }],
  ["an unknown frequency", { frequency: "hourly" }],
])("%s is refused", (_name, change) => {
  const usual = preferencesOf({
    mutedKinds: [],
    frequency: "every_episode",
    digestHour: 18,
    quietFrom: null,
    quietUntil: null,
    timeZone: null,
    language: null,
  });
  expect(preferences.safeParse(usual).success).toBe(true);
  expect(preferences.safeParse({ ...usual, ...change }).success).toBe(false);
});

describe("the form", () => {
  const form = (fields: [string, string][]) => {
    const data = new FormData();
    for (const [name, value] of fields) data.append(name, value);
    return data;
  };
  const sent: [string, string][] = [
    ["wanted_mail", "episodes"],
    ["wanted_mail", "movies"],
    ["frequency", "daily_digest"],
    ["digest_hour", "7"],
    ["quiet", "on"],
    ["quiet_from", "22:30"],
    ["quiet_until", "06:15"],
    ["time_zone", "America/New_York"],
    ["language", "de"],
  ];
  test("is read", () => {
    const reading = readPreferences(form(sent), []);
    expect(reading).toMatchObject({
      kind: "read",
      preferences: {
        frequency: "daily_digest",
        digestHour: 7,
        quietHours: { from: 1350, until: 375 },
        timeZone: "America/New_York",
        language: "de",
      },
    });
    if (reading.kind === "read") {
      expect(wantedChoices(reading.preferences.mutedKinds)).toEqual(["episodes", "movies"]);
    }
  });
  test.each<[string, [string, string][], string]>([
    ["no end", [["quiet_until", ""]], "quiet_without_ends"],
    ["no length", [["quiet_until", "22:30"]], "quiet_without_length"],
    ["no zone", [["time_zone", "<script>"]], "unknown_zone"],
    ["no language", [["language", "tlh"]], "incomplete"],
    ["no frequency", [["frequency", "x"]], "incomplete"],
  ])("that makes no sense is refused, with why: %s", (_name, changes, because) => {
    const names = changes.map(([name]) => name);
    const fields = [...sent.filter(([name]) => !names.includes(name)), ...changes];
    expect(readPreferences(form(fields), [])).toEqual({ kind: "refused", because });
  });
});
