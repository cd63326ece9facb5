import { AppError } from "@/lib/errors";
import { announceChange } from "@/lib/store/changes";
import { raiseLinkVersion } from "@/lib/store/users";
import type { ServiceContext } from "../context";
import { planPersonalLink } from "./send-personal-link";

/**
 * Makes every link a person was ever given useless, also those in mails on their way, and mails them new ones. Says
 * whether that mail is planned: nobody who wants none gets one.
 */
export async function revokeLinks(
  ctx: ServiceContext,
  userId: number,
): Promise<"mailed" | "notMailed"> {
  const now = ctx.now();
  const config = await ctx.loadConfig();
  return ctx.database.db.transaction(async (tx) => {
    const user = await raiseLinkVersion(tx, userId, now);
    if (!user) throw new AppError("not_found", "There is no such person");
    await announceChange(tx, "users");
    ctx.log.info("links revoked", { userId });
    return (await planPersonalLink(tx, config, user, null, now)) ? "mailed" : "notMailed";
  });
}
