import { and, eq, gt, lt, sql } from "drizzle-orm";
import { setupPasses } from "@/drizzle/schema";
import type { Executor } from "./db";

type Pass = typeof setupPasses.$inferInsert;

/** Keeps a pass; those that have expired go. */
export async function insertSetupPass(executor: Executor, pass: Pass): Promise<void> {
  await executor.delete(setupPasses).where(lt(setupPasses.expiresAt, pass.createdAt));
  await executor.insert(setupPasses).values(pass);
}

/** Uses a token up; false when there is none like it, or it has expired. */
export async function claimSetupToken(
  executor: Executor,
  hash: string,
  now: Date,
): Promise<boolean> {
  const rows = await executor
    .delete(setupPasses)
    .where(
      and(
        eq(setupPasses.hash, hash),
        eq(setupPasses.kind, "token"),
        gt(setupPasses.expiresAt, now),
      ),
    )
    .returning({ hash: setupPasses.hash });
  return rows.length === 1;
}

/** Whether a browser was let in with a token. */
export async function isSetupVisitor(
  executor: Executor,
  hash: string,
  now: Date,
): Promise<boolean> {
  const rows = await executor
    .select({ hash: setupPasses.hash })
    .from(setupPasses)
    .where(
      and(
        eq(setupPasses.hash, hash),
        eq(setupPasses.kind, "visitor"),
        gt(setupPasses.expiresAt, now),
      ),
    );
  return rows.length === 1;
}

/** Takes all passes back. */
export async function deleteSetupPasses(executor: Executor): Promise<void> {
  await executor.delete(setupPasses);
}

/** Whether this database has served before: people, requests, what they were told, or settings. */
export async function hasServedBefore(executor: Executor): Promise<boolean> {
  const [row] = await executor.execute<{ served: boolean }>(sql`
    select exists (select from users) or exists (select from requests)
      or exists (select from delivery_ledger) or exists (select from notifications)
      or exists (select from settings) as served`);
  return row?.served === true;
}
