import { count, desc, eq, sql } from "drizzle-orm";
import { requests, users } from "@/drizzle/schema";
import type { Executor } from "../db";

/** How much the first sync brought, and its newest titles. */
export async function summarizeKnown(executor: Executor, limit: number) {
  const [[people], [asked], titles] = await Promise.all([
    executor.select({ count: count() }).from(users),
    executor.select({ count: count() }).from(requests),
    executor
      .select({
        id: requests.id,
        title: requests.title,
        year: requests.year,
        posterPath: requests.posterPath,
        requester: sql<string | null>`coalesce(${users.displayName}, ${requests.requesterName})`,
      })
      .from(requests)
      .leftJoin(users, eq(users.id, requests.userId))
      .orderBy(desc(requests.requestedAt), desc(requests.id))
      .limit(limit),
  ]);
  return { people: people?.count ?? 0, requests: asked?.count ?? 0, titles };
}
