import { noticeKindWords, type QualityKind, qualityKinds } from "@/lib/domain/quality-notices";
import { listWords } from "@/lib/domain/words";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import { releaseLedgerKeys } from "@/lib/store/ledger";
import { listPendingNotices } from "@/lib/store/notices";
import { moveNotification, type Notification } from "@/lib/store/notifications";
import { deleteQualityReview } from "@/lib/store/quality-reviews";
import { insertTimeline } from "@/lib/store/timeline";
import { findUser } from "@/lib/store/users";

/** Why mails are cancelled: in words, and who says so. */
export type CancelCause = { because: string; source: string; eventId?: number | null };

/**
 * Cancels mails about requests that have not left because what they would say is not true any more. It was not told
 * then, so it may be told when it is true again. Returns the ids of the requests it concerned.
 */
export async function cancelNotices(
  tx: Executor,
  which: {
    requestIds: readonly number[];
    kinds: readonly QualityKind[];
    /** Only those this is true of. */
    only?: (notification: Notification) => boolean;
  },
  cause: CancelCause,
  now: Date,
): Promise<number[]> {
  const pending = await listPendingNotices(tx, which.requestIds, which.kinds);
  const cancelled: Notification[] = [];
  for (const notification of pending) {
    if (which.only && !which.only(notification)) continue;
    const moved = await moveNotification(
      tx,
      notification.id,
      ["scheduled", "retrying", "held"],
      { status: "cancelled", statusReason: cause.because },
      now,
    );
    // It is leaving this moment: too late.
    if (!moved) continue;
    if (moved.userId !== null) {
      await releaseLedgerKeys(tx, { userId: moved.userId, notificationId: moved.id });
    }
    cancelled.push(moved);
  }
  if (cancelled.length === 0) return [];
  await noteCancelled(tx, cancelled, cause, now);
  await announceChange(tx, "notifications");
  return [...new Set(cancelled.flatMap(({ requestId }) => requestId ?? []))];
}

/** A request is declined or deleted: nothing about it leaves, and its next approval starts anew. */
export async function withdrawNotices(
  tx: Executor,
  requestId: number,
  cause: CancelCause,
  now: Date,
): Promise<void> {
  await cancelNotices(tx, { requestIds: [requestId], kinds: qualityKinds }, cause, now);
  await deleteQualityReview(tx, requestId);
}

async function noteCancelled(
  tx: Executor,
  cancelled: readonly Notification[],
  cause: CancelCause,
  now: Date,
): Promise<void> {
  const groups = new Map<string, Notification[]>();
  for (const notification of cancelled) {
    const id = `${notification.requestId} ${notification.kind}`;
    groups.set(id, [...(groups.get(id) ?? []), notification]);
  }
  for (const group of groups.values()) {
    const [first] = group;
    if (!first || first.requestId === null) continue;
    const names: string[] = [];
    for (const { userId } of group) {
      const user = userId === null ? null : await findUser(tx, userId);
      names.push(user?.displayName ?? "somebody");
    }
    await insertTimeline(tx, [
      {
        requestId: first.requestId,
        userId: group.length === 1 ? first.userId : null,
        at: now,
        kind: "not_told",
        code: "notice_cancelled",
        words: `Cancelled the “${noticeKindWords(first.kind)}” mail to ${listWords(names)}`,
        reason: cause.because,
        source: cause.source,
        notificationId: group.length === 1 ? first.id : null,
        eventId: cause.eventId ?? null,
      },
    ]);
  }
}
