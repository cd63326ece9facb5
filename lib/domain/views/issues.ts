import { type IssueStatus, type IssueType, reportWords } from "../issue";
import { issueScope } from "../issue-files";
import type { PersonView } from "./person";
import type { StatusKind } from "./status";
import type { TimelineView } from "./timeline";

/** Reported problems as pages show them. */

export const issueTabs = ["open", "needs_you", "fixing", "resolved", "all"] as const;
export type IssueTab = (typeof issueTabs)[number];

export type IssueStateView = { kind: StatusKind; word: string; detail: string | null };

export type IssueRowView = {
  id: number;
  seerrIssueId: number;
  title: string;
  year: number | null;
  posterPath: string | null;
  isFourK: boolean;
  /** "Season 2, episode 4", "Movie". */
  about: string;
  problem: string;
  message: string | null;
  reporter: PersonView;
  state: IssueStateView;
  lastNewsAt: Date;
};

export type IssueListView = {
  rows: IssueRowView[];
  counts: { open: number; needsYou: number; fixing: number };
  newer: string | null;
  older: string | null;
};

export type IssueAttemptView = {
  number: number;
  words: string;
  outcome: string | null;
  state: StatusKind;
  startedAt: Date;
  /** Titles of the releases on the blocklist. */
  blocked: string[];
};

export type IssueDetailView = IssueRowView & {
  requestId: number | null;
  reportedAt: Date;
  verdict: string;
  canFix: boolean;
  canResolve: boolean;
  /** Its page in Seerr. */
  seerrUrl: string | null;
  attempts: IssueAttemptView[];
  timeline: TimelineView;
  facts: { term: string; value: string; mono: boolean }[];
};

type StateFacts = {
  status: IssueStatus;
  statusReason: string | null;
  attemptCount: number;
  resolvedBy: "replacement" | "seerr" | "admin" | null;
};

const resolvedWords = {
  replacement: "By another file",
  seerr: "In Seerr",
  admin: "By hand",
} as const;

/** The state of an issue as a mark, a word and what is beside it. */
export function issueStateView(issue: StateFacts): IssueStateView {
  switch (issue.status) {
    case "reported":
      return { kind: "waiting", word: "Reported", detail: "Nothing begun yet" };
    case "fixing":
      return {
        kind: "looking",
        word: "Being fixed",
        detail: `Repair ${issue.attemptCount} of 3`,
      };
    case "resolved":
      return {
        kind: "told",
        word: "Resolved",
        detail: issue.resolvedBy && resolvedWords[issue.resolvedBy],
      };
    case "failed":
      return { kind: "failed", word: "Needs you", detail: issue.statusReason };
    case "abandoned":
      return { kind: "cancelled", word: "Abandoned", detail: issue.statusReason };
  }
}

type AboutFacts = {
  mediaType: "movie" | "tv" | null;
  season: number | null;
  episode: number | null;
};

/** "Movie", "Season 2, episode 4", "All seasons". */
export function issueAbout(issue: AboutFacts): string {
  const scope = issueScope(issue);
  switch (scope?.kind) {
    case "movie":
      return "Movie";
    case "episode":
      return `Season ${scope.season}, episode ${scope.episode}`;
    case "season":
      return `Season ${scope.season}`;
    case "allSeasons":
      return "All seasons";
    default:
      return "Not known yet";
  }
}

const problemNames: Record<IssueType, string> = {
  video: "Video",
  audio: "Audio",
  subtitles: "Subtitles",
  other: "Other",
};

/** The kind of a problem as a word of its own. */
export const problemName = (type: IssueType): string => problemNames[type];

export const problemChoices = Object.entries(problemNames).map(([value, label]) => ({
  value,
  label,
}));

/** One sentence: how an issue stands. */
export function issueVerdict(
  issue: StateFacts & AboutFacts & { type: IssueType; reporter: string; isDownloading: boolean },
): string {
  const report = `${issue.reporter} reported ${reportWords(issue.type, issueScope(issue))}`;
  switch (issue.status) {
    case "reported":
      return `${report}. Nothing is done until you press Fix.`;
    case "fixing":
      return issue.isDownloading
        ? `${report}. A replacement was found and is on its way.`
        : `${report}. Another file is looked for; the old one stays until it is there.`;
    case "resolved":
      return issue.resolvedBy === "replacement"
        ? `${report}. Another file is there now.`
        : `${report}. It was resolved ${issue.resolvedBy === "admin" ? "by hand" : "in Seerr"}.`;
    case "failed":
      return `${report}. It needs you.`;
    case "abandoned":
      return `${report}. Nothing more is tried by itself; Fix still works.`;
  }
}
