import type { CollectionPlan } from "@/lib/domain/collection";
import type { Instance } from "@/lib/domain/instance";
import type { ComparedService, Finding } from "@/lib/domain/run-report";
import { plural } from "@/lib/domain/views/count-words";
import { itemWords } from "@/lib/domain/words";
import type { Executor } from "@/lib/store/db";
import { forgetBaselines, markBaseline } from "@/lib/store/instances";
import { claimLedgerKeys } from "@/lib/store/ledger";
import { findMilestone, renewMilestone } from "@/lib/store/milestones";
import type { RequestWithSeasons } from "@/lib/store/requests";
import { stopRestoredWork } from "@/lib/store/restored-work";
import { forgetSeriesReads, saveSeriesReads } from "@/lib/store/series-reads";
import { insertSwallowed } from "@/lib/store/swallowed-items";
import { insertTimeline } from "@/lib/store/timeline";
import { availableKind, gatherCollection } from "../batches/gather-collection";
import { saveExpectedItems, saveHeldItems } from "../batches/save-items";
import type { ServiceContext } from "../context";
import { listInstance, readInPortions } from "../library/read-instance";
import { refreshRequestStates } from "../requests/refresh-request-state";
import type { Progress } from "../run-report";

/** Why a baseline is established: `first` when an instance is new, `restored` once after a restore. */
export type BaselineCause = "first" | "restored";

/**
 * Puts what an instance holds within the requests of this moment into the ledger as known before, and mails nobody.
 * What waits in a mail already is news that a webhook brought, and stays news. After a restore, what this settles is
 * kept as well, so that the admin can look at it and let it go out.
 */
export async function establishBaseline(
  ctx: ServiceContext,
  instance: Instance,
  requests: readonly RequestWithSeasons[],
  cause: BaselineCause,
  report: Progress,
): Promise<{ service: ComparedService; findings: Finding[]; marked: number }> {
  const listing = await listInstance(instance, requests);
  const findings: Finding[] = [];
  let marked = 0;
  let read = 0;
  for await (const portion of readInPortions(listing.asked)) {
    const now = ctx.now();
    const asking = [...new Set(portion.titles.flatMap((title) => title.requests))];
    marked += await ctx.database.db.transaction(async (tx) => {
      const plan = await gatherCollection(tx, portion.holdings, asking);
      await saveHeldItems(tx, plan.covered, now);
      await saveExpectedItems(tx, portion.expected, asking, now);
      const settled = await settleKnownBefore(tx, plan, now);
      if (cause === "restored") findings.push(...(await recordSwallowed(tx, plan, settled, now)));
      await saveSeriesReads(
        tx,
        portion.titles.flatMap(({ upstreamId: seriesId, fingerprint }) =>
          fingerprint === null
            ? []
            : [{ instanceKey: instance.key, seriesId, fingerprint, readAt: now }],
        ),
      );
      await refreshStates(tx, plan.covered);
      return settled.size;
    });
    read += portion.titles.length;
    const words = `Learning what ${instance.name} holds: ${read} of ${listing.asked.length} titles`;
    await report({ done: read, total: listing.asked.length, words });
  }
  await markBaseline(ctx.database.db, instance.key, ctx.now());
  ctx.log.info("known before", { instance: instance.key, titles: listing.asked.length, marked });
  if (cause === "first" && marked > 0) findings.push(knownBefore(instance, marked));
  const words = `${plural(listing.asked.length, "title")} read for the first time`;
  return { service: { name: instance.name, outcome: "baseline", words }, findings, marked };
}

/** Claims everything the plan would tell or skip, as known before. Returns `user key` of what was news until now. */
async function settleKnownBefore(
  tx: Executor,
  plan: CollectionPlan,
  now: Date,
): Promise<Set<string>> {
  const keysOf = new Map<number, string[]>();
  const note = (userId: number, keys: readonly string[]) =>
    keysOf.set(userId, [...(keysOf.get(userId) ?? []), ...keys]);
  for (const join of plan.joins) {
    note(
      join.userId,
      join.items.map((item) => item.mediaKey),
    );
  }
  for (const skip of plan.skips) note(skip.userId, skip.mediaKeys);
  const settled = new Set<string>();
  for (const [userId, mediaKeys] of keysOf) {
    const claim = { userId, kind: availableKind, mediaKeys, how: "known_before" as const, at: now };
    for (const key of await claimLedgerKeys(tx, claim)) settled.add(`${userId} ${key}`);
  }
  return settled;
}

/** What would have been mailed had there been no restore: kept, and said on the timeline. */
async function recordSwallowed(
  tx: Executor,
  plan: CollectionPlan,
  settled: ReadonlySet<string>,
  now: Date,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const join of plan.joins) {
    const items = join.items.filter((item) => settled.has(`${join.userId} ${item.mediaKey}`));
    await insertSwallowed(
      tx,
      items.map((item) => ({ ...item, userId: join.userId, title: join.title, at: now })),
    );
    for (const requestId of new Set(items.map((item) => item.requestId))) {
      const mediaKeys = items.filter((i) => i.requestId === requestId).map((i) => i.mediaKey);
      const words = `${join.displayName} was not told about ${itemWords(mediaKeys)}`;
      const reason = "It was there when a backup was restored; whether they know is not known";
      findings.push({
        kind: "swallowed",
        requestId,
        userId: join.userId,
        title: join.title,
        words,
        reason,
        mediaKeys,
      });
      await insertTimeline(tx, [
        {
          requestId,
          userId: join.userId,
          at: now,
          kind: "not_told",
          code: "swallowed_by_restore",
          words,
          reason,
          source: "BingeAlert",
        },
      ]);
    }
  }
  return findings;
}

const knownBefore = (instance: Instance, marked: number): Finding => ({
  kind: "known_before",
  requestId: null,
  userId: null,
  title: null,
  words: `${plural(marked, "thing")} at ${instance.name} ${marked === 1 ? "was" : "were"} there before`,
  reason: "What was there before BingeAlert is nobody's news",
  mediaKeys: [],
});

/** Old news keeps its date: the lists are not turned upside down by the first sync. */
async function refreshStates(
  tx: Executor,
  covered: readonly { holding: { addedAt: Date | null }; requestIds: readonly number[] }[],
): Promise<void> {
  const newest = new Map<number, Date>();
  for (const { holding, requestIds } of covered) {
    for (const id of requestIds) {
      const at = holding.addedAt ?? new Date(0);
      if ((newest.get(id) ?? new Date(0)) <= at) newest.set(id, at);
    }
  }
  await refreshRequestStates(tx, [...newest.keys()], newest);
}

/**
 * Once after a restore (milestone `restored`): stops what the backup had under way and takes the baselines back, so
 * that the next check marks what is held now as known before instead of mailing it. Returns whether it had to.
 */
export async function markAfterRestore(ctx: ServiceContext): Promise<boolean> {
  const now = ctx.now();
  return ctx.database.db.transaction(async (tx) => {
    const restoredAt = await findMilestone(tx, "restored");
    const markedAt = await findMilestone(tx, "restore_marked");
    if (!restoredAt || (markedAt && markedAt >= restoredAt)) return false;
    await renewMilestone(tx, "restore_marked", now);
    const reason =
      "It was under way when the restored backup was made, and may have been sent since";
    const { held } = await stopRestoredWork(tx, { at: restoredAt, reason }, now);
    await forgetBaselines(tx);
    await forgetSeriesReads(tx, "all");
    ctx.log.warn("the database was restored from a backup: what is held now is marked as known", {
      heldMails: held,
    });
    return true;
  });
}
