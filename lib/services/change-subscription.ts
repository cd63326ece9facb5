import { announceChange } from "@/lib/store/changes";
import { setUnsubscribed, type User } from "@/lib/store/users";
import type { ServiceContext } from "./context";
import { readLink } from "./signed-links";

/** The person a link in a mail belongs to. Throws `not_found` for a link that is not valid. */
export async function readSubscription(ctx: ServiceContext, token: string): Promise<User> {
  return readLink(ctx.database.db, await ctx.loadConfig(), token);
}

/** Ends or resumes all mails to the person a link belongs to. */
export async function changeSubscription(
  ctx: ServiceContext,
  token: string,
  wanted: "subscribed" | "unsubscribed",
): Promise<void> {
  const user = await readSubscription(ctx, token);
  await setUnsubscribed(ctx.database.db, user.id, wanted === "unsubscribed" ? ctx.now() : null);
  await announceChange(ctx.database.db, "users");
  ctx.log.info("subscription changed", { userId: user.id, wanted });
}
