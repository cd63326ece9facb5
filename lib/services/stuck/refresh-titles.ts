import { downloadEpisodeWords } from "@/lib/domain/downloads";
import type { Instance } from "@/lib/domain/instance";
import { claimRefresh, releaseRefresh } from "@/lib/store/downloads";
import { insertTimeline } from "@/lib/store/timeline";
import type { ServiceContext } from "../context";
import { sonarrOf } from "../upstreams";
import { requestsOfDownload } from "./download-requests";
import type { JudgedDownload } from "./read-downloads";

/** One show is read anew at most this often on account of a missing title. */
const pauseMs = 6 * 60 * 60 * 1000;

/**
 * Has shows read anew whose episodes wait for a title before they can be imported. Returns how many were asked for;
 * throws UpstreamError when the instance cannot be asked.
 */
export async function refreshTitles(
  ctx: ServiceContext,
  instance: Instance,
  judged: readonly JudgedDownload[],
): Promise<number> {
  if (instance.kind !== "sonarr") return 0;
  let asked = 0;
  for (const { row, verdict } of judged) {
    const isWaiting = verdict.kind === "waiting" || verdict.kind === "stuck";
    const lacksTitle = isWaiting && verdict.reasons.some((reason) => reason.cure === "refresh");
    if (!lacksTitle || row.upstreamId === null) continue;
    const now = ctx.now();
    const series = { instanceKey: instance.key, seriesId: row.upstreamId };
    const since = new Date(now.getTime() - pauseMs);
    if (!(await claimRefresh(ctx.database.db, series, since, now))) continue;
    try {
      await sonarrOf(instance).refreshSeries(row.upstreamId);
    } catch (error) {
      await releaseRefresh(ctx.database.db, series, now);
      throw error;
    }
    asked += 1;
    const requests = await requestsOfDownload(ctx.database.db, instance, row);
    await insertTimeline(
      ctx.database.db,
      requests.map((request) => ({
        requestId: request.id,
        at: now,
        kind: "decision" as const,
        code: "titles_refreshed",
        words: `${instance.name} is asked to read the show anew`,
        reason: `${downloadEpisodeWords(row.episodes) ?? "An episode"} has no title yet, and is imported only with one`,
        source: "BingeAlert",
        dedupeKey: `refresh:${row.id}:${request.id}:${now.getTime()}`,
      })),
    );
  }
  return asked;
}
