import { decideFix, type FixCause, type FixDecision } from "@/lib/domain/issue";
import { issueScope, scopeWords } from "@/lib/domain/issue-files";
import { sentence } from "@/lib/domain/words";
import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import type { Executor } from "@/lib/store/db";
import { endAttempts, insertAttempt, isAttemptRunning } from "@/lib/store/issue-attempts";
import { type Issue, lockIssue, updateIssue } from "@/lib/store/issues";
import type { ServiceContext } from "../context";
import { activeMaintenance } from "../maintenance/find-maintenance";
import { noteIssue } from "./note-issue";

/**
 * Begins a repair of a locked issue in the caller's transaction: the row of the attempt and its job exist together.
 * A refusal changes nothing.
 */
export async function beginFix(
  tx: Executor,
  issue: Issue,
  by: { cause: FixCause; actor: string },
  now: Date,
): Promise<FixDecision> {
  const scope = issueScope(issue);
  const decision = decideFix({
    status: issue.status,
    scope,
    attemptCount: issue.attemptCount,
    isRunning: await isAttemptRunning(tx, issue.id),
  });
  if (decision.kind === "refuse" || !scope) return decision;
  const { number } = decision;
  await endAttempts(tx, issue.id, { state: "failed", outcome: "No other file came", at: now });
  await insertAttempt(tx, {
    issueId: issue.id,
    number,
    cause: by.cause,
    actor: by.actor,
    state: "begun",
    startedAt: now,
  });
  await updateIssue(
    tx,
    issue.id,
    { status: "fixing", statusReason: null, attemptCount: number, steppedAt: now },
    now,
  );
  // Maintenance pauses what begins by itself, not what the admin asks for.
  const maintenance = by.cause === "admin" ? null : await activeMaintenance(tx, now);
  const fix = { issueId: issue.id, number };
  await enqueue(tx, "fix_issue", fix, maintenance ? { runAt: maintenance.endsAt } : {});
  await noteIssue(
    tx,
    issue,
    [
      {
        at: now,
        kind: "decision",
        code: "issue_fix_begun",
        words: `Began repair ${number} of at most 3: another file of ${scopeWords(scope)} is looked for`,
        reason: causeWords(by.cause, number),
        source: by.cause === "admin" ? by.actor : "BingeAlert",
        dedupeKey: `begun:${number}`,
      },
    ],
    now,
  );
  return decision;
}

function causeWords(cause: FixCause, number: number): string | null {
  switch (cause) {
    case "auto":
      return number === 1 ? "Reports are repaired at once" : "It was reopened in Seerr";
    case "again":
      return "The repair before brought no other file";
    case "admin":
      return null;
  }
}

/** Begins a repair by an admin's hand. Throws AppError `not_found`, or `conflict` with the reason it may not begin. */
export async function fixIssueNow(
  ctx: ServiceContext,
  issueId: number,
  actor: string,
): Promise<{ attempt: number }> {
  return ctx.database.db.transaction(async (tx) => {
    const issue = await lockIssue(tx, issueId);
    if (!issue) throw new AppError("not_found", "There is no such issue");
    const decision = await beginFix(tx, issue, { cause: "admin", actor }, ctx.now());
    if (decision.kind === "refuse") throw new AppError("conflict", sentence(decision.because));
    return { attempt: decision.number };
  });
}
