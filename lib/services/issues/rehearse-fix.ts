import { decideFix } from "@/lib/domain/issue";
import { issueScope } from "@/lib/domain/issue-files";
import { sentence } from "@/lib/domain/words";
import { AppError } from "@/lib/errors";
import { isAttemptRunning } from "@/lib/store/issue-attempts";
import { findIssue } from "@/lib/store/issues";
import type { ServiceContext } from "../context";
import { planFix, planWords } from "./plan-fix";

/** What a repair would do: `steps` are sentences, one per step, or the one reason why nothing would be done. */
export type FixRehearsal = { wouldFix: boolean; steps: string[] };

/**
 * Says what a repair would do, and changes nothing. Throws AppError `not_found`, and UpstreamError when Sonarr or
 * Radarr cannot be asked.
 */
export async function rehearseFix(ctx: ServiceContext, issueId: number): Promise<FixRehearsal> {
  const { db } = ctx.database;
  const issue = await findIssue(db, issueId);
  if (!issue) throw new AppError("not_found", "There is no such issue");
  const scope = issueScope(issue);
  const decision = decideFix({
    status: issue.status,
    scope,
    attemptCount: issue.attemptCount,
    isRunning: await isAttemptRunning(db, issue.id),
  });
  if (decision.kind === "refuse" || !scope) {
    const because = decision.kind === "refuse" ? decision.because : "Nothing is known about it";
    return { wouldFix: false, steps: [`${sentence(because)}.`] };
  }
  const plan = await planFix(await ctx.loadConfig(), issue, scope);
  return { wouldFix: plan.kind !== "impossible", steps: planWords(plan, scope) };
}
