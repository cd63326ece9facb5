import { instances } from "@/drizzle/schema";
import type { Executor } from "../db";

/** What the admin calls each Sonarr and Radarr, by key. */
export async function listInstanceNames(executor: Executor): Promise<Map<string, string>> {
  const rows = await executor.select({ key: instances.key, name: instances.name }).from(instances);
  return new Map(rows.map((row) => [row.key, row.name]));
}
