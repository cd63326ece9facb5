import type { DomainEvent, SeenIssue } from "@/lib/domain/inbound";
import { decideIssueStep, isOwnComment } from "@/lib/domain/issue";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import { type Issue, insertIssue, lockIssueBySeerrId, updateIssue } from "@/lib/store/issues";
import { findUserByContact } from "@/lib/store/users";
import { mirrorReopened, mirrorResolved } from "../issues/complete-issue";
import { noteIssue } from "../issues/note-issue";
import { type EventOutcome, type EventScope, handled, ignored } from "./event-outcome";

/**
 * A problem reported, commented on, resolved or opened again in Seerr, by its number there. What the webhook says is
 * stored at once; Seerr's API, asked by the job that follows, has the last word, since a template may leave out what
 * the issue is about, and webhooks come in any order.
 */
export async function applyIssueEvent(
  tx: Executor,
  event: Extract<DomainEvent, { kind: "issue" }>,
  scope: EventScope,
): Promise<EventOutcome> {
  const { change, issue: seen } = event;
  const { seerrIssueId } = seen;
  if (seerrIssueId === null) return ignored("It names no issue");
  const known = await lockIssueBySeerrId(tx, seerrIssueId);
  const isOwn = isOwnComment(seen.comment?.text ?? null, known?.ownComments ?? []);
  const step = decideIssueStep(
    change,
    known && { status: known.status, isAnnounced: known.announcedAt !== null },
    isOwn,
  );
  // What was written and closed from here comes back as a webhook.
  const isEcho = isOwn || (change === "resolved" && known?.closing != null);
  if (step.kind === "nothing" && isEcho) return ignored(step.because);
  const stored = known ? await fillIn(tx, known, seen, scope) : await store(tx, seen, scope);
  // What is reported while issues are read for the first time is news, although the reading found it, too.
  const isNewsAfterAll = step.kind === "report" && stored.knownBefore;
  const issue = isNewsAfterAll
    ? await updateIssue(tx, stored.id, { knownBefore: false }, scope.now)
    : stored;
  await enqueue(tx, "complete_issue", { seerrIssueId, act: step.kind === "report" });
  await announceChange(tx, "issues");
  const asked = { words: "Seerr is asked for the whole issue", detail: null };
  switch (step.kind) {
    case "nothing":
      return handled([asked, { words: step.because, detail: "Nothing is done twice" }]);
    case "report":
      return handled([{ words: `Stored issue #${seerrIssueId}`, detail: null }, asked]);
    case "learn":
    case "record":
      await noteComment(tx, issue, seen, scope);
      return handled([
        {
          words: `Noted a comment on issue #${seerrIssueId}`,
          detail: "A comment begins no repair",
        },
        asked,
      ]);
    case "resolve":
      await mirrorResolved(tx, issue.id, "resolved", scope.now, scope.row.id);
      return handled([
        { words: `Issue #${seerrIssueId} is resolved`, detail: "As in Seerr" },
        asked,
      ]);
    case "reopen":
      await mirrorReopened(tx, scope.config, issue.id, scope.row.id, scope.now);
      return handled([
        { words: `Issue #${seerrIssueId} is open again`, detail: "As in Seerr" },
        asked,
      ]);
  }
}

async function store(tx: Executor, seen: SeenIssue, { row, now }: EventScope): Promise<Issue> {
  const { seerrIssueId, reportedBy } = seen;
  const reporter = await findUserByContact(tx, {
    email: reportedBy.email,
    name: reportedBy.username,
  });
  const inserted = await insertIssue(tx, {
    seerrIssueId: seerrIssueId ?? 0,
    type: seen.type ?? "other",
    mediaType: seen.mediaType,
    tmdbId: seen.tmdbId,
    tvdbId: seen.tvdbId,
    title: seen.title ?? `Issue ${seerrIssueId}`,
    year: seen.year,
    season: seen.season || null,
    episode: seen.episode || null,
    message: seen.message,
    reporterId: reporter?.id ?? null,
    reporterName: reporter?.displayName ?? reportedBy.username,
    status: "reported",
    reportedAt: row.receivedAt,
    steppedAt: now,
    lastNewsAt: now,
    createdAt: now,
    updatedAt: now,
  });
  const issue = inserted ?? (await lockIssueBySeerrId(tx, seerrIssueId ?? 0));
  if (!issue) throw new Error(`Issue ${seerrIssueId} was not stored`);
  return issue;
}

/** A later webhook may say what an earlier one left out. */
async function fillIn(
  tx: Executor,
  known: Issue,
  seen: SeenIssue,
  { now }: EventScope,
): Promise<Issue> {
  if (known.readFromSeerrAt) return known;
  return updateIssue(
    tx,
    known.id,
    {
      mediaType: known.mediaType ?? seen.mediaType,
      tmdbId: known.tmdbId ?? seen.tmdbId,
      tvdbId: known.tvdbId ?? seen.tvdbId,
      year: known.year ?? seen.year,
      season: known.season ?? (seen.season || null),
      episode: known.episode ?? (seen.episode || null),
      message: known.message ?? seen.message,
      reporterName: known.reporterName ?? seen.reportedBy.username,
    },
    now,
  );
}

async function noteComment(
  tx: Executor,
  issue: Issue,
  seen: SeenIssue,
  { row, now }: EventScope,
): Promise<void> {
  if (!seen.comment) return;
  await noteIssue(
    tx,
    issue,
    [
      {
        at: row.receivedAt,
        kind: "fact",
        code: "issue_commented",
        words: `${seen.comment.by.username ?? "Somebody"} wrote: “${seen.comment.text.slice(0, 500)}”`,
        reason: null,
        source: `Seerr issue #${issue.seerrIssueId}`,
        eventId: row.id,
        dedupeKey: `comment:${row.replayOf ?? row.id}`,
      },
    ],
    now,
  );
}
