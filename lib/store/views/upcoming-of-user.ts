import { sql } from "drizzle-orm";
import type { FeedEpisode } from "@/lib/domain/calendar-feed";
import type { Executor } from "../db";

type Row = {
  media_key: string;
  title: string;
  season: number;
  episode: number;
  episode_title: string | null;
  airs_at: string;
  runtime_minutes: number | null;
  updated_at: string;
};

/** Episodes from `since` on that some request covers to which a person is attached and which they did not mute. */
export async function listUpcomingOfUser(
  executor: Executor,
  userId: number,
  since: Date,
  limit: number,
): Promise<FeedEpisode[]> {
  const rows = await executor.execute<Row>(sql`
    select distinct on (m.airs_at, m.media_key) m.media_key, m.title, m.season, m.episode,
      m.episode_title, m.airs_at, m.runtime_minutes, m.updated_at
    from request_watchers w
    join requests r on r.id = w.request_id
    join media_items m on m.group_key = 'show:tvdb:' || r.tvdb_id || case when r.is_4k then ':4k' else '' end
    where w.user_id = ${userId} and w.muted_at is null and r.media_type = 'tv'
      and r.status in ('approved', 'completed', 'failed')
      and m.airs_at >= ${since.toISOString()}::timestamptz
      and ((r.covers_all_seasons and m.season > 0)
        or exists (select 1 from request_seasons s where s.request_id = r.id and s.season = m.season))
    order by m.airs_at, m.media_key
    limit ${limit}
  `);
  return rows.map((row) => ({
    mediaKey: row.media_key,
    title: row.title,
    season: row.season,
    episode: row.episode,
    episodeTitle: row.episode_title,
    airsAt: new Date(row.airs_at),
    minutes: row.runtime_minutes,
    changedAt: new Date(row.updated_at),
  }));
}
