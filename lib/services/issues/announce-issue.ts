import { modeSteps } from "@/lib/domain/issue";
import { issueScope } from "@/lib/domain/issue-files";
import type { Executor } from "@/lib/store/db";
import { type Issue, lockIssue, updateIssue } from "@/lib/store/issues";
import type { Config } from "../load-config";
import { beginFix } from "./begin-fix";
import { mailReporter } from "./mail-reporter";
import { leaveToAdmin } from "./resolve-issue";
import { tellAdminOfIssue } from "./tell-admin-of-issue";

/**
 * Acts upon a report, once: its reporter hears that it arrived, and by the mode the admin is told and a repair begins.
 * For a locked issue, in the caller's transaction.
 */
export async function announceIssue(
  tx: Executor,
  config: Config,
  issue: Issue,
  now: Date,
): Promise<void> {
  if (issue.announcedAt || issue.knownBefore || issue.status === "resolved") return;
  const announced = await updateIssue(tx, issue.id, { announcedAt: now }, now);
  const steps = modeSteps(config.settings.ISSUE_AUTOFIX_MODE);
  const isFixable = steps.fixes && issueScope(issue)?.kind !== "allSeasons";
  await mailReporter(
    tx,
    config,
    announced,
    {
      kind: "issue_received",
      news: { next: isFixable ? "searching" : "admin", mediaKeys: [], quality: null },
      dueAt: now,
      onceKey: `issue:${issue.seerrIssueId}`,
    },
    now,
  );
  if (steps.tellsAdmin) {
    const news = { kind: "reported" as const, isFixedByItself: isFixable };
    await tellAdminOfIssue(tx, config, announced, news, now);
  }
  if (steps.fixes) await fixByMode(tx, config, announced, now, steps.tellsAdmin);
}

/** Begins a repair by itself; what may not be repaired so is left to the admin, who hears of it once. */
export async function fixByMode(
  tx: Executor,
  config: Config,
  issue: Issue,
  now: Date,
  isAdminTold: boolean,
): Promise<void> {
  const cause = { cause: "auto" as const, actor: "BingeAlert" };
  const decision = await beginFix(tx, issue, cause, now);
  if (decision.kind === "fix" || decision.code === "running" || decision.code === "resolved") {
    return;
  }
  const failed = await leaveToAdmin(tx, issue, decision.because, now);
  if (isAdminTold) return;
  const news = { kind: "needsYou" as const, because: decision.because };
  await tellAdminOfIssue(tx, config, failed, news, now);
}

/**
 * Opens a resolved issue again, because somebody did so in Seerr: what is there now is the reported file. Null when it
 * is open already.
 */
export async function reopenIssue(tx: Executor, issueId: number, now: Date): Promise<Issue | null> {
  const issue = await lockIssue(tx, issueId);
  if (issue?.status !== "resolved") return null;
  return updateIssue(
    tx,
    issue.id,
    {
      status: "reported",
      statusReason: null,
      resolvedAt: null,
      resolvedBy: null,
      resolvedFiles: null,
      closing: null,
      filesAtReport: null,
      reopenCount: issue.reopenCount + 1,
      steppedAt: now,
    },
    now,
  );
}
