import { type AfterAttempt, newsWords, requestIdsOf } from "@/lib/domain/delivery";
import type { DeliveryOutcome } from "@/lib/domain/delivery-outcome";
import { storableText } from "@/lib/domain/storable-text";
import { clockWords, sentence } from "@/lib/domain/words";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import { finishAttempts } from "@/lib/store/delivery-attempts";
import type { Notification, NotificationItem } from "@/lib/store/notifications";
import { lockRequests } from "@/lib/store/requests";
import { insertTimeline, type NewTimelineEntry } from "@/lib/store/timeline";
import { refreshRequestStates } from "../requests/refresh-request-state";
import { planLastLook } from "./last-look";

/** An attempt that is over, and what follows from it. */
export type EndedAttempt = {
  notification: Notification;
  items: readonly NotificationItem[];
  /** Whom the mail is for; null for the admin. */
  name: string | null;
  outcome: DeliveryOutcome["kind"];
  after: AfterAttempt;
  at: Date;
  /** The zone times are told in. */
  timeZone: string;
};

const outcomeNames = {
  accepted: "accepted",
  tryLater: "try_later",
  refused: "refused",
  unknown: "unknown",
} as const;

/**
 * Writes down how attempts ended: the mail's state, its next attempt and the timeline of each request it tells of.
 * Attempts that were taken away meanwhile change nothing. Part of the caller's transaction.
 */
export async function recordOutcomes(tx: Executor, ended: readonly EndedAttempt[]): Promise<void> {
  await lockRequests(
    tx,
    ended.flatMap(({ notification, items }) => requestIdsOf(notification, items)),
  );
  const ours = new Set(
    await finishAttempts(
      tx,
      ended.map(({ notification, outcome, after, at }) => ({
        notificationId: notification.id,
        attempt: notification.attempts,
        at,
        outcome: outcomeNames[outcome],
        status: after.status,
        statusReason: after.status === "sent" ? null : after.reason,
        smtpReply: after.reply.slice(0, 500) || null,
        dueAt: after.status === "retrying" ? after.at : null,
        sentAt: after.status === "sent" ? at : null,
      })),
    ),
  );
  const settled = ended.filter(({ notification }) => ours.has(notification.id));
  if (settled.length === 0) return;
  for (const { notification, after, at } of settled) {
    if (after.status !== "retrying") continue;
    const payload = { notificationId: notification.id };
    await enqueue(tx, "deliver_notification", payload, { runAt: after.at });
    await planLastLook(tx, notification, after.at, at);
  }
  const entries = settled.flatMap(outcomeEntries);
  await insertTimeline(tx, entries);
  const latest = new Date(Math.max(...settled.map(({ at }) => at.getTime())));
  await refreshRequestStates(
    tx,
    entries.map((entry) => entry.requestId),
    latest,
  );
  await announceChange(tx, "notifications");
}

/** What became of a mail, for the timeline of each request it tells of. */
function outcomeEntries(ended: EndedAttempt): NewTimelineEntry[] {
  const { notification, items, at } = ended;
  return requestIdsOf(notification, items).map((requestId) => ({
    requestId,
    userId: notification.userId,
    at,
    notificationId: notification.id,
    batchId: notification.batchId,
    ...outcomeWords(ended, newsWords(requestId, notification, items)),
  }));
}

type OutcomeWords = Pick<NewTimelineEntry, "kind" | "code" | "words" | "source"> & {
  reason?: string;
};

function outcomeWords({ after, name, at, timeZone }: EndedAttempt, what: string): OutcomeWords {
  const reason = () =>
    after.status === "sent"
      ? ""
      : storableText(sentence([after.reason, after.reply].filter(Boolean).join(": ")));
  switch (after.status) {
    case "sent":
      return {
        kind: "told",
        code: "told",
        words: `Told ${name ?? "the admin"}: ${what}`,
        source: storableText(after.reply.slice(0, 120)) || "SMTP",
      };
    case "retrying":
      return {
        kind: "wait",
        code: "mail_retrying",
        words: `The mail to ${name ?? "the admin"} did not get through, tried again at ${clockWords(after.at, at, timeZone)}`,
        reason: reason(),
        source: "SMTP",
      };
    case "failed":
      return {
        kind: "trouble",
        code: "mail_failed",
        words: `${name ?? "The admin"} was not told about ${what}`,
        reason: reason(),
        source: "SMTP",
      };
    case "unknown":
      return {
        kind: "trouble",
        code: "mail_unknown",
        words: `It is not known whether ${name ?? "the admin"} got the mail about ${what}`,
        reason: reason(),
        source: "SMTP",
      };
  }
}
