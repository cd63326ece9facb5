import { and, eq, inArray, sql } from "drizzle-orm";
import { deliveryLedger } from "@/drizzle/schema";
import type { Executor } from "./db";

export type LedgerHow = "told" | "known_before" | "not_wanted";

/**
 * Claims media keys for telling a user: only the keys returned are theirs to be told now. The primary key of the
 * ledger is what makes "at most once" true, whoever else claims at the same moment.
 */
export async function claimLedgerKeys(
  executor: Executor,
  claim: { userId: number; kind: string; mediaKeys: readonly string[]; how: LedgerHow; at: Date },
): Promise<string[]> {
  const won: string[] = [];
  const { mediaKeys, ...rest } = claim;
  for (let start = 0; start < mediaKeys.length; start += 1000) {
    const rows = await executor
      .insert(deliveryLedger)
      .values(mediaKeys.slice(start, start + 1000).map((mediaKey) => ({ ...rest, mediaKey })))
      .onConflictDoNothing()
      .returning({ mediaKey: deliveryLedger.mediaKey });
    won.push(...rows.map((row) => row.mediaKey));
  }
  return won;
}

/** Notes which notification carried the claimed keys. */
export async function setLedgerNotification(
  executor: Executor,
  claim: { userId: number; kind: string; mediaKeys: readonly string[]; notificationId: number },
): Promise<void> {
  await executor
    .update(deliveryLedger)
    .set({ notificationId: claim.notificationId })
    .where(
      and(
        eq(deliveryLedger.userId, claim.userId),
        eq(deliveryLedger.kind, claim.kind),
        inArray(deliveryLedger.mediaKey, [...claim.mediaKeys]),
      ),
    );
}

/** What a notification that certainly never left would have told is not told after all. */
export async function releaseLedgerKeys(executor: Executor, told: ToldBy): Promise<void> {
  await executor.delete(deliveryLedger).where(isToldBy(told));
}

/** What a notification would have told, or only `mediaKeys` of it, was not wanted any more when it was about to leave. */
export async function markNotWanted(
  executor: Executor,
  told: ToldBy & { mediaKeys?: readonly string[] },
): Promise<void> {
  await executor
    .update(deliveryLedger)
    .set({ how: "not_wanted" })
    .where(
      and(
        isToldBy(told),
        told.mediaKeys &&
          sql`${deliveryLedger.mediaKey} = any(${sql.param([...told.mediaKeys])}::text[])`,
      ),
    );
}

/** Part of what a notification that certainly never left would have told is not told after all. */
export async function forgetTold(
  executor: Executor,
  claim: { userId: number; kind: string; mediaKeys: readonly string[]; notificationId: number },
): Promise<void> {
  if (claim.mediaKeys.length === 0) return;
  await executor
    .delete(deliveryLedger)
    .where(
      and(
        isToldBy(claim),
        eq(deliveryLedger.kind, claim.kind),
        sql`${deliveryLedger.mediaKey} = any(${sql.param([...claim.mediaKeys])}::text[])`,
      ),
    );
}

/** What was put into the ledger without a mail is news again. */
export async function forgetKnownBefore(
  executor: Executor,
  claim: { userId: number; kind: string; mediaKeys: readonly string[] },
): Promise<void> {
  if (claim.mediaKeys.length === 0) return;
  await executor
    .delete(deliveryLedger)
    .where(
      and(
        eq(deliveryLedger.userId, claim.userId),
        eq(deliveryLedger.kind, claim.kind),
        eq(deliveryLedger.how, "known_before"),
        sql`${deliveryLedger.mediaKey} = any(${sql.param([...claim.mediaKeys])}::text[])`,
      ),
    );
}

type ToldBy = { userId: number; notificationId: number };

const isToldBy = ({ userId, notificationId }: ToldBy) =>
  and(eq(deliveryLedger.userId, userId), eq(deliveryLedger.notificationId, notificationId));

export type LedgerEntry = typeof deliveryLedger.$inferSelect;

/** What of `mediaKeys` each user was told of, or is not to be told of. */
export async function listLedger(
  executor: Executor,
  query: { userIds: readonly number[]; kind: string; mediaKeys: readonly string[] },
): Promise<LedgerEntry[]> {
  if (query.userIds.length === 0 || query.mediaKeys.length === 0) return [];
  return executor
    .select()
    .from(deliveryLedger)
    .where(
      and(
        inArray(deliveryLedger.userId, [...query.userIds]),
        eq(deliveryLedger.kind, query.kind),
        sql`${deliveryLedger.mediaKey} = any(${sql.param([...query.mediaKeys])}::text[])`,
      ),
    );
}
