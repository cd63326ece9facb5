import { and, eq, isNull } from "drizzle-orm";
import { instances } from "@/drizzle/schema";
import type { Instance } from "@/lib/domain/instance";
import type { Executor } from "./db";

export type InstanceRow = typeof instances.$inferSelect;

/** Makes the table name the configured instances; what is known about each stays. */
export async function saveInstances(
  executor: Executor,
  configured: readonly Instance[],
  now: Date,
): Promise<void> {
  for (const { key, kind, name, isFourK } of configured) {
    await executor
      .insert(instances)
      .values({ key, kind, name, isFourK, createdAt: now })
      .onConflictDoUpdate({ target: instances.key, set: { name, isFourK } });
  }
}

export async function findInstance(executor: Executor, key: string): Promise<InstanceRow | null> {
  const [row] = await executor.select().from(instances).where(eq(instances.key, key));
  return row ?? null;
}

export async function markBaseline(executor: Executor, key: string, at: Date): Promise<void> {
  await executor
    .update(instances)
    .set({ baselineAt: at })
    .where(and(eq(instances.key, key), isNull(instances.baselineAt)));
}

/** How far `lastEventAt` may lag behind: it is shown, and decides nothing. */
const seenEveryMs = 1_000;

/**
 * Remembers an instance that sent a webhook, and what it calls itself there. In a storm of events nearly all find it
 * remembered and write nothing: writers of one row would wait for each other until their transactions end.
 */
export async function noteInstanceSeen(
  executor: Executor,
  instance: Instance,
  seen: { instanceName: string | null; applicationUrl: string | null; at: Date },
): Promise<void> {
  let known = await findInstance(executor, instance.key);
  if (!known || known.name !== instance.name || known.isFourK !== instance.isFourK) {
    await saveInstances(executor, [instance], seen.at);
    known = null;
  }
  const isSame =
    known?.lastEventAt != null &&
    Math.abs(seen.at.getTime() - known.lastEventAt.getTime()) < seenEveryMs &&
    (!seen.instanceName || seen.instanceName === known.seenInstanceName) &&
    (!seen.applicationUrl || seen.applicationUrl === known.seenApplicationUrl);
  if (isSame) return;
  await executor
    .update(instances)
    .set({
      lastEventAt: seen.at,
      ...(seen.instanceName ? { seenInstanceName: seen.instanceName } : {}),
      ...(seen.applicationUrl ? { seenApplicationUrl: seen.applicationUrl } : {}),
    })
    .where(eq(instances.key, instance.key));
}

/** Takes the baseline of every instance back: what they hold is put into the ledger again before it can be news. */
export async function forgetBaselines(executor: Executor): Promise<void> {
  await executor.update(instances).set({ baselineAt: null });
}

/** When what each instance held became known, by its key; left out until then. */
export async function listBaselines(executor: Executor): Promise<Map<string, Date>> {
  const rows = await executor
    .select({ key: instances.key, at: instances.baselineAt })
    .from(instances);
  return new Map(rows.flatMap(({ key, at }) => (at ? [[key, at] as const] : [])));
}
