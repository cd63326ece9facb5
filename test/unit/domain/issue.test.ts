import { describe, expect, test } from "vitest";
import {
  decideFix,
  decideIssueClass,
  decideIssueStep,
  decideStale,
  type IssueCutoffs,
  type IssueMode,
  type IssueStatus,
  isOwnComment,
  isStale,
  issueStatuses,
  modeSteps,
  reportWords,
} from "@/lib/domain/issue";
import type { IssueScope } from "@/lib/domain/issue-files";

const hour = 3_600_000;
const cutoffs: IssueCutoffs = { fixingMs: hour, reportedMs: 24 * hour, abandonMs: 168 * hour };
const start = new Date("2026-11-22T12:00:00Z");
const later = (hours: number) => new Date(start.getTime() + hours * hour);
const known = (status: IssueStatus, isAnnounced = true) => ({ status, isAnnounced });

describe("what a webhook means", () => {
  test.each([
    ["created", null, "report"],
    ["created", known("reported", false), "report"],
    ["created", known("reported"), "nothing"],
    ["created", known("fixing"), "nothing"],
    ["created", known("resolved", false), "nothing"],
    ["commented", null, "learn"],
    ["commented", known("reported"), "record"],
    ["commented", known("resolved"), "record"],
    ["resolved", null, "resolve"],
    ["resolved", known("fixing"), "resolve"],
    ["resolved", known("resolved"), "nothing"],
    ["reopened", null, "report"],
    ["reopened", known("resolved"), "reopen"],
    ["reopened", known("failed"), "nothing"],
    ["reopened", known("abandoned"), "nothing"],
  ] as const)("%s on %j: %s", (change, before, kind) => {
    expect(decideIssueStep(change, before, false).kind).toBe(kind);
  });

  test("a comment never leads to a repair, whatever is known", () => {
    for (const status of [null, ...issueStatuses]) {
      for (const isOwn of [true, false]) {
        const step = decideIssueStep("commented", status && known(status), isOwn);
        expect(["learn", "record", "nothing"]).toContain(step.kind);
      }
    }
  });

  test("an own comment is known by its words, however its white space came back", () => {
    const own = ["The movie has another file since Sun 22 Nov 20:26. BingeAlert"];
    expect(
      isOwnComment(" The movie has another\nfile since  Sun 22 Nov 20:26. BingeAlert", own),
    ).toBe(true);
    expect(isOwnComment("The movie has another file", own)).toBe(false);
    expect(isOwnComment(null, own)).toBe(false);
    expect(isOwnComment("", [])).toBe(false);
  });
});

describe("whether a repair may begin", () => {
  const season: IssueScope = { kind: "season", season: 2 };
  const base = {
    status: "reported" as IssueStatus,
    scope: season,
    attemptCount: 0,
    isRunning: false,
  };
  test.each([
    ["a season", {}, "fix"],
    ["a movie", { scope: { kind: "movie" as const } }, "fix"],
    ["an abandoned one", { status: "abandoned" as const }, "fix"],
    ["the third time", { attemptCount: 2 }, "fix"],
    ["a fourth time", { attemptCount: 3 }, "used_up"],
    ["all seasons", { scope: { kind: "allSeasons" as const } }, "all_seasons"],
    ["while one runs", { isRunning: true }, "running"],
    ["a resolved one", { status: "resolved" as const }, "resolved"],
    ["what is not known yet", { scope: null }, "unknown"],
  ])("%s", (_name, change, result) => {
    const decision = decideFix({ ...base, ...change });
    expect(decision.kind === "fix" ? "fix" : decision.code).toBe(result);
  });

  test("attempts are counted on", () => {
    expect(decideFix({ ...base, attemptCount: 1 })).toEqual({ kind: "fix", number: 2 });
  });
});

test("modes: manual tells, auto repairs, auto_notify does both", () => {
  expect(modeSteps("manual")).toEqual({ fixes: false, tellsAdmin: true });
  expect(modeSteps("auto")).toEqual({ fixes: true, tellsAdmin: false });
  expect(modeSteps("auto_notify")).toEqual({ fixes: true, tellsAdmin: true });
});

