import type { RequestState } from "./request-state";

/** How long people wait, what waits now and for what: counted, not yet in words. */
export type Statistics = {
  /** Oldest first, the week that runs now last; a week in which nothing became watchable is there too. */
  weeks: (Waits & { week: string })[];
  /** Of all these weeks together. */
  all: Waits;
  /** Requests that are not over. */
  waiting: { state: RequestState; count: number }[];
  /** Of those that nothing can be watched of, the oldest. */
  longest: LongWait[];
  queue: QueueCounts;
};

export type LongWait = {
  id: number;
  title: string;
  posterPath: string | null;
  state: RequestState;
  since: Date;
};

/** From asking to the first thing that could be watched. */
export type Waits = {
  /** Requests of which something could be watched for the first time. */
  watchable: number;
  /** Null when nothing could. */
  medianHours: number | null;
  /** How many waited how long; each counts once. */
  lengths: Record<WaitLength, number>;
};

/** Up to an hour, longer up to a day, up to a week, up to 30 days, longer still. */
export const waitLengths = ["hour", "day", "week", "month", "longer"] as const;
export type WaitLength = (typeof waitLengths)[number];

export type QueueCounts = {
  mails: {
    /** Batches that gather episodes or wait for Plex: each becomes a mail. */
    gathering: number;
    scheduled: number;
    sending: number;
    retrying: number;
    held: number;
    /** When the next one of those that have a time may leave. */
    nextDueAt: Date | null;
  };
  jobs: {
    /** Could run now, and no worker has taken them yet. */
    due: number;
    /** Their last try failed. */
    failing: number;
  };
};

export const noWaits: Waits = {
  watchable: 0,
  medianHours: null,
  lengths: { hour: 0, day: 0, week: 0, month: 0, longer: 0 },
};

/** The Mondays of the last `count` weeks, oldest first, up to the week that `today` (`2026-11-29`) is in. */
export function lastMondays(today: string, count: number): string[] {
  const day = new Date(`${today}T00:00:00Z`);
  const sinceMonday = (day.getUTCDay() + 6) % 7;
  return Array.from({ length: count }, (_, index) => {
    const back = sinceMonday + 7 * (count - 1 - index);
    return new Date(day.getTime() - back * 86_400_000).toISOString().slice(0, 10);
  });
}
