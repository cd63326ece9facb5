import { maxAttempts } from "@/lib/domain/issue";
import { type IssueFile, issueScope, scopeWords } from "@/lib/domain/issue-files";
import { clockWords, itemWords, sentence } from "@/lib/domain/words";
import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import type { Executor } from "@/lib/store/db";
import { endAttempts } from "@/lib/store/issue-attempts";
import { type Issue, lockIssue, updateIssue } from "@/lib/store/issues";
import { claimLedgerKeys, setLedgerNotification } from "@/lib/store/ledger";
import { availableKind } from "../batches/gather-collection";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import { mailReporter } from "./mail-reporter";
import { noteIssue } from "./note-issue";

/**
 * Another file is there: the issue is resolved, its reporter is mailed and Seerr is told by a job. For a locked issue,
 * in the caller's transaction; before Seerr is asked anything, so that its echo finds the issue resolved.
 */
export async function resolveByReplacement(
  tx: Executor,
  config: Config,
  issue: Issue,
  files: readonly IssueFile[],
  now: Date,
): Promise<void> {
  const mediaKeys = [...new Set(files.map((file) => file.mediaKey))];
  const quality = files[0]?.quality ?? null;
  const comment = closingComment(mediaKeys, quality, config, now);
  const resolved = await close(tx, issue, {
    by: "replacement",
    files,
    comment,
    outcome: "Another file came",
    now,
  });
  await noteIssue(
    tx,
    resolved,
    [
      {
        at: now,
        kind: "decision",
        code: "issue_resolved",
        words: `Resolved the issue: ${itemWords(mediaKeys)} ${mediaKeys.length > 1 ? "have" : "has"} another file than when it was reported`,
        reason: files[0]?.path ?? null,
        source: "BingeAlert",
        dedupeKey: `resolved:${issue.reopenCount}`,
      },
    ],
    now,
  );
  // Plex needs a while to see the new file.
  const delayMs = config.settings.NOTIFICATION_INITIAL_DELAY_SECONDS * 1000;
  const mail = await mailReporter(
    tx,
    config,
    resolved,
    {
      kind: "issue_resolved",
      news: { next: null, mediaKeys, quality },
      dueAt: new Date(now.getTime() + delayMs),
      onceKey: `issue:${issue.seerrIssueId}:${issue.reopenCount}`,
    },
    now,
  );
  // Where nothing was held before, Plex may not show it yet: the mail that says it plays follows in its own time.
  const wasMissing = (issue.filesAtReport ?? []).length === 0;
  if (mail?.userId == null || wasMissing) return;
  // This mail says that it can be watched: no second one of the same news follows, unless this one does not leave.
  const told = { userId: mail.userId, kind: availableKind };
  const won = await claimLedgerKeys(tx, { ...told, mediaKeys, how: "told", at: now });
  await setLedgerNotification(tx, { ...told, mediaKeys: won, notificationId: mail.id });
}

/** Resolves an issue by an admin's hand, here and in Seerr. Throws AppError `not_found` or `conflict`. */
export async function resolveIssueNow(
  ctx: ServiceContext,
  issueId: number,
  actor: string,
): Promise<void> {
  const now = ctx.now();
  await ctx.database.db.transaction(async (tx) => {
    const issue = await lockIssue(tx, issueId);
    if (!issue) throw new AppError("not_found", "There is no such issue");
    if (issue.status === "resolved") throw new AppError("conflict", "It is resolved already");
    const resolved = await close(tx, issue, {
      by: "admin",
      files: null,
      comment: "Resolved in BingeAlert.",
      outcome: "Resolved by hand",
      now,
    });
    await noteIssue(
      tx,
      resolved,
      [
        {
          at: now,
          kind: "decision",
          code: "issue_resolved",
          words: "Resolved the issue by hand",
          reason: "It is closed in Seerr, too; nobody is mailed",
          source: actor,
        },
      ],
      now,
    );
  });
}

async function close(
  tx: Executor,
  issue: Issue,
  how: {
    by: "replacement" | "admin";
    files: readonly IssueFile[] | null;
    comment: string;
    outcome: string;
    now: Date;
  },
): Promise<Issue> {
  await endAttempts(tx, issue.id, {
    state: how.by === "replacement" ? "replaced" : "stopped",
    outcome: how.outcome,
    at: how.now,
  });
  await enqueue(tx, "close_issue", { issueId: issue.id });
  return updateIssue(
    tx,
    issue.id,
    {
      status: "resolved",
      statusReason: null,
      resolvedAt: how.now,
      resolvedBy: how.by,
      resolvedFiles: how.files ? [...how.files] : null,
      closing: "pending",
      ownComments: [...issue.ownComments, how.comment],
    },
    how.now,
  );
}

function closingComment(
  mediaKeys: readonly string[],
  quality: string | null,
  config: Config,
  now: Date,
): string {
  const what = sentence(itemWords(mediaKeys));
  const has = mediaKeys.length > 1 ? "have" : "has";
  const at = clockWords(now, new Date(0), config.timeZone);
  return `${what} ${has} another file since ${at}${quality ? ` (${quality})` : ""}. Reopen this if it is no better. BingeAlert`;
}

/** Leaves an issue to the admin, for a reason. For a locked issue, in the caller's transaction. */
export async function leaveToAdmin(
  tx: Executor,
  issue: Issue,
  because: string,
  now: Date,
): Promise<Issue> {
  await endAttempts(tx, issue.id, { state: "failed", outcome: sentence(because), at: now });
  const failed = await updateIssue(
    tx,
    issue.id,
    { status: "failed", statusReason: sentence(because), steppedAt: now },
    now,
  );
  const scope = issueScope(issue);
  await noteIssue(
    tx,
    failed,
    [
      {
        at: now,
        kind: "trouble",
        code: "issue_needs_admin",
        words: `The issue${scope ? ` about ${scopeWords(scope)}` : ""} is left to the admin`,
        reason: sentence(because),
        source: "BingeAlert",
        dedupeKey: `needs_admin:${issue.reopenCount}:${Math.min(issue.attemptCount, maxAttempts)}`,
      },
    ],
    now,
  );
  return failed;
}
