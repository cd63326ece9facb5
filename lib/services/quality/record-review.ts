import { mailSubject } from "@/lib/domain/mail-words";
import { mediaKey } from "@/lib/domain/media";
import { noticeFacts, qualityMail } from "@/lib/domain/quality-mail";
import {
  isMoved,
  isTellable,
  kindOf,
  noticeScope,
  qualityKinds,
  qualityKindWords,
  quietMs,
  type TellableVerdict,
  type ToldNotice,
} from "@/lib/domain/quality-notices";
import {
  isBeforeRestore,
  type KeptReview,
  planReview,
  type ReviewFinding,
  type ReviewPlan,
} from "@/lib/domain/quality-review";
import { releaseDay, reviewWords } from "@/lib/domain/quality-words";
import { clockWords, listWords } from "@/lib/domain/words";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import { listLedger } from "@/lib/store/ledger";
import { findMilestone } from "@/lib/store/milestones";
import { listToldNotices } from "@/lib/store/notices";
import { moveNotification, type Notification } from "@/lib/store/notifications";
import { mapQualityReviews, saveQualityReview } from "@/lib/store/quality-reviews";
import {
  findRequest,
  listSeasons,
  listWatchers,
  lockRequests,
  type RequestWithSeasons,
  type Watcher,
} from "@/lib/store/requests";
import { insertTimeline } from "@/lib/store/timeline";
import { availableKind } from "../batches/gather-collection";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import { mailFrame } from "../mails/build-mail";
import { cancelNotices } from "../mails/cancel-notices";
import { planLastLook } from "../mails/last-look";
import { planNotice } from "../mails/plan-notice";
import { refreshRequestStates } from "../requests/refresh-request-state";

/** Why a request is reviewed: something happened to it, or its turn came; held mails wait for the admin. */
export type ReviewCause = { isNews: boolean; heldReason: string | null };

/** Only what Seerr has approved is judged. */
export function isReviewed(request: { status: RequestWithSeasons["status"] }): boolean {
  return request.status === "approved" || request.status === "completed";
}

/**
 * Keeps what a review found, says it on the timeline, cancels mails that are not true any more and plans those that
 * are. Returns how many were planned.
 */
export async function recordReview(
  ctx: ServiceContext,
  config: Config,
  requestId: number,
  finding: ReviewFinding,
  cause: ReviewCause,
): Promise<number> {
  const now = ctx.now();
  return ctx.database.db.transaction(async (tx) => {
    await lockRequests(tx, [requestId]);
    const row = await findRequest(tx, requestId);
    // Declined or deleted while the instance was asked.
    if (!row || !isReviewed(row)) return 0;
    const previous = (await mapQualityReviews(tx, [requestId])).get(requestId) ?? null;
    const restoredAt = await findMilestone(tx, "restored");
    const request = {
      ...row,
      seasons: await listSeasons(tx, requestId),
      isBeforeRestore: isBeforeRestore(row, previous?.reviewedAt ?? null, restoredAt),
    };
    // First: what is cancelled was not told.
    await cancelUntrue(tx, requestId, finding, now);
    const people = await readPeople(tx, request, finding);
    const plan = planReview({ finding, previous, request, people }, cause, now);
    await saveQualityReview(tx, requestId, plan.review, now);
    await noteVerdict(tx, config, request, finding.instance, plan, previous, now);
    const planned = await planNotices(tx, config, { request, finding, people, plan, cause }, now);
    // Old news keeps its date: the lists are not turned upside down by the first review.
    await refreshRequestStates(
      tx,
      [requestId],
      plan.review.isOldNews ? request.lastNewsAt : now,
      "noNews",
    );
    if (plan.isChanged || planned > 0) await announceChange(tx, "requests");
    return planned;
  });
}

type Person = { userId: number; watcher: Watcher; told: ToldNotice[] };

/** Everybody a verdict is news for, with what they were told before. */
async function readPeople(
  tx: Executor,
  request: RequestWithSeasons,
  finding: ReviewFinding,
): Promise<Person[]> {
  if (finding.kind !== "judged" || !isTellable(finding.verdict)) return [];
  const kind = kindOf(finding.verdict);
  const watchers = await listWatchers(tx, [request.id]);
  const userIds = watchers.map((watcher) => watcher.id);
  const told = await listToldNotices(tx, userIds, [kind]);
  const hasAll = await whoHasAll(tx, request, finding.verdict, userIds);
  const prefix = `${noticeScope(request)}@`;
  return watchers
    .filter((watcher) => !hasAll.has(watcher.id))
    .map((watcher) => ({
      userId: watcher.id,
      watcher,
      told: told.filter((one) => one.userId === watcher.id && one.mediaKey.startsWith(prefix)),
    }));
}

