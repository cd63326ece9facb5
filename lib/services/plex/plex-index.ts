import type { PlexClient } from "@/lib/clients/plex";
import type { PlexItem } from "@/lib/domain/upstream";
import type { Executor } from "@/lib/store/db";
import {
  claimPlexAsk,
  deleteUnseenItems,
  type IndexedItem,
  isIndexBeingRead,
  markSection,
  type PlexSection,
  releasePlexAsk,
  saveIndexedItems,
  saveSections,
} from "@/lib/store/plex-index";
import type { ServiceContext } from "../context";
import type { Progress } from "../run-report";
import { plexOf } from "../upstreams";

/** Our own index of Plex: which entry carries which external id. Plex itself cannot be asked that. */

/** A full walk is done again after this long: it alone notices what was removed or matched anew. */
const walkEveryMs = 24 * 60 * 60 * 1000;
/** Looks back this much further than the newest change: Plex writes an item's date before the item can be seen. */
const overlapMs = 15 * 60 * 1000;

/** Walks every movie and show library from end to end. */
export async function walkPlex(ctx: ServiceContext, report: Progress): Promise<string> {
  const plex = plexOf(await ctx.loadConfig());
  if (!plex) return "Plex is not connected";
  const { machineIdentifier } = await plex.identity();
  const sections = await readSections(ctx.database.db, plex, machineIdentifier);
  let items = 0;
  for (const section of sections) {
    await readSection(ctx, plex, section, "all", async (count) => {
      items += count;
      await report({ done: items, words: `Reading “${section.title}”, ${items} titles so far` });
    });
  }
  return `${items} titles in ${sections.length} libraries`;
}

/**
 * Makes sure the index is not older than `maxAgeMs`: reads what changed since the last look, or everything where no
 * full walk is recent enough. Several workers share the work: who comes second takes what the first one read.
 */
export async function refreshPlexIndex(
  ctx: ServiceContext,
  plex: PlexClient,
  machineId: string,
  maxAgeMs: number,
): Promise<void> {
  const { db } = ctx.database;
  const now = ctx.now();
  const notSince = new Date(now.getTime() - maxAgeMs);
  const claim = `index:${machineId}`;
  if (!(await claimPlexAsk(db, claim, notSince, now))) return waitForIndex(db, machineId, claim);
  try {
    for (const section of await readSections(db, plex, machineId)) {
      const walkedAgo = now.getTime() - (section.walkedAt?.getTime() ?? 0);
      const extent = walkedAgo > walkEveryMs ? "all" : "changes";
      await readSection(ctx, plex, section, extent, async () => {});
    }
  } catch (error) {
    // Nobody is to wait for an answer that does not come.
    await releasePlexAsk(db, claim);
    throw error;
  }
}

/** Who comes second waits a moment for the answer of the first, rather than for another check. */
async function waitForIndex(db: Executor, machineId: string, claim: string): Promise<void> {
  const [tries, pauseMs] = [20, 250];
  for (let n = 0; n < tries && (await isIndexBeingRead(db, machineId, claim)); n++) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** Reads a library into the index: all of it, forgetting what is gone, or what changed since the newest known change. */
async function readSection(
  ctx: ServiceContext,
  plex: PlexClient,
  section: PlexSection,
  extent: "all" | "changes",
  onPage: (count: number) => Promise<void>,
): Promise<void> {
  const startedAt = ctx.now();
  const { machineId, key, walkedAt, newestChangeAt } = section;
  const isWalk = extent === "all" || !walkedAt || !newestChangeAt;
  // What a partial reading stores must not look seen by a later walk, nor unseen by the last one.
  const walk = (isWalk ? startedAt : walkedAt).getTime();
  const place = { machineId, sectionKey: key, walk };
  const items = plex.walkSection(
    { sectionKey: key, type: section.type },
    isWalk ? {} : { updatedSince: new Date(newestChangeAt.getTime() - overlapMs) },
  );
  let newest = newestChangeAt?.getTime() ?? 0;
  for await (const page of inPages(items)) {
    await saveIndexedItems(ctx.database.db, place, page.map(toIndexed), startedAt);
    for (const item of page)
      newest = Math.max(newest, (item.updatedAt ?? item.addedAt)?.getTime() ?? 0);
    await onPage(page.length);
  }
  if (isWalk) await deleteUnseenItems(ctx.database.db, place);
  await markSection(
    ctx.database.db,
    { machineId, key },
    {
      ...(isWalk ? { walkedAt: startedAt } : {}),
      refreshedAt: startedAt,
      newestChangeAt: newest > 0 ? new Date(newest) : null,
    },
  );
}

async function readSections(
  db: Executor,
  plex: PlexClient,
  machineId: string,
): Promise<PlexSection[]> {
  const sections = await plex.sections();
  return saveSections(
    db,
    machineId,
    sections.map(({ sectionKey, type, title }) => ({
      key: sectionKey,
      type,
      title: title ?? sectionKey,
    })),
  );
}

async function* inPages(items: AsyncIterable<PlexItem>, size = 200): AsyncGenerator<PlexItem[]> {
  let page: PlexItem[] = [];
  for await (const item of items) {
    page.push(item);
    if (page.length < size) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

function toIndexed(item: PlexItem): IndexedItem {
  return {
    ratingKey: item.ratingKey,
    type: item.type === "show" ? "show" : "movie",
    title: item.title ?? "",
    hasMedia: item.hasMedia,
    guids: item.guids,
  };
}
