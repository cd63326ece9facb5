import { sql } from "drizzle-orm";
import type { Executor } from "./db";

/** Stored webhooks nobody has worked off by `before` and for which no job waits or runs: theirs was lost. */
export async function listJoblessEvents(executor: Executor, before: Date): Promise<number[]> {
  const rows = await executor.execute<{ id: string }>(sql`
    select e.id from inbound_events e
    where e.outcome = 'pending' and e.received_at < ${before.toISOString()}::timestamptz
      and not exists (
        select from graphile_worker._private_jobs j
        join graphile_worker._private_tasks t on t.id = j.task_id
        where t.identifier = 'process_inbound_event' and (j.payload ->> 'eventId')::bigint = e.id
          and (j.attempts < j.max_attempts or j.locked_at is not null)
      )
    order by e.id limit 1000`);
  return rows.map((row) => Number(row.id));
}

/** Mails whose waiting job knows that the admin said "now": one that is made anew has to know it, too. */
export async function listUrgentMails(executor: Executor): Promise<Set<number>> {
  const rows = await executor.execute<{ id: string }>(sql`
    select j.payload ->> 'notificationId' as id from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = 'deliver_notification' and j.payload ->> 'isUrgent' = 'true'`);
  return new Set(rows.map((row) => Number(row.id)));
}

/**
 * Removes jobs that will never run again: those of killed workers that had one attempt or were replaced meanwhile,
 * and others that failed for good more than two weeks ago. What failed lately stays to be looked at.
 */
export async function deleteSpentJobs(executor: Executor): Promise<void> {
  await executor.execute(sql`
    select graphile_worker.complete_jobs(array(
      select id from graphile_worker.jobs
      where attempts >= max_attempts and locked_at is null
        and (last_error is null or max_attempts = 1 or updated_at < now() - interval '14 days')
      order by id limit 1000
    ))`);
}
