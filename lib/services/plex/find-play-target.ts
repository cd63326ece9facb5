import { parseMediaKey } from "@/lib/domain/media";
import type { Executor } from "@/lib/store/db";
import { listMediaItems } from "@/lib/store/media-items";
import { findMachineId, findRatingKeys } from "@/lib/store/plex-index";

/** Where Plex has something at this moment: its ids change when an item is removed and added again. */
export type PlayTarget = { machineId: string; ratingKey: string };

/** Finds a movie or episode by its media key, or a show by its group key; null when Plex has not shown it. */
export async function findPlayTarget(executor: Executor, key: string): Promise<PlayTarget | null> {
  const machineId = await findMachineId(executor);
  if (!machineId) return null;
  const show = /^show:tvdb:(\d+)(?::4k)?$/.exec(key);
  if (show) {
    const guids = [`tvdb://${show[1]}`];
    const [ratingKey] = await findRatingKeys(executor, { machineId, type: "show", guids });
    return ratingKey ? { machineId, ratingKey } : null;
  }
  if (!parseMediaKey(key)) return null;
  const [item] = await listMediaItems(executor, [key]);
  return item?.plexRatingKey ? { machineId, ratingKey: item.plexRatingKey } : null;
}
