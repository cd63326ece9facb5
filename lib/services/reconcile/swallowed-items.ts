import { itemWords } from "@/lib/domain/words";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import { forgetKnownBefore } from "@/lib/store/ledger";
import {
  claimSwallowed,
  countOpenSwallowed,
  listOpenSwallowed,
  type SwallowedItem,
  type SwallowedRow,
} from "@/lib/store/swallowed-items";
import { insertTimeline } from "@/lib/store/timeline";
import { availableKind } from "../batches/gather-collection";
import type { ServiceContext } from "../context";

/** What the marking after a restore settled without a mail, the newest first, and how many there are in all. */
export async function listSwallowed(
  ctx: ServiceContext,
  page: { before: number | null; limit: number },
): Promise<{ total: number; items: SwallowedRow[] }> {
  const { db } = ctx.database;
  const [total, items] = await Promise.all([countOpenSwallowed(db), listOpenSwallowed(db, page)]);
  return { total, items };
}

/**
 * Lets swallowed items be news after all, the given ones or all: they go the usual way, so a mail leaves when Plex
 * plays them. Returns how many were released.
 */
export async function releaseSwallowed(
  ctx: ServiceContext,
  release: { ids: readonly number[] | "all"; actor: string },
): Promise<number> {
  const now = ctx.now();
  return ctx.database.db.transaction(async (tx) => {
    const released = await claimSwallowed(tx, release.ids, now);
    const byRequestAndUser = new Map<string, SwallowedItem[]>();
    for (const item of released) {
      const key = `${item.requestId} ${item.userId}`;
      byRequestAndUser.set(key, [...(byRequestAndUser.get(key) ?? []), item]);
    }
    for (const items of byRequestAndUser.values()) {
      const [first] = items;
      if (!first) continue;
      const { userId, requestId } = first;
      const mediaKeys = items.map((item) => item.mediaKey);
      await forgetKnownBefore(tx, { userId, kind: availableKind, mediaKeys });
      await insertTimeline(tx, [
        {
          requestId,
          userId,
          at: now,
          kind: "decision",
          code: "swallowed_released",
          words: `To be told about ${itemWords(mediaKeys)} after all`,
          reason: "Released after the restore",
          source: release.actor,
        },
      ]);
    }
    for (const requestId of new Set(released.map((item) => item.requestId))) {
      await enqueue(tx, "collect_request", { requestId });
    }
    if (released.length > 0) await announceChange(tx, "requests");
    return released.length;
  });
}
