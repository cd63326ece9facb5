import { sql } from "drizzle-orm";
import { heldAndCovered } from "./covered-items";
import type { Executor } from "./db";

export type UntoldItem = { requestId: number; userId: number; mediaKey: string; groupKey: string };

/**
 * What live requests cover and the given instances hold, but somebody attached has not been told of and does not wait
 * for, ordered by title. This is the whole comparison of library and ledger in one statement, however old the request.
 */
export async function listUntoldItems(
  executor: Executor,
  query: { kind: string; instanceKeys: readonly string[] },
): Promise<UntoldItem[]> {
  const rows = await executor.execute<{
    request_id: number;
    user_id: number;
    media_key: string;
    group_key: string;
  }>(sql`
    select r.id as request_id, w.user_id, m.media_key, m.group_key
    from requests r
    join media_items m on ${heldAndCovered}
    join request_watchers w on w.request_id = r.id
    where r.status in ('approved', 'completed', 'failed') and r.user_id is not null
      and m.instance_key = any(${sql.param([...query.instanceKeys])}::text[])
      and not exists (
        select from delivery_ledger l
        where l.user_id = w.user_id and l.kind = ${query.kind} and l.media_key = m.media_key
      )
      and not exists (
        select from batch_items b
        where b.user_id = w.user_id and b.media_key = m.media_key and b.state = 'waiting'
      )
    order by m.group_key, r.id, w.user_id, m.media_key`);
  return rows.map((row) => ({
    requestId: row.request_id,
    userId: row.user_id,
    mediaKey: row.media_key,
    groupKey: row.group_key,
  }));
}
