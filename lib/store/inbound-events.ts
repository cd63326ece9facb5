import { and, eq, gt, gte, inArray, isNull, max, sql } from "drizzle-orm";
import type postgres from "postgres";
import { inboundEvents } from "@/drizzle/schema";
import { importTypes } from "@/lib/domain/inbound";
import type { Executor } from "./db";

export type InboundEvent = typeof inboundEvents.$inferSelect;
export type InboundEffect = { words: string; detail: string | null };

/** A webhook as it arrived, before anybody looked into it. */
export type ArrivedWebhook = {
  source: InboundEvent["source"];
  pathInstance: string | null;
  remoteAddress: string | null;
  headers: Record<string, string>;
  body: Buffer;
};

/**
 * Stores webhooks and their jobs in one statement, so in one transaction: when this returns, all of it is committed.
 * One round trip, because the senders wait in the middle of an import. Returns the ids in the order given.
 */
export async function insertInboundEvents(
  raw: postgres.Sql,
  webhooks: readonly (ArrivedWebhook & { receivedAt: Date })[],
  job: { name: string; maxAttempts: number; priority: number },
): Promise<number[]> {
  const rows = webhooks.map(({ body, ...webhook }, n) => ({
    ...webhook,
    n,
    // Bodies may hold what JSON in PostgreSQL does not: NUL, broken UTF-8.
    body: body.toString("base64"),
  }));
  const stored = await raw<{ id: string; job: string | null }[]>`
    with event as (
      insert into inbound_events (received_at, source, path_instance, remote_address, headers, body)
      select "receivedAt", source, "pathInstance", "remoteAddress", headers, decode(body, 'base64')
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as arrived (
        n int, "receivedAt" timestamptz, source text, "pathInstance" text, "remoteAddress" text,
        headers jsonb, body text)
      order by n
      returning id
    )
    select id, (graphile_worker.add_job(
      ${job.name}, json_build_object('eventId', id),
      max_attempts => ${job.maxAttempts},
      priority => ${job.priority}
    )).id as job
    from event order by id`;
  if (stored.length !== webhooks.length || stored.some((row) => row.job === null)) {
    throw new Error("The job of a webhook was not taken by the queue");
  }
  return stored.map((row) => Number(row.id));
}

/** The id of the newest event; 0 when there is none. */
export async function newestInboundId(executor: Executor): Promise<number> {
  const [row] = await executor.select({ id: max(inboundEvents.id) }).from(inboundEvents);
  return row?.id ?? 0;
}

/** Whether something of this sender arrived after the event `afterId`. */
export async function hasArrivedSince(
  executor: Executor,
  from: Pick<InboundEvent, "source" | "pathInstance">,
  afterId: number,
): Promise<boolean> {
  const [row] = await executor
    .select({ id: inboundEvents.id })
    .from(inboundEvents)
    .where(
      and(
        gt(inboundEvents.id, afterId),
        eq(inboundEvents.source, from.source),
        from.pathInstance === null
          ? isNull(inboundEvents.pathInstance)
          : eq(inboundEvents.pathInstance, from.pathInstance),
        isNull(inboundEvents.replayOf),
      ),
    )
    .limit(1);
  return row !== undefined;
}

/** Whether a webhook from this address was taken since a moment. */
export async function isKnownSender(
  executor: Executor,
  address: string,
  since: Date,
): Promise<boolean> {
  const [row] = await executor
    .select({ id: inboundEvents.id })
    .from(inboundEvents)
    .where(and(eq(inboundEvents.remoteAddress, address), gte(inboundEvents.receivedAt, since)))
    .limit(1);
  return row !== undefined;
}

export async function findInboundEvent(
  executor: Executor,
  eventId: number,
): Promise<InboundEvent | null> {
  const [row] = await executor.select().from(inboundEvents).where(eq(inboundEvents.id, eventId));
  return row ?? null;
}

/** Copies an event as a new arrival that refers to the first one. */
export async function copyInboundEvent(
  executor: Executor,
  eventId: number,
  now: Date,
): Promise<number | null> {
  const event = await findInboundEvent(executor, eventId);
  if (!event) return null;
  const [row] = await executor
    .insert(inboundEvents)
    .values({
      receivedAt: now,
      source: event.source,
      pathInstance: event.pathInstance,
      remoteAddress: event.remoteAddress,
      headers: event.headers,
      body: event.body,
      replayOf: event.replayOf ?? event.id,
    })
    .returning({ id: inboundEvents.id });
  return row?.id ?? null;
}

export async function finishInboundEvent(
  executor: Executor,
  eventId: number,
  result: Partial<
    Pick<InboundEvent, "instanceKey" | "eventType" | "title" | "outcome" | "reason" | "effects">
  >,
  now: Date,
): Promise<void> {
  await executor
    .update(inboundEvents)
    .set({ ...result, processedAt: now })
    .where(eq(inboundEvents.id, eventId));
}

/** Adds one sentence to what an event caused: later jobs learn more than the first one. */
export async function appendInboundEffect(
  executor: Executor,
  eventId: number,
  effect: InboundEffect,
): Promise<void> {
  await executor
    .update(inboundEvents)
    .set({
      effects: sql`(coalesce(${inboundEvents.effects}, '[]'::jsonb) || ${JSON.stringify([effect])}::jsonb)`,
    })
    .where(eq(inboundEvents.id, eventId));
}

/** Gives up events nobody works on any more: their last attempt ended with its worker. Returns how many. */
export async function failForgottenEvents(
  executor: Executor,
  receivedBefore: Date,
  reason: string,
  now: Date,
): Promise<number> {
  const rows = await executor
    .update(inboundEvents)
    .set({ outcome: "failed", reason, processedAt: now })
    .where(
      and(
        eq(inboundEvents.outcome, "pending"),
        sql`${inboundEvents.receivedAt} < ${receivedBefore.toISOString()}::timestamptz`,
      ),
    )
    .returning({ id: inboundEvents.id });
  return rows.length;
}

/** When an instance announced imports, since a moment. */
export async function listImportWebhookTimes(
  executor: Executor,
  instanceKey: string,
  since: Date,
): Promise<Date[]> {
  const rows = await executor
    .select({ at: inboundEvents.receivedAt })
    .from(inboundEvents)
    .where(
      and(
        sql`${inboundEvents.receivedAt} >= ${since.toISOString()}::timestamptz`,
        eq(inboundEvents.instanceKey, instanceKey),
        inArray(inboundEvents.eventType, [...importTypes]),
      ),
    );
  return rows.map((row) => row.at);
}
