import { eq, sql } from "drizzle-orm";
import { admins } from "@/drizzle/schema";
import type { Executor } from "./db";

export type Admin = typeof admins.$inferSelect;

/** The account with this name, whatever its capitals. */
export async function findAdminByName(executor: Executor, name: string): Promise<Admin | null> {
  const [row] = await executor
    .select()
    .from(admins)
    .where(sql`lower(${admins.name}) = lower(${name})`);
  return row ?? null;
}

/** All accounts, the oldest first. */
export async function listAdmins(executor: Executor): Promise<Admin[]> {
  return executor.select().from(admins).orderBy(admins.createdAt, admins.id);
}

/** Makes an account; false when the name is taken. */
export async function insertAdmin(
  executor: Executor,
  account: { name: string; passwordHash: string },
  now: Date,
): Promise<boolean> {
  const rows = await executor
    .insert(admins)
    .values({ ...account, passwordChangedAt: now, createdAt: now })
    .onConflictDoNothing()
    .returning({ id: admins.id });
  return rows.length > 0;
}

/** Gives an account another password. */
export async function setAdminPassword(
  executor: Executor,
  adminId: string,
  passwordHash: string,
  now: Date,
): Promise<void> {
  await executor
    .update(admins)
    .set({ passwordHash, passwordChangedAt: now })
    .where(eq(admins.id, adminId));
}

/** Lets an account in without Turnstile until a moment. */
export async function waiveCheck(executor: Executor, adminId: string, until: Date): Promise<void> {
  await executor.update(admins).set({ checkWaivedUntil: until }).where(eq(admins.id, adminId));
}

/** Remembers where an account signed in from, the last ten places. */
export async function rememberAddress(
  executor: Executor,
  adminId: string,
  address: string,
): Promise<void> {
  await executor
    .update(admins)
    .set({
      knownAddresses: sql`(array[${address}] || array_remove(${admins.knownAddresses}, ${address}))[1:10]`,
    })
    .where(eq(admins.id, adminId));
}
