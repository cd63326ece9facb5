import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { swallowedItems, users } from "@/drizzle/schema";
import type { Executor } from "./db";

export type SwallowedItem = typeof swallowedItems.$inferSelect;
export type SwallowedRow = SwallowedItem & { personName: string };

/** Writes down what was settled without a mail after a restore. */
export async function insertSwallowed(
  executor: Executor,
  items: readonly Omit<typeof swallowedItems.$inferInsert, "id" | "releasedAt">[],
): Promise<void> {
  for (let start = 0; start < items.length; start += 500) {
    await executor.insert(swallowedItems).values(items.slice(start, start + 500));
  }
}

/** What is swallowed and not released, the newest first, with whom it is about. */
export async function listOpenSwallowed(
  executor: Executor,
  limit: number,
): Promise<SwallowedRow[]> {
  const rows = await executor
    .select({ item: swallowedItems, personName: users.displayName })
    .from(swallowedItems)
    .innerJoin(users, eq(users.id, swallowedItems.userId))
    .where(isNull(swallowedItems.releasedAt))
    .orderBy(desc(swallowedItems.id))
    .limit(limit);
  return rows.map(({ item, personName }) => ({ ...item, personName }));
}

export async function countOpenSwallowed(executor: Executor): Promise<number> {
  const [row] = await executor
    .select({ count: sql<number>`count(*)::int` })
    .from(swallowedItems)
    .where(isNull(swallowedItems.releasedAt));
  return row?.count ?? 0;
}

/** Marks items as released and returns those that were not before; all open ones without ids. */
export async function claimSwallowed(
  executor: Executor,
  ids: readonly number[] | "all",
  now: Date,
): Promise<SwallowedItem[]> {
  return executor
    .update(swallowedItems)
    .set({ releasedAt: now })
    .where(
      and(
        isNull(swallowedItems.releasedAt),
        ids === "all" ? undefined : inArray(swallowedItems.id, [...ids]),
      ),
    )
    .returning();
}
