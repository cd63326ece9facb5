import { resolveInstance } from "@/lib/domain/instance";
import { itemWords, listWords } from "@/lib/domain/words";
import { UpstreamError } from "@/lib/errors";
import type { InboundEffect, InboundEvent } from "@/lib/store/inbound-events";
import { listMovieRequests, listShowRequests } from "@/lib/store/requests";
import { gatherCollection } from "../batches/gather-collection";
import type { ServiceContext } from "../context";
import { readCutoffRule } from "../library/cutoff-rule";
import { readMovieHolding, readShowHoldings } from "../library/read-holdings";
import { parseInboundEvent } from "./parse-inbound-event";

/** What the collection after an import event would bring, read and planned but not carried out. */
export async function rehearseCollection(
  ctx: ServiceContext,
  row: InboundEvent,
): Promise<InboundEffect[]> {
  const event = parseInboundEvent(row);
  if (event.kind !== "imported" || row.source === "seerr") return [];
  const { item } = event;
  const config = await ctx.loadConfig();
  const instance = resolveInstance(config.instances, {
    kind: row.source,
    pathInstance: row.pathInstance,
    instanceName: item.instanceName,
    applicationUrl: item.applicationUrl,
  });
  if (!instance) return [];
  const { db } = ctx.database;
  try {
    const requests =
      item.type === "movie"
        ? await listMovieRequests(db, item.tmdbId ?? 0)
        : await listShowRequests(db, { tvdbId: item.tvdbId, tmdbId: item.tmdbId });
    const rule = await readCutoffRule(config, instance);
    const movie =
      item.type === "movie" ? await readMovieHolding(instance, item.tmdbId ?? 0, rule) : null;
    const holdings =
      item.type === "movie"
        ? movie
          ? [movie]
          : []
        : ((await readShowHoldings(instance, item, rule))?.holdings ?? []);
    const plan = await gatherCollection(db, holdings, requests);
    if (plan.joins.length === 0) {
      return [{ words: "No mail", detail: "Nobody is to be told of anything new" }];
    }
    const keys = plan.joins.flatMap((join) => join.items.map((i) => i.mediaKey));
    return [
      {
        words: `${plan.joins.length === 1 ? "A mail" : `${plan.joins.length} mails`} would be planned`,
        detail: `${listWords(plan.joins.map((join) => join.displayName))}: ${itemWords([...new Set(keys)])}`,
      },
    ];
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    return [{ words: `What ${instance.name} holds could not be read`, detail: error.message }];
  }
}
