import "server-only";
import type { z } from "zod";
import type { IssueFile } from "@/lib/domain/issue-files";
import { AppError } from "@/lib/errors";
import { fixIssueNow } from "@/lib/services/issues/begin-fix";
import { rehearseFix } from "@/lib/services/issues/rehearse-fix";
import { resolveIssueNow } from "@/lib/services/issues/resolve-issue";
import { listAttempts } from "@/lib/store/issue-attempts";
import type { Issue } from "@/lib/store/issues";
import { findIssueRow, listIssueEntries, listIssuePage } from "@/lib/store/views/issue-list";
import { encodePlace } from "@/lib/store/views/keyset";
import { issueDeed } from "../../deeds";
import { webContext } from "../../service-context";
import { apiRoute } from "../api-route";
import { getIssue, getIssues, postFix, postResolve } from "../contracts/issues";
import { iso } from "../moments";

const noIssue = () => new AppError("not_found", "There is no such issue");
const shownEntries = 500;

export const issueList = apiRoute(getIssues, async ({ query }) => {
  const { rows, older } = await listIssuePage(
    webContext().database.db,
    {
      text: query.q || null,
      statuses: query.status ?? null,
      type: query.type ?? null,
      isFourK: query.quality === undefined ? null : query.quality === "4k",
    },
    query.after ? { kind: "after", place: query.after } : { kind: "first" },
    query.limit,
  );
  return { rows: rows.map(summary), next: older && encodePlace(older) };
});

export const issueDetail = apiRoute(getIssue, async ({ params }) => {
  const { db } = webContext().database;
  const [issue, attempts, entries] = await Promise.all([
    findIssueRow(db, params.id),
    listAttempts(db, [params.id]),
    listIssueEntries(db, params.id, shownEntries),
  ]);
  if (!issue) throw noIssue();
  return {
    ...summary(issue),
    filesAtReport: issue.filesAtReport?.map(fileOf) ?? null,
    resolvedFiles: issue.resolvedFiles?.map(fileOf) ?? null,
    attemptList: attempts.map((attempt) => ({
      number: attempt.number,
      cause: attempt.cause,
      actor: attempt.actor,
      state: attempt.state,
      instance: attempt.instanceName,
      blocked: (attempt.grabs ?? [])
        .filter((grab) => grab.isMarked)
        .map((grab) => grab.title ?? String(grab.historyId)),
      commandId: attempt.commandId,
      outcome: attempt.outcome,
      startedAt: iso(attempt.startedAt),
      searchedAt: iso(attempt.searchedAt),
      finishedAt: iso(attempt.finishedAt),
    })),
    timeline: entries.map(({ at, kind, code, words, reason, source, notificationId }) => ({
      at: iso(at),
      kind,
      code,
      words,
      reason,
      source,
      notificationId,
    })),
  };
});

export const issueFix = apiRoute(postFix, async ({ params, query, actor, note }) => {
  const ctx = webContext();
  if (query.dry) {
    note(null);
    return { dry: true as const, ...(await rehearseFix(ctx, params.id)) };
  }
  const deed = await issueDeed(params.id, {});
  const { attempt } = await fixIssueNow(ctx, params.id, actor);
  note({ ...deed, after: { issueId: params.id, status: "fixing", attempts: attempt } });
  return { dry: false as const, attempt };
});

export const issueResolve = apiRoute(postResolve, async ({ params, actor, note }) => {
  const ctx = webContext();
  note(await issueDeed(params.id, { status: "resolved" }));
  await resolveIssueNow(ctx, params.id, actor);
  const issue = await findIssueRow(ctx.database.db, params.id);
  if (!issue) throw noIssue();
  return summary(issue);
});

function fileOf({ mediaKey, instanceKey, fileId, path, quality }: IssueFile) {
  return { mediaKey, instance: instanceKey, fileId, path, quality };
}

function summary(
  issue: Issue & { reporter: string | null },
): z.input<typeof getIssues.response>["rows"][number] {
  return {
    id: issue.id,
    seerrIssueId: issue.seerrIssueId,
    type: issue.type,
    mediaType: issue.mediaType,
    title: issue.title,
    year: issue.year,
    tmdbId: issue.tmdbId,
    tvdbId: issue.tvdbId,
    is4k: issue.isFourK,
    season: issue.season,
    episode: issue.episode,
    message: issue.message,
    reportedBy: issue.reporter === null ? null : { userId: issue.reporterId, name: issue.reporter },
    requestId: issue.requestId,
    status: issue.status,
    statusReason: issue.statusReason,
    attempts: issue.attemptCount,
    knownBefore: issue.knownBefore,
    reportedAt: iso(issue.reportedAt),
    resolvedAt: iso(issue.resolvedAt),
    resolvedBy: issue.resolvedBy,
    lastNewsAt: iso(issue.lastNewsAt),
  };
}
