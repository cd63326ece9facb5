import { expect, test } from "vitest";
import { decideSeasonWait, type SeasonEpisode } from "@/lib/domain/season-wait";

const now = new Date("2026-11-22T20:00:00Z");
const days = (n: number) => new Date(now.getTime() + n * 24 * 3600_000);
const episode = (number: number, airs: number | null, isThere = false): SeasonEpisode => ({
  season: 2,
  episode: number,
  airsAt: airs === null ? null : days(airs),
  isThere,
});
const first = { season: 2, addedAt: days(-1) };

test.each<[string, SeasonEpisode[], number[] | null]>([
  ["complete", [episode(1, -8, true), episode(2, -1, true)], null],
  ["one aired and missing", [episode(1, -8, true), episode(2, -1)], [2]],
  ["the next one airs in a week", [episode(1, -1, true), episode(2, 6), episode(3, 13.5)], [2, 3]],
  ["the next one airs in a month", [episode(1, -1, true), episode(2, 30)], null],
  ["only one without a date", [episode(1, -1, true), episode(2, null)], null],
  ["another season", [episode(1, -1, true), { ...episode(1, -1), season: 3 }], null],
])("%s", (_name, episodes, missing) => {
  const wait = decideSeasonWait([first], episodes, now);
  expect(wait?.missing.map((e) => e.episode) ?? null).toEqual(missing);
  if (wait) expect(wait.until).toEqual(days(13));
});

test("14 days without news are enough, counted from the newest", () => {
  const episodes = [episode(1, -30, true), episode(2, -30)];
  const old = { season: 2, addedAt: days(-14) };
  expect(decideSeasonWait([old], episodes, now)).toBeNull();
  expect(decideSeasonWait([old, first], episodes, now)).not.toBeNull();
});

test("specials wait for nothing", () => {
  const special = { season: 0, episode: 2, airsAt: days(-1), isThere: false };
  expect(decideSeasonWait([{ season: 0, addedAt: days(-1) }], [special], now)).toBeNull();
});
