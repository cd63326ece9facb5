import { sql } from "drizzle-orm";
import type { RequestState } from "@/lib/domain/request-state";
import type { LongWait } from "@/lib/domain/statistics";
import type { Executor } from "../db";

type Span = { from: Date; until: Date };

const within = (column: string, { from, until }: Span) =>
  sql`${sql.raw(column)} >= ${from.toISOString()}::timestamptz and ${sql.raw(column)} < ${until.toISOString()}::timestamptz`;

/** Mails that people got within a span. */
export async function countMailsSent(executor: Executor, span: Span): Promise<number> {
  const [row] = await executor.execute<{ count: number }>(sql`
    select count(*)::int as count from notifications
    where audience = 'user' and ${within("sent_at", span)}`);
  return row?.count ?? 0;
}

/** Mails that people got in each seventh of a span, oldest first. */
export async function countMailsPerPart(executor: Executor, span: Span): Promise<number[]> {
  const rows = await executor.execute<{ part: number; count: number }>(sql`
    select width_bucket(extract(epoch from sent_at),
        extract(epoch from ${span.from.toISOString()}::timestamptz),
        extract(epoch from ${span.until.toISOString()}::timestamptz), 7) as part,
      count(*)::int as count
    from notifications where audience = 'user' and ${within("sent_at", span)}
    group by 1`);
  return Array.from({ length: 7 }, (_, i) => rows.find((row) => row.part === i + 1)?.count ?? 0);
}

/** Mails that people got within a span by kind, the most frequent first. */
export async function countMailsByKind(
  executor: Executor,
  span: Span,
): Promise<{ kind: string; count: number }[]> {
  const rows = await executor.execute<{ kind: string; count: number }>(sql`
    select kind, count(*)::int as count from notifications
    where audience = 'user' and ${within("sent_at", span)}
    group by kind order by count desc, kind`);
  return rows.map(({ kind, count }) => ({ kind, count }));
}

/** Mails that were refused for good, or of which nobody knows whether they arrived. */
export async function countMailsFailed(executor: Executor, span: Span): Promise<number> {
  const [row] = await executor.execute<{ count: number }>(sql`
    select count(*)::int as count from notifications
    where status in ('failed', 'unknown') and ${within("updated_at", span)}`);
  return row?.count ?? 0;
}

/** Who got how many mails, the most first, with the titles they were most about. */
export async function listMailedPeople(
  executor: Executor,
  span: Span,
): Promise<{ name: string; count: number; titles: string[] }[]> {
  const rows = await executor.execute<{ name: string; count: number; titles: string[] }>(sql`
    with told as (
      select user_id, title, count(*)::int as mails from notifications
      where audience = 'user' and user_id is not null and ${within("sent_at", span)}
      group by user_id, title
    )
    select u.display_name as name, sum(t.mails)::int as count,
      (array_agg(t.title order by t.mails desc, t.title))[1:2] as titles
    from told t join users u on u.id = t.user_id
    group by u.id, u.display_name order by count desc, name`);
  return rows.map(({ name, count, titles }) => ({ name, count, titles }));
}

/** Requests made within a span, and those of which somebody could watch something for the first time. */
export async function countRequests(
  executor: Executor,
  span: Span,
): Promise<{ made: number; fulfilled: number; minutesToWatchable: number | null }> {
  const [row] = await executor.execute<{
    made: number;
    fulfilled: number;
    minutes: number | null;
  }>(sql`
    select (select count(*)::int from requests where ${within("requested_at", span)}) as made,
      count(*)::int as fulfilled,
      percentile_cont(0.5) within group (
        order by extract(epoch from greatest(watchable_at - requested_at, interval '0')) / 60
      ) as minutes
    from requests where ${within("watchable_at", span)}`);
  return {
    made: row?.made ?? 0,
    fulfilled: row?.fulfilled ?? 0,
    minutesToWatchable: row?.minutes == null ? null : Number(row.minutes),
  };
}

/** Minutes from the decision to the hand-over of mails about what plays, the median of a span. */
export async function medianMinutesToTell(executor: Executor, span: Span): Promise<number | null> {
  const [row] = await executor.execute<{ minutes: number | null }>(sql`
    select percentile_cont(0.5) within group (order by extract(epoch from sent_at - created_at)) / 60 as minutes
    from notifications
    where batch_id is not null and resend_of is null and ${within("sent_at", span)}`);
  return row?.minutes == null ? null : Number(row.minutes);
}

/** Requests that wait for the admin now, the longest first. */
export async function listRequestsInNeed(
  executor: Executor,
  limit: number,
): Promise<{ id: number; title: string; state: string; since: Date }[]> {
  const rows = await executor.execute<{
    id: number;
    title: string;
    state: string;
    since: string;
  }>(sql`
    select id, title, state, last_news_at::text as since from requests
    where state in ('mail_held', 'mail_unknown', 'mail_failed', 'plex_cannot_see', 'failed')
      and status not in ('deleted', 'declined')
    order by last_news_at, id limit ${limit}`);
  return rows.map((row) => ({ ...row, since: new Date(row.since) }));
}

/** Approved requests of which nobody could be told anything yet, the oldest first. */
export async function listWaitingLongest(executor: Executor, limit: number): Promise<LongWait[]> {
  const rows = await executor.execute<{
    id: number;
    title: string;
    poster: string | null;
    state: RequestState;
    since: string;
  }>(sql`
    select id, title, poster_path as poster, state, requested_at::text as since from requests
    where status in ('approved', 'completed') and told_count = 0
      and state not in ('told', 'known_before', 'mail_held', 'mail_unknown', 'mail_failed',
        'plex_cannot_see', 'failed', 'deleted', 'declined')
    order by requested_at, id limit ${limit}`);
  return rows.map(({ poster, since, ...row }) => ({
    ...row,
    posterPath: poster,
    since: new Date(since),
  }));
}

/** Issues reported and resolved within a span, and those open now; null when nobody ever reported one. */
export async function countIssues(
  executor: Executor,
  span: Span,
): Promise<{ reported: number; resolved: number; open: number } | null> {
  const [row] = await executor.execute<{
    any: number;
    reported: number;
    resolved: number;
    open: number;
  }>(sql`
    select count(*)::int as any,
      count(*) filter (where ${within("reported_at", span)})::int as reported,
      count(*) filter (where ${within("resolved_at", span)})::int as resolved,
      count(*) filter (where status in ('reported', 'fixing', 'failed'))::int as open
    from issues where not known_before`);
  if (!row || row.any === 0) return null;
  return { reported: row.reported, resolved: row.resolved, open: row.open };
}
