import {
  type CollectionPlan,
  type Holding,
  planCollection,
  type Settled,
} from "@/lib/domain/collection";
import { mediaKey } from "@/lib/domain/media";
import { listWaitingKeys } from "@/lib/store/batches";
import type { Executor } from "@/lib/store/db";
import { listLedger } from "@/lib/store/ledger";
import { listWatchers, type RequestWithSeasons } from "@/lib/store/requests";

/** The one ledger kind for "you can watch it": movies and episodes never share a media key. */
export const availableKind = "available";

/** Reads who is attached and what is settled, and plans who is told about `holdings`. */
export async function gatherCollection(
  executor: Executor,
  holdings: readonly Holding[],
  requests: readonly RequestWithSeasons[],
): Promise<CollectionPlan> {
  const watchers = await listWatchers(
    executor,
    requests.map((request) => request.id),
  );
  const userIds = [...new Set(watchers.map((watcher) => watcher.id))];
  const mediaKeys = holdings.map((holding) => mediaKey(holding.identity));
  const [ledger, waiting] = await Promise.all([
    listLedger(executor, { userIds, kind: availableKind, mediaKeys }),
    listWaitingKeys(executor, userIds, mediaKeys),
  ]);
  const settled: Settled[] = [
    ...ledger,
    ...waiting.map((entry) => ({ ...entry, how: "waiting" as const })),
  ];
  return planCollection({ holdings, requests, watchers, settled });
}
