import type { IssueChange } from "./inbound";
import { type IssueScope, type Replacement, scopeWords } from "./issue-files";

/**
 * The life of a reported problem (PRODUCT section 11): reported → fixing → resolved; `failed` waits for the admin,
 * `abandoned` is open in Seerr but nothing more is tried by itself. Only another file resolves it, or a person.
 */

export const issueStatuses = ["reported", "fixing", "resolved", "failed", "abandoned"] as const;
export type IssueStatus = (typeof issueStatuses)[number];
export const issueTypes = ["video", "audio", "subtitles", "other"] as const;
export type IssueType = (typeof issueTypes)[number];
export type IssueMode = "manual" | "auto" | "auto_notify";
/** A repair begins by itself, by the admin's hand, or once more because the last one brought nothing. */
export type FixCause = "auto" | "admin" | "again";

export const maxAttempts = 3;

const day = 86_400_000;

/** The tries of a repair's job reach over a good day; one that runs longer than this has lost its way. */
const longestRepairMs = 3 * day;

/** What a webhook of Seerr means for an issue. */
export type IssueStep =
  | { kind: "report" }
  /** The issue is not known yet: it is stored, and nothing is begun on account of this. */
  | { kind: "learn" }
  | { kind: "record" }
  | { kind: "resolve" }
  | { kind: "reopen" }
  | { kind: "nothing"; because: string };

/** Decides about an event. Webhooks come twice, out of order, and as echoes of what was done here. */
export function decideIssueStep(
  change: IssueChange,
  known: { status: IssueStatus; isAnnounced: boolean } | null,
  isOwnComment: boolean,
): IssueStep {
  switch (change) {
    case "created":
      return known?.isAnnounced || known?.status === "resolved"
        ? { kind: "nothing", because: "The issue is known already" }
        : { kind: "report" };
    case "commented":
      if (isOwnComment) return { kind: "nothing", because: "BingeAlert wrote this comment" };
      return known ? { kind: "record" } : { kind: "learn" };
    case "resolved":
      return known?.status === "resolved"
        ? { kind: "nothing", because: "It is resolved here already" }
        : { kind: "resolve" };
    case "reopened":
      if (!known) return { kind: "report" };
      return known.status === "resolved"
        ? { kind: "reopen" }
        : { kind: "nothing", because: "It is open here already" };
  }
}

/** Whether a comment is one that was written here; templates may change its white space. */
export function isOwnComment(text: string | null, own: readonly string[]): boolean {
  const plain = (words: string) => words.replace(/\s+/g, " ").trim();
  return text !== null && own.some((comment) => plain(comment) === plain(text));
}

export type FixDecision =
  | { kind: "fix"; number: number }
  | {
      kind: "refuse";
      code: "resolved" | "running" | "all_seasons" | "used_up" | "unknown";
      because: string;
    };

/** Whether a repair may begin. */
export function decideFix(issue: {
  status: IssueStatus;
  scope: IssueScope | null;
  attemptCount: number;
  isRunning: boolean;
}): FixDecision {
  const refuse = (code: Extract<FixDecision, { kind: "refuse" }>["code"], because: string) => ({
    kind: "refuse" as const,
    code,
    because,
  });
  if (issue.status === "resolved") return refuse("resolved", "It is resolved already");
  if (issue.isRunning) return refuse("running", "A repair is being carried out");
  if (issue.scope === null) {
    return refuse("unknown", "What it is about is not known yet: Seerr has to answer first");
  }
  if (issue.scope.kind === "allSeasons") {
    return refuse(
      "all_seasons",
      "It is about all seasons. Replacing a whole show is left to you, in Sonarr",
    );
  }
  if (issue.attemptCount >= maxAttempts) {
    return refuse("used_up", `${maxAttempts} repairs brought no other file. Look in the library`);
  }
  return { kind: "fix", number: issue.attemptCount + 1 };
}

