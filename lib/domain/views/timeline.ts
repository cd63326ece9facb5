import type { PersonView } from "./person";

/** What a row of the timeline is; decides its node. */
export type TimelineKind =
  | "fact"
  | "decision"
  | "wait"
  | "told"
  | "not_told"
  | "trouble"
  | "future";

/** The past, one row: one sentence, its reason, who says so. */
export type TimelineRowView = {
  id: string;
  at: Date;
  kind: Exclude<TimelineKind, "future">;
  code: string;
  words: string;
  reason: string | null;
  source: string;
  people: PersonView[];
  /** Its cause: an inbound event, a mail. */
  href: string | null;
};

/** Equal neighbours, folded into one row that opens. */
export type TimelineFoldView = {
  id: string;
  kind: TimelineRowView["kind"];
  code: string;
  words: string;
  source: string;
  from: Date;
  to: Date;
  rows: TimelineRowView[];
};

/** What will happen. `at` is absent when nobody knows. */
export type TimelineFutureView = {
  at: Date | null;
  lead: string;
  words: string;
  fallback: string | null;
  /** What it is about, where the page itself is not. */
  href?: string;
};

/** The batching window: opened, was due, closes, and where items arrived. */
export type WindowView = {
  openedAt: Date;
  dueAt: Date;
  closesAt: Date;
  ticks: { at: Date; label: string }[];
};

/** What is waited for now. */
export type TimelineWaitView = {
  headline: string;
  detail: string;
  startedAt: Date;
  until: Date | null;
  window: WindowView | null;
};

/** The three zones; without a wait the now zone is one line. */
export type TimelineView = {
  next: TimelineFutureView[];
  wait: TimelineWaitView | null;
  idleLine: string;
  past: TimelineRowView[];
  older: number;
};

/** Which rows one wants to see. */
export type TimelineFilter = "everything" | "decisions" | "mails";

/** Reads the filter from the address; anything else is everything. */
export function timelineFilter(value: string | undefined): TimelineFilter {
  return value === "decisions" || value === "mails" ? value : "everything";
}

/** Rows that say the same fold from so many on; imports and grabs, which differ, from so many. */
const FOLD_EQUAL_FROM = 2;
const FOLD_SIMILAR_FROM = 5;

/**
 * Folds equal neighbours of one day: the same code and source with the same words ("Plex asked 6
 * times"), or five and more imports or grabs in a row. Rows about people never fold.
 */
export function foldTimeline(
  rows: readonly TimelineRowView[],
  sameDay: (a: Date, b: Date) => boolean,
): (TimelineRowView | TimelineFoldView)[] {
  const folded: (TimelineRowView | TimelineFoldView)[] = [];
  let run: TimelineRowView[] = [];
  const flush = () => {
    const first = run[0];
    const last = run.at(-1);
    if (first && last && run.length >= (isEqualRun(run) ? FOLD_EQUAL_FROM : FOLD_SIMILAR_FROM)) {
      folded.push({
        id: `fold-${first.id}`,
        kind: first.kind,
        code: first.code,
        words: foldWords(run),
        source: first.source,
        from: last.at,
        to: first.at,
        rows: run,
      });
    } else {
      folded.push(...run);
    }
    run = [];
  };
  for (const row of rows) {
    const previous = run.at(-1);
    if (previous && !(canFold(previous, row) && sameDay(previous.at, row.at))) flush();
    run.push(row);
  }
  flush();
  return folded;
}

function canFold(a: TimelineRowView, b: TimelineRowView): boolean {
  if (a.kind !== b.kind || a.code !== b.code || a.source !== b.source) return false;
  if (a.kind !== "fact" && a.kind !== "wait" && a.kind !== "decision") return false;
  return a.words === b.words || (a.kind === "fact" && /import|grab/.test(a.code));
}

const isEqualRun = (rows: readonly TimelineRowView[]) =>
  rows.every((row) => row.words === rows[0]?.words);

function foldWords(rows: readonly TimelineRowView[]): string {
  const first = rows[0];
  if (!first) return "";
  // Sonarr and Radarr report one import by two or three events.
  if (isEqualRun(rows) && /import|grab/.test(first.code)) {
    return `${first.words}, in ${rows.length} events`;
  }
  if (isEqualRun(rows)) return `${first.words}, ${rows.length} times`;
  const verb = /grab/.test(first.code) ? "grabbed" : "imported";
  return `${rows.length} files ${verb}`;
}
