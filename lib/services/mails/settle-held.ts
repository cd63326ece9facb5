import { AppError } from "@/lib/errors";
import { listHeldIds } from "@/lib/store/notifications";
import type { ServiceContext } from "../context";
import { cancelNotification } from "./cancel-notification";
import { releaseNotification } from "./send-notification-now";

/** Mails by id, or all that are held up to the newest one the admin has seen. */
export type HeldChoice = { ids: readonly number[] } | { upToId: number };

/**
 * Releases or drops mails on hold, each in a transaction of its own. Those that are not held any more are passed over
 * and counted.
 */
export async function settleHeld(
  ctx: ServiceContext,
  decision: { verdict: "release" | "drop"; which: HeldChoice; actor: string },
): Promise<{ settled: number; passedOver: number }> {
  const { which } = decision;
  const ids = "ids" in which ? which.ids : await listHeldIds(ctx.database.db, which.upToId);
  let settled = 0;
  for (const id of ids) {
    try {
      if (decision.verdict === "release") await releaseNotification(ctx, id, decision.actor);
      else await cancelNotification(ctx, id, decision.actor, ["held"]);
      settled += 1;
    } catch (error) {
      if (!(error instanceof AppError && error.code === "conflict")) throw error;
    }
  }
  return { settled, passedOver: ids.length - settled };
}
