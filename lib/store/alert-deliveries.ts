import { and, desc, eq, lt, ne, sql } from "drizzle-orm";
import { alertDeliveries } from "@/drizzle/schema";
import type { Executor } from "./db";

export type AlertDelivery = typeof alertDeliveries.$inferSelect;

export async function insertAlertDelivery(
  executor: Executor,
  delivery: Pick<AlertDelivery, "channel" | "event" | "news"> & { now: Date },
): Promise<AlertDelivery> {
  const { now, ...values } = delivery;
  const [row] = await executor
    .insert(alertDeliveries)
    .values({ ...values, status: "waiting", dueAt: now, createdAt: now })
    .returning();
  if (!row) throw new Error("PostgreSQL returned no alert");
  return row;
}

/** Takes a due message for one attempt, which it counts; null when it is not its turn. */
export async function claimAlertDelivery(
  executor: Executor,
  deliveryId: number,
  now: Date,
): Promise<AlertDelivery | null> {
  const [row] = await executor
    .update(alertDeliveries)
    .set({ attempts: sql`${alertDeliveries.attempts} + 1` })
    .where(
      and(
        eq(alertDeliveries.id, deliveryId),
        eq(alertDeliveries.status, "waiting"),
        sql`${alertDeliveries.dueAt} <= ${now.toISOString()}::timestamptz`,
      ),
    )
    .returning();
  return row ?? null;
}

/** Records how the attempt ended that `claimed` began. */
export async function finishAlertAttempt(
  executor: Executor,
  claimed: Pick<AlertDelivery, "id" | "attempts">,
  result: Pick<AlertDelivery, "status" | "reply"> &
    Partial<Pick<AlertDelivery, "dueAt" | "sentAt">>,
): Promise<boolean> {
  const rows = await executor
    .update(alertDeliveries)
    .set(result)
    .where(
      and(
        eq(alertDeliveries.id, claimed.id),
        eq(alertDeliveries.status, "waiting"),
        eq(alertDeliveries.attempts, claimed.attempts),
      ),
    )
    .returning({ id: alertDeliveries.id });
  return rows.length > 0;
}

/** The newest messages, of all channels. */
export async function listAlertDeliveries(
  executor: Executor,
  limit: number,
): Promise<AlertDelivery[]> {
  return executor.select().from(alertDeliveries).orderBy(desc(alertDeliveries.id)).limit(limit);
}

/** The newest message to each channel. */
export async function listNewestPerChannel(executor: Executor): Promise<AlertDelivery[]> {
  return executor
    .selectDistinctOn([alertDeliveries.channel])
    .from(alertDeliveries)
    .orderBy(alertDeliveries.channel, desc(alertDeliveries.id));
}

export async function findAlertDelivery(
  executor: Executor,
  deliveryId: number,
): Promise<AlertDelivery | null> {
  const [row] = await executor
    .select()
    .from(alertDeliveries)
    .where(eq(alertDeliveries.id, deliveryId));
  return row ?? null;
}

/** Removes at most `limit` finished messages older than a moment. Returns how many went. */
export async function purgeAlertDeliveries(
  executor: Executor,
  before: Date,
  limit: number,
): Promise<number> {
  const old = executor
    .select({ id: alertDeliveries.id })
    .from(alertDeliveries)
    .where(and(ne(alertDeliveries.status, "waiting"), lt(alertDeliveries.createdAt, before)))
    .limit(limit);
  const rows = await executor
    .delete(alertDeliveries)
    .where(sql`${alertDeliveries.id} in ${old}`)
    .returning({ id: alertDeliveries.id });
  return rows.length;
}
