import { and, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import { auditEntries } from "@/drizzle/schema";
import { type AuditArea, auditSearchDepth } from "@/lib/domain/audit";
import { maskSecrets } from "@/lib/domain/mask-secrets";
import { announceChange } from "./changes";
import type { Executor } from "./db";
import { containsPattern } from "./views/people-search";

export type AuditEntry = typeof auditEntries.$inferSelect;

/** What somebody did. Secrets in `before` and `after` are masked here. */
export type Deed = {
  actor: string;
  address: string | null;
  area: AuditArea;
  action: string;
  subject?: string | null;
  before?: unknown;
  after?: unknown;
};

/** Writes down what somebody did, and tells open pages. */
export async function insertAuditEntry(executor: Executor, deed: Deed, now: Date): Promise<void> {
  await executor.insert(auditEntries).values({
    at: now,
    actor: deed.actor,
    address: deed.address,
    area: deed.area,
    action: deed.action.slice(0, 300),
    subject: deed.subject ?? null,
    before: deed.before === undefined ? null : maskSecrets(deed.before),
    after: deed.after === undefined ? null : maskSecrets(deed.after),
  });
  await announceChange(executor, "activity");
}

export type AuditFilter = {
  actor: string | null;
  area: AuditArea | null;
  /** In what was done, to what, from where, or in the old and new values. */
  text: string | null;
};

/** What was done, the newest first; `before` is the id of the last one seen. */
export async function listAuditEntries(
  executor: Executor,
  { actor, area, text }: AuditFilter,
  page: { before: number | null; limit: number },
): Promise<AuditEntry[]> {
  const e = auditEntries;
  return executor
    .select()
    .from(e)
    .where(
      and(
        page.before === null ? undefined : lt(e.id, page.before),
        actor === null ? undefined : eq(e.actor, actor),
        area === null ? undefined : eq(e.area, area),
        text === null ? undefined : holdsText(text),
      ),
    )
    .orderBy(desc(e.id))
    .limit(page.limit);
}

function holdsText(text: string): SQL {
  const pattern = containsPattern(text);
  const e = auditEntries;
  return sql`(${e.id} > (select coalesce(max(id), 0) - ${auditSearchDepth} from audit_entries)
    and (${e.action} ilike ${pattern} or ${e.subject} ilike ${pattern} or ${e.address} ilike ${pattern}
      or ${e.before}::text ilike ${pattern} or ${e.after}::text ilike ${pattern}))`;
}

/** Everybody who ever did something, by name: one look into the index for each of them. At most `limit`. */
export async function listActors(executor: Executor, limit: number): Promise<string[]> {
  const rows = await executor.execute<{ actor: string }>(sql`
    with recursive found as (
      (select actor from audit_entries order by actor limit 1)
      union all
      select (select a.actor from audit_entries a where a.actor > found.actor order by a.actor limit 1)
      from found where found.actor is not null
    )
    select actor from found where actor is not null order by lower(actor), actor limit ${limit}
  `);
  return rows.map(({ actor }) => actor);
}
