import { expect, test } from "vitest";
import { episodeCodes } from "@/lib/domain/views/episode-codes";

const of = (...items: [season: number, episode: number][]) =>
  episodeCodes(items.map(([season, episode]) => ({ season, episode })));

test("episodes in short: one, a run, what is no run, several seasons", () => {
  expect(of([3, 6])).toBe("S03 E06");
  expect(of([3, 5], [3, 3], [3, 4])).toBe("S03 E03–E05");
  expect(of([1, 1], [1, 3])).toBe("S01 E01 and E03");
  expect(of([2, 1], [1, 10])).toBe("S01 E10, S02 E01");
});
