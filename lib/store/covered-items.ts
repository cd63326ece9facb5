import { sql } from "drizzle-orm";

/** The condition that media item `m` is of the title and class request `r` asks for. */
export const ofItsTitle = sql`m.group_key = case r.media_type
    when 'movie' then 'movie:tmdb:' || r.tmdb_id else 'show:tvdb:' || r.tvdb_id end
    || case when r.is_4k then ':4k' else '' end`;

/** The condition that request `r` covers media item `m` and an instance holds it: `matchRequest` in SQL, by group and season. */
export const heldAndCovered = sql`m.imported_at is not null and m.removed_at is null
  and ${ofItsTitle}
  and (r.media_type = 'movie' or (r.covers_all_seasons and m.season > 0)
    or exists (select 1 from request_seasons s where s.request_id = r.id and s.season = m.season))`;
