import type postgres from "postgres";

/** How many rows of each the lists are measured with. */
export const scale = {
  users: 2000,
  requests: 100_000,
  notifications: 1_000_000,
  timeline: 1_000_000,
  events: 200_000,
};

/** Fills the tables with a household far larger than any: lists must not grow with it. */
export async function fillAtScale(sql: postgres.Sql): Promise<void> {
  const { users, requests, notifications, timeline, events } = scale;
  await sql`insert into users (seerr_user_id, display_name, email)
    select n, (array['Anna','Jonas','Mira','Ben','Tove','Priya','Luis','Hannah'])[1 + n % 8] || ' ' || md5(n::text), 'u' || n || '@example.net'
    from generate_series(1, ${users}::int) n on conflict do nothing`;
  await sql`insert into requests (seerr_request_id, user_id, media_type, tmdb_id, tvdb_id, title, year, is_4k, status, origin,
      requested_at, watchable_at, read_from_seerr_at, state, told_count, item_count, last_news_at)
    select n, (select min(id) from users) + n % ${users}::int, case when n % 3 = 0 then 'movie' else 'tv' end, n, n,
      initcap(replace(left(md5(n::text), 6), '0', 'o')) || ' ' || (array['Road','North','Orchard','Valley','Orbit','Cabinet','Harbour','Lantern'])[1 + n % 8],
      1970 + n % 56, n % 10 = 0, case when n % 50 = 0 then 'pending' else 'approved' end, 'sync',
      now() - n * interval '7 minutes', case when n % 5 > 0 then least(now(), now() - n * interval '7 minutes' + n % 240 * interval '1 hour') end, now(),
      (array['told','told','told','looking','gathering','waiting_plex','plex_cannot_see','known_before'])[1 + n % 8],
      n % 9, 8, now() - n * interval '5 minutes'
    from generate_series(1, ${requests}::int) n`;
  await sql`insert into request_seasons (request_id, season) select id, 1 from requests where media_type = 'tv' on conflict do nothing`;
  await sql`insert into request_watchers (request_id, user_id, source, added_at) select id, user_id, 'asked', requested_at from requests on conflict do nothing`;
  await sql`insert into notifications (audience, user_id, to_address, kind, request_id, title, subject, status, due_at, attempts, sent_at, created_at, updated_at)
    select 'user', r.user_id, 'u@example.net', case when n % 3 = 0 then 'movie_available' else 'episodes_available' end, r.id, r.title,
      r.title || ': episode ' || 1 + n % 20 || ' is ready',
      case when n % 5000 = 0 then 'failed' when n % 9001 = 0 then 'unknown' when n % 50000 = 1 then 'held' else 'sent' end,
      at, 1, at, at, at
    from generate_series(1, ${notifications}::int) n
    join requests r on r.seerr_request_id = 1 + n % ${requests}::int
    cross join lateral (select now() - n * interval '40 seconds' as at) t`;
  await sql`insert into notification_items (notification_id, media_key, request_id)
    select id, 'episode:tvdb:' || request_id || ':s01e' || lpad((1 + id % 20)::text, 2, '0'), request_id from notifications`;
  await sql`insert into timeline_entries (request_id, at, kind, code, words, reason, source)
    select r.id, now() - n * interval '40 seconds', 'fact', 'imported', 'Episode ' || n % 20 || ' imported, WEBDL-1080p', null, 'Sonarr'
    from generate_series(1, ${timeline}::int) n join requests r on r.seerr_request_id = 1 + n % ${requests}::int`;
  await sql`insert into inbound_events (received_at, source, body, event_type, title, outcome, processed_at)
    select now() - n * interval '3 minutes', (array['sonarr','radarr','seerr'])[1 + n % 3], convert_to('{"eventType":"Download"}', 'UTF8'),
      (array['Import','Grab','Health','Upgrade'])[1 + n % 4], 'Harbour ' || n || ' S01 E01',
      case when n % 4 = 2 then 'ignored' else 'handled' end, now()
    from generate_series(1, ${events}::int) n`;
  await sql`vacuum analyze`;
}
