import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import {
  findNotification,
  insertNotification,
  listNotificationItems,
} from "@/lib/store/notifications";
import { insertTimeline } from "@/lib/store/timeline";
import type { ServiceContext } from "../context";

/** States in which the admin may decide to send the same news once more. */
const resendable = ["sent", "failed", "unknown", "cancelled"];

/** Sends the same news again, as a mail of its own with its own record. Returns its id. */
export async function resendNotification(
  ctx: ServiceContext,
  notificationId: number,
  actor: string,
): Promise<number> {
  const now = ctx.now();
  return ctx.database.db.transaction(async (tx) => {
    const first = await findNotification(tx, notificationId);
    if (!first) throw new AppError("not_found", "There is no such mail");
    if (!resendable.includes(first.status)) {
      throw new AppError(
        "conflict",
        "This mail has not left yet, so there is nothing to send again",
      );
    }
    const items = await listNotificationItems(tx, notificationId);
    const {
      audience,
      userId,
      kind,
      requestId,
      batchId,
      groupKey,
      title,
      subject,
      posterPath,
      facts,
    } = first;
    const copy = await insertNotification(
      tx,
      {
        audience,
        userId,
        kind,
        requestId,
        batchId,
        groupKey,
        title,
        subject,
        posterPath,
        facts,
        toAddress: audience === "user" ? null : first.toAddress,
        status: "scheduled",
        statusReason: `Sent again by ${actor}`,
        dueAt: now,
        resendOf: first.id,
        createdAt: now,
        updatedAt: now,
      },
      items.map((item) => ({ mediaKey: item.mediaKey, requestId: item.requestId })),
    );
    await enqueue(tx, "deliver_notification", { notificationId: copy.id, isUrgent: true });
    await insertTimeline(
      tx,
      [...new Set(items.flatMap((item) => item.requestId ?? []))].map((id) => ({
        requestId: id,
        userId,
        at: now,
        kind: "decision" as const,
        code: "resent",
        words: `Sent “${subject}” again`,
        source: actor,
        notificationId: copy.id,
      })),
    );
    await announceChange(tx, "notifications");
    return copy.id;
  });
}
