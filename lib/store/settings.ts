import { eq } from "drizzle-orm";
import { settings } from "@/drizzle/schema";
import type { Executor } from "./db";

/** The settings kept in the database, as texts by name. */
export async function listSettingTexts(executor: Executor): Promise<Record<string, string>> {
  const rows = await executor.select().from(settings);
  return Object.fromEntries(rows.map((row) => [row.name, row.value]));
}

/** Keeps a setting; null takes it away, so that its default counts. */
export async function putSettingText(
  executor: Executor,
  name: string,
  value: string | null,
  now: Date,
): Promise<void> {
  if (value === null) {
    await executor.delete(settings).where(eq(settings.name, name));
    return;
  }
  await executor
    .insert(settings)
    .values({ name, value, updatedAt: now })
    .onConflictDoUpdate({ target: settings.name, set: { value, updatedAt: now } });
}
