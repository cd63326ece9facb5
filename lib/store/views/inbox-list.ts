import { and, eq, getTableColumns, gt, lt, type SQL, sql } from "drizzle-orm";
import { inboundEvents } from "@/drizzle/schema";
import type { Executor } from "../db";
import { containsPattern } from "./people-search";

type InboundEvent = typeof inboundEvents.$inferSelect;

export type InboxFilter = {
  text: string | null;
  source: InboundEvent["source"] | null;
  outcome: InboundEvent["outcome"] | null;
  since: Date | null;
};

/** A text is looked for among the newest events; older ones are found by id, source or outcome. */
export const INBOX_SEARCH_DEPTH = 50_000;

const { body: _body, headers: _headers, ...listColumns } = getTableColumns(inboundEvents);

export type InboxListRow = Omit<InboundEvent, "body" | "headers">;

/** Events by arrival, newest first, without their bodies. `beforeId` goes on from a row. */
export async function listInboxPage(
  executor: Executor,
  filter: InboxFilter,
  beforeId: number | null,
  size: number,
): Promise<{ rows: InboxListRow[]; olderThan: number | null }> {
  const where: SQL[] = [];
  if (beforeId !== null) where.push(lt(inboundEvents.id, beforeId));
  if (filter.source) where.push(eq(inboundEvents.source, filter.source));
  if (filter.outcome) where.push(eq(inboundEvents.outcome, filter.outcome));
  if (filter.since) where.push(gt(inboundEvents.receivedAt, filter.since));
  if (filter.text) {
    const number = /^#?(\d{1,15})$/.exec(filter.text)?.[1];
    const pattern = containsPattern(filter.text);
    const found = sql`${inboundEvents.title} ilike ${pattern} or ${inboundEvents.eventType} ilike ${pattern}`;
    where.push(
      number ? sql`(${inboundEvents.id} = ${Number(number)} or ${found})` : sql`(${found})`,
      sql`${inboundEvents.id} > (select coalesce(max(id), 0) - ${INBOX_SEARCH_DEPTH} from ${inboundEvents})`,
    );
  }
  const rows = await executor
    .select(listColumns)
    .from(inboundEvents)
    .where(and(...where))
    .orderBy(sql`${inboundEvents.id} desc`)
    .limit(size + 1);
  const page = rows.slice(0, size);
  return { rows: page, olderThan: rows.length > size ? (page.at(-1)?.id ?? null) : null };
}

/** One event with the first 200 kB of its body. */
export async function findInboxEvent(executor: Executor, eventId: number) {
  const [row] = await executor
    .select({
      ...listColumns,
      headers: inboundEvents.headers,
      bodyRemovedAt: inboundEvents.bodyRemovedAt,
      /** Null when the original is not kept any more. */
      replayOf: sql<number | null>`(
        select o.id from inbound_events o where o.id = ${inboundEvents}.replay_of
      )`.mapWith(Number),
      size: sql<number>`octet_length(${inboundEvents.body})`.mapWith(Number),
      bodyStart: sql<Buffer>`substring(${inboundEvents.body} from 1 for 200000)`,
    })
    .from(inboundEvents)
    .where(eq(inboundEvents.id, eventId));
  return row ?? null;
}
