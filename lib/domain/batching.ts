/**
 * When a mail leaves (PRODUCT section 7). A batch opens with its first item, each further item keeps it back a
 * little, and it leaves at the latest when its window closes, with what Plex can play by then. What Plex does not
 * show by then trails: it is asked for until the deadline, then the admin is told.
 */

export type BatchTiming = {
  initialDelayMs: number;
  extensionMs: number;
  maxWaitMs: number;
  checkEveryMs: number;
  movieFirstCheckMs: number;
  deadlineMs: number;
  /** `plex`: items wait until Plex shows them. `timer`: no Plex is configured, the clock alone decides. */
  gate: "plex" | "timer";
};

export type BatchWindow = { openedAt: Date; dueAt: Date; closesAt: Date };

const later = (date: Date, ms: number) => new Date(date.getTime() + ms);
const earliest = (a: Date, b: Date) => (a <= b ? a : b);
const latest = (a: Date, b: Date) => (a >= b ? a : b);

/** The window of a batch that opens now. A movie gathers nothing: its window closes at the first look. */
export function openWindow(kind: "show" | "movie", now: Date, timing: BatchTiming): BatchWindow {
  if (kind === "movie") {
    const dueAt = later(
      now,
      timing.gate === "plex" ? timing.movieFirstCheckMs : timing.initialDelayMs,
    );
    return { openedAt: now, dueAt, closesAt: dueAt };
  }
  const closesAt = later(now, timing.maxWaitMs);
  return { openedAt: now, dueAt: earliest(later(now, timing.initialDelayMs), closesAt), closesAt };
}

/** The window of a batch that was kept back when one more item joins: it gathers anew, as if it opened now. */
export function renewWindow(
  kind: "show" | "movie",
  window: BatchWindow,
  now: Date,
  timing: BatchTiming,
): BatchWindow {
  return { ...openWindow(kind, now, timing), openedAt: window.openedAt };
}

/** The window after one more item: at least one extension from now, never after it closes. */
export function extendWindow(window: BatchWindow, now: Date, timing: BatchTiming): BatchWindow {
  const dueAt = latest(window.dueAt, later(now, timing.extensionMs));
  return { ...window, dueAt: earliest(dueAt, window.closesAt) };
}

/** Whether it is time to ask Sonarr and Plex about a batch, and if not, when. */
export function decideLook(
  batch: { status: "open" | "trailing"; window: BatchWindow; nextLookAt: Date },
  now: Date,
): { kind: "look" } | { kind: "notYet"; at: Date } {
  const at =
    batch.status === "open" ? latest(batch.window.dueAt, batch.nextLookAt) : batch.nextLookAt;
  return now >= at ? { kind: "look" } : { kind: "notYet", at };
}

export type BatchFacts = {
  status: "open" | "trailing";
  window: BatchWindow;
  /** What waits, and whether Plex plays it (always true with the timer gate). */
  items: readonly { mediaKey: string; addedAt: Date; plays: boolean }[];
  /** Whether the instance is still downloading or importing something of this group. */
  queueBusy: boolean;
};

export type BatchDecision =
  /** Everything that waited is gone: told on other account, removed, or given up. */
  | { kind: "nothingLeft" }
  /** More is on its way: the mail is kept back by one extension. */
  | { kind: "extend"; dueAt: Date }
  /** Plex does not show all of it yet and the window is open. */
  | { kind: "askAgain"; at: Date; missing: string[] }
  /** `tell` leaves now; `trail` waits on alone until `at`; for `giveUp` the admin is told instead. */
  | { kind: "act"; tell: string[]; trail: string[]; giveUp: string[]; at: Date | null };

/** What is ready stays in the batch until its reader's time has come; what is not is asked for all the same. */
export type BatchHold = {
  kind: "hold";
  ready: string[];
  trail: string[];
  giveUp: string[];
  /** When the batch is looked at again. */
  at: Date;
};

/** What becomes of a mail that is ready but may not leave before `lookAt`. */
export function keepBack(act: Extract<BatchDecision, { kind: "act" }>, lookAt: Date): BatchHold {
  const { tell, trail, giveUp, at } = act;
  return { kind: "hold", ready: tell, trail, giveUp, at: at ? earliest(at, lookAt) : lookAt };
}

/** What to do with a batch that is looked at now. */
export function decideBatch(facts: BatchFacts, now: Date, timing: BatchTiming): BatchDecision {
  if (facts.items.length === 0) return { kind: "nothingLeft" };
  const { closesAt } = facts.window;
  const isOpen = facts.status === "open" && now < closesAt;
  if (isOpen && facts.queueBusy) {
    // With no extension set the queue is still asked again at the pace of the checks, not in a circle.
    const pause = Math.max(timing.extensionMs, timing.checkEveryMs);
    return { kind: "extend", dueAt: earliest(later(now, pause), closesAt) };
  }
  const missing = facts.items.filter((item) => !item.plays);
  if (isOpen && missing.length > 0) {
    return {
      kind: "askAgain",
      at: earliest(later(now, timing.checkEveryMs), closesAt),
      missing: missing.map((item) => item.mediaKey),
    };
  }
  const tooLate = (item: { addedAt: Date }) => now >= later(item.addedAt, timing.deadlineMs);
  const trail = missing.filter((item) => !tooLate(item));
  return {
    kind: "act",
    tell: facts.items.filter((item) => item.plays).map((item) => item.mediaKey),
    trail: trail.map((item) => item.mediaKey),
    giveUp: missing.filter(tooLate).map((item) => item.mediaKey),
    at: trail.length > 0 ? later(now, trailingPause(facts.window, now, timing)) : null,
  };
}

/** After an hour of asking in vain Plex is asked five times less often: it is a day until the deadline. */
function trailingPause(window: BatchWindow, now: Date, timing: BatchTiming): number {
  const patience = 60 * 60 * 1000;
  return now.getTime() - window.closesAt.getTime() > patience
    ? timing.checkEveryMs * 5
    : timing.checkEveryMs;
}
