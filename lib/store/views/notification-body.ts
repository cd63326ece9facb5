import { eq } from "drizzle-orm";
import { notificationBodies } from "@/drizzle/schema";
import type { Executor } from "../db";

/** The mail exactly as it was handed to the server; null before that, and after retention. */
export async function findNotificationBody(executor: Executor, notificationId: number) {
  const [row] = await executor
    .select()
    .from(notificationBodies)
    .where(eq(notificationBodies.notificationId, notificationId));
  return row ?? null;
}
