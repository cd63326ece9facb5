import { and, eq, inArray, isNull, lt, sql } from "drizzle-orm";
import { batches, batchItems, inboundEvents, notifications } from "@/drizzle/schema";
import type { Executor } from "./db";

/**
 * Stops everything that was under way when a backup was made: it may have been finished since, and nobody knows. Items
 * that waited are dropped, mails for people are held, those for the admin cancelled, webhooks of before closed.
 */
export async function stopRestoredWork(
  executor: Executor,
  restored: { at: Date; reason: string },
  now: Date,
): Promise<{ held: number }> {
  await executor
    .update(batchItems)
    .set({ state: "dropped" })
    .where(eq(batchItems.state, "waiting"));
  await executor
    .update(batches)
    .set({ status: "cancelled", finishedAt: now })
    .where(inArray(batches.status, ["open", "trailing"]));
  await executor
    .update(inboundEvents)
    .set({ outcome: "ignored", reason: restored.reason, processedAt: now })
    .where(and(eq(inboundEvents.outcome, "pending"), lt(inboundEvents.receivedAt, restored.at)));
  const isUnderWay = and(
    inArray(notifications.status, ["scheduled", "retrying", "sending"]),
    lt(notifications.createdAt, restored.at),
  );
  const held = await executor
    .update(notifications)
    .set({ status: "held", statusReason: restored.reason, updatedAt: now })
    .where(and(isUnderWay, sql`${notifications.audience} <> 'admin'`, isNull(notifications.sentAt)))
    .returning({ id: notifications.id });
  await executor
    .update(notifications)
    .set({ status: "cancelled", statusReason: restored.reason, updatedAt: now })
    .where(and(isUnderWay, eq(notifications.audience, "admin")));
  // Rows are the truth: whatever still is to be done gets its job anew.
  await executor.execute(sql`
    select graphile_worker.complete_jobs(array(
      select id from graphile_worker.jobs where locked_at is null and task_identifier <> 'run_worker'
    ))`);
  return { held: held.length };
}