/** Who was told of the files that are below the cutoff, before they were held back: no better one is news to them. */
async function whoHasAll(
  tx: Executor,
  { mediaType, tmdbId, tvdbId, isFourK }: RequestWithSeasons,
  verdict: TellableVerdict,
  userIds: readonly number[],
): Promise<Set<number>> {
  if (verdict.kind !== "qualityWaiting" || verdict.because !== "cutoff") return new Set();
  const mediaKeys =
    mediaType === "movie"
      ? tmdbId === null
        ? []
        : [mediaKey({ kind: "movie", tmdbId, isFourK })]
      : tvdbId === null
        ? []
        : verdict.episodes.map((one) => mediaKey({ kind: "episode", tvdbId, ...one, isFourK }));
  const settled = await listLedger(tx, { userIds, kind: availableKind, mediaKeys });
  const count = (userId: number) => settled.filter((entry) => entry.userId === userId).length;
  return new Set(userIds.filter((id) => mediaKeys.length > 0 && count(id) === mediaKeys.length));
}

/** Mails that wait to leave say what was true when they were planned. */
async function cancelUntrue(
  tx: Executor,
  requestId: number,
  finding: ReviewFinding,
  now: Date,
): Promise<void> {
  // A title that is gone from its instance is a trouble there, not an answer.
  if (finding.kind !== "judged") return;
  const { verdict } = finding;
  const isStillTrue = ({ kind, facts }: Notification): boolean => {
    if (!isTellable(verdict) || kind !== kindOf(verdict)) return false;
    if (verdict.kind === "qualityWaiting") return facts.because === verdict.because;
    return typeof facts.at === "string" && !isMoved(new Date(facts.at), verdict.at);
  };
  await cancelNotices(
    tx,
    {
      requestIds: [requestId],
      kinds: qualityKinds,
      only: (notification) => !isStillTrue(notification),
    },
    { because: untrueBecause(finding), source: finding.instance },
    now,
  );
}

function untrueBecause({ verdict, instance }: Extract<ReviewFinding, { kind: "judged" }>): string {
  switch (verdict.kind) {
    case "there":
      return `${instance} has it by now`;
    case "downloading":
      return `${instance} downloads it by now`;
    default:
      return `${instance} says something else by now`;
  }
}

async function noteVerdict(
  tx: Executor,
  config: Config,
  request: RequestWithSeasons & { isBeforeRestore: boolean },
  instance: string,
  { review, isChanged }: ReviewPlan,
  previous: KeptReview | null,
  now: Date,
): Promise<void> {
  if (!isChanged) return;
  const says = reviewWords(review, previous, { instance, timeZone: config.timeZone });
  if (!says) return;
  const oldNews = request.isBeforeRestore
    ? "A backup was restored, and they may know it already: nobody is mailed about it"
    : "It was so before BingeAlert: nobody is mailed about it";
  await insertTimeline(tx, [
    {
      requestId: request.id,
      at: now,
      code: `review_${review.verdict}`,
      source: instance,
      ...says,
      ...(review.isOldNews ? { reason: oldNews } : {}),
    },
  ]);
}

type Planning = {
  request: RequestWithSeasons;
  finding: ReviewFinding;
  people: readonly Person[];
  plan: ReviewPlan;
  cause: ReviewCause;
};

