import { decideRequestState } from "@/lib/domain/request-state";
import type { Executor } from "@/lib/store/db";
import { readRequestFacts } from "@/lib/store/request-facts";
import { updateRequest } from "@/lib/store/requests";

/** Brings the verdicts of some requests up to date, as news of this moment. Part of the transaction that changed them. */
export async function refreshRequestStates(
  executor: Executor,
  requestIds: readonly number[],
  now: Date,
): Promise<void> {
  const ids = [...new Set(requestIds)].sort((a, b) => a - b);
  if (ids.length === 0) return;
  const facts = await readRequestFacts(executor, ids);
  for (const id of ids) {
    const known = facts.get(id);
    if (!known) continue;
    const { state, until } = decideRequestState(known);
    await updateRequest(executor, id, {
      state,
      stateUntil: until,
      toldCount: known.told,
      lastNewsAt: now,
      updatedAt: now,
    });
  }
}
