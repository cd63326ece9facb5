import { AppError } from "@/lib/errors";
import { findRequest } from "@/lib/store/requests";
import { findUserByContact } from "@/lib/store/users";
import type { ServiceContext } from "../context";
import { planPersonalLink } from "./send-personal-link";

/**
 * Mails the person with this address a link to confirm that they follow what a request asks for, at most once a day.
 * Nothing says whether the address is known: whoever has a follow link learns of nobody. Throws `not_found` when the
 * request is gone.
 */
export async function askToFollow(
  ctx: ServiceContext,
  requestId: number,
  address: string,
): Promise<void> {
  const now = ctx.now();
  const config = await ctx.loadConfig();
  await ctx.database.db.transaction(async (tx) => {
    const request = await findRequest(tx, requestId);
    if (!request || request.status === "deleted" || request.status === "declined") {
      throw new AppError("not_found", "There is no such title");
    }
    const user = await findUserByContact(tx, { email: address, name: null });
    if (user) await planPersonalLink(tx, config, user, request, now);
  });
}
