import { sql } from "drizzle-orm";
import type { Executor } from "./db";

/**
 * What may be forgotten, some rows at a time. The ledger, the record of each mail and the timelines are never among it:
 * they are what "told once" and "why" rest on.
 */

/** A walk over a table: where it got to, and how many rows it changed. Null: at the end. */
export type RetentionStep = { afterId: number | null; changed: number };

/** Removes the texts of mails that are settled since before `before`. */
export async function removeMailBodies(
  executor: Executor,
  walk: { before: Date; afterId: number; limit: number },
): Promise<RetentionStep> {
  const rows = await executor.execute<{ id: string }>(sql`
    delete from notification_bodies where notification_id in (
      select b.notification_id from notification_bodies b
      join notifications n on n.id = b.notification_id
      where b.notification_id > ${walk.afterId}
        and b.rendered_at < ${walk.before.toISOString()}::timestamptz
        and n.status in ('sent', 'failed', 'unknown', 'cancelled')
      order by b.notification_id limit ${walk.limit}
    ) returning notification_id as id`);
  return stepOf(rows, walk.limit);
}

/** Empties webhooks that arrived before `before` and are worked off. */
export async function removeInboundBodies(
  executor: Executor,
  walk: { before: Date; afterId: number; limit: number; now: Date },
): Promise<RetentionStep> {
  const rows = await executor.execute<{ id: string }>(sql`
    update inbound_events
    set body = ''::bytea, headers = '{}'::jsonb,
      body_removed_at = ${walk.now.toISOString()}::timestamptz
    where id in (
      select id from inbound_events
      where id > ${walk.afterId} and body_removed_at is null and outcome <> 'pending'
        and received_at < ${walk.before.toISOString()}::timestamptz
      order by id limit ${walk.limit}
    ) returning id`);
  return stepOf(rows, walk.limit);
}

/**
 * Deletes webhooks that arrived before `before` and are worked off. What they caused stays on the timelines, without a
 * link to them.
 */
export async function removeInboundEvents(
  executor: Executor,
  walk: { before: Date; afterId: number; limit: number },
): Promise<RetentionStep> {
  const rows = await executor.execute<{ id: string }>(sql`
    with old as (
      select id from inbound_events
      where id > ${walk.afterId} and outcome <> 'pending'
        and received_at < ${walk.before.toISOString()}::timestamptz
      order by id limit ${walk.limit} for update skip locked
    ), of_requests as (
      update timeline_entries set event_id = null where event_id in (select id from old)
    ), of_issues as (
      update issue_entries set event_id = null where event_id in (select id from old)
    )
    delete from inbound_events where id in (select id from old) returning id`);
  return stepOf(rows, walk.limit);
}

/** Deletes records of runs that began before `before`, with what they found; the newest of each worker stays. */
export async function removeRuns(
  executor: Executor,
  walk: { before: Date; afterId: number; limit: number },
): Promise<RetentionStep> {
  const rows = await executor.execute<{ id: string }>(sql`
    delete from job_runs where id in (
      select id from job_runs r
      where id > ${walk.afterId} and finished_at is not null
        and started_at < ${walk.before.toISOString()}::timestamptz
        and exists (select from job_runs later where later.name = r.name and later.id > r.id)
      order by id limit ${walk.limit}
    ) returning id`);
  return stepOf(rows, walk.limit);
}

function stepOf(rows: readonly { id: string }[], limit: number): RetentionStep {
  if (rows.length < limit) return { afterId: null, changed: rows.length };
  return { afterId: Math.max(...rows.map((row) => Number(row.id))), changed: rows.length };
}
