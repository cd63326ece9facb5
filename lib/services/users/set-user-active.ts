import { AppError } from "@/lib/errors";
import { announceChange } from "@/lib/store/changes";
import { findUser, setUserActive as storeUserActive, type User } from "@/lib/store/users";
import type { ServiceContext } from "../context";

/** Switches a person's mails on or off; no sync changes that. Says how it was before. Throws `not_found`. */
export async function setUserActive(
  ctx: ServiceContext,
  userId: number,
  isActive: boolean,
): Promise<{ user: User; wasActive: boolean }> {
  const before = await findUser(ctx.database.db, userId);
  const user = before && (await storeUserActive(ctx.database.db, userId, isActive, ctx.now()));
  if (!user) throw new AppError("not_found", "There is no such person");
  await announceChange(ctx.database.db, "users");
  return { user, wasActive: before.isActive };
}
