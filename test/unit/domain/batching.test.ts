import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type BatchTiming,
  type BatchWindow,
  decideBatch,
  decideLook,
  extendWindow,
  openWindow,
} from "@/lib/domain/batching";

const minute = 60_000;
const start = new Date("2026-11-22T20:00:00Z");
const at = (minutes: number) => new Date(start.getTime() + minutes * minute);
const minutesOf = (date: Date) => (date.getTime() - start.getTime()) / minute;
const timing: BatchTiming = {
  initialDelayMs: 7 * minute,
  extensionMs: 3 * minute,
  maxWaitMs: 20 * minute,
  checkEveryMs: 1 * minute,
  movieFirstCheckMs: 30_000,
  deadlineMs: 24 * 60 * minute,
  gate: "plex",
};

type Mail = { at: number; items: string[] };
type World = {
  timing: BatchTiming;
  /** From which minute Plex plays an item. */
  playsFrom: (item: string) => number;
  /** Until which minute Sonarr's queue is busy. */
  busyUntil: number;
};
type Run = { mails: Mail[]; givenUp: Mail[]; windows: BatchWindow[]; violations: string[] };

/** Drives the pure functions as the services do: one open batch at a time, an alarm clock for each live one. */
function play(arrivals: readonly number[], world: Partial<World> = {}): Run {
  const {
    playsFrom,
    busyUntil,
    timing: t,
  } = { playsFrom: () => 0, busyUntil: 0, timing, ...world };
  type Live = {
    status: "open" | "trailing";
    window: BatchWindow;
    nextLookAt: Date;
    items: { mediaKey: string; addedAt: Date }[];
  };
  let live: Live[] = [];
  const run: Run = { mails: [], givenUp: [], windows: [], violations: [] };
  const todo = arrivals.map((minutes, i) => ({ at: at(minutes), mediaKey: `item ${i}` }));
  todo.sort((a, b) => a.at.getTime() - b.at.getTime());
  for (let step = 0; step < 20_000; step++) {
    const look = live.reduce<Live | null>(
      (first, batch) => (first && first.nextLookAt <= batch.nextLookAt ? first : batch),
      null,
    );
    const arrival = todo[0];
    if (arrival && (!look || arrival.at <= look.nextLookAt)) {
      todo.shift();
      const open = live.find((batch) => batch.status === "open");
      const item = { mediaKey: arrival.mediaKey, addedAt: arrival.at };
      if (open) {
        const before = open.window;
        open.window = extendWindow(before, arrival.at, t);
        open.nextLookAt = open.window.dueAt;
        open.items.push(item);
        if (open.window.dueAt > open.window.closesAt) run.violations.push("due after closes");
        if (open.window.dueAt < before.dueAt) run.violations.push("due moved back");
      } else {
        const window = openWindow("show", arrival.at, t);
        if (window.dueAt > window.closesAt) run.violations.push("due after closes");
        run.windows.push(window);
        live.push({ status: "open", window, nextLookAt: window.dueAt, items: [item] });
      }
      continue;
    }
    if (!look) return run;
    const now = look.nextLookAt;
    if (decideLook(look, now).kind !== "look") {
      run.violations.push("an alarm before its time");
      return run;
    }
    const minutes = minutesOf(now);
    const decision = decideBatch(
      {
        ...look,
        items: look.items.map((i) => ({ ...i, plays: playsFrom(i.mediaKey) <= minutes })),
        queueBusy: look.status === "open" && now < look.window.closesAt && minutes < busyUntil,
      },
      now,
      t,
    );
    if (decision.kind === "extend") {
      look.window = { ...look.window, dueAt: decision.dueAt };
      look.nextLookAt = decision.dueAt;
    } else if (decision.kind === "askAgain") {
      look.nextLookAt = decision.at;
    } else {
      if (decision.kind === "act") {
        if (decision.tell.length > 0) run.mails.push({ at: minutes, items: decision.tell });
        if (decision.giveUp.length > 0) run.givenUp.push({ at: minutes, items: decision.giveUp });
        look.items = look.items.filter((i) => decision.trail.includes(i.mediaKey));
        look.status = "trailing";
        if (decision.at) look.nextLookAt = decision.at;
      }
      if (decision.kind === "nothingLeft" || look.items.length === 0)
        live = live.filter((batch) => batch !== look);
    }
    if (live.includes(look) && look.nextLookAt <= now) {
      run.violations.push("an alarm that does not move");
      return run;
    }
  }
  run.violations.push("no end");
  return run;
}

