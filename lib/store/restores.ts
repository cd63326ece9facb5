import { and, desc, eq, isNull } from "drizzle-orm";
import { restores } from "@/drizzle/schema";
import type { Executor } from "./db";

export type Restore = typeof restores.$inferSelect;

export async function insertRestore(
  executor: Executor,
  restore: Pick<Restore, "fileName" | "startedBy" | "startedAt" | "words">,
): Promise<number> {
  const [row] = await executor.insert(restores).values(restore).returning({ id: restores.id });
  if (!row) throw new Error("PostgreSQL returned no restore");
  return row.id;
}

export async function updateRestore(
  executor: Executor,
  restoreId: number,
  changes: Partial<Omit<Restore, "id">>,
): Promise<void> {
  await executor.update(restores).set(changes).where(eq(restores.id, restoreId));
}

export async function findRestore(executor: Executor, restoreId: number): Promise<Restore | null> {
  const [row] = await executor.select().from(restores).where(eq(restores.id, restoreId));
  return row ?? null;
}

/** The latest restores, the newest first. */
export async function listRestores(executor: Executor, limit: number): Promise<Restore[]> {
  return executor.select().from(restores).orderBy(desc(restores.id)).limit(limit);
}

/** The restore that has begun and not ended. */
export async function findOpenRestore(executor: Executor): Promise<Restore | null> {
  const [row] = await executor
    .select()
    .from(restores)
    .where(isNull(restores.finishedAt))
    .orderBy(desc(restores.id))
    .limit(1);
  return row ?? null;
}

/** Closes restores that nobody works on any more, all but `exceptId`. */
export async function closeOpenRestores(
  executor: Executor,
  words: string,
  now: Date,
  exceptId: number | null = null,
): Promise<void> {
  for (const { id, swappedAt } of await executor
    .select()
    .from(restores)
    .where(isNull(restores.finishedAt))) {
    if (id === exceptId) continue;
    await executor
      .update(restores)
      .set(
        swappedAt
          ? { outcome: "restored", finishedAt: now }
          : { outcome: "failed", words, finishedAt: now },
      )
      .where(and(eq(restores.id, id), isNull(restores.finishedAt)));
  }
}
