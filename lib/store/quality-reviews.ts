import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { qualityReviews } from "@/drizzle/schema";
import type { KeptReview } from "@/lib/domain/quality-review";
import type { Executor } from "./db";

type Row = typeof qualityReviews.$inferSelect;

/** What the columns do not say. */
const reviewDetail = z.object({
  season: z.number().nullable().catch(null),
  episodes: z.array(z.object({ season: z.number(), episode: z.number() })).catch([]),
  quality: z.string().nullable().catch(null),
});

/** The verdicts kept about some requests, by request. */
export async function mapQualityReviews(
  executor: Executor,
  requestIds: readonly number[],
): Promise<Map<number, KeptReview & { reviewedAt: Date }>> {
  const rows = await executor
    .select()
    .from(qualityReviews)
    .where(sql`${qualityReviews.requestId} = any(${sql.param([...requestIds])}::int[])`);
  return new Map(rows.map((row) => [row.requestId, toReview(row)]));
}

function toReview(row: Row): KeptReview & { reviewedAt: Date } {
  const { verdict, because, releaseAt, release, isOldNews, since, reviewedAt } = row;
  return {
    verdict,
    because,
    releaseAt,
    release,
    isOldNews,
    since,
    reviewedAt,
    ...reviewDetail.parse(row.detail),
  };
}

/** Keeps the verdict of a review. */
export async function saveQualityReview(
  executor: Executor,
  requestId: number,
  review: KeptReview,
  reviewedAt: Date,
): Promise<void> {
  const { season, episodes, quality, ...columns } = review;
  const row = {
    ...columns,
    waitingCount: episodes.length,
    detail: { season, episodes, quality },
    reviewedAt,
  };
  await executor
    .insert(qualityReviews)
    .values({ requestId, ...row })
    .onConflictDoUpdate({ target: qualityReviews.requestId, set: row });
}

/** Notes that requests were looked at again and nothing had changed. */
export async function touchQualityReviews(
  executor: Executor,
  requestIds: readonly number[],
  reviewedAt: Date,
): Promise<void> {
  if (requestIds.length === 0) return;
  await executor
    .update(qualityReviews)
    .set({ reviewedAt })
    .where(sql`${qualityReviews.requestId} = any(${sql.param([...requestIds])}::int[])`);
}

/** Forgets the verdict about a request: the next review is its first. */
export async function deleteQualityReview(executor: Executor, requestId: number): Promise<void> {
  await executor.delete(qualityReviews).where(eq(qualityReviews.requestId, requestId));
}
