import { requestIdsOf } from "@/lib/domain/delivery";
import { AppError } from "@/lib/errors";
import { announceChange } from "@/lib/store/changes";
import {
  listNotificationItems,
  moveNotification,
  type NotificationStatus,
} from "@/lib/store/notifications";
import { lockRequestsOf } from "@/lib/store/requests";
import { insertTimeline } from "@/lib/store/timeline";
import { findUser } from "@/lib/store/users";
import type { ServiceContext } from "../context";
import { refreshRequestStates } from "../requests/refresh-request-state";

const cancellable: readonly NotificationStatus[] = [
  "scheduled",
  "retrying",
  "held",
  "failed",
  "unknown",
];

/**
 * Cancels a mail that has not left, or only one in the states of `from`. What it would have told stays told: no later
 * check brings it back. Throws `conflict` when it left or is leaving.
 */
export async function cancelNotification(
  ctx: ServiceContext,
  notificationId: number,
  actor: string,
  from: readonly NotificationStatus[] = cancellable,
): Promise<void> {
  const now = ctx.now();
  await ctx.database.db.transaction(async (tx) => {
    await lockRequestsOf(tx, notificationId);
    const moved = await moveNotification(
      tx,
      notificationId,
      from,
      { status: "cancelled", statusReason: `Cancelled by ${actor}` },
      now,
    );
    if (!moved)
      throw new AppError("conflict", "This mail has left or is leaving, so it cannot be cancelled");
    const items = await listNotificationItems(tx, notificationId);
    const requestIds = requestIdsOf(moved, items);
    const user = moved.userId === null ? null : await findUser(tx, moved.userId);
    await insertTimeline(
      tx,
      requestIds.map((requestId) => ({
        requestId,
        userId: moved.userId,
        at: now,
        kind: "not_told" as const,
        code: "cancelled",
        words: `${user?.displayName ?? "The admin"} was not told: the mail was cancelled`,
        reason: `Cancelled by ${actor}`,
        source: actor,
        notificationId,
      })),
    );
    await refreshRequestStates(tx, requestIds, now);
    await announceChange(tx, "notifications");
  });
}
