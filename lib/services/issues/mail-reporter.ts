import { type IssueMailFacts, type IssueMailKind, issueMail } from "@/lib/domain/issue-mail";
import { mailSubject } from "@/lib/domain/mail-words";
import { decideRecipient } from "@/lib/domain/recipients";
import { sentence } from "@/lib/domain/words";
import type { Executor } from "@/lib/store/db";
import type { Issue } from "@/lib/store/issues";
import type { Notification } from "@/lib/store/notifications";
import { findRequest } from "@/lib/store/requests";
import { findUser } from "@/lib/store/users";
import type { Config } from "../load-config";
import { mailFrame } from "../mails/build-mail";
import { planNotice } from "../mails/plan-notice";
import { noteIssue } from "./note-issue";

const kindWords: Record<IssueMailKind, string> = {
  issue_received: "issue received",
  issue_resolved: "issue resolved",
};

type ReporterMail = {
  kind: IssueMailKind;
  news: Pick<IssueMailFacts, "next" | "mediaKeys" | "quality">;
  dueAt: Date;
  /** Claimed in the ledger: a second mail with this key is not made. */
  onceKey: string;
};

/**
 * Plans a mail to whoever reported an issue, in the caller's transaction. Null when there is none; why somebody is not
 * told is said on the issue.
 */
export async function mailReporter(
  tx: Executor,
  config: Config,
  issue: Issue,
  { kind, news, dueAt, onceKey }: ReporterMail,
  now: Date,
): Promise<Notification | null> {
  const user = issue.reporterId === null ? null : await findUser(tx, issue.reporterId);
  const words = kindWords[kind];
  // On the issue alone: the request's timeline is told by the notice itself.
  const own = { id: issue.id, requestId: null };
  const notTold = (name: string, because: string) => {
    const entry = {
      at: now,
      kind: "not_told" as const,
      code: "reporter_not_told",
      words: `${name} got no “${words}” mail`,
      reason: sentence(because),
      source: "BingeAlert",
      dedupeKey: `not_told:${kind}:${onceKey}`,
    };
    return noteIssue(tx, own, [entry], now);
  };
  if (!user) {
    await notTold(issue.reporterName ?? "The reporter", "Nobody in Seerr is known by this name");
    return null;
  }
  const { id: issueId, type, mediaType, title, year, isFourK, season, episode } = issue;
  const { message, reportedAt } = issue;
  const facts: IssueMailFacts = {
    ...{ issueId, type, mediaType, title, year, isFourK, season, episode, message, reportedAt },
    ...news,
  };
  const links = { preferencesUrl: null, unsubscribeUrl: null, calendarUrl: null, muteUrl: null };
  const frame = { ...mailFrame(config, user, now), poster: null, play: null, links };
  const notification = await planNotice(
    tx,
    {
      user,
      kind,
      kindWords: words,
      request: issue.requestId === null ? null : await findRequest(tx, issue.requestId),
      title,
      posterPath: issue.posterPath,
      subject: mailSubject(issueMail(kind, facts, frame)),
      facts,
      dueAt,
      onceKey,
    },
    now,
  );
  if (!notification) {
    const decision = decideRecipient({ ...user, mutedTitleAt: null }, kind, words);
    if (decision.kind !== "tell") await notTold(user.displayName, decision.because);
    return null;
  }
  const entry = {
    at: now,
    kind: "decision" as const,
    code: `${kind}_planned`,
    words: `Planned the “${words}” mail to ${user.displayName}`,
    source: "BingeAlert",
    notificationId: notification.id,
    dedupeKey: `planned:${kind}:${onceKey}`,
  };
  await noteIssue(tx, own, [entry], now);
  return notification;
}