async function planNotices(
  tx: Executor,
  config: Config,
  { request, finding, people, plan, cause }: Planning,
  now: Date,
): Promise<number> {
  if (finding.kind !== "judged" || !isTellable(finding.verdict)) return 0;
  const { verdict } = finding;
  const kind = kindOf(verdict);
  const delayMs =
    verdict.kind === "qualityWaiting" ? config.settings.QUALITY_WAITING_DELAY_SECONDS * 1000 : 0;
  const dueAt = new Date(now.getTime() + delayMs);
  const names: string[] = [];
  let movedFrom: Date | null = null;
  for (const { userId, decision } of plan.decisions) {
    const user = people.find((person) => person.userId === userId)?.watcher;
    if (decision.kind !== "tell" || !user) continue;
    const facts = noticeFacts(verdict, { ...decision, since: plan.review.since });
    const notification = await planNotice(
      tx,
      {
        user,
        kind,
        kindWords: qualityKindWords[kind],
        request,
        title: request.title,
        subject: subjectOf(config, request, user, verdict, facts, now),
        facts,
        dueAt,
        onceKey: decision.onceKey,
      },
      now,
    );
    if (!notification) continue;
    if (cause.heldReason) {
      const held = { status: "held" as const, statusReason: cause.heldReason };
      await moveNotification(tx, notification.id, ["scheduled"], held, now);
    }
    names.push(user.displayName);
    movedFrom = decision.movedFrom ?? movedFrom;
  }
  await notePlanned(tx, config, { request, verdict, cause, names, movedFrom, dueAt }, now);
  await noteToldLately(tx, config, request, people, verdict, plan, now);
  if (names.length > 0) await planLastLook(tx, { kind, requestId: request.id }, dueAt, now);
  return names.length;
}

/** The subject as the list of mails shows it; the mail itself is built when it leaves. */
function subjectOf(
  config: Config,
  request: RequestWithSeasons,
  user: Watcher,
  verdict: TellableVerdict,
  facts: Record<string, unknown>,
  now: Date,
): string {
  const { mediaType, title, year, isFourK } = request;
  const common = {
    ...mailFrame(config, user, now),
    mediaType,
    title,
    year,
    isFourK,
    poster: null,
    reason: { kind: "following" as const },
    links: { preferencesUrl: null, unsubscribeUrl: null, calendarUrl: null, muteUrl: null },
  };
  return mailSubject(qualityMail(kindOf(verdict), facts, common, request.requestedAt));
}

async function notePlanned(
  tx: Executor,
  config: Config,
  planned: {
    request: RequestWithSeasons;
    verdict: TellableVerdict;
    cause: ReviewCause;
    names: readonly string[];
    movedFrom: Date | null;
    dueAt: Date;
  },
  now: Date,
): Promise<void> {
  const { request, verdict, cause, names, movedFrom, dueAt } = planned;
  if (names.length === 0) return;
  const mail = `“${qualityKindWords[kindOf(verdict)]}” mail`;
  const who = listWords(names);
  const common = {
    requestId: request.id,
    at: now,
    kind: "decision" as const,
    source: "BingeAlert",
    detail: { people: names, to: dueAt.toISOString() },
  };
  if (cause.heldReason) {
    const words = `Kept the ${mail} to ${who} for the admin to look at`;
    await insertTimeline(tx, [{ ...common, code: "mail_held", words, reason: cause.heldReason }]);
    return;
  }
  if (verdict.kind === "comingSoon") {
    const from = movedFrom && releaseDay(movedFrom, verdict.release, config.timeZone);
    const reason = from ? `They were told ${from}, and the date moved` : null;
    const words = `Planned a ${mail} to ${who}`;
    await insertTimeline(tx, [{ ...common, code: "notice_planned", words, reason }]);
    return;
  }
  const at = clockWords(dueAt, now, config.timeZone);
  await insertTimeline(tx, [
    {
      ...common,
      code: "notice_planned",
      words: `Planned a ${mail} to ${who} for ${at}`,
      reason: "A grab or an import until then cancels it",
    },
  ]);
}

/** Said once for each verdict: who hears nothing because they heard it lately. */
async function noteToldLately(
  tx: Executor,
  config: Config,
  request: RequestWithSeasons,
  people: readonly Person[],
  verdict: TellableVerdict,
  { decisions, isChanged }: ReviewPlan,
  now: Date,
): Promise<void> {
  if (!isChanged) return;
  const kind = kindOf(verdict);
  for (const { userId, decision } of decisions) {
    const user = people.find((person) => person.userId === userId)?.watcher;
    if (decision.kind !== "toldAlready" || !user) continue;
    const days = Math.round(quietMs[kind] / (24 * 60 * 60 * 1000));
    await insertTimeline(tx, [
      {
        requestId: request.id,
        userId,
        at: now,
        kind: "not_told",
        code: "told_lately",
        words: `${user.displayName} got no second “${qualityKindWords[kind]}” mail`,
        reason: `One in ${days} days at most: the next may leave from ${clockWords(decision.until, now, config.timeZone)} on`,
        source: "BingeAlert",
      },
    ]);
  }
}
