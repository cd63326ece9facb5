import type { PlexClient } from "@/lib/clients/plex";
import {
  type Availability,
  decideAvailability,
  showsFile,
  titleGuids,
} from "@/lib/domain/availability";
import type { PlexItem } from "@/lib/domain/upstream";
import type { Executor } from "@/lib/store/db";
import { listMediaItems, type MediaItem, savePlexAnswer } from "@/lib/store/media-items";
import { claimPlexAsk, deleteIndexedItem, findRatingKeys } from "@/lib/store/plex-index";
import type { ServiceContext } from "../context";
import { batchTiming, type Config } from "../load-config";
import { plexOf } from "../upstreams";
import { refreshPlexIndex } from "./plex-index";

/** By media key, whether each item plays; `asked` says whether Plex was asked now or its last answer stands. */
export type AvailabilityAnswer = { byKey: Map<string, Availability>; asked: boolean };

/**
 * Asks Plex about items of one group. Throws UpstreamError when Plex cannot be asked: silence is never a "no".
 * People who wait for the same show share an answer: who asks within half a check of another gets the other's.
 */
export async function checkAvailability(
  ctx: ServiceContext,
  config: Config,
  items: readonly MediaItem[],
): Promise<AvailabilityAnswer> {
  const plex = plexOf(config);
  const [first] = items;
  if (!plex || !first) {
    const plays = { kind: "plays", ratingKey: "" } as const;
    return { byKey: new Map(items.map((item) => [item.mediaKey, plays])), asked: false };
  }
  const now = ctx.now();
  const shareMs = Math.min(batchTiming(config.settings).checkEveryMs / 2, 15_000);
  const notSince = new Date(now.getTime() - shareMs);
  const isFresh = (at: Date | null) => at !== null && at >= notSince;
  if (items.every((item) => isFresh(item.plexAskedAt))) return lastAnswer(items);
  if (!(await claimPlexAsk(ctx.database.db, first.groupKey, notSince, now))) {
    const current = await waitForAnswer(ctx.database.db, items, isFresh);
    const fresh = current.filter((item) => isFresh(item.plexAskedAt));
    // Who was asked about other episodes of the show answered for those alone: the rest is asked for here.
    const isShared = fresh.length === current.length || fresh.length === 0;
    if (isShared && current.every((item) => item.plexAskedAt)) return lastAnswer(current);
  }
  const { machineIdentifier } = await plex.identity();
  await refreshPlexIndex(ctx, plex, machineIdentifier, shareMs);
  const entries = await readEntries(ctx, plex, machineIdentifier, first);
  const fourKApart = config.instances.some(
    (instance) =>
      instance.isFourK && instance.kind === (first.kind === "movie" ? "radarr" : "sonarr"),
  );
  const byKey = new Map(
    items.map((item) => [item.mediaKey, decideAvailability(item, entries, fourKApart)] as const),
  );
  await savePlexAnswer(
    ctx.database.db,
    [...byKey].map(([mediaKey, answer]) => ({
      mediaKey,
      ratingKey: answer.kind === "plays" ? answer.ratingKey : null,
    })),
    now,
  );
  return { byKey, asked: true };
}

/**
 * Whether Plex has the files at `paths` of the title of `item`, and not only what they replaced. Throws UpstreamError
 * when Plex cannot be asked; without Plex they count as shown.
 */
export async function showsFiles(
  ctx: ServiceContext,
  config: Config,
  item: MediaItem,
  paths: readonly string[],
): Promise<boolean> {
  const plex = plexOf(config);
  if (!plex) return true;
  const { machineIdentifier } = await plex.identity();
  await refreshPlexIndex(ctx, plex, machineIdentifier, batchTiming(config.settings).checkEveryMs);
  const entries = await readEntries(ctx, plex, machineIdentifier, item);
  return paths.every((path) => showsFile(entries, path));
}

/** Who comes second waits a moment for what the first is told, rather than for another check. */
async function waitForAnswer(
  db: Executor,
  items: readonly MediaItem[],
  isFresh: (at: Date | null) => boolean,
): Promise<MediaItem[]> {
  const [tries, pauseMs] = [20, 250];
  const keys = items.map((item) => item.mediaKey);
  for (let n = 0; ; n++) {
    const current = await listMediaItems(db, keys);
    if (n >= tries || current.some((item) => isFresh(item.plexAskedAt))) return current;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

function lastAnswer(items: readonly MediaItem[]): AvailabilityAnswer {
  const answerOf = (item: MediaItem): Availability =>
    item.playableAt && item.plexRatingKey
      ? { kind: "plays", ratingKey: item.plexRatingKey }
      : { kind: "notYet", because: "absent" };
  return { byKey: new Map(items.map((item) => [item.mediaKey, answerOf(item)])), asked: false };
}

/** What Plex has of the title: the movie's entries, or all episodes of the show's entries, in every library. */
async function readEntries(
  ctx: ServiceContext,
  plex: PlexClient,
  machineId: string,
  item: MediaItem,
): Promise<PlexItem[]> {
  const { db } = ctx.database;
  const guids = titleGuids(item);
  const type = item.kind === "movie" ? "movie" : "show";
  const entries: PlexItem[] = [];
  for (const ratingKey of await findRatingKeys(db, { machineId, type, guids })) {
    if (type === "show") {
      entries.push(...(await plex.showEpisodes(ratingKey)));
      continue;
    }
    const entry = await plex.metadata(ratingKey);
    if (entry) entries.push(entry);
    else await deleteIndexedItem(db, machineId, ratingKey);
  }
  return entries;
}
