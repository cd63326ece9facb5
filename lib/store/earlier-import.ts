import { sql } from "drizzle-orm";
import { deliveryLedger, requests, users } from "@/drizzle/schema";
import type { Executor } from "./db";
import type { LedgerHow } from "./ledger";

/** Our ids of people, by Seerr's. */
export async function listUserIds(executor: Executor): Promise<Map<number, number>> {
  const rows = await executor.select({ id: users.id, seerrUserId: users.seerrUserId }).from(users);
  return new Map(rows.map((row) => [row.seerrUserId, row.id]));
}

/** Our ids of requests, by Seerr's. */
export async function listRequestIds(executor: Executor): Promise<Map<number, number>> {
  const rows = await executor
    .select({ id: requests.id, seerrRequestId: requests.seerrRequestId })
    .from(requests);
  return new Map(rows.map((row) => [row.seerrRequestId, row.id]));
}

/**
 * Puts into the ledger what another system told. What is there already stays, only "known before" becomes "told" when
 * that is the truth. Returns how many rows are new or truer.
 */
export async function mergeIntoLedger(
  executor: Executor,
  kind: string,
  rows: readonly { userId: number; mediaKey: string; how: LedgerHow; at: Date }[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const merged = await executor
    .insert(deliveryLedger)
    .values(rows.map((row) => ({ ...row, kind })))
    .onConflictDoUpdate({
      target: [deliveryLedger.userId, deliveryLedger.kind, deliveryLedger.mediaKey],
      set: { how: sql`excluded.how`, at: sql`excluded.at` },
      setWhere: sql`${deliveryLedger.how} = 'known_before' and excluded.how = 'told'`,
    })
    .returning({ userId: deliveryLedger.userId });
  return merged.length;
}
