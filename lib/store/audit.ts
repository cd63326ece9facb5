import { desc, lt } from "drizzle-orm";
import { auditEntries } from "@/drizzle/schema";
import { maskSecrets } from "@/lib/domain/mask-secrets";
import type { Executor } from "./db";

export type AuditEntry = typeof auditEntries.$inferSelect;

/** What somebody did. Secrets in `before` and `after` are masked here. */
export type Deed = {
  actor: string;
  address: string | null;
  action: string;
  subject?: string | null;
  before?: unknown;
  after?: unknown;
};

/** Writes down what somebody did. */
export async function insertAuditEntry(executor: Executor, deed: Deed, now: Date): Promise<void> {
  await executor.insert(auditEntries).values({
    at: now,
    actor: deed.actor,
    address: deed.address,
    action: deed.action.slice(0, 300),
    subject: deed.subject ?? null,
    before: deed.before === undefined ? null : maskSecrets(deed.before),
    after: deed.after === undefined ? null : maskSecrets(deed.after),
  });
}

/** What was done, the newest first; `before` is the id of the last one seen. */
export async function listAuditEntries(
  executor: Executor,
  page: { before: number | null; limit: number },
): Promise<AuditEntry[]> {
  return executor
    .select()
    .from(auditEntries)
    .where(page.before === null ? undefined : lt(auditEntries.id, page.before))
    .orderBy(desc(auditEntries.id))
    .limit(page.limit);
}
