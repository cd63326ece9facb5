import { decideRequestState } from "@/lib/domain/request-state";
import type { Executor } from "@/lib/store/db";
import { readRequestFacts } from "@/lib/store/request-facts";
import { lockRequests, saveRequestVerdicts } from "@/lib/store/requests";

/**
 * Brings the verdicts of some requests up to date; part of the transaction that changed them. With `news` the requests
 * move to the top of the lists, otherwise only those whose verdict changed do.
 */
export async function refreshRequestStates(
  executor: Executor,
  requestIds: readonly number[],
  /** The moment of the news, or that of each request. */
  at: Date | ReadonlyMap<number, Date>,
  news: "news" | "noNews" = "news",
): Promise<void> {
  const ids = [...new Set(requestIds)].sort((a, b) => a - b);
  if (ids.length === 0) return;
  // Whoever changes the same request at this moment is waited for: a verdict from older facts would stay wrong.
  await lockRequests(executor, ids);
  const facts = await readRequestFacts(executor, ids);
  const verdicts = ids.flatMap((id) => {
    const known = facts.get(id);
    const newsAt = at instanceof Date ? at : at.get(id);
    if (!known || !newsAt) return [];
    const { state, until } = decideRequestState(known);
    const wasThereBefore = known.knownBefore > 0;
    return [{ id, state, stateUntil: until, toldCount: known.told, wasThereBefore, newsAt }];
  });
  await saveRequestVerdicts(executor, verdicts, news === "news");
}
