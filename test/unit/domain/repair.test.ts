import { describe, expect, test } from "vitest";
import { readImportReasons } from "@/lib/domain/import-reasons";
import {
  countStrikes,
  decideRepair,
  episodesToSearch,
  isCurable,
  listSetting,
  protectionOf,
  repairTargets,
} from "@/lib/domain/repair";
import type { StuckVerdict } from "@/lib/domain/stuck";

const now = new Date("2026-11-22T20:00:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const rules = { isEnabled: true, strikesNeeded: 3, attemptsAllowed: 2 };
const download = { downloadKey: "A", upstreamId: 7, episodes: [] };
const stuck = (cause: "import" | "download" | "failed" | "no_progress", ...messages: string[]) =>
  ({ kind: "stuck", cause, reasons: readImportReasons(messages) }) satisfies StuckVerdict;

describe("whether a failed import gets another release", () => {
  const decide = (
    verdict: StuckVerdict,
    history: Partial<{ strikes: number; attemptsMade: number }> = {},
    changes: Partial<typeof rules> = {},
  ) =>
    decideRepair(
      verdict,
      download,
      { strikes: 3, attemptsMade: 0, ...history },
      { ...rules, ...changes },
    );
  const sample = stuck("import", "Sample");

  test.each([
    ["seen often enough", decide(sample), { kind: "repair" }],
    ["seen once", decide(sample, { strikes: 1 }), { kind: "strike", left: 2 }],
    [
      "switched off",
      decide(sample, {}, { isEnabled: false }),
      { kind: "leave", because: "Repairs are switched off" },
    ],
    [
      "tried once of once",
      decide(sample, { attemptsMade: 1 }, { attemptsAllowed: 1 }),
      { kind: "leave", because: "Another release was tried already" },
    ],
    [
      "tried often enough",
      decide(sample, { attemptsMade: 2 }),
      { kind: "leave", because: "2 other releases were tried already" },
    ],
    ["needs a person", decide(stuck("import", "Not enough free space")), { kind: "notCurable" }],
    ["unknown words", decide(stuck("import", "Flux capacitor")), { kind: "notCurable" }],
    ["no words at all", decide(stuck("import")), { kind: "notCurable" }],
    ["stalled", decide(stuck("download", "Sample")), { kind: "notCurable" }],
    [
      "failed, which the instance deals with",
      decide(stuck("failed", "Sample")),
      { kind: "notCurable" },
    ],
    ["only slow", decide(stuck("no_progress")), { kind: "notCurable" }],
    ["gets on", decide({ kind: "moving" }), { kind: "notCurable" }],
  ])("%s", (_, decision, expected) => {
    expect(decision).toEqual(expected);
  });

  test("what the instance cannot place has nothing to be searched for", () => {
    const unplaced = { ...download, upstreamId: null };
    expect(decideRepair(sample, unplaced, { strikes: 9, attemptsMade: 0 }, rules)).toEqual({
      kind: "notCurable",
    });
    expect(isCurable(sample)).toBe(true);
  });
});

describe("strikes", () => {
  const every = { strikeEveryMs: 27 * 60_000 };
  const memory = { troubleKey: "import · sample", strikes: 2, struckAt: minutesAgo(30) };
  test.each([
    ["first", countStrikes(true, "a", null, every, now), { strikes: 1, struckAt: now }],
    [
      "again after the interval",
      countStrikes(true, memory.troubleKey, memory, every, now),
      { strikes: 3, struckAt: now },
    ],
    [
      "again too soon",
      countStrikes(true, memory.troubleKey, { ...memory, struckAt: minutesAgo(5) }, every, now),
      { strikes: 2, struckAt: minutesAgo(5) },
    ],
    ["another failure", countStrikes(true, "b", memory, every, now), { strikes: 1, struckAt: now }],
    [
      "not to be cured",
      countStrikes(false, memory.troubleKey, memory, every, now),
      { strikes: 0, struckAt: null },
    ],
  ])("%s", (_, strikes, expected) => {
    expect(strikes).toEqual(expected);
  });
});

describe("what is left alone", () => {
  const plain = {
    tags: [],
    indexer: "Harbour Index",
    indexerAsksForSeeding: false,
    isTorrent: true,
  };
  const skip = { tags: ["no-repair"], indexers: ["Secret Garden"] };
  test.each([
    ["nothing protects it", plain, null],
    [
      "a tag",
      { ...plain, tags: ["kids", "No-Repair"] },
      "The tag “No-Repair” says to leave it alone",
    ],
    [
      "an indexer's name",
      { ...plain, indexer: "secret garden" },
      "Releases of secret garden are left alone",
    ],
    [
      "a tracker that asks for seeding",
      { ...plain, indexerAsksForSeeding: true },
      "Harbour Index asks for seeding, so its torrents are left alone",
    ],
    [
      "usenet has nothing to seed",
      { ...plain, indexerAsksForSeeding: true, isTorrent: false },
      null,
    ],
  ])("%s", (_, protection, expected) => {
    expect(protectionOf(protection, skip)).toBe(expected);
  });

  test("a list is read with or without blanks", () => {
    expect(listSetting(" a, b ,,c ")).toEqual(["a", "b", "c"]);
    expect(listSetting("")).toEqual([]);
  });
});

describe("what is searched and counted", () => {
  const episodes = [
    { episodeId: 11, season: 1, episode: 1, hasFile: true },
    { episodeId: 12, season: 1, episode: 2, hasFile: false },
  ];
  test("episodes without a file; all of them when each has one", () => {
    expect(episodesToSearch(episodes)).toEqual([12]);
    expect(episodesToSearch(episodes.map((one) => ({ ...one, hasFile: true })))).toEqual([11, 12]);
  });

  test("attempts are counted by episode or movie", () => {
    expect(repairTargets("sonarr", { episodes, upstreamId: 7 })).toEqual([
      "episode:11",
      "episode:12",
    ]);
    expect(repairTargets("radarr", { episodes: [], upstreamId: 44 })).toEqual(["movie:44"]);
    expect(repairTargets("radarr", { episodes: [], upstreamId: null })).toEqual([]);
  });
});
