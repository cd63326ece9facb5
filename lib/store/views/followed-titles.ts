import { and, desc, eq, notInArray } from "drizzle-orm";
import { requests, requestWatchers } from "@/drizzle/schema";
import type { FollowedTitle } from "@/lib/domain/views/followed-title";
import type { Executor } from "../db";

/** What a person is attached to, the latest news first; a title counts as muted when all its requests are. */
export async function listFollowedTitles(
  executor: Executor,
  userId: number,
  limit: number,
): Promise<FollowedTitle[]> {
  const rows = await executor
    .select({ request: requests, how: requestWatchers.source, mutedAt: requestWatchers.mutedAt })
    .from(requestWatchers)
    .innerJoin(requests, eq(requests.id, requestWatchers.requestId))
    .where(
      and(eq(requestWatchers.userId, userId), notInArray(requests.status, ["declined", "deleted"])),
    )
    .orderBy(desc(requests.lastNewsAt), desc(requests.id))
    .limit(limit);
  const titles = new Map<string, FollowedTitle>();
  for (const { request, how, mutedAt } of rows) {
    const { mediaType, tmdbId, tvdbId, id: requestId, title, year } = request;
    const key = `${mediaType} ${tmdbId ?? `tvdb ${tvdbId ?? `request ${requestId}`}`}`;
    const isMuted = mutedAt !== null;
    const known = titles.get(key);
    if (known) known.isMuted &&= isMuted;
    else titles.set(key, { requestId, title, year, mediaType, how, isMuted });
  }
  return [...titles.values()];
}

/** A request a person is attached to, by its id; null when they are not. */
export async function findWatchedTitle(
  executor: Executor,
  userId: number,
  requestId: number,
): Promise<{ title: string; isMuted: boolean } | null> {
  const [row] = await executor
    .select({ title: requests.title, mutedAt: requestWatchers.mutedAt })
    .from(requestWatchers)
    .innerJoin(requests, eq(requests.id, requestWatchers.requestId))
    .where(and(eq(requestWatchers.userId, userId), eq(requestWatchers.requestId, requestId)));
  return row ? { title: row.title, isMuted: row.mutedAt !== null } : null;
}
