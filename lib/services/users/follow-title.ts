import { AppError } from "@/lib/errors";
import type { User } from "@/lib/store/users";
import { findWatchedTitle } from "@/lib/store/views/followed-titles";
import type { ServiceContext } from "../context";
import { attachWatcher } from "../requests/attach-watcher";
import { muteTitle } from "./mute-title";

/** Lets a person follow what a request asks for, from now on; one they muted they follow again. */
export async function followTitle(
  ctx: ServiceContext,
  user: User,
  requestId: number,
): Promise<void> {
  if (await findWatchedTitle(ctx.database.db, user.id, requestId)) {
    await muteTitle(ctx, user, requestId, "followed");
    return;
  }
  const watcher = { requestId, userId: user.id, tellExisting: false, source: "link" as const };
  try {
    await attachWatcher(ctx, { ...watcher, actor: "by link" });
  } catch (error) {
    // Clicked twice: they follow it already.
    if (!(error instanceof AppError && error.code === "conflict")) throw error;
  }
}
