import type { CollectionPlan, Holding } from "@/lib/domain/collection";
import { groupKey, mediaKey } from "@/lib/domain/media";
import type { Executor } from "@/lib/store/db";
import { type HeldItem, upsertExpectedItems, upsertMediaItems } from "@/lib/store/media-items";
import { learnTvdbIds, type RequestWithSeasons } from "@/lib/store/requests";

/** Stores what an instance holds and some request covers. */
export async function saveHeldItems(
  executor: Executor,
  covered: CollectionPlan["covered"],
  now: Date,
): Promise<void> {
  const holdings = covered.map((one) => one.holding);
  const rows = holdings.map((holding) => ({
    ...toRow(holding),
    importedAt: holding.addedAt && holding.addedAt <= now ? holding.addedAt : now,
  }));
  await upsertMediaItems(executor, rows, now);
  const tvdbIds = new Map<number, number>();
  for (const { holding, requestIds } of covered) {
    if (holding.tvdbId === null) continue;
    for (const id of requestIds) tvdbIds.set(id, holding.tvdbId);
  }
  await learnTvdbIds(
    executor,
    [...tvdbIds].map(([requestId, tvdbId]) => ({ requestId, tvdbId })),
  );
}

/** Stores the episodes still to come of the seasons that are asked for: what "next" is said of. */
export async function saveExpectedItems(
  executor: Executor,
  expected: readonly Holding[],
  requests: readonly RequestWithSeasons[],
  now: Date,
): Promise<void> {
  const asked = new Set(requests.flatMap((request) => request.seasons));
  const all = requests.some((request) => request.coversAllSeasons);
  const wanted = expected.filter(
    ({ identity }) =>
      identity.kind === "episode" && (asked.has(identity.season) || (all && identity.season > 0)),
  );
  await upsertExpectedItems(executor, wanted.map(toRow), now);
}

function toRow(holding: Holding): HeldItem {
  const { identity, addedAt: _addedAt, waitsForCutoff: _waits, ...facts } = holding;
  return {
    ...facts,
    mediaKey: mediaKey(identity),
    groupKey: groupKey(identity),
    kind: identity.kind,
    isFourK: identity.isFourK,
    season: identity.kind === "episode" ? identity.season : null,
    episode: identity.kind === "episode" ? identity.episode : null,
  };
}
