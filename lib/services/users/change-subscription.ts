import { announceChange } from "@/lib/store/changes";
import { setUnsubscribed } from "@/lib/store/users";
import type { ServiceContext } from "../context";

/** Ends or resumes all mails to a person. What waits for them meanwhile is decided when its time comes. */
export async function changeSubscription(
  ctx: ServiceContext,
  userId: number,
  wanted: "subscribed" | "unsubscribed",
): Promise<void> {
  await setUnsubscribed(ctx.database.db, userId, wanted === "unsubscribed" ? ctx.now() : null);
  await announceChange(ctx.database.db, "users");
  ctx.log.info("subscription changed", { userId, wanted });
}
