import { expect, test } from "vitest";
import {
  clockWords,
  durationWords,
  itemWords,
  listWords,
  namedItem,
  sentence,
} from "@/lib/domain/words";

const episodes = (season: number, ...numbers: number[]) =>
  numbers.map((n) => `episode:tvdb:1:s${String(season).padStart(2, "0")}e${n}`);

test("items are named by season and number, ranges folded", () => {
  expect(itemWords(["movie:tmdb:603"])).toBe("the movie");
  expect(itemWords(episodes(1, 5))).toBe("episode 5");
  expect(itemWords(episodes(1, 4, 3))).toBe("episodes 3 and 4");
  expect(itemWords(episodes(1, 1, 2, 3, 4, 5))).toBe("episodes 1 to 5");
  expect(itemWords(episodes(1, 1, 2, 3, 7, 9))).toBe("episodes 1 to 3, 7 and 9");
  expect(itemWords([...episodes(2, 1, 2), ...episodes(1, 2)])).toBe(
    "season 1, episode 2; season 2, episodes 1 and 2",
  );
  expect(itemWords(episodes(0, 1))).toBe("specials, episode 1");
  expect(itemWords([...episodes(1, 5), ...episodes(1, 5)])).toBe("episode 5");
});

test("lists, sentences, durations and names read like speech", () => {
  expect(listWords([])).toBe("");
  expect(listWords(["Anna", "Jonas", "Mira"])).toBe("Anna, Jonas and Mira");
  expect(sentence("it plays")).toBe("It plays");
  expect(durationWords(1000)).toBe("1 second");
  expect(durationWords(89_000)).toBe("89 seconds");
  expect(durationWords(180_000)).toBe("3 minutes");
  expect(durationWords(24 * 3_600_000)).toBe("24 hours");
  const identity = { kind: "episode", tvdbId: 1, season: 3, episode: 5, isFourK: false } as const;
  expect(namedItem(identity, "Slack Water")).toBe("episode 5 “Slack Water”");
  expect(namedItem({ ...identity, season: 0 }, null)).toBe("special 5");
});

test("a time is said in the zone of the server, with the day when it is not today's", () => {
  const now = new Date("2026-11-22T22:50:00Z");
  const soon = new Date("2026-11-22T22:57:00Z");
  expect(clockWords(soon, now, "UTC")).toBe("22:57");
  expect(clockWords(soon, now, "Asia/Kathmandu")).toBe("04:42");
  expect(clockWords(soon, now, "Europe/Berlin")).toBe("23:57");
  expect(clockWords(new Date("2026-11-22T23:10:00Z"), now, "Europe/Berlin")).toContain("23 Nov");
  expect(clockWords(new Date("2026-11-22T23:10:00Z"), soon, "UTC")).toBe("23:10");
  expect(clockWords(new Date("2026-11-23T00:10:00Z"), now, "UTC")).toMatch(/^Mon,? 23 Nov 00:10$/);
});
