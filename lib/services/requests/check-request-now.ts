import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import { findRequest } from "@/lib/store/requests";
import { insertTimeline } from "@/lib/store/timeline";
import type { ServiceContext } from "../context";

/** Statuses in Seerr that nothing is looked for. */
const closed = ["pending", "declined", "failed", "deleted"];

/**
 * Looks now at what is there for one request instead of waiting for the next full check. Throws `not_found`,
 * `conflict` when Seerr has not approved it, or `not_configured` when no server serves it.
 */
export async function checkRequestNow(
  ctx: ServiceContext,
  requestId: number,
  actor: string,
): Promise<{ serverName: "Sonarr" | "Radarr" }> {
  const { instances } = await ctx.loadConfig();
  const now = ctx.now();
  return ctx.database.db.transaction(async (tx) => {
    const request = await findRequest(tx, requestId);
    if (!request) throw new AppError("not_found", "There is no such request");
    if (closed.includes(request.status)) {
      throw new AppError("conflict", "Seerr has not approved this request, so nothing fetches it");
    }
    const kind = request.mediaType === "movie" ? "radarr" : "sonarr";
    const serverName = kind === "sonarr" ? "Sonarr" : "Radarr";
    const serves = instances.some((i) => i.kind === kind && i.isFourK === request.isFourK);
    if (!serves) {
      const what = `${request.isFourK ? "4K" : "HD"} requests`;
      throw new AppError("not_configured", `No ${serverName} is connected for ${what}`);
    }
    await enqueue(tx, "collect_request", { requestId });
    await insertTimeline(tx, [
      {
        requestId,
        at: now,
        kind: "decision",
        code: "checked_by_hand",
        words: `Asked ${serverName} what is there`,
        reason: "A check was asked for by hand",
        source: actor,
      },
    ]);
    await announceChange(tx, "requests");
    return { serverName };
  });
}
