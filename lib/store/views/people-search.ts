import { sql } from "drizzle-orm";
import { users } from "@/drizzle/schema";
import type { Executor } from "../db";

/** A pattern for ILIKE that takes the text as it is. */
export function containsPattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}

/** Ids of up to 200 users whose name or address contains the text. */
export async function findUserIdsByText(executor: Executor, text: string): Promise<number[]> {
  const pattern = containsPattern(text);
  const rows = await executor
    .select({ id: users.id })
    .from(users)
    .where(sql`${users.displayName} ilike ${pattern} or ${users.email} ilike ${pattern}`)
    .limit(200);
  return rows.map((row) => row.id);
}
