import { isStoredAlready } from "@/lib/domain/request-sync";
import type { SeerrRequest } from "@/lib/domain/upstream";
import { announceChange } from "@/lib/store/changes";
import { findMilestone, reachMilestone } from "@/lib/store/milestones";
import { listUnseenRequests, mapStoredRequests, type Request } from "@/lib/store/requests";
import type { ServiceContext } from "../context";
import type { Progress } from "../run-report";
import { seerrOf } from "../upstreams";
import { readTitleDetails, recordRequestDeleted, storeSeerrRequest } from "./complete-request";

/** Titles whose details are read side by side: Seerr asks TMDB for each, which takes a moment. */
const atOnce = 4;

/**
 * Reads all requests from Seerr and stores what is not stored already. At the first sync they are marked as known
 * before: what is there already is nobody's news. Details of a title are read once.
 */
export async function syncRequests(ctx: ServiceContext, report: Progress): Promise<string> {
  const { db } = ctx.database;
  const seerr = seerrOf(await ctx.loadConfig());
  const startedAt = ctx.now();
  const isFirst = (await findMilestone(db, "first_sync")) === null;
  const seen: number[] = [];
  let fresh = 0;
  for await (const page of seerr.requests()) {
    const ids = page.items.map((found) => found.seerrRequestId);
    const stored = await mapStoredRequests(db, ids);
    const isNews = (found: SeerrRequest) => {
      const known = stored.get(found.seerrRequestId);
      return !known || !isStoredAlready(found, known);
    };
    const news = page.items.filter(isNews);
    seen.push(...ids);
    for (let start = 0; start < news.length; start += atOnce) {
      const some = news.slice(start, start + atOnce);
      await Promise.all(
        some.map((found) =>
          storeOne(ctx, found, stored.get(found.seerrRequestId) ?? null, isFirst),
        ),
      );
      const left = news.length - start - some.length;
      await report(progressOf(seen.length - left, page.total));
    }
    fresh += ids.filter((id) => !stored.has(id)).length;
    if (news.length === 0) await report(progressOf(seen.length, page.total));
  }
  const deleted = await recordDeleted(ctx, seen, startedAt);
  if (isFirst) await reachMilestone(db, "first_sync", ctx.now());
  await announceChange(db, "requests");
  return [
    `${seen.length} requests`,
    `${fresh} new`,
    ...(deleted > 0 ? [`${deleted} deleted`] : []),
  ].join(", ");
}

const progressOf = (done: number, total: number) => ({
  done,
  total,
  words: `${done} of ${total} requests`,
});

async function storeOne(
  ctx: ServiceContext,
  found: SeerrRequest,
  known: Request | null,
  isFirst: boolean,
): Promise<void> {
  const details = known?.readFromSeerrAt ? null : await readTitleDetails(ctx, found);
  await ctx.database.db.transaction((tx) =>
    storeSeerrRequest(tx, found, details, { origin: "sync", knownBefore: isFirst }, ctx.now()),
  );
}

/** A request on no page is asked for by itself before it counts as deleted: pages shift while they are read. */
async function recordDeleted(
  ctx: ServiceContext,
  seen: readonly number[],
  listedSince: Date,
): Promise<number> {
  const { db } = ctx.database;
  const seerr = seerrOf(await ctx.loadConfig());
  let deleted = 0;
  for (const request of await listUnseenRequests(db, seen, listedSince)) {
    if ((await seerr.request(request.seerrRequestId)) !== null) continue;
    await db.transaction((tx) => recordRequestDeleted(tx, request, ctx.now()));
    deleted += 1;
  }
  return deleted;
}
