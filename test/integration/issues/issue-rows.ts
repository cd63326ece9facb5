import { advanceIssues } from "@/lib/services/issues/advance-issues";
import type { Stage } from "../scenarios/stage";

export type IssueRow = {
  id: number;
  status: string;
  statusReason: string | null;
  attemptCount: number;
  closing: string | null;
  resolvedBy: string | null;
  requestId: number | null;
  isFourK: boolean;
  knownBefore: boolean;
};

/** An issue by its number in Seerr. */
export async function issueOf({ household }: Stage, issue: { id: number }): Promise<IssueRow> {
  const [row] = await household.ctx.database.raw<IssueRow[]>`
    select id, status, status_reason as "statusReason", attempt_count as "attemptCount", closing,
      resolved_by as "resolvedBy", request_id as "requestId", is_4k as "isFourK",
      known_before as "knownBefore"
    from issues where seerr_issue_id = ${issue.id}`;
  if (!row) throw new Error(`Issue ${issue.id} is not stored`);
  return row;
}

/** How many issues there are of a number in Seerr. */
export async function countIssues({ household }: Stage, issue: { id: number }): Promise<number> {
  const [row] = await household.ctx.database.raw<{ count: string }[]>`
    select count(*) from issues where seerr_issue_id = ${issue.id}`;
  return Number(row?.count);
}

/** What happened to an issue, oldest first. */
export async function issueEntriesOf({ household }: Stage, issue: { id: number }) {
  return household.ctx.database.raw<
    { kind: string; code: string; words: string; reason: string | null }[]
  >`
    select e.kind, e.code, e.words, e.reason from issue_entries e join issues i on i.id = e.issue_id
    where i.seerr_issue_id = ${issue.id} order by e.at, e.id`;
}

/** Grabs an instance was told to mark as failed, by the titles of their releases. */
export function failedGrabs(instance: {
  history: readonly { eventType: string; sourceTitle: string; data: Record<string, string> }[];
}): string[] {
  return instance.history
    .filter((event) => event.eventType === "downloadFailed")
    .map((event) => event.sourceTitle);
}

/** Brings issues up to date as reconciliation does, and carries out what follows. */
export async function advance({ household }: Stage): Promise<string[]> {
  const words = await advanceIssues(household.ctx, await household.ctx.loadConfig());
  await household.settle();
  return words;
}