const mailTimes = (run: Run) => run.mails.map((mail) => mail.at);

test.each([
  { imports: [0], mails: [7] },
  { imports: [0, 0], mails: [7] },
  { imports: [0, 1], mails: [7] },
  { imports: [0, 5], mails: [8] },
  { imports: [0, 2, 4, 6, 8, 10, 12, 14, 16, 18], mails: [20] },
  { imports: [0, 10, 20, 30], mails: [7, 17, 27, 37] },
])("imports at $imports are mailed at $mails", ({ imports, mails }) => {
  const run = play(imports);
  expect(mailTimes(run)).toEqual(mails);
  expect(run.violations).toEqual([]);
});

test("imports that go on beyond the window are mailed in their own", () => {
  const imports = Array.from({ length: 13 }, (_, i) => i * 2);
  const run = play(imports);
  expect(run.mails.map((mail) => [mail.at, mail.items.length])).toEqual([
    // The import of minute 20 comes at the very moment the window closes and still catches the mail.
    [20, 11],
    [29, 2],
  ]);
});

test("the window's edges: an import just before the mail keeps it back, one after opens a new window", () => {
  expect(mailTimes(play([0, 4]))).toEqual([7]);
  expect(mailTimes(play([0, 4.5]))).toEqual([7.5]);
  expect(mailTimes(play([0, 6.99]))).toEqual([9.99]);
  expect(mailTimes(play([0, 7.01]))).toEqual([7, 14.01]);
});

test("a busy queue keeps the mail back by extensions, to the end of the window at most", () => {
  expect(mailTimes(play([0], { busyUntil: 9 }))).toEqual([10]);
  expect(mailTimes(play([0], { busyUntil: 1000 }))).toEqual([20]);
});

test("what Plex does not show is asked for again each minute, and the rest leaves when the window closes", () => {
  expect(mailTimes(play([0], { playsFrom: () => 9.5 }))).toEqual([10]);
  const slow = play([0, 0], { playsFrom: (item) => (item === "item 0" ? 0 : 45.5) });
  expect(slow.mails).toEqual([
    { at: 20, items: ["item 0"] },
    { at: 46, items: ["item 1"] },
  ]);
});

test("a trailing item does not keep later ones waiting", () => {
  const run = play([0, 30], { playsFrom: (item) => (item === "item 0" ? 600 : 0) });
  expect(run.mails[0]).toEqual({ at: 37, items: ["item 1"] });
  expect(run.mails[1]?.items).toEqual(["item 0"]);
});

test("after the deadline the admin is told instead, once, and the user never", () => {
  const run = play([0], { playsFrom: () => Number.POSITIVE_INFINITY });
  expect(run.mails).toEqual([]);
  expect(run.givenUp).toHaveLength(1);
  expect(run.givenUp[0]?.at).toBeGreaterThanOrEqual(24 * 60);
  expect(run.givenUp[0]?.at).toBeLessThanOrEqual(24 * 60 + 5);
});

test("after an hour in vain Plex is asked less often", () => {
  const window = openWindow("show", at(0), timing);
  const facts = { status: "trailing" as const, window, queueBusy: false };
  const items = [{ mediaKey: "a", addedAt: at(0), plays: false }];
  const pause = (minutes: number) => {
    const decision = decideBatch({ ...facts, items }, at(minutes), timing);
    return decision.kind === "act" && decision.at ? minutesOf(decision.at) - minutes : null;
  };
  expect(pause(21)).toBe(1);
  expect(pause(80)).toBe(1);
  expect(pause(81)).toBe(5);
});

test("with no extension set a busy queue is asked at the pace of the checks, not in a circle", () => {
  const run = play([0], { timing: { ...timing, extensionMs: 0 }, busyUntil: 9.5 });
  expect(run.violations).toEqual([]);
  expect(mailTimes(run)).toEqual([10]);
});

test("an empty batch is over", () => {
  const window = openWindow("show", at(0), timing);
  const facts = { status: "open" as const, window, items: [], queueBusy: false };
  expect(decideBatch(facts, at(7), timing)).toEqual({ kind: "nothingLeft" });
});

