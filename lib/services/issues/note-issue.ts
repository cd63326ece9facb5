import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import {
  type Issue,
  insertIssueEntries,
  type NewIssueEntry,
  updateIssue,
} from "@/lib/store/issues";
import { insertTimeline } from "@/lib/store/timeline";
import { refreshRequestStates } from "../requests/refresh-request-state";

/** Writes what happened to an issue: on its own list and, where it belongs to a request, on that timeline. */
export async function noteIssue(
  tx: Executor,
  issue: Pick<Issue, "id" | "requestId">,
  entries: readonly NewIssueEntry[],
  now: Date,
): Promise<void> {
  if (entries.length === 0) return;
  const ofIssue = entries.map((entry) => ({
    ...entry,
    dedupeKey: entry.dedupeKey ? `issue:${issue.id}:${entry.dedupeKey}`.slice(0, 500) : null,
  }));
  await insertIssueEntries(tx, issue.id, ofIssue);
  await updateIssue(tx, issue.id, { lastNewsAt: now }, now);
  const { requestId } = issue;
  if (requestId !== null) {
    await insertTimeline(
      tx,
      ofIssue.map((entry) => ({ ...entry, requestId })),
    );
    await refreshRequestStates(tx, [requestId], now);
    await announceChange(tx, "requests");
  }
  await announceChange(tx, "issues");
}
