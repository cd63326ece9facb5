import { and, desc, eq, inArray, isNull, lt, sql } from "drizzle-orm";
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

/** What is swallowed and not released, the newest first, with whom it is about; `before` is the id of the last one seen. */
export async function listOpenSwallowed(
  executor: Executor,
  page: { before: number | null; limit: number },
): Promise<SwallowedRow[]> {
  const rows = await executor
    .select({ item: swallowedItems, personName: users.displayName })
    .from(swallowedItems)
    .innerJoin(users, eq(users.id, swallowedItems.userId))
    .where(
      and(
        isNull(swallowedItems.releasedAt),
        page.before === null ? undefined : lt(swallowedItems.id, page.before),
      ),
    )
    .orderBy(desc(swallowedItems.id))
    .limit(page.limit);
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