describe("issues that wait", () => {
  test.each([
    ["fixing", 0.9, false],
    ["fixing", 1, true],
    ["reported", 23, false],
    ["reported", 24, true],
    ["failed", 23, false],
    ["failed", 24, true],
    ["resolved", 999, false],
  ] as const)("%s after %d h is looked at: %s", (status, hours, stale) => {
    expect(isStale({ status, steppedAt: start }, cutoffs, later(hours))).toBe(stale);
  });

  const unchanged = { kind: "unchanged" as const };
  const decide = (
    change: Partial<Parameters<typeof decideStale>[0]>,
    hours: number,
    mode: IssueMode = "manual",
    look: Partial<Parameters<typeof decideStale>[1]> = {},
  ) =>
    decideStale(
      {
        status: "reported",
        steppedAt: start,
        attemptCount: 0,
        isRunning: false,
        isResting: false,
        knownBefore: false,
        ...change,
      },
      { replacement: unchanged, isDownloading: false, ...look },
      mode,
      cutoffs,
      later(hours),
    ).kind;

  test("in manual mode a report waits for the admin for a week, then it is abandoned, never resolved", () => {
    expect(decide({}, 24)).toBe("wait");
    expect(decide({}, 168)).toBe("wait");
    expect(decide({}, 169)).toBe("abandon");
    expect(decide({ status: "abandoned" }, 500)).toBe("wait");
  });

  test("in the other modes a report that was never acted upon is, but for those from before", () => {
    expect(decide({}, 24, "auto")).toBe("fixFirst");
    expect(decide({ knownBefore: true }, 24, "auto")).toBe("wait");
  });

  test("a repair that brought nothing is followed by the next, three at most, then the admin is asked", () => {
    expect(decide({ status: "fixing", attemptCount: 1 }, 2)).toBe("fixAgain");
    expect(decide({ status: "fixing", attemptCount: 2 }, 2)).toBe("fixAgain");
    expect(decide({ status: "fixing", attemptCount: 3 }, 2)).toBe("askAdmin");
    expect(decide({ status: "fixing", attemptCount: 1, isRunning: true }, 2)).toBe("wait");
    expect(decide({ status: "failed", attemptCount: 3 }, 169)).toBe("abandon");
  });

  test("a repair that does not come to its search within three days is left to the admin", () => {
    const lost = { status: "fixing", attemptCount: 1, isRunning: true } as const;
    expect(decide(lost, 72)).toBe("wait");
    expect(decide(lost, 73)).toBe("askAdmin");
    expect(decide({ ...lost, isResting: true }, 73)).toBe("wait");
  });

  test("what downloads is waited for, but not for ever", () => {
    const look = { isDownloading: true };
    expect(decide({ status: "fixing", attemptCount: 1 }, 20, "auto", look)).toBe("wait");
    expect(decide({ status: "fixing", attemptCount: 1 }, 169, "auto", look)).toBe("abandon");
  });

  test("another file resolves it, in every state", () => {
    const look = { replacement: { kind: "replaced" as const, files: [] } };
    for (const status of ["reported", "fixing", "failed", "abandoned"] as const) {
      expect(decide({ status, attemptCount: 3 }, 500, "manual", look)).toBe("resolve");
    }
  });
});

test.each([
  ["only HD is there", { hasHd: true, hasFourK: false }, false],
  ["only 4K is there", { hasHd: false, hasFourK: true }, true],
  ["both, the reporter asked for 4K", { askedFourK: [true] }, true],
  ["both, the reporter asked for both", { askedFourK: [true, false] }, false],
  ["both, nobody asked", {}, false],
  ["both, the words say it", { message: "The 4K one stutters" }, true],
  ["both, a word that only looks like it", { message: "Suhdown" }, false],
])("class: %s", (_name, facts, isFourK) => {
  const all = { hasHd: true, hasFourK: true, message: null, askedFourK: [] as boolean[] };
  expect(decideIssueClass({ ...all, ...facts })).toBe(isFourK);
});

test("a report in words", () => {
  expect(reportWords("audio", { kind: "episode", season: 2, episode: 5 })).toBe(
    "a problem with the audio of season 2, episode 5",
  );
  expect(reportWords("other", { kind: "movie" })).toBe("a problem with the movie");
  expect(reportWords("video", null)).toBe("a problem with the video");
});
