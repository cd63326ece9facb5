import { expect, test } from "vitest";
import { requestStates } from "@/lib/domain/request-state";
import { lastMondays, noWaits, type Statistics } from "@/lib/domain/statistics";
import type { Reader } from "@/lib/domain/views/moment-words";
import { statisticsView } from "@/lib/domain/views/statistics";

const reader: Reader = { now: new Date("2026-11-22T19:21:48Z"), timeZone: "Europe/Berlin" };

const statistics = (more: Partial<Statistics> = {}): Statistics => ({
  weeks: lastMondays("2026-11-22", 2).map((week) => ({ week, ...noWaits })),
  all: noWaits,
  waiting: [],
  longest: [],
  queue: {
    mails: { gathering: 0, scheduled: 0, sending: 0, retrying: 0, held: 0, nextDueAt: null },
    jobs: { due: 0, failing: 0 },
  },
  ...more,
});
const view = (more: Partial<Statistics> = {}, hasRequests = true) =>
  statisticsView(statistics(more), hasRequests, reader);

test("weeks begin on Mondays, and the last is the one that runs", () => {
  expect(lastMondays("2026-11-22", 2)).toEqual(["2026-11-09", "2026-11-16"]);
  expect(lastMondays("2026-11-23", 2)).toEqual(["2026-11-16", "2026-11-23"]);
  expect(lastMondays("2027-01-01", 1)).toEqual(["2026-12-28"]);
});

test("the answer comes first, also when there is none yet", () => {
  expect(view({}, false).verdict).toBe("Nobody has asked for anything yet.");
  expect(view().verdict).toBe("Nothing became watchable in these twelve weeks yet.");
  expect(view().evidence).toBe("Nothing is waited for now.");
  const all = { ...noWaits, watchable: 48, medianHours: 5.2 };
  const waiting = [
    { state: "looking" as const, count: 17 },
    { state: "mail_held" as const, count: 2 },
  ];
  expect(view({ all, waiting })).toMatchObject({
    verdict: "Half of the waits were over within 5 h.",
    evidence: "48 requests became watchable since 9 November. 19 requests are waited for now.",
    median: "5 h",
  });
  expect(view({ all: { ...all, watchable: 1 } }).verdict).toBe(
    "The one wait of these weeks took 5 h.",
  );
});

test("each bar of what waits opens the list filtered to what it counts, the longest bar first", () => {
  const waiting = [
    { state: "waiting_plex" as const, count: 2 },
    { state: "looking" as const, count: 4 },
    { state: "gathering" as const, count: 1 },
    { state: "plex_cannot_see" as const, count: 1 },
  ];
  expect(
    view({ waiting }).waiting.map(({ label, count, href, detail }) => [label, count, href, detail]),
  ).toEqual([
    ["Still looking", 4, "/requests?state=looking", null],
    ["Waiting", 3, "/requests?state=waiting", "waiting for Plex 2, gathering 1"],
    ["Needs you", 1, "/requests?state=needs_you", "Plex cannot see it"],
  ]);
});

test("every state that is not over has its place", () => {
  const over = ["told", "known_before", "declined", "deleted"];
  const open = requestStates.filter((state) => !over.includes(state));
  const bars = view({ waiting: open.map((state) => ({ state, count: 1 })) }).waiting;
  expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(open.length);
});

test("the queue says what is in it and when it goes on", () => {
  const { queue } = statistics();
  expect(view().queue).toEqual([]);
  const mails = {
    ...{ ...queue.mails, scheduled: 3, retrying: 1, held: 2 },
    nextDueAt: new Date("2026-11-22T19:30:00Z"),
  };
  const rows = view({ queue: { mails, jobs: { due: 0, failing: 1 } } }).queue;
  expect(rows.map(({ label, count, detail }) => [label, count, detail])).toEqual([
    ["Scheduled", 3, "next at 20:30"],
    ["Retrying", 1, null],
    ["On hold", 2, "you decide"],
    ["Jobs that fail", 1, "Health says why"],
  ]);
});

test("lengths are parts of all waits", () => {
  const lengths = { hour: 1, day: 2, week: 0, month: 1, longer: 0 };
  const rows = view({ all: { watchable: 4, medianHours: 5, lengths } }).lengths;
  expect(rows.map(({ count, share }) => [count, share])).toEqual([
    [1, "25 %"],
    [2, "50 %"],
    [0, "0 %"],
    [1, "25 %"],
    [0, "0 %"],
  ]);
});
