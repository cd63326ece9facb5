import { decideAfterCrash } from "@/lib/domain/delivery";
import { enqueue } from "@/lib/queue/enqueue";
import { listOverdueBatches } from "@/lib/store/batches";
import { failForgottenEvents } from "@/lib/store/inbound-events";
import { closeInterruptedRuns } from "@/lib/store/job-runs";
import {
  finishAttempt,
  listAbandonedNotifications,
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
import type { ServiceContext } from "./context";
import { noteOutcome } from "./deliver-notification";

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
  const living: string[] = [];
  for (const worker of await listHeartbeats(db)) {
    if (await isAlive(worker.lockKey)) {
      living.push(worker.workerId);
      continue;
    }
    await releaseJobs(db, worker.graphileWorkerIds);
    await deleteHeartbeats(db, [worker.workerId]);
    ctx.log.warn("a worker died, its jobs are released", { workerId: worker.workerId });
  }
  await releaseOwnerlessJobs(db);
  const claimedBefore = new Date(ctx.now().getTime() - longestAttemptMs);
  for (const notification of await listAbandonedNotifications(db, claimedBefore)) {
    await settleAbandoned(ctx, notification);
  }
  await closeInterruptedRuns(db, living, ctx.now());
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
    const settled = await finishAttempt(
      tx,
      notification.id,
      { attempt: notification.attempts, at: now },
      after.status === "unknown" ? "unknown" : "try_later",
      {
        status: after.status,
        statusReason: after.status === "sent" ? null : after.reason,
        smtpReply: null,
        ...(after.status === "retrying" ? { dueAt: after.at } : {}),
      },
    );
    if (!settled) return;
    const user = notification.userId === null ? null : await findUser(tx, notification.userId);
    await noteOutcome(tx, config, notification, user?.displayName ?? "The admin", after, now);
    if (after.status === "retrying") {
      await enqueue(tx, "deliver_notification", { notificationId: notification.id });
    }
  });
}

/** How long after its time a row without a job is noticed. A job that is merely late sets the alarm once more. */
const graceMs = 60_000;

/** Rows are the truth: one that is overdue gets its job again, whatever became of the first. */
export async function rearmLostJobs(ctx: ServiceContext): Promise<void> {
  const { db } = ctx.database;
  const before = new Date(ctx.now().getTime() - graceMs);
  for (const batch of await listOverdueBatches(db, before)) {
    await enqueue(db, "flush_batch", { batchId: batch.id });
  }
  for (const notificationId of await listOverdueNotifications(db, before, 1000)) {
    await enqueue(db, "deliver_notification", { notificationId });
  }
}
