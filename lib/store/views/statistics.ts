import { sql } from "drizzle-orm";
import type { RequestState } from "@/lib/domain/request-state";
import type { QueueCounts, Waits } from "@/lib/domain/statistics";
import type { Executor } from "../db";

/** Waits that were over in a week; `week` is its Monday, null for all of them together. */
export type WeekOfWaits = Waits & { week: string | null };

/**
 * How long requests had waited when something of them could first be watched, by the week of the zone in which that
 * was, from a Monday on. What was there already when BingeAlert began is left out.
 */
export async function listWaitsByWeek(
  executor: Executor,
  monday: string,
  timeZone: string,
): Promise<WeekOfWaits[]> {
  const rows = await executor.execute<Omit<WeekOfWaits, "medianHours"> & { median: number | null }>(
    sql`
    with waits as (
      select date_trunc('week', watchable_at at time zone ${timeZone})::date as week,
        extract(epoch from greatest(watchable_at - requested_at, interval '0'))::float8 / 3600 as hours
      from requests
      where watchable_at >= ${monday}::timestamp at time zone ${timeZone}
    )
    select week::text as week, count(*)::int as watchable,
      percentile_cont(0.5) within group (order by hours) as median,
      json_build_object(
        'hour', count(*) filter (where hours <= 1),
        'day', count(*) filter (where hours > 1 and hours <= 24),
        'week', count(*) filter (where hours > 24 and hours <= 24 * 7),
        'month', count(*) filter (where hours > 24 * 7 and hours <= 24 * 30),
        'longer', count(*) filter (where hours > 24 * 30)) as lengths
    from waits group by grouping sets ((week), ()) order by week`,
  );
  return rows.map(({ week, watchable, median, lengths }) => ({
    week,
    watchable,
    medianHours: median,
    lengths,
  }));
}

/** Requests that are not over by state, the most frequent first. */
export async function countWaiting(
  executor: Executor,
): Promise<{ state: RequestState; count: number }[]> {
  const rows = await executor.execute<{ state: RequestState; count: number }>(sql`
    select state, count(*)::int as count from requests
    where state not in ('told', 'known_before', 'declined', 'deleted')
    group by state order by count desc, state`);
  return rows.map(({ state, count }) => ({ state, count }));
}

/** Mails that have not left, and jobs nobody has done, in one statement. */
export async function countQueue(executor: Executor): Promise<QueueCounts> {
  const [row] = await executor.execute<{
    mails: Record<string, number>;
    gathering: number;
    held: number;
    next_due_at: string | null;
    due: number;
    failing: number;
  }>(sql`
    select
      (select coalesce(json_object_agg(status, n), '{}') from
        (select status, count(*)::int as n from notifications
          where status in ('scheduled', 'sending', 'retrying') group by status) m) as mails,
      (select count(*)::int from batches where status in ('open', 'trailing')) as gathering,
      (select count(*)::int from notifications where status = 'held') as held,
      (select min(due_at)::text from notifications where status in ('scheduled', 'retrying')) as next_due_at,
      (select count(*)::int from graphile_worker.jobs
        where locked_at is null and attempts < max_attempts and run_at <= now()) as due,
      (select count(*)::int from graphile_worker.jobs where last_error is not null) as failing`);
  if (!row) throw new Error("PostgreSQL counted nothing");
  const { scheduled = 0, sending = 0, retrying = 0 } = row.mails;
  const nextDueAt = row.next_due_at === null ? null : new Date(row.next_due_at);
  return {
    mails: { gathering: row.gathering, scheduled, sending, retrying, held: row.held, nextDueAt },
    jobs: { due: row.due, failing: row.failing },
  };
}
