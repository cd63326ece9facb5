import { isQualityKind } from "@/lib/domain/quality-notices";
import { enqueue } from "@/lib/queue/enqueue";
import type { Executor } from "@/lib/store/db";
import type { Notification } from "@/lib/store/notifications";

/** How long before it leaves. */
export const lastLookMs = 15_000;

/**
 * Has a request reviewed shortly before a mail about waiting for it leaves: the webhook of a grab may have been lost, or
 * have come while the mail was being sent. Nothing for mails of other kinds, and for those that leave at once.
 */
export async function planLastLook(
  tx: Executor,
  { kind, requestId }: Pick<Notification, "kind" | "requestId">,
  leavesAt: Date,
  now: Date,
): Promise<void> {
  if (!isQualityKind(kind) || requestId === null) return;
  const runAt = new Date(leavesAt.getTime() - lastLookMs);
  if (runAt.getTime() - now.getTime() <= lastLookMs) return;
  await enqueue(tx, "review_request", { requestId, isLastLook: true }, { runAt });
}
