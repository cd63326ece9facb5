import { isOwnComment } from "@/lib/domain/issue";
import { findIssue, lockIssue, updateIssue } from "@/lib/store/issues";
import type { ServiceContext } from "../context";
import { seerrOf } from "../upstreams";
import { noteIssue } from "./note-issue";

/**
 * Tells Seerr that an issue is resolved: writes why, and closes it. Seerr is asked first how the issue stands there, so
 * that nothing is written twice after a lost answer.
 */
export async function closeIssue(ctx: ServiceContext, issueId: number): Promise<void> {
  const { db } = ctx.database;
  const issue = await findIssue(db, issueId);
  if (issue?.status !== "resolved" || issue.closing !== "pending") return;
  const seerr = seerrOf(await ctx.loadConfig());
  const found = await seerr.issue(issue.seerrIssueId);
  const comment = issue.ownComments.at(-1);
  if (found) {
    // Closed a second time it may say the same words as at the first.
    const isThere =
      comment !== undefined &&
      countSame(found.comments, comment) >= countSame(issue.ownComments, comment);
    if (comment && !isThere) await seerr.commentOnIssue(issue.seerrIssueId, comment);
    if (found.status === "open") await seerr.resolveIssue(issue.seerrIssueId);
  }
  const now = ctx.now();
  await db.transaction(async (tx) => {
    const current = await lockIssue(tx, issue.id);
    // Reopened meanwhile: what was closed just now is open here, and the next look at Seerr settles it.
    if (current?.closing !== "pending") return;
    const closed = await updateIssue(tx, issue.id, { closing: "done" }, now);
    await noteIssue(
      tx,
      closed,
      [
        {
          at: now,
          kind: "fact",
          code: "issue_closed",
          words: found ? "Closed the issue in Seerr" : "Seerr does not have the issue any more",
          reason: found && comment ? `With the comment “${comment}”` : null,
          source: `Seerr issue #${issue.seerrIssueId}`,
          dedupeKey: `closed:${issue.reopenCount}`,
        },
      ],
      now,
    );
  });
}

const countSame = (texts: readonly string[], comment: string) =>
  texts.filter((text) => isOwnComment(text, [comment])).length;
