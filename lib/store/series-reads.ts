import { and, eq, sql } from "drizzle-orm";
import { seriesReads } from "@/drizzle/schema";
import type { Executor } from "./db";

export type SeriesRead = typeof seriesReads.$inferSelect;

/** How the shows of an instance looked when their episodes were read last, by series id. */
export async function mapSeriesReads(
  executor: Executor,
  instanceKey: string,
): Promise<Map<number, SeriesRead>> {
  const rows = await executor
    .select()
    .from(seriesReads)
    .where(eq(seriesReads.instanceKey, instanceKey));
  return new Map(rows.map((row) => [row.seriesId, row]));
}

export async function saveSeriesReads(
  executor: Executor,
  reads: readonly SeriesRead[],
): Promise<void> {
  if (reads.length === 0) return;
  await executor
    .insert(seriesReads)
    .values([...reads])
    .onConflictDoUpdate({
      target: [seriesReads.instanceKey, seriesReads.seriesId],
      set: { fingerprint: sql`excluded.fingerprint`, readAt: sql`excluded.read_at` },
    });
}

/** Forgets how shows looked, so that they are read again: those of one instance, or all. */
export async function forgetSeriesReads(
  executor: Executor,
  of: { instanceKey: string; seriesIds: readonly number[] } | "all",
): Promise<void> {
  if (of === "all") {
    await executor.delete(seriesReads);
    return;
  }
  await executor
    .delete(seriesReads)
    .where(
      and(
        eq(seriesReads.instanceKey, of.instanceKey),
        sql`${seriesReads.seriesId} = any(${sql.param([...of.seriesIds])}::int[])`,
      ),
    );
}
