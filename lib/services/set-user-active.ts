import { AppError } from "@/lib/errors";
import { announceChange } from "@/lib/store/changes";
import { setUserActive as storeUserActive, type User } from "@/lib/store/users";
import type { ServiceContext } from "./context";

/** Switches a person's mails on or off; no sync changes that. */
export async function setUserActive(
  ctx: ServiceContext,
  userId: number,
  isActive: boolean,
): Promise<User> {
  const user = await storeUserActive(ctx.database.db, userId, isActive, ctx.now());
  if (!user) throw new AppError("not_found", "There is no such person");
  await announceChange(ctx.database.db, "users");
  return user;
}
