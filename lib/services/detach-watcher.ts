import { AppError } from "@/lib/errors";
import { dropWaitingItems } from "@/lib/store/batches";
import { announceChange } from "@/lib/store/changes";
import { deleteWatcher } from "@/lib/store/requests";
import { insertTimeline } from "@/lib/store/timeline";
import { findUser } from "@/lib/store/users";
import type { ServiceContext } from "./context";

/** Detaches a watcher; what waits for them on account of this request is dropped. The requester stays attached. */
export async function detachWatcher(
  ctx: ServiceContext,
  watcher: { requestId: number; userId: number; actor: string },
): Promise<void> {
  const { requestId, userId, actor } = watcher;
  const now = ctx.now();
  await ctx.database.db.transaction(async (tx) => {
    if (!(await deleteWatcher(tx, requestId, userId))) {
      throw new AppError("not_found", "This person is not attached, or asked for it themselves");
    }
    await dropWaitingItems(tx, { requestId, userId });
    const user = await findUser(tx, userId);
    await insertTimeline(tx, [
      {
        requestId,
        userId,
        at: now,
        kind: "fact",
        code: "watcher_detached",
        words: `${user?.displayName ?? "Somebody"} detached`,
        source: actor,
      },
    ]);
    await announceChange(tx, "requests");
  });
}
