import { and, eq, sql } from "drizzle-orm";
import { notificationItems } from "@/drizzle/schema";
import { issueMailKinds } from "@/lib/domain/issue-mail";
import type { Executor } from "./db";

/** A mail to somebody that has not left and is, at least in part, about one request. */
export type WaitingMail = {
  id: number;
  /** What of that request it tells. */
  mediaKeys: string[];
  /** It tells of other requests, too. */
  isAboutOthers: boolean;
};

/**
 * Mails to a person about a request that wait, are tried again or are held, locked until the transaction ends. Those
 * about an issue they reported are theirs whether they are attached or not, and not among them.
 */
export async function lockWaitingMails(
  executor: Executor,
  of: { requestId: number; userId: number },
): Promise<WaitingMail[]> {
  const rows = await executor.execute<{
    id: string;
    media_keys: string[] | null;
    others: boolean | null;
  }>(sql`
    with waiting as (
      select n.id from notifications n
      where n.user_id = ${of.userId} and n.status in ('scheduled', 'retrying', 'held')
        and n.kind <> all(${sql.param([...issueMailKinds])}::text[])
        and (n.request_id = ${of.requestId} or exists (
          select from notification_items i
          where i.notification_id = n.id and i.request_id = ${of.requestId}
        ))
      order by n.id for update
    )
    select w.id,
      (select array_agg(i.media_key order by i.media_key) from notification_items i
        where i.notification_id = w.id and i.request_id = ${of.requestId}) as media_keys,
      exists (select from notification_items i
        where i.notification_id = w.id and i.request_id is distinct from ${of.requestId}) as others
    from waiting w order by w.id`);
  return rows.map((row) => ({
    id: Number(row.id),
    mediaKeys: row.media_keys ?? [],
    isAboutOthers: row.others ?? false,
  }));
}

/** Takes what a mail tells of one request out of it. */
export async function removeMailItems(
  executor: Executor,
  of: { notificationId: number; requestId: number },
): Promise<void> {
  await executor
    .delete(notificationItems)
    .where(
      and(
        eq(notificationItems.notificationId, of.notificationId),
        eq(notificationItems.requestId, of.requestId),
      ),
    );
}

/** Other requests a person is attached to for the same title and class. */
export async function listOtherRequests(
  executor: Executor,
  of: { requestId: number; userId: number },
): Promise<number[]> {
  const rows = await executor.execute<{ id: number }>(sql`
    select o.id from requests r
    join requests o on o.id <> r.id and o.media_type = r.media_type and o.is_4k = r.is_4k
      and (o.tmdb_id = r.tmdb_id or o.tvdb_id = r.tvdb_id)
    join request_watchers w on w.request_id = o.id and w.user_id = ${of.userId}
    where r.id = ${of.requestId} order by o.id`);
  return rows.map((row) => row.id);
}
