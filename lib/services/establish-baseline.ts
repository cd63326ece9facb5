import type { Instance } from "@/lib/domain/instance";
import { markBaseline } from "@/lib/store/instances";
import { claimLedgerKeys } from "@/lib/store/ledger";
import type { RequestWithSeasons } from "@/lib/store/requests";
import type { ServiceContext } from "./context";
import { availableKind, gatherCollection } from "./gather-collection";
import { readInstanceHoldings } from "./read-instance";
import { refreshRequestStates } from "./refresh-request-state";
import { saveExpectedItems, saveHeldItems } from "./save-items";

/**
 * Puts what an instance holds within the requests of this moment into the ledger as known before, and mails nobody.
 * What waits in a mail already is news that a webhook brought, and stays news.
 */
export async function establishBaseline(
  ctx: ServiceContext,
  instance: Instance,
  requests: readonly RequestWithSeasons[],
): Promise<number> {
  const { holdings, expected } = await readInstanceHoldings(instance, requests);
  const now = ctx.now();
  let marked = 0;
  await ctx.database.db.transaction(async (tx) => {
    const plan = await gatherCollection(tx, holdings, requests);
    await saveHeldItems(tx, plan.covered, now);
    await saveExpectedItems(tx, expected, requests, now);
    const keysOf = new Map<number, string[]>();
    for (const join of plan.joins) {
      const keys = join.items.map((item) => item.mediaKey);
      keysOf.set(join.userId, [...(keysOf.get(join.userId) ?? []), ...keys]);
    }
    for (const skip of plan.skips) {
      keysOf.set(skip.userId, [...(keysOf.get(skip.userId) ?? []), ...skip.mediaKeys]);
    }
    for (const [userId, mediaKeys] of keysOf) {
      const claim = {
        userId,
        kind: availableKind,
        mediaKeys,
        how: "known_before" as const,
        at: now,
      };
      marked += (await claimLedgerKeys(tx, claim)).length;
    }
    await markBaseline(tx, instance.key, now);
    await refreshStates(tx, plan.covered);
  });
  ctx.log.info("known before", { instance: instance.key, items: holdings.length, marked });
  return marked;
}

/** Old news keeps its date: the lists are not turned upside down by the first sync. */
async function refreshStates(
  tx: Parameters<typeof refreshRequestStates>[0],
  covered: readonly { holding: { addedAt: Date | null }; requestIds: readonly number[] }[],
): Promise<void> {
  const newest = new Map<number, Date>();
  for (const { holding, requestIds } of covered) {
    for (const id of requestIds) {
      const at = holding.addedAt ?? new Date(0);
      if ((newest.get(id) ?? new Date(0)) <= at) newest.set(id, at);
    }
  }
  for (const [id, at] of newest) await refreshRequestStates(tx, [id], at);
}
