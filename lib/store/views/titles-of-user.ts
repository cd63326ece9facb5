import { sql } from "drizzle-orm";
import type { NotificationStatus } from "@/lib/domain/views/status";
import type { Executor } from "../db";
import type { KeysetPlace } from "./keyset";

/** A place in the list: among what is over or not, then by the last news. */
export type TitlePlace = KeysetPlace & { isOver: boolean };

/** One request a person is attached to, with what they were told of it, what is on its way, and why they were not. */
export type TitleOfUser = {
  requestId: number;
  title: string;
  year: number | null;
  mediaType: "movie" | "tv";
  isFourK: boolean;
  coversAllSeasons: boolean;
  posterPath: string | null;
  state: string;
  stateUntil: Date | null;
  lastNewsAt: Date;
  seasons: number[];
  how: "asked" | "admin" | "link";
  since: Date;
  mutedAt: Date | null;
  /** What the ledger says of what the request covers. */
  ledger: { mediaKey: string; how: "told" | "known_before" | "not_wanted"; at: Date }[];
  /** Their newest mail about it. */
  mail: {
    id: number;
    status: NotificationStatus;
    smtpReply: string | null;
    dueAt: Date;
    at: Date;
  } | null;
  batch: {
    status: "open" | "trailing";
    closesAt: Date;
    pausedUntil: Date | null;
    pausedBecause: string | null;
  } | null;
  /** The last time they were not told something, and why. */
  notTold: { at: Date; words: string; reason: string | null } | null;
  place: TitlePlace;
};

type Row = Omit<
  TitleOfUser,
  | "stateUntil"
  | "lastNewsAt"
  | "since"
  | "mutedAt"
  | "ledger"
  | "mail"
  | "batch"
  | "notTold"
  | "place"
> & {
  isOver: boolean;
  stateUntil: string | null;
  lastNewsAt: string;
  since: string;
  mutedAt: string | null;
  ledger: { mediaKey: string; how: TitleOfUser["ledger"][number]["how"]; at: string }[];
  mail: {
    id: number;
    status: NotificationStatus;
    smtpReply: string | null;
    dueAt: string;
    at: string;
  } | null;
  batch: {
    status: "open" | "trailing";
    closesAt: string;
    pausedUntil: string | null;
    pausedBecause: string | null;
  } | null;
  notTold: { at: string; words: string; reason: string | null } | null;
};

/**
 * What a person is attached to: first what is not over, then what they were told, the latest news first. Declined and
 * deleted requests are left out. `after` goes on from a place.
 */
export async function listTitlesOfUser(
  executor: Executor,
  userId: number,
  limit: number,
  after: TitlePlace | null = null,
): Promise<TitleOfUser[]> {
  const older = after
    ? sql`and (not (r.state in ('told', 'known_before')), r.last_news_at, r.id)
        < (${!after.isOver}::boolean, ${after.at}::timestamptz, ${after.id}::int)`
    : sql``;
  const rows = await executor.execute<Row>(sql`
    with titles as (
      select r.*, w.source as how, w.added_at as since, w.muted_at
      from request_watchers w join requests r on r.id = w.request_id
      where w.user_id = ${userId} and r.status not in ('declined', 'deleted') ${older}
      order by r.state in ('told', 'known_before'), r.last_news_at desc, r.id desc
      limit ${limit}
    )
    select t.id as "requestId", t.title, t.year, t.media_type as "mediaType", t.is_4k as "isFourK",
      t.covers_all_seasons as "coversAllSeasons", t.poster_path as "posterPath", t.state,
      t.state in ('told', 'known_before') as "isOver",
      t.state_until::text as "stateUntil", t.last_news_at::text as "lastNewsAt", t.how,
      t.since::text as since, t.muted_at::text as "mutedAt",
      coalesce((select array_agg(s.season order by s.season) from request_seasons s
        where s.request_id = t.id), '{}') as seasons,
      coalesce((select json_agg(json_build_object('mediaKey', d.media_key, 'how', d.how, 'at', d.at))
        from delivery_ledger d
        cross join lateral (select substring(d.media_key from ':s([0-9]+)e')::int as season) m
        where d.user_id = ${userId} and d.kind like '%available%' and case t.media_type
          when 'movie' then d.media_key = 'movie:tmdb:' || t.tmdb_id || case when t.is_4k then ':4k' else '' end
          else d.media_key like 'episode:tvdb:' || t.tvdb_id || ':%' and t.is_4k = (d.media_key like '%:4k')
            and ((t.covers_all_seasons and m.season > 0) or m.season in
              (select season from request_seasons where request_id = t.id)) end), '[]') as ledger,
      (select json_build_object('id', n.id, 'status', n.status, 'smtpReply', n.smtp_reply, 'dueAt', n.due_at,
          'at', coalesce(n.sent_at, n.updated_at))
        from notifications n
        where n.user_id = ${userId} and n.id in (
          select id from notifications where request_id = t.id
          union all select notification_id from notification_items where request_id = t.id)
        order by n.id desc limit 1) as mail,
      (select json_build_object('status', b.status, 'closesAt', b.closes_at, 'pausedUntil', b.paused_until,
          'pausedBecause', b.paused_because)
        from batch_items i join batches b on b.id = i.batch_id
        where i.request_id = t.id and i.state = 'waiting' and b.user_id = ${userId}
          and b.status in ('open', 'trailing')
        order by b.next_look_at limit 1) as batch,
      (select json_build_object('at', e.at, 'words', e.words, 'reason', e.reason)
        from timeline_entries e
        where e.request_id = t.id and e.user_id = ${userId} and e.kind = 'not_told'
        order by e.at desc, e.id desc limit 1) as "notTold"
    from titles t
    order by t.state in ('told', 'known_before'), t.last_news_at desc, t.id desc`);
  const moment = (text: string | null) => (text === null ? null : new Date(text));
  return rows.map(({ ledger, mail, batch, notTold, isOver, ...row }) => ({
    ...row,
    place: { isOver, at: row.lastNewsAt, id: row.requestId },
    stateUntil: moment(row.stateUntil),
    lastNewsAt: new Date(row.lastNewsAt),
    since: new Date(row.since),
    mutedAt: moment(row.mutedAt),
    ledger: ledger.map((entry) => ({ ...entry, at: new Date(entry.at) })),
    mail: mail && { ...mail, dueAt: new Date(mail.dueAt), at: new Date(mail.at) },
    batch: batch && {
      ...batch,
      closesAt: new Date(batch.closesAt),
      pausedUntil: moment(batch.pausedUntil),
    },
    notTold: notTold && { ...notTold, at: new Date(notTold.at) },
  }));
}
