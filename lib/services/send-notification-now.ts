import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import { moveNotification, type NotificationStatus } from "@/lib/store/notifications";
import type { ServiceContext } from "./context";

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

/** Lets a held mail go. Throws `conflict` when it is not held. */
export async function releaseNotification(
  ctx: ServiceContext,
  notificationId: number,
): Promise<void> {
  await leaveNow(ctx, notificationId, ["held"], "This mail is not held any more");
}

async function leaveNow(
  ctx: ServiceContext,
  notificationId: number,
  from: readonly NotificationStatus[],
  otherwise: string,
): Promise<void> {
  const now = ctx.now();
  await ctx.database.db.transaction(async (tx) => {
    const moved = await moveNotification(
      tx,
      notificationId,
      from,
      { status: "scheduled", dueAt: now, statusReason: null },
      now,
    );
    if (!moved) throw new AppError("conflict", otherwise);
    await enqueue(tx, "deliver_notification", { notificationId });
    await announceChange(tx, "notifications");
  });
}
