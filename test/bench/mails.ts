import type postgres from "postgres";
import { type BenchProduct, cpuEach } from "./product";
import { figure, heading } from "./report";

/** Mails that are due at once, through the whole of delivery, into a local mail server. */
export async function benchMails(
  product: BenchProduct,
  counts: readonly number[] = [1000, 10_000],
): Promise<void> {
  heading("Mails per second (claim, render, SMTP, record; one recipient each)");
  const { sql } = product;
  for (const count of counts) {
    const startedAt = Date.now();
    await queueMails(sql, count);
    const queuedAt = Date.now();
    const before = product.cpu();
    for (;;) {
      const [row] = await sql<{ n: number }[]>`
        select count(*)::int as n from notifications where status in ('scheduled', 'sending', 'retrying')`;
      if (!row || row.n === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const after = product.cpu();
    const [sent] = await sql<{ n: number; first: Date; last: Date }[]>`
      select count(*)::int as n, min(claimed_at) as first, max(sent_at) as last from notifications
      where status = 'sent' and claimed_at >= to_timestamp(${startedAt / 1000})`;
    const took = sent ? (sent.last.getTime() - sent.first.getTime()) / 1000 : 0;
    figure(
      `${count} due at once`,
      `${Math.round((sent?.n ?? 0) / took)}/s  (${sent?.n} sent in ${took.toFixed(1)} s, queued in ${((queuedAt - startedAt) / 1000).toFixed(1)} s)`,
    );
    figure("  processor time per mail", cpuEach(before, after, count));
  }
}

/** As many people, each with a request of their own whose episode is told: no two mails share a row. */
async function queueMails(sql: postgres.Sql, count: number): Promise<void> {
  const first = 1_000_000 + count * 10;
  await sql.begin(async (tx) => {
    await tx`insert into users (seerr_user_id, display_name, email)
      select ${first}::int + n, 'Person ' || n, 'person' || n || '@example.net' from generate_series(1, ${count}::int) n`;
    await tx`insert into requests (seerr_request_id, user_id, media_type, tmdb_id, tvdb_id, title, status, origin, requested_at, read_from_seerr_at)
      select seerr_user_id, id, 'tv', seerr_user_id, seerr_user_id, 'Tidewater Road', 'approved', 'webhook', now(), now()
      from users where seerr_user_id > ${first}::int and seerr_user_id <= ${first + count}::int`;
    await tx`insert into request_seasons (request_id, season) select id, 1 from requests where seerr_request_id > ${first}::int and seerr_request_id <= ${first + count}::int`;
    await tx`insert into request_watchers (request_id, user_id, source) select id, user_id, 'asked' from requests where seerr_request_id > ${first}::int and seerr_request_id <= ${first + count}::int`;
    await tx`insert into media_items (media_key, group_key, kind, title, season, episode, tvdb_id, imported_at, plex_rating_key)
      select 'episode:tvdb:' || tvdb_id || ':s01e01', 'show:tvdb:' || tvdb_id, 'episode', title, 1, 1, tvdb_id, now(), '1'
      from requests where seerr_request_id > ${first}::int and seerr_request_id <= ${first + count}::int`;
    await tx`insert into notifications (audience, user_id, kind, request_id, title, subject, status, due_at)
      select 'user', user_id, 'episodes_available', id, title, title || ': episode 1 is ready', 'scheduled', now()
      from requests where seerr_request_id > ${first}::int and seerr_request_id <= ${first + count}::int`;
    await tx`insert into notification_items (notification_id, media_key, request_id)
      select n.id, 'episode:tvdb:' || r.tvdb_id || ':s01e01', r.id from notifications n join requests r on r.id = n.request_id
      where n.status = 'scheduled'`;
    await tx`select count(graphile_worker.add_job('deliver_notification', json_build_object('notificationId', id),
        max_attempts => 25, job_key => 'deliver_notification:' || id))
      from notifications where status = 'scheduled'`;
  });
}
