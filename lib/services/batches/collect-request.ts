import { UpstreamError } from "@/lib/errors";
import { findInstance } from "@/lib/store/instances";
import { findRequest, listSeasons } from "@/lib/store/requests";
import type { ServiceContext } from "../context";
import { readCutoffRule } from "../library/cutoff-rule";
import { readMovieHolding, readShowHoldings, type ShowHoldings } from "../library/read-holdings";
import { reviewBelowCutoff } from "../library/review-below-cutoff";
import { gatherCollection } from "./gather-collection";
import { joinBatches } from "./join-batches";
import { saveExpectedItems } from "./save-items";

/**
 * Looks at what is there already for one request: it was approved just now, somebody was attached, or Seerr reports it
 * as available. Instances whose old holdings are not in the ledger yet are left to reconciliation.
 */
export async function collectRequest(ctx: ServiceContext, requestId: number): Promise<void> {
  const { db } = ctx.database;
  const row = await findRequest(db, requestId);
  if (!row) return;
  const request = { ...row, seasons: await listSeasons(db, requestId) };
  const config = await ctx.loadConfig();
  const kind = request.mediaType === "movie" ? "radarr" : "sonarr";
  let failure: UpstreamError | null = null;
  for (const instance of config.instances) {
    if (instance.kind !== kind || instance.isFourK !== request.isFourK) continue;
    if (!(await findInstance(db, instance.key))?.baselineAt) continue;
    try {
      const { holdings, expected } = await readHoldings();
      await saveExpectedItems(db, expected, [request], ctx.now());
      const plan = await gatherCollection(db, holdings, [request]);
      await joinBatches(ctx, config, plan, { eventId: null });
      await reviewBelowCutoff(ctx, config, plan);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      failure = error;
    }

    async function readHoldings(): Promise<ShowHoldings> {
      const nothing = { holdings: [], expected: [] };
      const rule = await readCutoffRule(config, instance);
      if (request.mediaType === "movie") {
        const movie =
          request.tmdbId === null ? null : await readMovieHolding(instance, request.tmdbId, rule);
        return movie ? { holdings: [movie], expected: [] } : nothing;
      }
      if (request.tvdbId === null) return nothing;
      return (
        (await readShowHoldings(instance, { seriesId: null, tvdbId: request.tvdbId }, rule)) ??
        nothing
      );
    }
  }
  // One server that is down does not keep back what the others hold, but is asked again.
  if (failure) throw failure;
}
