import type { ComparedService, FindingKind } from "../run-report";
import { countWords, plural, sentenceCount } from "./count-words";
import { durationWords } from "./moment-words";
import type { StatusKind } from "./status";

export type FindingView = {
  id: number;
  title: string | null;
  posterPath: string | null;
  words: string;
  reason: string | null;
  /** The request it is about; null when it is about none, or that is gone. */
  href: string | null;
};

export type FindingGroupView = {
  kind: FindingKind;
  heading: string;
  status: StatusKind;
  findings: FindingView[];
};

export type RunReportView = {
  id: number;
  /** The worker in words: "Check for missed". */
  name: string;
  startedAt: Date;
  finishedAt: Date | null;
  trigger: "schedule" | "start" | "admin";
  outcome: "ok" | "failed" | "interrupted" | null;
  words: string | null;
  error: string | null;
  progress: { done: number; total: number | null };
  compared: {
    requests: number;
    people: number;
    services: ComparedService[];
    gaps: { from: Date; until: Date }[];
  } | null;
  groups: FindingGroupView[];
  /** Findings that are not shown. */
  more: number;
};

const names: Record<string, string> = {
  reconcile: "Check for missed",
  "sync-users": "Reading people",
  "sync-requests": "Reading requests",
  "refresh-plex": "Reading Plex",
  "review-quality": "Release and quality",
  "weekly-summary": "Weekly summary",
};

/** A worker's name as a title. */
export function runTitle(name: string): string {
  return names[name] ?? name.replaceAll("-", " ").replace(/^./, (c) => c.toUpperCase());
}

/** Kinds in the order they are read: what needs somebody first. */
const groupWords: readonly (readonly [FindingKind, string, StatusKind])[] = [
  ["failed", "Could not be compared", "failed"],
  ["held", "Held for you to look at", "held"],
  ["made_up", "Missed, and made up for", "sent"],
  ["swallowed", "Settled without a mail after the restore", "waiting"],
  ["issue", "Reported issues", "looking"],
  ["gone", "Gone since the last check", "cancelled"],
  ["rearmed", "Lost on the way, and queued again", "retrying"],
  ["seen", "While BingeAlert did not run", "waiting"],
  ["known_before", "There before", "told"],
];

/** Findings by kind, in the order they are read. */
export function groupFindings(
  findings: readonly (FindingView & { kind: FindingKind })[],
): FindingGroupView[] {
  return groupWords.flatMap(([kind, heading, status]) => {
    const some = findings.filter((finding) => finding.kind === kind);
    return some.length === 0 ? [] : [{ kind, heading, status, findings: some }];
  });
}

/** The answer in one sentence: what this run came to. */
export function runVerdict(view: RunReportView): string {
  if (view.finishedAt === null) return view.words ? `${view.words}.` : "It has just begun.";
  if (view.outcome === "interrupted")
    return "It was interrupted, and the next one makes up for it.";
  const count = (kind: FindingKind) =>
    view.groups.find((group) => group.kind === kind)?.findings.length ?? 0;
  const [failed, held, made] = [count("failed"), count("held"), count("made_up")];
  const parts: string[] = [];
  if (made > 0) parts.push(`${sentenceCount(made)} missed, and made up for.`);
  if (held > 0) parts.push(`${sentenceCount(held)} held for you to look at.`);
  if (made + held === 0 && view.compared) parts.push("Nothing was missed.");
  if (failed > 0)
    parts.push(
      failed === 1
        ? "One service could not be compared; the next check does that."
        : `${sentenceCount(failed)} services could not be compared; the next check does that.`,
    );
  if (parts.length > 0) return parts.join(" ");
  if (view.outcome === "failed") return "It did not finish.";
  return view.words ? `${view.words}.` : "Done.";
}

/** What was compared and how long it took, under the verdict. */
export function runEvidence(view: RunReportView, now: Date): string {
  const took = (view.finishedAt ?? now).getTime() - view.startedAt.getTime();
  const compared = view.compared
    ? `${plural(view.compared.requests, "request")} of ${plural(view.compared.people, "person", "people")} compared in ${durationWords(took)}.`
    : view.finishedAt
      ? `It took ${durationWords(took)}.`
      : `For ${durationWords(took)} now.`;
  const why = {
    schedule: "Started by the clock.",
    start: "Started because BingeAlert did.",
    admin: "Started by hand.",
  }[view.trigger];
  return `${compared} ${why}`;
}

/** "12 of 80" while the length is known, else how many so far. */
export function progressWords({ done, total }: RunReportView["progress"]): string {
  return total === null ? countWords(done) : `${countWords(done)} of ${countWords(total)}`;
}
