import { sql } from "drizzle-orm";
import type { Executor } from "./db";

/** What dashboards listen to. */
export const changesChannel = "bingealert_changes";
export const changeTopics = [
  "requests",
  "notifications",
  "inbound",
  "jobs",
  "users",
  "settings",
  "maintenance",
  "backups",
  "health",
  "issues",
  "activity",
  "calendar",
  "sessions",
] as const;
export type ChangeTopic = (typeof changeTopics)[number];

/** Tells listening dashboards, when the transaction commits, that rows of `topic` changed. */
export async function announceChange(executor: Executor, topic: ChangeTopic): Promise<void> {
  await executor.execute(sql`select pg_notify(${changesChannel}, ${topic})`);
}
