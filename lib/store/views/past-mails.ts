import { sql } from "drizzle-orm";
import type { Executor } from "../db";

/** How far back is looked, in mails: kinds that are rare must not make the page read all of them. */
const recent = 3000;
const perKind = 4;

/** The newest mails of each kind among the last 3 000, as samples to look at. */
export async function listPastMails(
  executor: Executor,
  kinds: readonly string[],
): Promise<{ id: number; kind: string; subject: string }[]> {
  return executor.execute<{ id: number; kind: string; subject: string }>(sql`
    select id::int, kind, subject from (
      select id, kind, subject, row_number() over (partition by kind order by id desc) as place
      from (select id, kind, subject from notifications order by id desc limit ${recent}) as newest
      where kind = any(${sql.param([...kinds])}::text[])
    ) as ranked
    where place <= ${perKind} order by id desc`);
}
