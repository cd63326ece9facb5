import { sql } from "drizzle-orm";
import type { Executor } from "../db";

/** Who waits for something in a stretch of time, by name. */
export async function listPeopleWaiting(
  executor: Executor,
  { from, until }: { from: Date; until: Date },
  limit: number,
): Promise<{ userId: number; name: string }[]> {
  const rows = await executor.execute<{ id: number; display_name: string }>(sql`
    with titles as (
      select distinct e.release = 'air' as is_episode, e.tvdb_id, e.tmdb_id, e.is_4k
      from calendar_entries e
      where e.at >= ${from.toISOString()}::timestamptz and e.at < ${until.toISOString()}::timestamptz
    )
    select distinct u.id, u.display_name, lower(u.display_name) as sort
    from titles t
    join requests r on r.is_4k = t.is_4k and r.status in ('approved', 'completed', 'failed')
      and (r.tvdb_id = t.tvdb_id or r.tmdb_id = t.tmdb_id)
      and r.media_type = case when t.is_episode then 'tv' else 'movie' end
    join request_watchers k on k.request_id = r.id and k.muted_at is null
    join users u on u.id = k.user_id and u.is_active and u.gone_from_seerr_at is null
    order by sort, u.id
    limit ${limit}
  `);
  return rows.map((row) => ({ userId: row.id, name: row.display_name }));
}
