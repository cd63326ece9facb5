import type { BenchProduct } from "./product";
import { figure, heading } from "./report";

/** Mails that are due at once, through the whole of delivery, into a local mail server. */
export async function benchMails(product: BenchProduct): Promise<void> {
  heading("Mails per second (claim, render, SMTP, record; one recipient each)");
  const { sql } = product;
  for (const count of [1000, 10_000]) {
    const startedAt = Date.now();
    await sql`
      with person as (
        insert into users (seerr_user_id, display_name, email)
        select 1000000 + ${count} * 10 + n, 'Person ' || n, 'person' || n || '@example.net' from generate_series(1, ${count}::int) n
        returning id),
      item as (
        insert into media_items (media_key, group_key, kind, title, season, episode, tvdb_id, imported_at, plex_rating_key)
        values ('episode:tvdb:' || ${count} || ':s01e01', 'show:tvdb:' || ${count}, 'episode', 'Tidewater Road', 1, 1, ${count}::int, now(), '1')
        on conflict do nothing),
      mail as (
        insert into notifications (audience, user_id, kind, title, subject, status, due_at)
        select 'user', id, 'episodes_available', 'Tidewater Road', 'Tidewater Road: episode 1 is ready', 'scheduled', now() from person
        returning id),
      items as (
        insert into notification_items (notification_id, media_key)
        select id, 'episode:tvdb:' || ${count} || ':s01e01' from mail)
      select count(graphile_worker.add_job('deliver_notification', json_build_object('notificationId', id), max_attempts => 25, job_key => 'deliver_notification:' || id)) from mail`;
    const queuedAt = Date.now();
    for (;;) {
      const [row] = await sql<{ n: number }[]>`
        select count(*)::int as n from notifications where status in ('scheduled', 'sending', 'retrying')`;
      if (!row || row.n === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const [sent] = await sql<{ n: number; first: Date; last: Date }[]>`
      select count(*)::int as n, min(claimed_at) as first, max(sent_at) as last from notifications
      where status = 'sent' and claimed_at >= to_timestamp(${startedAt / 1000})`;
    const took = sent ? (sent.last.getTime() - sent.first.getTime()) / 1000 : 0;
    figure(
      `${count} due at once`,
      `${Math.round((sent?.n ?? 0) / took)}/s  (${sent?.n} sent in ${took.toFixed(1)} s, queued in ${((queuedAt - startedAt) / 1000).toFixed(1)} s)`,
    );
  }
}
