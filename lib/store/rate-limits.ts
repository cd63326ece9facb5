import { like, lt, sql } from "drizzle-orm";
import { rateLimits } from "@/drizzle/schema";
import type { RateLimit } from "@/lib/domain/rate-limit";
import type { Executor } from "./db";

export type Taken = { kind: "taken" } | { kind: "exhausted"; retryAfterMs: number };

/**
 * Takes `count` from the limit of `key`, or nothing when it does not hold that much any more. One statement when
 * there is enough; all processes share the row.
 */
export async function takeFromLimit(
  executor: Executor,
  key: string,
  { burst, everyMs }: RateLimit,
  now: Date,
  count = 1,
): Promise<Taken> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const cost = sql`${count * everyMs} * interval '1 millisecond'`;
  const latest = sql`${at} + ${burst * everyMs} * interval '1 millisecond'`;
  const wanted = sql`greatest(${rateLimits.freeAt}, ${at}) + ${cost}`;
  const rows = await executor
    .insert(rateLimits)
    .values({ key, freeAt: sql`${at} + ${cost}` })
    .onConflictDoUpdate({
      target: rateLimits.key,
      set: { freeAt: wanted },
      setWhere: sql`${wanted} <= ${latest}`,
    })
    .returning({ key: rateLimits.key });
  if (rows.length > 0) return { kind: "taken" };
  const [row] = await executor
    .select({ freeAt: rateLimits.freeAt })
    .from(rateLimits)
    .where(sql`${rateLimits.key} = ${key}`);
  const freeAt = row?.freeAt.getTime() ?? now.getTime();
  const until = freeAt + count * everyMs - burst * everyMs - now.getTime();
  return { kind: "exhausted", retryAfterMs: Math.max(until, 1_000) };
}

/** Empties one limit. */
export async function resetLimit(executor: Executor, key: string): Promise<void> {
  await executor.delete(rateLimits).where(sql`${rateLimits.key} = ${key}`);
}

/** Empties all limits whose key begins so. */
export async function resetLimits(executor: Executor, prefix: string): Promise<void> {
  await executor.delete(rateLimits).where(like(rateLimits.key, `${prefix}%`));
}

/** Forgets limits of which nothing is used any more. */
export async function deleteFreeLimits(executor: Executor, now: Date): Promise<void> {
  await executor.delete(rateLimits).where(lt(rateLimits.freeAt, now));
}
