import { planCollection } from "@/lib/domain/collection";
import type { Instance } from "@/lib/domain/instance";
import { decideSeriesRead, isSuddenlyEmpty } from "@/lib/domain/reconcile";
import type { ComparedService, Finding } from "@/lib/domain/run-report";
import { plural } from "@/lib/domain/views/count-words";
import { itemWords } from "@/lib/domain/words";
import { AppError } from "@/lib/errors";
import { listHeldGroups, type MediaItem, markGroupsGone } from "@/lib/store/media-items";
import type { RequestWithSeasons } from "@/lib/store/requests";
import { forgetSeriesReads, mapSeriesReads, saveSeriesReads } from "@/lib/store/series-reads";
import { saveExpectedItems, saveHeldItems } from "../batches/save-items";
import type { ServiceContext } from "../context";
import { readCutoffRule } from "../library/cutoff-rule";
import {
  type AskedTitle,
  type InstanceListing,
  listInstance,
  type Portion,
  readInPortions,
} from "../library/read-instance";
import type { Progress } from "../run-report";

/** Shows that look unchanged are refreshed by this many a run, the longest unread first: the cost stays the same. */
const refreshedAtOnce = 50;

/**
 * Brings what we know of an instance's files up to date. Its list is read once; episodes only of shows that look
 * different than when they were read last, so that the number of calls does not grow with the number of requests.
 * Throws UpstreamError or AppError when it cannot be asked, and then nothing counts as gone.
 */
export async function compareInstance(
  ctx: ServiceContext,
  instance: Instance,
  requests: readonly RequestWithSeasons[],
  report: Progress,
): Promise<{ service: ComparedService; findings: Finding[] }> {
  const { db } = ctx.database;
  const rule = await readCutoffRule(await ctx.loadConfig(), instance);
  const listing = await listInstance(instance, requests, rule);
  const known = await listHeldGroups(db, instance.key);
  if (isSuddenlyEmpty(listing.total, known.length)) {
    throw new AppError(
      "unavailable",
      `${instance.name} names no titles at all, though it held ${plural(known.length, "title")} people asked for: nothing was changed`,
    );
  }
  const due = await chooseTitles(ctx, instance, listing.asked);
  let read = 0;
  for await (const portion of readInPortions(due)) {
    await savePortion(ctx, instance, portion);
    read += portion.titles.length;
    await report({
      done: read,
      total: due.length,
      words: `Comparing with ${instance.name}: ${read} of ${due.length} titles`,
    });
  }
  const findings = await settleGone(ctx, instance, listing, known);
  const what = instance.kind === "radarr" ? "movie" : "show";
  const words =
    instance.kind === "radarr"
      ? `${plural(listing.asked.length, what)} compared`
      : `${plural(listing.asked.length, what)} compared, ${due.length === 0 ? "none" : due.length} read anew`;
  return { service: { name: instance.name, outcome: "read", words }, findings };
}

/** What differs from the last reading, and the longest unread of the rest. */
async function chooseTitles(
  ctx: ServiceContext,
  instance: Instance,
  asked: readonly AskedTitle[],
): Promise<AskedTitle[]> {
  if (instance.kind === "radarr") return [...asked];
  const reads = await mapSeriesReads(ctx.database.db, instance.key);
  const readAt = (title: AskedTitle) => reads.get(title.upstreamId)?.readAt.getTime() ?? 0;
  const why = (title: AskedTitle) =>
    decideSeriesRead(title.fingerprint, reads.get(title.upstreamId) ?? null, ctx.now());
  const stale = asked.filter((title) => why(title) === "stale");
  return [
    ...asked.filter((title) => why(title) === "changed"),
    ...stale.sort((a, b) => readAt(a) - readAt(b)).slice(0, refreshedAtOnce),
  ];
}

async function savePortion(
  ctx: ServiceContext,
  instance: Instance,
  { titles, holdings, expected }: Portion,
): Promise<void> {
  const now = ctx.now();
  const requests = [...new Set(titles.flatMap((title) => title.requests))];
  const { covered } = planCollection({ holdings, requests, watchers: [], settled: [] });
  await ctx.database.db.transaction(async (tx) => {
    await saveHeldItems(tx, covered, now);
    await saveExpectedItems(tx, expected, requests, now);
    await saveSeriesReads(
      tx,
      titles.flatMap(({ upstreamId: seriesId, fingerprint }) =>
        fingerprint === null
          ? []
          : [{ instanceKey: instance.key, seriesId, fingerprint, readAt: now }],
      ),
    );
  });
}

/** What the instance held and does not list any more: known only now that its list was read to the end. */
async function settleGone(
  ctx: ServiceContext,
  instance: Instance,
  listing: InstanceListing,
  known: readonly string[],
): Promise<Finding[]> {
  const { db } = ctx.database;
  const groupKeys = known.filter((group) => !listing.heldGroups.has(group));
  const gone = await markGroupsGone(db, { instanceKey: instance.key, groupKeys }, ctx.now());
  if (gone.length === 0) return [];
  // Another instance may hold the same: its shows are looked at again.
  await forgetSeriesReads(db, "all");
  const byGroup = new Map<string, MediaItem[]>();
  for (const item of gone)
    byGroup.set(item.groupKey, [...(byGroup.get(item.groupKey) ?? []), item]);
  return [...byGroup.values()].map((items) => {
    const mediaKeys = items.map((item) => item.mediaKey);
    return {
      kind: "gone",
      requestId: null,
      userId: null,
      title: items[0]?.title ?? null,
      words: `${instance.name} does not have ${itemWords(mediaKeys)} any more`,
      reason: "Nobody is told about what is gone",
      mediaKeys,
    };
  });
}
