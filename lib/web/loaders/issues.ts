import "server-only";
import { cache } from "react";
import { type IssueStatus, issueTypes, maxAttempts } from "@/lib/domain/issue";
import { issueScope } from "@/lib/domain/issue-files";
import {
  type IssueAttemptView,
  type IssueDetailView,
  type IssueListView,
  type IssueRowView,
  type IssueTab,
  issueAbout,
  issueStateView,
  issueTabs,
  issueVerdict,
  problemName,
} from "@/lib/domain/views/issues";
import { firstName, personView } from "@/lib/domain/views/person";
import type { StatusKind } from "@/lib/domain/views/status";
import type { TimelineRowView } from "@/lib/domain/views/timeline";
import { type IssueAttempt, listAttempts } from "@/lib/store/issue-attempts";
import type { Issue } from "@/lib/store/issues";
import { listInstanceNames } from "@/lib/store/views/instance-names";
import {
  countIssues,
  findIssueRow,
  listIssueEntries,
  listIssuePage,
} from "@/lib/store/views/issue-list";
import { encodePlace, keysetWindow } from "@/lib/store/views/keyset";
import { webContext, webDatabase } from "../service-context";
import { requireViewer } from "../viewer";

export type IssueQuery = Partial<
  Record<"q" | "tab" | "type" | "quality" | "after" | "before", string | undefined>
>;

const PAGE_SIZE = 50;
const ENTRIES = 200;

const statusesOf: Record<IssueTab, IssueStatus[] | null> = {
  open: ["reported", "fixing", "failed", "abandoned"],
  needs_you: ["reported", "failed"],
  fixing: ["fixing"],
  resolved: ["resolved"],
  all: null,
};

/** The tab an address asks for. */
export const issueTab = (text: string | undefined): IssueTab =>
  issueTabs.find((tab) => tab === text) ?? "open";

/** One page of issues, newest news first. */
export const loadIssueList = cache(async (query: IssueQuery): Promise<IssueListView> => {
  await requireViewer();
  const { db } = webDatabase();
  const [page, counts] = await Promise.all([
    listIssuePage(
      db,
      {
        text: query.q?.trim().slice(0, 200).replaceAll("\0", "") || null,
        statuses: statusesOf[issueTab(query.tab)],
        type: issueTypes.find((type) => type === query.type) ?? null,
        isFourK: query.quality === "4k" ? true : query.quality === "hd" ? false : null,
      },
      keysetWindow(query.after, query.before),
      PAGE_SIZE,
    ),
    countIssues(db),
  ]);
  return {
    rows: page.rows.map(issueRow),
    counts,
    newer: page.newer && encodePlace(page.newer),
    older: page.older && encodePlace(page.older),
  };
});

function issueRow(issue: Issue & { reporter: string | null }): IssueRowView {
  return {
    id: issue.id,
    seerrIssueId: issue.seerrIssueId,
    title: issue.title,
    year: issue.year,
    posterPath: issue.posterPath,
    isFourK: issue.isFourK,
    about: issueAbout(issue),
    problem: problemName(issue.type),
    message: issue.message,
    reporter: personView(issue.reporterId, issue.reporter ?? "Somebody"),
    state: issueStateView(issue),
    lastNewsAt: issue.lastNewsAt,
  };
}