/** What a mode does with a report. */
export function modeSteps(mode: IssueMode): { fixes: boolean; tellsAdmin: boolean } {
  return { fixes: mode !== "manual", tellsAdmin: mode !== "auto" };
}

/** In milliseconds. */
export type IssueCutoffs = { fixingMs: number; reportedMs: number; abandonMs: number };

/** Whether an open issue has waited so long that the library is asked about it. */
export function isStale(
  issue: { status: IssueStatus; steppedAt: Date },
  cutoffs: IssueCutoffs,
  now: Date,
): boolean {
  if (issue.status === "resolved") return false;
  const waited = now.getTime() - issue.steppedAt.getTime();
  return waited >= (issue.status === "fixing" ? cutoffs.fixingMs : cutoffs.reportedMs);
}

export type StaleStep =
  | { kind: "resolve" }
  | { kind: "wait" }
  | { kind: "fixAgain" }
  | { kind: "fixFirst" }
  | { kind: "askAdmin"; because: string }
  | { kind: "abandon"; because: string };

/** What becomes of an issue that waited past its cutoff, after the library was asked. */
export function decideStale(
  issue: {
    status: IssueStatus;
    steppedAt: Date;
    attemptCount: number;
    isRunning: boolean;
    /** Maintenance is under way, in which a repair that begins by itself waits. */
    isResting: boolean;
    knownBefore: boolean;
  },
  look: { replacement: Replacement; isDownloading: boolean },
  mode: IssueMode,
  cutoffs: IssueCutoffs,
  now: Date,
): StaleStep {
  if (look.replacement.kind === "replaced") return { kind: "resolve" };
  if (issue.status === "abandoned") return { kind: "wait" };
  const waited = now.getTime() - issue.steppedAt.getTime();
  if (issue.status === "fixing" && !issue.isRunning && !look.isDownloading) {
    return issue.attemptCount < maxAttempts
      ? { kind: "fixAgain" }
      : { kind: "askAdmin", because: `${maxAttempts} repairs brought no other file` };
  }
  const isLost = issue.isRunning && !issue.isResting && waited > longestRepairMs;
  if (issue.status === "fixing" && isLost && !look.isDownloading) {
    const days = longestRepairMs / day;
    return { kind: "askAdmin", because: `The repair did not come to its search in ${days} days` };
  }
  if (waited > cutoffs.abandonMs && !issue.isRunning) {
    const days = Math.round(cutoffs.abandonMs / day);
    return {
      kind: "abandon",
      because: `Nothing happened for ${days} ${days === 1 ? "day" : "days"}. It stays open in Seerr`,
    };
  }
  if (look.isDownloading) return { kind: "wait" };
  const isMissed = issue.status === "reported" && issue.attemptCount === 0 && !issue.knownBefore;
  return isMissed && modeSteps(mode).fixes ? { kind: "fixFirst" } : { kind: "wait" };
}

/**
 * Which class an issue is about: Seerr does not say. What only one class has decides, then the reporter's own words,
 * then what the reporter asked for; HD otherwise.
 */
export function decideIssueClass(facts: {
  hasHd: boolean;
  hasFourK: boolean;
  message: string | null;
  /** Classes the reporter's requests for the title are of. */
  askedFourK: readonly boolean[];
}): boolean {
  if (facts.hasHd !== facts.hasFourK) return facts.hasFourK;
  if (/\b(4k|uhd|2160p?)\b/i.test(facts.message ?? "")) return true;
  return facts.askedFourK.length > 0 && facts.askedFourK.every((isFourK) => isFourK);
}

/** "a problem with the audio", as in a sentence. */
export function problemWords(type: IssueType): string {
  return type === "other" ? "a problem" : `a problem with the ${type}`;
}

/** "a problem with the audio of season 2", "a problem with the movie". */
export function reportWords(type: IssueType, scope: IssueScope | null): string {
  if (!scope) return problemWords(type);
  return `${problemWords(type)} ${type === "other" ? "with" : "of"} ${scopeWords(scope)}`;
}
