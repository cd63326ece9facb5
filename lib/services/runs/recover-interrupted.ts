import { decideAfterCrash } from "@/lib/domain/delivery";
import { enqueue } from "@/lib/queue/enqueue";
import { type Batch, listOverdueBatches } from "@/lib/store/batches";
import { failForgottenEvents } from "@/lib/store/inbound-events";
import { closeInterruptedRuns } from "@/lib/store/job-runs";
import { deleteSpentJobs, listJoblessEvents, listUrgentMails } from "@/lib/store/lost-jobs";
import {
  listAbandonedNotifications,
  listNotificationItems,
  listOverdueNotifications,
  lockAttempt,
  type Notification,
} from "@/lib/store/notifications";
import { findUser } from "@/lib/store/users";
import {
  deleteHeartbeats,
  listHeartbeats,
  releaseJobs,
  releaseOwnerlessJobs,
} from "@/lib/store/worker-heartbeats";
import type { ServiceContext } from "../context";
import { recordOutcomes } from "../mails/record-outcomes";

/** No attempt lasts this long: a conversation with the mail server is given up after five minutes. */
const longestAttemptMs = 15 * 60_000;

/** Twelve attempts at an event, with their pauses, take about 16 hours; after this long nobody tries any more. */
const longestEventMs = 36 * 60 * 60_000;

/**
 * Puts right what a killed worker left behind: its jobs run at once instead of in four hours, mails it had in hand are
 * sent again or marked as unknown, and alarm clocks that were lost are set again. `isAlive` asks for a worker's lock.
 */
export async function recoverInterrupted(
  ctx: ServiceContext,
  isAlive: (lockKey: bigint) => Promise<boolean>,
): Promise<void> {
  const { db } = ctx.database;
  for (const worker of await listHeartbeats(db)) {
    if (await isAlive(worker.lockKey)) continue;
    await releaseJobs(db, worker.graphileWorkerIds);
    await deleteHeartbeats(db, [worker.workerId]);
    ctx.log.warn("a worker died, its jobs are released", { workerId: worker.workerId });
  }
  await releaseOwnerlessJobs(db);
  const claimedBefore = new Date(ctx.now().getTime() - longestAttemptMs);
  for (const notification of await listAbandonedNotifications(db, claimedBefore)) {
    await settleAbandoned(ctx, notification);
  }
  await closeInterruptedRuns(db, ctx.now());
  const receivedBefore = new Date(ctx.now().getTime() - longestEventMs);
  await failForgottenEvents(
    db,
    receivedBefore,
    "Its last attempt was interrupted. Replay it",
    ctx.now(),
  );
  await rearmLostJobs(ctx);
}

async function settleAbandoned(ctx: ServiceContext, abandoned: Notification): Promise<void> {
  const now = ctx.now();
  const config = await ctx.loadConfig();
  await ctx.database.db.transaction(async (tx) => {
    // What counts is whether the mail was handed over by now, not when the list was read.
    const notification = await lockAttempt(tx, abandoned);
    if (!notification) return;
    const after = decideAfterCrash(notification.handedOverAt !== null, now);
    const user = notification.userId === null ? null : await findUser(tx, notification.userId);
    await recordOutcomes(tx, [
      {
        notification,
        items: await listNotificationItems(tx, notification.id),
        name: user?.displayName ?? null,
        outcome: after.status === "unknown" ? "unknown" : "tryLater",
        after: { ...after, reply: "" },
        at: now,
        timeZone: config.timeZone,
      },
    ]);
  });
}

/** How long after its time a row without a job is noticed. A job that is merely late sets the alarm once more. */
const graceMs = 60_000;

/** What was overdue and got its job again. */
export type RearmedJobs = { batches: Batch[]; mails: number; events: number };

/** Rows are the truth: one that is overdue gets its job again, whatever became of the first. */
export async function rearmLostJobs(ctx: ServiceContext): Promise<RearmedJobs> {
  const { db } = ctx.database;
  const before = new Date(ctx.now().getTime() - graceMs);
  const batches = await listOverdueBatches(db, before);
  for (const batch of batches) await enqueue(db, "flush_batch", { batchId: batch.id });
  const mails = await listOverdueNotifications(db, before, 1000);
  const urgent = mails.length > 0 ? await listUrgentMails(db) : new Set<number>();
  for (const notificationId of mails) {
    const isUrgent = urgent.has(notificationId);
    await enqueue(db, "deliver_notification", { notificationId, isUrgent });
  }
  const events = await listJoblessEvents(db, before);
  for (const eventId of events) await enqueue(db, "process_inbound_event", { eventId });
  await deleteSpentJobs(db);
  return { batches, mails: mails.length, events: events.length };
}
