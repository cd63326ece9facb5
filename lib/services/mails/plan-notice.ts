import { decideRecipient } from "@/lib/domain/recipients";
import { sentence } from "@/lib/domain/words";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import { claimLedgerKeys, setLedgerNotification } from "@/lib/store/ledger";
import { insertNotification, type Notification } from "@/lib/store/notifications";
import { listWatchers } from "@/lib/store/requests";
import { insertTimeline } from "@/lib/store/timeline";
import type { User } from "@/lib/store/users";

/** A mail to one user that tells of no playable item: coming soon, quality waiting, an issue, maintenance. */
export type Notice = {
  user: User;
  kind: string;
  /** The kind as a noun, for "switched off “coming soon”". */
  kindWords: string;
  /** Null for what concerns no request, such as maintenance. */
  request: { id: number; title: string; posterPath: string | null } | null;
  title: string;
  /** Default: the request's. */
  posterPath?: string | null;
  subject: string;
  /** What the mail is built from when it leaves. */
  facts: Record<string, unknown>;
  dueAt: Date;
  /** Claimed in the ledger under the kind: a second notice with this key is not made. Null: the caller sees to it. */
  onceKey: string | null;
};

/**
 * Plans one notice in the caller's transaction. Null when the person is not to be told, which the timeline then says,
 * or was told under the same key.
 */
export async function planNotice(
  tx: Executor,
  notice: Notice,
  now: Date,
): Promise<Notification | null> {
  const { user, request, kind } = notice;
  const watchers = request ? await listWatchers(tx, [request.id]) : [];
  const mutedTitleAt = watchers.find((watcher) => watcher.id === user.id)?.mutedTitleAt ?? null;
  const decision = decideRecipient({ ...user, mutedTitleAt }, kind, notice.kindWords);
  const ledger = { userId: user.id, kind };
  const mediaKeys = notice.onceKey === null ? [] : [notice.onceKey];
  const isWanted = decision.kind === "tell";
  // What was not possible may be later: only a told or refused notice is settled.
  if (decision.kind !== "notPossible" && mediaKeys.length > 0) {
    const how = isWanted ? "told" : "not_wanted";
    const won = await claimLedgerKeys(tx, { ...ledger, mediaKeys, how, at: now });
    if (won.length === 0) return null;
  }
  if (decision.kind !== "tell") {
    if (request) {
      await insertTimeline(tx, [
        {
          requestId: request.id,
          userId: user.id,
          at: now,
          kind: "not_told",
          code: decision.code,
          words: `${user.displayName} got no “${notice.kindWords}” mail`,
          reason: sentence(decision.because),
          source: "BingeAlert",
          dedupeKey: `notice:${request.id}:${user.id}:${kind}:${notice.onceKey ?? now.getTime()}`,
        },
      ]);
    }
    return null;
  }
  const notification = await insertNotification(
    tx,
    {
      audience: "user",
      userId: user.id,
      kind,
      requestId: request?.id ?? null,
      title: notice.title,
      subject: notice.subject,
      posterPath: notice.posterPath ?? request?.posterPath ?? null,
      facts: notice.facts,
      status: "scheduled",
      dueAt: notice.dueAt,
      createdAt: now,
      updatedAt: now,
    },
    [],
  );
  if (mediaKeys.length > 0) {
    await setLedgerNotification(tx, { ...ledger, mediaKeys, notificationId: notification.id });
  }
  await enqueue(
    tx,
    "deliver_notification",
    { notificationId: notification.id },
    { runAt: notice.dueAt },
  );
  await announceChange(tx, "notifications");
  return notification;
}
