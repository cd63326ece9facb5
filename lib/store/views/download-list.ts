import { type SQL, sql } from "drizzle-orm";
import type { DownloadEpisode } from "@/lib/domain/downloads";
import type { DownloadFacts } from "@/lib/domain/views/downloads";
import type { Executor } from "../db";

type Row = {
  id: string;
  title: string;
  media_title: string | null;
  episodes: DownloadEpisode[];
  instance_name: string;
  indexer: string | null;
  request_id: number | null;
  status: string | null;
  tracked_state: string | null;
  size: string | null;
  size_left: string | null;
  messages: string[];
  verdict: DownloadFacts["verdict"];
  verdict_words: string;
  plan_words: string | null;
  refreshed_at: string | null;
  last_progress_at: string;
  alerted_at: string | null;
  replaced: number;
};

/** The condition that request `r` is one download `d` is for: by group and season, in SQL. */
const isAskedBy = sql`r.status in ('approved', 'completed', 'failed')
  and r.is_4k = (d.group_key like '%:4k')
  and ((r.media_type = 'movie' and r.tmdb_id = d.tmdb_id and d.group_key like 'movie:%')
    or (r.media_type = 'tv' and r.tvdb_id = d.tvdb_id and d.group_key like 'show:%'
      and exists (select 1 from jsonb_array_elements(d.episodes) e
        where (r.covers_all_seasons and (e->>'season')::int > 0)
          or exists (select 1 from request_seasons s
            where s.request_id = r.id and s.season = (e->>'season')::int))))`;

/** Live downloads of all instances, those in trouble first, and how many there are. */
export async function listLiveDownloads(
  executor: Executor,
  limit: number,
): Promise<{ rows: DownloadFacts[]; total: number; stuck: number }> {
  const [counts] = await executor.execute<{ total: number; stuck: number }>(sql`
    select count(*)::int as total, count(*) filter (where verdict = 'stuck')::int as stuck
    from downloads where gone_at is null`);
  const rows = await selectDownloads(executor, sql`true`, limit);
  return { rows, total: counts?.total ?? 0, stuck: counts?.stuck ?? 0 };
}

/** Live downloads of one request, those in trouble first. */
export async function listDownloadsOfRequest(
  executor: Executor,
  requestId: number,
  limit: number,
): Promise<DownloadFacts[]> {
  const ofRequest = sql`exists (select 1 from requests r where r.id = ${requestId} and ${isAskedBy})`;
  const inGroup = sql`d.group_key = (select case media_type
      when 'movie' then 'movie:tmdb:' || tmdb_id else 'show:tvdb:' || tvdb_id end
      || case when is_4k then ':4k' else '' end from requests where id = ${requestId})`;
  return selectDownloads(executor, sql`${inGroup} and ${ofRequest}`, limit);
}

async function selectDownloads(
  executor: Executor,
  where: SQL,
  limit: number,
): Promise<DownloadFacts[]> {
  const rows = await executor.execute<Row>(sql`
    select d.id, d.title, d.media_title, d.episodes, coalesce(i.name, d.instance_key) as instance_name,
      d.indexer, d.status, d.tracked_state, d.size, d.size_left, d.messages, d.verdict, d.verdict_words,
      d.plan_words, d.refreshed_at, d.last_progress_at, d.alerted_at,
      (select min(r.id) from requests r where ${isAskedBy}) as request_id,
      (select count(*)::int from download_repairs p
        where p.instance_key = d.instance_key and p.group_key = d.group_key and p.step <> 'removing'
          and p.targets && case jsonb_array_length(d.episodes) when 0 then array['movie:' || d.upstream_id]
            else (select array_agg('episode:' || (e->>'episodeId')) from jsonb_array_elements(d.episodes) e) end
      ) as replaced
    from downloads d left join instances i on i.key = d.instance_key
    where d.gone_at is null and ${where}
    order by case d.verdict when 'stuck' then 0 when 'waiting' then 1 else 2 end, d.last_progress_at, d.id
    limit ${limit}`);
  const moment = (text: string | null) => (text === null ? null : new Date(text));
  const bytes = (text: string | null) => (text === null ? null : Number(text));
  return rows.map((row) => ({
    id: Number(row.id),
    title: row.title,
    mediaTitle: row.media_title,
    episodes: row.episodes,
    instanceName: row.instance_name,
    indexer: row.indexer,
    requestId: row.request_id,
    status: row.status,
    trackedState: row.tracked_state,
    size: bytes(row.size),
    sizeLeft: bytes(row.size_left),
    messages: row.messages,
    verdict: row.verdict,
    verdictWords: row.verdict_words,
    planWords: row.plan_words,
    refreshedAt: moment(row.refreshed_at),
    lastProgressAt: new Date(row.last_progress_at),
    alertedAt: moment(row.alerted_at),
    replaced: row.replaced,
  }));
}
