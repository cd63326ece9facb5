"use server";

import { z } from "zod";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { fixIssueNow } from "@/lib/services/issues/begin-fix";
import { rehearseFix } from "@/lib/services/issues/rehearse-fix";
import { resolveIssueNow } from "@/lib/services/issues/resolve-issue";
import { adminAction } from "@/lib/web/admin-action";
import { issueDeed } from "@/lib/web/deeds";
import { webContext } from "@/lib/web/service-context";

const issue = z.object({ issueId: z.number().int().positive() });
type Input = z.input<typeof issue>;

const fix = adminAction("issues", issue, async ({ issueId }, viewer, note) => {
  const deed = await issueDeed(issueId, {});
  const { attempt } = await fixIssueNow(webContext(), issueId, viewer.actor);
  note({ ...deed, after: { issueId, status: "fixing", attempts: attempt } });
  return {
    kind: "done",
    words: `Repair ${attempt} has begun`,
    detail: "The file stays until another one is imported.",
  };
});

/** Begins a repair. */
export async function fixIssueAction(input: Input): Promise<ActionResult> {
  return fix(input);
}

const rehearse = adminAction("issues", issue, async ({ issueId }, _viewer, note) => {
  note(null);
  const { wouldFix, steps } = await rehearseFix(webContext(), issueId);
  return { kind: "done" as const, words: "", wouldFix, steps };
});

/** Says what a repair would do, without doing any of it. */
export async function rehearseFixAction(
  input: Input,
): Promise<
  Extract<ActionResult, { kind: "refused" }> | { kind: "done"; wouldFix: boolean; steps: string[] }
> {
  const answer = await rehearse(input);
  if (answer.kind === "refused") return answer;
  return "steps" in answer
    ? { kind: "done", wouldFix: answer.wouldFix, steps: answer.steps }
    : { kind: "refused", words: "The dry run gave no answer" };
}

const resolve = adminAction("issues", issue, async ({ issueId }, viewer, note) => {
  note(await issueDeed(issueId, { status: "resolved" }));
  await resolveIssueNow(webContext(), issueId, viewer.actor);
  return { kind: "done", words: "Resolved", detail: "It is closed in Seerr, too." };
});

/** Resolves an issue, here and in Seerr. */
export async function resolveIssueAction(input: Input): Promise<ActionResult> {
  return resolve(input);
}
