import { AppError } from "@/lib/errors";
import { cancelNotification } from "./cancel-notification";
import type { ServiceContext } from "./context";
import { releaseNotification } from "./send-notification-now";

/**
 * Releases or drops mails on hold, each in a transaction of its own. Those that are not held any more are passed over.
 * Returns how many were settled.
 */
export async function settleHeld(
  ctx: ServiceContext,
  decision: { verdict: "release" | "drop"; notificationIds: readonly number[]; actor: string },
): Promise<number> {
  let settled = 0;
  for (const id of decision.notificationIds) {
    try {
      if (decision.verdict === "release") await releaseNotification(ctx, id);
      else await cancelNotification(ctx, id, decision.actor);
      settled += 1;
    } catch (error) {
      if (!(error instanceof AppError && error.code === "conflict")) throw error;
    }
  }
  return settled;
}
