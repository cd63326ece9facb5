import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import {
  listNotificationItems,
  moveNotification,
  type Notification,
  type NotificationStatus,
} from "@/lib/store/notifications";
import { lockRequestsOf } from "@/lib/store/requests";
import { insertTimeline } from "@/lib/store/timeline";
import { findUser } from "@/lib/store/users";
import type { ServiceContext } from "../context";
import { refreshRequestStates } from "../requests/refresh-request-state";

/** Sends a mail that waits: its time is now. Throws `conflict` when it does not wait any more. */
export async function sendNotificationNow(
  ctx: ServiceContext,
  notificationId: number,
): Promise<void> {
  await leaveNow(
    ctx,
    notificationId,
    ["scheduled", "retrying"],
    "This mail does not wait any more",
  );
}

/** Lets a held mail go, and says so on the timeline. Throws `conflict` when it is not held. */
export async function releaseNotification(
  ctx: ServiceContext,
  notificationId: number,
  actor: string,
): Promise<void> {
  await leaveNow(ctx, notificationId, ["held"], "This mail is not held any more", actor);
}

async function leaveNow(
  ctx: ServiceContext,
  notificationId: number,
  from: readonly NotificationStatus[],
  otherwise: string,
  releasedBy: string | null = null,
): Promise<void> {
  const now = ctx.now();
  await ctx.database.db.transaction(async (tx) => {
    await lockRequestsOf(tx, notificationId);
    const moved = await moveNotification(
      tx,
      notificationId,
      from,
      { status: "scheduled", dueAt: now, statusReason: null },
      now,
    );
    if (!moved) throw new AppError("conflict", otherwise);
    if (releasedBy !== null) await noteRelease(tx, moved, releasedBy, now);
    // What was looked at and released still minds quiet hours; "send now" does not.
    await enqueue(tx, "deliver_notification", { notificationId, isUrgent: releasedBy === null });
    await announceChange(tx, "notifications");
  });
}

async function noteRelease(
  tx: Executor,
  released: Notification,
  actor: string,
  now: Date,
): Promise<void> {
  const items = await listNotificationItems(tx, released.id);
  const user = released.userId === null ? null : await findUser(tx, released.userId);
  const requestIds = [...new Set(items.flatMap((item) => item.requestId ?? []))];
  await insertTimeline(
    tx,
    requestIds.map((requestId) => ({
      requestId,
      userId: released.userId,
      at: now,
      kind: "decision" as const,
      code: "mail_released",
      words: `The mail to ${user?.displayName ?? released.toAddress ?? "the admin"} may leave`,
      reason: "Looked at and released",
      source: actor,
      notificationId: released.id,
    })),
  );
  await refreshRequestStates(tx, requestIds, now);
}
