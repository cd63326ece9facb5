import { type Statistics, type WaitLength, waitLengths } from "../statistics";
import { countWords, plural } from "./count-words";
import { durationWords, longDate, type Reader, sentenceMoment, shortDate } from "./moment-words";
import { stateChoices, stateMark } from "./request-state-words";
import type { StatusKind } from "./status";

/** How long people wait, and what for: figures one would rather look at than read. */
export type StatisticsView = {
  /** The answer in a sentence, then what it rests on. */
  verdict: string;
  evidence: string;
  /** Whether anybody ever asked for anything. */
  knowsNothing: boolean;
  weeks: WaitWeekView[];
  median: string | null;
  watchable: number;
  /** How long what became watchable had been waited for, over all weeks. */
  lengths: BarView[];
  waiting: BarView[];
  longest: LongWaitView[];
  queue: BarView[];
};

export type WaitWeekView = {
  week: string;
  /** Its Monday, `16 Nov`. */
  label: string;
  isNow: boolean;
  watchable: number;
  medianHours: number | null;
  /** `5 h`, `3 days`; null without any. */
  median: string | null;
};

/** One horizontal bar: what, how many, and what one may open. */
export type BarView = {
  key: string;
  label: string;
  /** What the count is made of, or when it goes on. */
  detail: string | null;
  count: number;
  /** Its part of all of them in words, `31 %`; null where they are no parts of a whole. */
  share: string | null;
  mark: StatusKind | null;
  href: string | null;
};

export type LongWaitView = {
  requestId: number;
  title: string;
  posterPath: string | null;
  mark: { kind: StatusKind; word: string };
  since: Date;
};

const lengthWords: Record<WaitLength, string> = {
  hour: "Up to an hour",
  day: "Up to a day",
  week: "Up to a week",
  month: "Up to a month",
  longer: "Longer than a month",
};

/** Puts the figures into words for a reader. */
export function statisticsView(
  statistics: Statistics,
  hasRequests: boolean,
  reader: Reader,
): StatisticsView {
  const { all } = statistics;
  return {
    verdict: verdict(statistics, hasRequests),
    evidence: evidence(statistics, hasRequests, reader),
    knowsNothing: !hasRequests,
    weeks: weekViews(statistics, reader),
    median: all.medianHours === null ? null : waitWords(all.medianHours),
    watchable: all.watchable,
    lengths: waitLengths.map((length) => ({
      ...{ key: length, label: lengthWords[length], detail: null, mark: null, href: null },
      count: all.lengths[length],
      share:
        all.watchable === 0 ? null : `${Math.round((100 * all.lengths[length]) / all.watchable)} %`,
    })),
    waiting: waitingBars(statistics.waiting),
    longest: statistics.longest.map(({ id, state, ...title }) => ({
      ...title,
      requestId: id,
      mark: stateMark(state),
    })),
    queue: queueBars(statistics.queue, reader),
  };
}

/** A word of a state that does not begin its line; "Plex" stays a name. */
const withinLine = (words: string) =>
  words.startsWith("Plex") ? words : words.charAt(0).toLowerCase() + words.slice(1);

const waitWords = (hours: number) => durationWords(hours * 3_600_000);

/** Noon, so that no zone makes another day of it. */
const dayOf = (day: string) => new Date(`${day}T12:00:00Z`);

function weekViews({ weeks }: Statistics, reader: Reader): WaitWeekView[] {
  return weeks.map(({ week, watchable, medianHours }, index) => ({
    week,
    label: shortDate(dayOf(week), { ...reader, timeZone: "UTC" }),
    isNow: index === weeks.length - 1,
    watchable,
    medianHours,
    median: medianHours === null ? null : waitWords(medianHours),
  }));
}

function verdict({ all }: Statistics, hasRequests: boolean): string {
  if (!hasRequests) return "Nobody has asked for anything yet.";
  if (all.medianHours === null) return "Nothing became watchable in these twelve weeks yet.";
  if (all.watchable === 1) return `The one wait of these weeks took ${waitWords(all.medianHours)}.`;
  return `Half of the waits were over within ${waitWords(all.medianHours)}.`;
}

function evidence(
  { all, weeks, waiting }: Statistics,
  hasRequests: boolean,
  reader: Reader,
): string {
  if (!hasRequests) return "The first figures are here with the first request.";
  const monday = weeks[0]?.week;
  const parts: string[] = [];
  if (monday && all.watchable > 0) {
    const since = longDate(dayOf(monday), { ...reader, timeZone: "UTC" });
    parts.push(`${plural(all.watchable, "request")} became watchable since ${since}.`);
  }
  const open = waiting.reduce((sum, { count }) => sum + count, 0);
  parts.push(
    open === 0
      ? "Nothing is waited for now."
      : `${plural(open, "request is", "requests are")} waited for now.`,
  );
  return parts.join(" ");
}

/** By the choices of the list's own filter, so that each bar opens exactly what it counts. */
function waitingBars(waiting: Statistics["waiting"]): BarView[] {
  return stateChoices
    .flatMap((choice): BarView[] => {
      const within = waiting.filter(({ state }) => choice.states.includes(state));
      const first = within[0];
      if (!first) return [];
      const words = within.map(
        ({ state, count }) =>
          `${withinLine(stateMark(state).word)}${within.length === 1 ? "" : ` ${countWords(count)}`}`,
      );
      return [
        {
          key: choice.value,
          label: choice.label,
          detail: choice.states.length > 1 ? words.join(", ") : null,
          count: within.reduce((sum, { count }) => sum + count, 0),
          share: null,
          mark: stateMark(first.state).kind,
          href: `/requests?state=${choice.value}`,
        },
      ];
    })
    .sort((a, b) => b.count - a.count);
}

function queueBars({ mails, jobs }: Statistics["queue"], reader: Reader): BarView[] {
  const { nextDueAt } = mails;
  const next =
    nextDueAt === null
      ? null
      : nextDueAt <= reader.now
        ? "next is due"
        : `next at ${sentenceMoment(nextDueAt, reader)}`;
  const leaving = "/notifications?tab=leaving";
  const rows: Omit<BarView, "share">[] = [
    {
      ...{ key: "gathering", label: "Gathering", mark: "waiting", href: "/requests?state=waiting" },
      ...{ detail: "for a mail", count: mails.gathering },
    },
    {
      ...{ key: "scheduled", label: "Scheduled", mark: "scheduled", href: leaving },
      ...{ detail: next, count: mails.scheduled },
    },
    {
      ...{ key: "sending", label: "Sending", mark: "sending", href: leaving },
      ...{ detail: null, count: mails.sending },
    },
    {
      ...{ key: "retrying", label: "Retrying", mark: "retrying", href: leaving },
      ...{ detail: mails.scheduled > 0 ? null : next, count: mails.retrying },
    },
    {
      ...{ key: "held", label: "On hold", mark: "held", href: "/notifications/held" },
      ...{ detail: "you decide", count: mails.held },
    },
    {
      ...{ key: "due", label: "Jobs due", mark: null, href: "/system" },
      ...{ detail: "no worker has taken them", count: jobs.due },
    },
    {
      ...{ key: "failing", label: "Jobs that fail", mark: "failed", href: "/system" },
      ...{ detail: "Health says why", count: jobs.failing },
    },
  ];
  return rows.filter(({ count }) => count > 0).map((row) => ({ ...row, share: null }));
}
