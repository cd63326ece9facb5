import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { batches, batchItems } from "@/drizzle/schema";
import type { BatchWindow } from "@/lib/domain/batching";
import type { Executor } from "./db";

export type Batch = typeof batches.$inferSelect;
export type BatchItem = typeof batchItems.$inferSelect;

/** The open batch of a user and group, locked until the transaction ends. */
export async function lockOpenBatch(
  executor: Executor,
  userId: number,
  groupKey: string,
): Promise<Batch | null> {
  const [row] = await executor
    .select()
    .from(batches)
    .where(
      and(eq(batches.userId, userId), eq(batches.groupKey, groupKey), eq(batches.status, "open")),
    )
    .for("update");
  return row ?? null;
}

/** Opens a batch; null when another transaction opened one for the same user and group first. */
export async function insertBatch(
  executor: Executor,
  batch: {
    userId: number;
    groupKey: string;
    title: string;
    window: BatchWindow;
    heldReason: string | null;
  },
): Promise<Batch | null> {
  const { window, ...rest } = batch;
  const [row] = await executor
    .insert(batches)
    .values({ ...rest, ...window, status: "open", nextLookAt: window.dueAt })
    .onConflictDoNothing()
    .returning();
  return row ?? null;
}

export async function findBatch(executor: Executor, batchId: number): Promise<Batch | null> {
  const [row] = await executor.select().from(batches).where(eq(batches.id, batchId));
  return row ?? null;
}

/** Locks a live batch for a decision; null when it is finished. */
export async function lockBatch(executor: Executor, batchId: number): Promise<Batch | null> {
  const [row] = await executor
    .select()
    .from(batches)
    .where(and(eq(batches.id, batchId), inArray(batches.status, ["open", "trailing"])))
    .for("update");
  return row ?? null;
}

export async function updateBatch(
  executor: Executor,
  batchId: number,
  changes: Partial<
    Pick<
      Batch,
      | "status"
      | "dueAt"
      | "closesAt"
      | "nextLookAt"
      | "finishedAt"
      | "pausedUntil"
      | "pausedBecause"
    >
  >,
): Promise<void> {
  await executor.update(batches).set(changes).where(eq(batches.id, batchId));
}

/** Adds items that do not wait for this user anywhere yet; returns the media keys that were added. */
export async function insertBatchItems(
  executor: Executor,
  items: readonly {
    batchId: number;
    userId: number;
    mediaKey: string;
    requestId: number;
    addedAt: Date;
  }[],
): Promise<string[]> {
  if (items.length === 0) return [];
  const rows = await executor
    .insert(batchItems)
    .values(items.map((item) => ({ ...item, state: "waiting" as const })))
    .onConflictDoNothing()
    .returning({ mediaKey: batchItems.mediaKey });
  return rows.map((row) => row.mediaKey);
}

export async function listWaitingItems(executor: Executor, batchId: number): Promise<BatchItem[]> {
  return executor
    .select()
    .from(batchItems)
    .where(and(eq(batchItems.batchId, batchId), eq(batchItems.state, "waiting")))
    .orderBy(batchItems.addedAt, batchItems.mediaKey);
}

/** Media keys of a group that wait for each of the users. */
export async function listWaitingKeys(
  executor: Executor,
  userIds: readonly number[],
  mediaKeys: readonly string[],
): Promise<{ userId: number; mediaKey: string }[]> {
  if (userIds.length === 0 || mediaKeys.length === 0) return [];
  return executor
    .select({ userId: batchItems.userId, mediaKey: batchItems.mediaKey })
    .from(batchItems)
    .where(
      and(
        inArray(batchItems.userId, [...userIds]),
        eq(batchItems.state, "waiting"),
        sql`${batchItems.mediaKey} = any(${sql.param([...mediaKeys])}::text[])`,
      ),
    );
}

export async function setBatchItemState(
  executor: Executor,
  batchId: number,
  mediaKeys: readonly string[],
  state: BatchItem["state"],
): Promise<void> {
  if (mediaKeys.length === 0) return;
  await executor
    .update(batchItems)
    .set({ state })
    .where(and(eq(batchItems.batchId, batchId), inArray(batchItems.mediaKey, [...mediaKeys])));
}

/** Live batches whose alarm should have rung by `before`: their job was lost. */
export async function listOverdueBatches(executor: Executor, before: Date): Promise<Batch[]> {
  return executor
    .select()
    .from(batches)
    .where(
      and(
        sql`${batches.status} in ('open', 'trailing')`,
        sql`${batches.nextLookAt} < ${before.toISOString()}::timestamptz`,
      ),
    );
}

/** Takes out what waits for a person on account of one request; another request of theirs may put it back in. */
export async function removeWaitingItems(
  executor: Executor,
  of: { requestId: number; userId: number },
): Promise<void> {
  await executor
    .delete(batchItems)
    .where(
      and(
        eq(batchItems.requestId, of.requestId),
        eq(batchItems.userId, of.userId),
        eq(batchItems.state, "waiting"),
      ),
    );
}

/** Hands waiting items to another batch of the same user. */
export async function moveBatchItems(
  executor: Executor,
  from: number,
  to: number,
  mediaKeys: readonly string[],
): Promise<void> {
  if (mediaKeys.length === 0) return;
  // An item that waited there before and was dropped gives way.
  await executor
    .delete(batchItems)
    .where(and(eq(batchItems.batchId, to), inArray(batchItems.mediaKey, [...mediaKeys])));
  await executor
    .update(batchItems)
    .set({ batchId: to })
    .where(and(eq(batchItems.batchId, from), inArray(batchItems.mediaKey, [...mediaKeys])));
}

/** Ends the pause of live batches, of one user or of all, so that they are looked at now. Returns their ids. */
export async function endPauses(
  executor: Executor,
  userId: number | null,
  now: Date,
): Promise<number[]> {
  const rows = await executor
    .update(batches)
    .set({ pausedUntil: null, pausedBecause: null, nextLookAt: now })
    .where(
      and(
        isNotNull(batches.pausedUntil),
        inArray(batches.status, ["open", "trailing"]),
        userId === null ? undefined : eq(batches.userId, userId),
      ),
    )
    .returning({ id: batches.id });
  return rows.map((row) => row.id);
}
