import { settings } from "@/drizzle/schema";
import type { Executor } from "./db";

/** The settings kept in the database, as texts by name. */
export async function listSettingTexts(executor: Executor): Promise<Record<string, string>> {
  const rows = await executor.select().from(settings);
  return Object.fromEntries(rows.map((row) => [row.name, row.value]));
}