test("an alarm that rings early is set again, not obeyed", () => {
  const window = openWindow("show", at(0), timing);
  const open = { status: "open" as const, window, nextLookAt: window.dueAt };
  expect(decideLook(open, at(6.9))).toEqual({ kind: "notYet", at: at(7) });
  expect(decideLook(open, at(7))).toEqual({ kind: "look" });
  expect(decideLook({ ...open, nextLookAt: at(2) }, at(5))).toEqual({ kind: "notYet", at: at(7) });
  const trailing = { status: "trailing" as const, window, nextLookAt: at(3) };
  expect(decideLook(trailing, at(3))).toEqual({ kind: "look" });
});

test("a movie gathers nothing: Plex is asked after half a minute, then at each check", () => {
  const window = openWindow("movie", at(0), timing);
  expect(minutesOf(window.dueAt)).toBe(0.5);
  const facts = { status: "open" as const, window, queueBusy: false };
  const item = { mediaKey: "movie:tmdb:1", addedAt: at(0) };
  expect(
    decideBatch({ ...facts, items: [{ ...item, plays: true }] }, at(0.5), timing),
  ).toMatchObject({ kind: "act", tell: [item.mediaKey], at: null });
  expect(
    decideBatch({ ...facts, items: [{ ...item, plays: false }] }, at(0.5), timing),
  ).toMatchObject({ kind: "act", tell: [], trail: [item.mediaKey], at: at(1.5) });
});

test("without Plex the clock alone decides, for movies too", () => {
  const timer = { ...timing, gate: "timer" as const };
  expect(minutesOf(openWindow("movie", at(0), timer).dueAt)).toBe(7);
  expect(minutesOf(openWindow("show", at(0), timer).dueAt)).toBe(7);
});

test("delays longer than the longest wait, or none at all, stay within the window", () => {
  const eager = { ...timing, initialDelayMs: 0, maxWaitMs: 0 };
  expect(mailTimes(play([0, 1], { timing: eager }))).toEqual([0, 1]);
  const patient = { ...timing, initialDelayMs: 30 * minute, maxWaitMs: 5 * minute };
  expect(mailTimes(play([0], { timing: patient }))).toEqual([5]);
});

const arrivals = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 30 });
const timings = fc.record({
  initialDelayMs: fc.integer({ min: 0, max: 30 }).map((m) => m * minute),
  extensionMs: fc.integer({ min: 0, max: 10 }).map((m) => m * minute),
  maxWaitMs: fc.integer({ min: 0, max: 60 }).map((m) => m * minute),
  checkEveryMs: fc.integer({ min: 1, max: 5 }).map((m) => m * minute),
});

test("for any arrivals: windows hold, each item leaves once, and in time when everything plays", () => {
  fc.assert(
    fc.property(
      arrivals,
      timings,
      fc.integer({ min: 0, max: 300 }),
      (imports, times, busyUntil) => {
        const t = { ...timing, ...times };
        const run = play(imports, { timing: t, busyUntil });
        expect(run.violations).toEqual([]);
        const told = run.mails.flatMap((mail) => mail.items);
        expect(new Set(told).size).toBe(told.length);
        expect(told).toHaveLength(imports.length);
        // One mail per window, none before its first due time nor after it closes.
        expect(run.mails).toHaveLength(run.windows.length);
        for (const [i, window] of run.windows.entries()) {
          const mail = run.mails[i]?.at ?? -1;
          expect(mail).toBeGreaterThanOrEqual(minutesOf(window.dueAt));
          expect(mail).toBeLessThanOrEqual(minutesOf(window.openedAt) + t.maxWaitMs / minute);
        }
      },
    ),
  );
});

test("for any arrivals and any slow Plex: each item leaves once or is given up, and only when it plays", () => {
  const slowness = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 30, maxLength: 30 });
  fc.assert(
    fc.property(arrivals, slowness, (imports, delays) => {
      const playsFrom = (item: string) => delays[Number(item.slice(5))] ?? 0;
      const run = play(imports, { playsFrom, timing: { ...timing, deadlineMs: 360 * minute } });
      expect(run.violations).toEqual([]);
      const left = [...run.mails, ...run.givenUp].flatMap((mail) => mail.items);
      expect([...left].sort()).toEqual(imports.map((_, i) => `item ${i}`).sort());
      for (const mail of run.mails) {
        for (const item of mail.items) expect(mail.at).toBeGreaterThanOrEqual(playsFrom(item));
      }
    }),
    { numRuns: 30 },
  );
});