/** One issue with all that was done about it; null when there is none with this id. */
export const loadIssueDetail = cache(async (issueId: number): Promise<IssueDetailView | null> => {
  await requireViewer();
  const { db } = webDatabase();
  const [issue, attempts, entries, instances, config] = await Promise.all([
    findIssueRow(db, issueId),
    listAttempts(db, [issueId]),
    listIssueEntries(db, issueId, ENTRIES),
    listInstanceNames(db),
    webContext().loadConfig(),
  ]);
  if (!issue) return null;
  const row = issueRow(issue);
  const isRunning = attempts.some(({ state }) => state === "begun" || state === "searching");
  const base = config.settings.JELLYSEERR_URL.replace(/\/+$/, "");
  const past = entries.map(
    (entry): TimelineRowView => ({
      id: String(entry.id),
      at: entry.at,
      kind: entry.kind,
      code: entry.code,
      words: entry.words,
      reason: entry.reason,
      source:
        entry.source === "BingeAlert" ? "" : entry.source === "admin" ? "by you" : entry.source,
      people: [],
      href: entry.notificationId
        ? `/notifications?scope=history&id=${entry.notificationId}`
        : entry.eventId
          ? `/inbox/${entry.eventId}`
          : null,
    }),
  );
  const searchedAt = attempts.at(-1)?.searchedAt ?? attempts.at(-1)?.startedAt ?? null;
  const isDownloading =
    issue.status === "fixing" &&
    past.some(
      (entry) => entry.code === "issue_grabbed" && searchedAt !== null && entry.at >= searchedAt,
    );
  return {
    ...row,
    requestId: issue.requestId,
    reportedAt: issue.reportedAt,
    verdict: issueVerdict({
      ...issue,
      reporter: firstName(row.reporter.name),
      isDownloading,
    }),
    canFix: canFix(issue, isRunning),
    canResolve: issue.status !== "resolved",
    seerrUrl: base === "" ? null : `${base}/issues/${issue.seerrIssueId}`,
    attempts: attempts.map(attemptView),
    timeline: {
      next: [],
      wait: null,
      idleLine: row.state.detail
        ? `${row.state.word}: ${lowerFirst(row.state.detail)}`
        : row.state.word,
      past,
      older: 0,
    },
    facts: issueFacts(issue, instances),
  };
});

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

function canFix(issue: Issue, isRunning: boolean): boolean {
  const kind = issueScope(issue)?.kind;
  return (
    issue.status !== "resolved" &&
    !isRunning &&
    issue.attemptCount < maxAttempts &&
    kind !== undefined &&
    kind !== "allSeasons"
  );
}

const attemptStates: Record<IssueAttempt["state"], StatusKind> = {
  begun: "sending",
  searching: "sending",
  searched: "looking",
  failed: "failed",
  replaced: "told",
  stopped: "cancelled",
};

const attemptCauses: Record<IssueAttempt["cause"], string> = {
  auto: "Begun by itself",
  admin: "Begun by you",
  again: "Begun once more, by itself",
};

function attemptView(attempt: IssueAttempt): IssueAttemptView {
  const by = attempt.cause === "admin" && attempt.actor !== "admin" ? attempt.actor : null;
  return {
    number: attempt.number,
    words: by ? `Begun by ${by}` : attemptCauses[attempt.cause],
    outcome: attempt.outcome,
    state: attemptStates[attempt.state],
    startedAt: attempt.startedAt,
    blocked: (attempt.grabs ?? [])
      .filter((grab) => grab.isMarked)
      .map((grab) => grab.title ?? `Grab ${grab.historyId}`),
  };
}

function issueFacts(issue: Issue, instances: Map<string, string>): IssueDetailView["facts"] {
  const facts: IssueDetailView["facts"] = [
    { term: "Seerr", value: `Issue #${issue.seerrIssueId}`, mono: false },
  ];
  const ids = [
    issue.tvdbId === null ? null : (["TVDB", issue.tvdbId] as const),
    issue.tmdbId === null ? null : (["TMDB", issue.tmdbId] as const),
  ].filter((id) => id !== null);
  if (ids.length > 0) {
    facts.push({
      term: ids.map(([name]) => name).join(", "),
      value: ids.map(([, id]) => id).join(", "),
      mono: true,
    });
  }
  const [file] = issue.filesAtReport ?? [];
  if (file) {
    const instance = instances.get(file.instanceKey);
    if (instance) facts.push({ term: "Instance", value: instance, mono: false });
    const count = issue.filesAtReport?.length ?? 0;
    facts.push({
      term: "Reported",
      value: count > 1 ? `${count} files` : (file.path ?? `File ${file.fileId}`),
      mono: count === 1,
    });
  }
  const [newFile] = issue.resolvedFiles ?? [];
  if (newFile) {
    facts.push({ term: "Now", value: newFile.path ?? `File ${newFile.fileId}`, mono: true });
  }
  return facts;
}
