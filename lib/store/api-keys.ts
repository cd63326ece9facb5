import { and, desc, eq, isNull, lt } from "drizzle-orm";
import { apiKeys } from "@/drizzle/schema";
import type { Executor } from "./db";

export type ApiKey = typeof apiKeys.$inferSelect;

export async function insertApiKey(
  executor: Executor,
  key: Pick<ApiKey, "name" | "keyHash" | "hint" | "scope" | "createdBy">,
  now: Date,
): Promise<ApiKey> {
  const [row] = await executor
    .insert(apiKeys)
    .values({ ...key, createdAt: now })
    .returning();
  if (!row) throw new Error("PostgreSQL returned no key");
  return row;
}

/** The key with this hash, unless it was revoked. */
export async function findApiKey(executor: Executor, keyHash: string): Promise<ApiKey | null> {
  const [row] = await executor
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.keyHash, keyHash), isNull(apiKeys.revokedAt)));
  return row ?? null;
}

/** Notes that a key was used. */
export async function touchApiKey(
  executor: Executor,
  keyId: number,
  from: string | null,
  now: Date,
): Promise<void> {
  await executor
    .update(apiKeys)
    .set({ lastUsedAt: now, lastUsedFrom: from })
    .where(eq(apiKeys.id, keyId));
}

/** Ends a key; null when there is none to end. */
export async function revokeApiKey(
  executor: Executor,
  keyId: number,
  now: Date,
): Promise<ApiKey | null> {
  const [row] = await executor
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(and(eq(apiKeys.id, keyId), isNull(apiKeys.revokedAt)))
    .returning();
  return row ?? null;
}

/** The keys that work, the newest first; `before` is the id of the last one seen. */
export async function listApiKeys(
  executor: Executor,
  page: { before: number | null; limit: number },
): Promise<ApiKey[]> {
  return executor
    .select()
    .from(apiKeys)
    .where(
      and(
        isNull(apiKeys.revokedAt),
        page.before === null ? undefined : lt(apiKeys.id, page.before),
      ),
    )
    .orderBy(desc(apiKeys.id))
    .limit(page.limit);
}
