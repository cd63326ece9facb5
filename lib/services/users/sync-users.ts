import { AppError } from "@/lib/errors";
import { announceChange } from "@/lib/store/changes";
import { markUsersGone, upsertUser } from "@/lib/store/users";
import type { ServiceContext } from "../context";
import type { Progress } from "../run-report";
import { seerrOf } from "../upstreams";

/** Reads all people from Seerr. Who is not there any more is kept, marked as gone; who is back is back. */
export async function syncUsers(ctx: ServiceContext, report: Progress): Promise<string> {
  const seerr = seerrOf(await ctx.loadConfig());
  const seen: number[] = [];
  for await (const page of seerr.users()) {
    const now = ctx.now();
    await ctx.database.db.transaction(async (tx) => {
      for (const { seerrUserId, displayName, email } of page.items) {
        await upsertUser(tx, { seerrUserId, displayName, email }, now);
        seen.push(seerrUserId);
      }
    });
    await report({
      done: page.done,
      total: page.total,
      words: `${page.done} of ${page.total} people`,
    });
  }
  // Seerr always has its owner: an empty list is a broken answer, not an empty household.
  if (seen.length === 0)
    throw new AppError("unavailable", "Seerr named no users at all, so nothing was changed");
  const gone = await markUsersGone(ctx.database.db, seen, ctx.now());
  await announceChange(ctx.database.db, "users");
  return gone > 0 ? `${seen.length} people, ${gone} no longer in Seerr` : `${seen.length} people`;
}
