import { sql } from "drizzle-orm";
import type { RequestStateFacts } from "@/lib/domain/request-state";
import { heldAndCovered } from "./covered-items";
import type { Executor } from "./db";

type Row = {
  request_id: number;
  status: RequestStateFacts["status"];
  media_type: "movie" | "tv";
  held: number;
  told: number;
  known_before: number;
  waiting: number;
  waiting_until: string | null;
  trailing: boolean | null;
  asked_plex: boolean | null;
  mails_live: number;
  mails_held: number;
  mails_unknown: number;
  mails_failed: number;
  next_mail_at: string | null;
  given_up: number;
  grabbed_at: string | null;
  imported_at: string | null;
  notices_held: number;
  notices_unknown: number;
  notices_failed: number;
  verdict: string | null;
  because: "missing" | "cutoff" | null;
  release_at: string | null;
};

/** What `decideRequestState` needs about each request, in one statement. */
export async function readRequestFacts(
  executor: Executor,
  requestIds: readonly number[],
): Promise<Map<number, RequestStateFacts>> {
  const rows = await executor.execute<Row>(sql`
    select r.id as request_id, r.status, r.media_type,
      items.held, items.told, items.known_before, items.given_up,
      greatest(items.imported_at, (select max(t.at) from timeline_entries t
        where t.request_id = r.id and t.code = 'imported')) as imported_at,
      waits.waiting, waits.waiting_until, waits.trailing, waits.asked_plex,
      mails.mails_live, mails.mails_held, mails.mails_unknown, mails.mails_failed, mails.next_mail_at,
      (select max(t.at) from timeline_entries t where t.request_id = r.id and t.code = 'grabbed') as grabbed_at,
      notices.notices_held, notices.notices_unknown, notices.notices_failed,
      q.verdict, q.because, q.release_at
    from requests r
    left join quality_reviews q on q.request_id = r.id
    cross join lateral (
      select count(*)::int as held, max(m.imported_at) as imported_at,
        count(*) filter (where l.known is not null)::int as told,
        count(*) filter (where l.known)::int as known_before,
        count(*) filter (where l.known is null and m.admin_told_at is not null and m.playable_at is null)::int as given_up
      from media_items m
      left join lateral (
        select bool_and(d.how = 'known_before') as known
        from delivery_ledger d
        join request_watchers w on w.request_id = r.id and w.user_id = d.user_id
        where d.media_key = m.media_key and d.how in ('told', 'known_before')
      ) l on true
      where ${heldAndCovered}
    ) items
    cross join lateral (
      select count(*)::int as waiting, max(case when b.status = 'open' then greatest(b.closes_at, b.paused_until) end) as waiting_until,
        bool_or(b.status = 'trailing') as trailing, bool_or(b.next_look_at > b.due_at and b.paused_until is null) as asked_plex
      from batch_items bi join batches b on b.id = bi.batch_id
      where bi.request_id = r.id and bi.state = 'waiting' and b.status in ('open', 'trailing')
    ) waits
    cross join lateral (
      select count(*) filter (where n.status in ('scheduled', 'sending', 'retrying'))::int as mails_live,
        count(*) filter (where n.status = 'held')::int as mails_held,
        count(*) filter (where n.status = 'unknown')::int as mails_unknown,
        count(*) filter (where n.status = 'failed')::int as mails_failed,
        min(n.due_at) filter (where n.status in ('scheduled', 'retrying')) as next_mail_at
      from (
        select distinct on (ni.notification_id) n.* from notification_items ni
        join notifications n on n.id = ni.notification_id
        where ni.request_id = r.id
          and not exists (select 1 from notifications again where again.resend_of = n.id and again.status = 'sent')
      ) n
    ) mails
    cross join lateral (
      select count(*) filter (where n.status = 'held')::int as notices_held,
        count(*) filter (where n.status = 'unknown')::int as notices_unknown,
        count(*) filter (where n.status = 'failed')::int as notices_failed
      from notifications n
      where n.request_id = r.id and n.kind in ('coming_soon', 'quality_waiting')
        and not exists (select 1 from notifications again where again.resend_of = n.id and again.status = 'sent')
    ) notices
    where r.id = any(${sql.param([...requestIds])}::int[])
  `);
  const moment = (text: string | null) => (text === null ? null : new Date(text));
  return new Map(
    rows.map((row) => [
      row.request_id,
      {
        status: row.status,
        mediaType: row.media_type,
        held: row.held,
        told: row.told,
        knownBefore: row.known_before,
        waiting:
          row.waiting === 0
            ? null
            : {
                count: row.waiting,
                until: moment(row.waiting_until),
                trailing: row.trailing ?? false,
                askedPlex: row.asked_plex ?? false,
              },
        mails: {
          live: row.mails_live,
          held: row.mails_held + row.notices_held,
          unknown: row.mails_unknown + row.notices_unknown,
          failed: row.mails_failed + row.notices_failed,
          nextAt: moment(row.next_mail_at),
        },
        givenUp: row.given_up,
        downloading:
          row.grabbed_at !== null && (row.imported_at === null || row.grabbed_at > row.imported_at),
        review:
          row.verdict === null
            ? null
            : {
                verdict: row.verdict,
                because: row.because,
                releaseAt: moment(row.release_at),
              },
      },
    ]),
  );
}
