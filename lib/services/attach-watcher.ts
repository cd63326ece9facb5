import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import { claimLedgerKeys } from "@/lib/store/ledger";
import { listHeldKeys } from "@/lib/store/media-items";
import { findRequest, insertWatcher } from "@/lib/store/requests";
import { insertTimeline } from "@/lib/store/timeline";
import { findUser } from "@/lib/store/users";
import type { ServiceContext } from "./context";
import { availableKind } from "./gather-collection";

/**
 * Attaches a person to a request: they get everything that follows, and what is there already only when `tellExisting`
 * says so. Throws `not_found` or, when they are attached already, `conflict`.
 */
export async function attachWatcher(
  ctx: ServiceContext,
  watcher: { requestId: number; userId: number; tellExisting: boolean; actor: string },
): Promise<void> {
  const { requestId, userId, tellExisting, actor } = watcher;
  const now = ctx.now();
  await ctx.database.db.transaction(async (tx) => {
    const [request, user] = await Promise.all([findRequest(tx, requestId), findUser(tx, userId)]);
    if (!request) throw new AppError("not_found", "There is no such request");
    if (!user) throw new AppError("not_found", "There is no such person");
    if (!(await insertWatcher(tx, { requestId, userId, source: "admin", addedAt: now }))) {
      throw new AppError("conflict", `${user.displayName} is attached already`);
    }
    if (!tellExisting) {
      const mediaKeys = await listHeldKeys(tx, requestId);
      await claimLedgerKeys(tx, {
        userId,
        kind: availableKind,
        mediaKeys,
        how: "known_before",
        at: now,
      });
    }
    await insertTimeline(tx, [
      {
        requestId,
        userId,
        at: now,
        kind: "fact",
        code: "watcher_attached",
        words: `${user.displayName} attached`,
        reason: tellExisting
          ? "Told about what is there already, too"
          : "Told about what comes from now on",
        source: actor,
      },
    ]);
    if (tellExisting) await enqueue(tx, "collect_request", { requestId });
    await announceChange(tx, "requests");
  });
}
