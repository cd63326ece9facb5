import { and, asc, eq, lt, notInArray, sql } from "drizzle-orm";
import { healthEvents, serviceHealth } from "@/drizzle/schema";
import type { Executor } from "./db";

export type ServiceHealth = typeof serviceHealth.$inferSelect;

/** Everything that is watched, by key. */
export async function listServiceHealth(executor: Executor): Promise<ServiceHealth[]> {
  return executor.select().from(serviceHealth).orderBy(asc(serviceHealth.key));
}

/** What is down, the longest first. */
export async function listDown(executor: Executor): Promise<ServiceHealth[]> {
  return executor
    .select()
    .from(serviceHealth)
    .where(eq(serviceHealth.state, "down"))
    .orderBy(asc(serviceHealth.since), asc(serviceHealth.key));
}

/** How something stood at its last check, locked until the transaction ends; null before the first. */
export async function lockServiceHealth(
  executor: Executor,
  key: string,
): Promise<ServiceHealth | null> {
  const [row] = await executor
    .select()
    .from(serviceHealth)
    .where(eq(serviceHealth.key, key))
    .for("update");
  return row ?? null;
}

/** Keeps the outcome of a check, and adds it to the history. */
export async function saveServiceHealth(executor: Executor, health: ServiceHealth): Promise<void> {
  const { key, ...changes } = health;
  await executor
    .insert(serviceHealth)
    .values(health)
    .onConflictDoUpdate({ target: serviceHealth.key, set: changes });
  await executor.insert(healthEvents).values({
    key,
    at: health.checkedAt,
    state: health.state,
    latencyMs: health.latencyMs,
    words: health.words,
  });
}

/** Forgets what is not watched any more, with its history. */
export async function forgetOtherHealth(
  executor: Executor,
  keys: readonly string[],
): Promise<void> {
  const kept = [...keys];
  await executor.delete(serviceHealth).where(notInArray(serviceHealth.key, kept));
  await executor.delete(healthEvents).where(notInArray(healthEvents.key, kept));
}

/** Removes at most `limit` checks older than a moment. Returns how many went. */
export async function purgeHealthEvents(
  executor: Executor,
  before: Date,
  limit: number,
): Promise<number> {
  const old = executor
    .select({ id: healthEvents.id })
    .from(healthEvents)
    .where(lt(healthEvents.at, before))
    .limit(limit);
  const rows = await executor
    .delete(healthEvents)
    .where(sql`${healthEvents.id} in ${old}`)
    .returning({ id: healthEvents.id });
  return rows.length;
}

/** A stretch of a history: the worst state in it and its mean answer time. `index` 0 is the newest. */
export type HealthStretch = {
  key: string;
  index: number;
  state: ServiceHealth["state"];
  latencyMs: number | null;
};

/** The history in stretches of equal length that end now; a stretch without checks is left out. */
export async function listHealthStretches(
  executor: Executor,
  { now, stretchMs, count }: { now: Date; stretchMs: number; count: number },
): Promise<HealthStretch[]> {
  const since = new Date(now.getTime() - stretchMs * count);
  const index = sql<number>`floor(extract(epoch from (${now.toISOString()}::timestamptz - ${healthEvents.at})) * 1000 / ${stretchMs}::float8)::int`;
  return executor
    .select({
      key: healthEvents.key,
      index: index.as("stretch"),
      state: sql<ServiceHealth["state"]>`case
        when bool_or(${healthEvents.state} = 'down') then 'down'
        when bool_or(${healthEvents.state} = 'degraded') then 'degraded'
        else 'ok' end`,
      latencyMs: sql<number | null>`round(avg(${healthEvents.latencyMs}))::int`,
    })
    .from(healthEvents)
    .where(
      and(
        sql`${healthEvents.at} > ${since.toISOString()}::timestamptz`,
        sql`${healthEvents.at} <= ${now.toISOString()}::timestamptz`,
      ),
    )
    .groupBy(healthEvents.key, sql`2`);
}
