import { expect, test } from "vitest";
import type { FindingKind } from "@/lib/domain/run-report";
import {
  groupFindings,
  type RunReportView,
  runEvidence,
  runVerdict,
} from "@/lib/domain/views/run-report";

const startedAt = new Date("2026-11-22T12:00:00Z");
const later = (seconds: number) => new Date(startedAt.getTime() + seconds * 1000);

function report(changes: Partial<RunReportView>, ...kinds: FindingKind[]): RunReportView {
  const finding = { title: null, posterPath: null, words: "", reason: null, href: null };
  return {
    id: 1,
    name: "Check for missed",
    startedAt,
    finishedAt: later(90),
    trigger: "schedule",
    outcome: "ok",
    words: "12 requests compared",
    error: null,
    progress: { done: 0, total: null },
    compared: { requests: 12, people: 3, services: [], gaps: [] },
    groups: groupFindings(kinds.map((kind, id) => ({ ...finding, id, kind }))),
    more: 0,
    ...changes,
  };
}

test("a report opens with what it came to", () => {
  expect(runVerdict(report({}))).toBe("Nothing was missed.");
  expect(runVerdict(report({}, "made_up"))).toBe("One missed, and made up for.");
  expect(runVerdict(report({}, "held", "held", "failed"))).toBe(
    "Two held for you to look at. One service could not be compared; the next check does that.",
  );
  expect(runVerdict(report({ outcome: "interrupted" }))).toContain("interrupted");
  expect(runVerdict(report({ finishedAt: null, words: "Comparing with Sonarr" }))).toBe(
    "Comparing with Sonarr.",
  );
  expect(runVerdict(report({ compared: null }))).toBe("12 requests compared.");
});

test("below it stands what was compared, how long that took and why it began", () => {
  expect(runEvidence(report({}), later(100))).toBe(
    "12 requests of 3 people compared in 2 min. Started by the clock.",
  );
  expect(
    runEvidence(report({ finishedAt: null, compared: null, trigger: "admin" }), later(30)),
  ).toBe("For 30 s now. Started by hand.");
});

test("what needs somebody is read first", () => {
  const { groups } = report({}, "known_before", "made_up", "failed", "made_up");
  expect(groups.map(({ kind, findings }) => [kind, findings.length])).toEqual([
    ["failed", 1],
    ["made_up", 2],
    ["known_before", 1],
  ]);
});
