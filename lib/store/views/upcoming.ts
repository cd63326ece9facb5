import { sql } from "drizzle-orm";
import type { Executor } from "../db";

export type UpcomingFilter = {
  from: Date;
  until: Date;
  type: "movie" | "tv" | null;
  isFourK: boolean | null;
  personId: number | null;
};

export type UpcomingRow = {
  mediaKey: string;
  release: "air" | "digital" | "physical" | "cinema";
  at: Date;
  isFourK: boolean;
  title: string;
  year: number | null;
  season: number | null;
  episode: number | null;
  episodeTitle: string | null;
  runtimeMinutes: number | null;
  isMonitored: boolean;
  hasFile: boolean;
  changedAt: Date;
  instanceKey: string;
  requestId: number;
  posterPath: string | null;
  /** The first few who wait for it, and how many there are. */
  people: { userId: number; name: string }[];
  peopleCount: number;
};

const PEOPLE = 4;

/**
 * What comes in a stretch of time and somebody waits for: an approved request covers it, and somebody who gets mails is
 * attached and has not muted it. A movie that is there already is waited for no more.
 */
export async function listUpcoming(
  executor: Executor,
  filter: UpcomingFilter,
  limit: number,
): Promise<UpcomingRow[]> {
  const { from, until, type, isFourK, personId } = filter;
  const rows = await executor.execute<Record<string, unknown>>(sql`
    with expected as (
      select distinct on (e.media_key, e.release) e.*, e.release = 'air' as is_episode
      from calendar_entries e
      where e.at >= ${from.toISOString()}::timestamptz and e.at < ${until.toISOString()}::timestamptz
        ${type === null ? sql`` : type === "tv" ? sql`and e.release = 'air'` : sql`and e.release <> 'air'`}
        ${isFourK === null ? sql`` : sql`and e.is_4k = ${isFourK}`}
      order by e.media_key, e.release, e.has_file desc, e.at
    )
    select e.*, m.imported_at is not null and m.removed_at is null as is_held,
      w.request_id, w.poster_path, w.people, w.people_count
    from expected e
    left join media_items m on m.media_key = e.media_key
    join lateral (
      select min(p.request_id) as request_id, min(p.poster_path) as poster_path,
        count(*)::int as people_count,
        (jsonb_agg(jsonb_build_object('userId', p.user_id, 'name', p.display_name)
          order by p.request_id, p.user_id)) as people
      from (
        select distinct on (u.id) u.id as user_id, u.display_name, r.id as request_id, r.poster_path
        from requests r
        join request_watchers k on k.request_id = r.id and k.muted_at is null
        join users u on u.id = k.user_id and u.is_active and u.gone_from_seerr_at is null
        where r.status in ('approved', 'completed', 'failed') and r.is_4k = e.is_4k
          and case when e.is_episode
            then r.media_type = 'tv'
              and (r.tvdb_id = e.tvdb_id or (r.tvdb_id is null and r.tmdb_id = e.tmdb_id))
              and ((r.covers_all_seasons and e.season > 0) or exists (
                select from request_seasons s where s.request_id = r.id and s.season = e.season))
            else r.media_type = 'movie' and r.tmdb_id = e.tmdb_id end
          and (r.tvdb_id = e.tvdb_id or r.tmdb_id = e.tmdb_id)
          ${personId === null ? sql`` : sql`and u.id = ${personId}`}
        order by u.id, r.id
      ) p
    ) w on w.people_count > 0
    where e.is_episode or not (e.has_file or (m.imported_at is not null and m.removed_at is null))
    order by e.at, e.title, e.season, e.episode, e.media_key
    limit ${limit}
  `);
  return rows.map((row) => ({
    mediaKey: String(row.media_key),
    release: row.release as UpcomingRow["release"],
    at: new Date(String(row.at)),
    isFourK: row.is_4k === true,
    title: String(row.title),
    year: row.year as number | null,
    season: row.season as number | null,
    episode: row.episode as number | null,
    episodeTitle: row.episode_title as string | null,
    runtimeMinutes: row.runtime_minutes as number | null,
    isMonitored: row.is_monitored === true,
    hasFile: row.has_file === true || row.is_held === true,
    changedAt: new Date(String(row.changed_at)),
    instanceKey: String(row.instance_key),
    requestId: Number(row.request_id),
    posterPath: row.poster_path as string | null,
    people: (row.people as UpcomingRow["people"]).slice(0, PEOPLE),
    peopleCount: Number(row.people_count),
  }));
}
