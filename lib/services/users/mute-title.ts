import { AppError } from "@/lib/errors";
import { announceChange } from "@/lib/store/changes";
import { findRequest, muteTitleRequests } from "@/lib/store/requests";
import { insertTimeline } from "@/lib/store/timeline";
import type { User } from "@/lib/store/users";
import { wakeBatches } from "../batches/wake-batches";
import type { ServiceContext } from "../context";
import { refreshRequestStates } from "../requests/refresh-request-state";

/**
 * Mutes a title for a person, or follows it again: every request of it they are attached to, in any quality. What
 * waits for them is settled as not wanted. Throws `not_found` when they have nothing to do with the request.
 */
export async function muteTitle(
  ctx: ServiceContext,
  user: User,
  requestId: number,
  wanted: "muted" | "followed",
): Promise<{ title: string }> {
  const now = ctx.now();
  return ctx.database.db.transaction(async (tx) => {
    const request = await findRequest(tx, requestId);
    const mutedAt = wanted === "muted" ? now : null;
    const requestIds = request ? await muteTitleRequests(tx, user.id, request, mutedAt) : null;
    if (!request || !requestIds) throw new AppError("not_found", "There is no such title");
    await insertTimeline(
      tx,
      requestIds.map((id) => ({
        requestId: id,
        userId: user.id,
        at: now,
        kind: "fact" as const,
        code: wanted === "muted" ? "title_muted" : "title_followed",
        words: `${user.displayName} ${wanted === "muted" ? "muted this title" : "follows this title again"}`,
        reason: wanted === "muted" ? "No mail about it goes to them from now on" : null,
        source: "by link",
      })),
    );
    await wakeBatches(tx, user.id, now);
    await refreshRequestStates(tx, requestIds, now);
    await announceChange(tx, "requests");
    ctx.log.info("title muted or followed", { userId: user.id, requestId, wanted });
    return { title: request.title };
  });
}
