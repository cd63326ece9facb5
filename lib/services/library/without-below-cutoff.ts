import type { Instance } from "@/lib/domain/instance";
import { mediaKey } from "@/lib/domain/media";
import type { CutoffRule } from "@/lib/domain/quality";
import { UpstreamError } from "@/lib/errors";
import type { MediaItem } from "@/lib/store/media-items";
import type { Config } from "../load-config";
import { holdsUntilCutoff, readCutoffRule } from "./cutoff-rule";
import { readMovieHolding, readShowHoldings } from "./read-holdings";

/**
 * Stored items without those whose file is held back until its cutoff. A row does not say how good its file is, and it
 * may be of a time when nothing was held back: their instances are asked, title by title. What one cannot say is left
 * out, too, and the instance named in `failures`, by what it answered.
 */
export async function withoutBelowCutoff(
  config: Config,
  items: readonly MediaItem[],
  failures: Map<string, string>,
): Promise<MediaItem[]> {
  if (!holdsUntilCutoff(config.settings)) return [...items];
  const kept: MediaItem[] = [];
  for (const instance of config.instances) {
    const held = items.filter((item) => item.instanceKey === instance.key);
    if (held.length === 0) continue;
    try {
      const rule = await readCutoffRule(config, instance);
      for (const group of new Set(held.map((item) => item.groupKey))) {
        const ofTitle = held.filter((item) => item.groupKey === group);
        const below = await keysBelowCutoff(instance, ofTitle, rule);
        kept.push(...ofTitle.filter((item) => !below.has(item.mediaKey)));
      }
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      failures.set(error.message, instance.name);
    }
  }
  return kept;
}

/** What the instance holds of one title below its cutoff. */
async function keysBelowCutoff(
  instance: Instance,
  [first]: readonly MediaItem[],
  rule: CutoffRule,
): Promise<Set<string>> {
  if (!first) return new Set();
  const { kind, tmdbId, tvdbId, upstreamId: seriesId } = first;
  const holdings =
    kind === "movie"
      ? [tmdbId === null ? null : await readMovieHolding(instance, tmdbId, rule)]
      : ((await readShowHoldings(instance, { seriesId, tvdbId }, rule))?.holdings ?? []);
  return new Set(
    holdings.flatMap((holding) => (holding?.waitsForCutoff ? [mediaKey(holding.identity)] : [])),
  );
}
