import type { Holding } from "@/lib/domain/collection";
import type { Instance } from "@/lib/domain/instance";
import { groupKey, showGroupKey } from "@/lib/domain/media";
import type { CutoffRule } from "@/lib/domain/quality";
import { seriesFingerprint } from "@/lib/domain/reconcile";
import type { SonarrSeries } from "@/lib/domain/upstream";
import type { RequestWithSeasons } from "@/lib/store/requests";
import { radarrOf, sonarrOf } from "../upstreams";
import { nothingHeld } from "./cutoff-rule";
import { movieHolding, type ShowHoldings, showHoldings } from "./read-holdings";

/** One title of an instance that somebody may have asked for. */
export type AskedTitle = {
  /** Series or movie id inside the instance. */
  upstreamId: number;
  requests: RequestWithSeasons[];
  /** Equal for as long as the title looks the same; null when that cannot be told. */
  fingerprint: string | null;
  /** Its files and what is to come. Throws UpstreamError. */
  read: () => Promise<ShowHoldings>;
};

/** What an instance lists: every title once, in one answer. */
export type InstanceListing = {
  /** How many titles it has, asked for or not. */
  total: number;
  asked: AskedTitle[];
  /** Groups it has with at least one file: what is not among them is not held by it. */
  heldGroups: Set<string>;
};

/**
 * Lists an instance; files that `rule` holds back are marked. Throws UpstreamError when it cannot be read to the end:
 * half an answer is none.
 */
export async function listInstance(
  instance: Instance,
  requests: readonly RequestWithSeasons[],
  rule: CutoffRule = nothingHeld,
): Promise<InstanceListing> {
  const wanted = requests.filter((request) => request.isFourK === instance.isFourK);
  return instance.kind === "radarr"
    ? listMovies(instance, wanted, rule)
    : listShows(instance, wanted, rule);
}

async function listMovies(
  instance: Instance,
  requests: readonly RequestWithSeasons[],
  rule: CutoffRule,
): Promise<InstanceListing> {
  const byTmdb = new Map<number, RequestWithSeasons[]>();
  for (const request of requests) {
    if (request.mediaType === "movie") append(byTmdb, request.tmdbId, request);
  }
  const listing: InstanceListing = { total: 0, asked: [], heldGroups: new Set() };
  for (const movie of await radarrOf(instance).movies()) {
    listing.total += 1;
    const holding = movieHolding(instance, movie, rule);
    if (holding) listing.heldGroups.add(groupKey(holding.identity));
    const asking = byTmdb.get(movie.tmdbId ?? 0);
    if (!asking) continue;
    listing.asked.push({
      upstreamId: movie.movieId,
      requests: asking,
      fingerprint: null,
      read: async () => ({ holdings: holding ? [holding] : [], expected: [] }),
    });
  }
  return listing;
}

async function listShows(
  instance: Instance,
  requests: readonly RequestWithSeasons[],
  rule: CutoffRule,
): Promise<InstanceListing> {
  const byTvdb = new Map<number, RequestWithSeasons[]>();
  const byTmdb = new Map<number, RequestWithSeasons[]>();
  for (const request of requests) {
    if (request.mediaType !== "tv") continue;
    if (request.tvdbId === null) append(byTmdb, request.tmdbId, request);
    else append(byTvdb, request.tvdbId, request);
  }
  const sonarr = sonarrOf(instance);
  const listing: InstanceListing = { total: 0, asked: [], heldGroups: new Set() };
  for (const series of await sonarr.allSeries()) {
    listing.total += 1;
    if (series.tvdbId !== null && mayHoldFiles(series)) {
      listing.heldGroups.add(showGroupKey(series.tvdbId, instance.isFourK));
    }
    const asking = [
      ...(byTvdb.get(series.tvdbId ?? 0) ?? []),
      ...(byTmdb.get(series.tmdbId ?? 0) ?? []),
    ];
    if (asking.length === 0) continue;
    listing.asked.push({
      upstreamId: series.seriesId,
      requests: asking,
      fingerprint: fingerprintOf(series, asking, rule),
      read: async () =>
        showHoldings(instance, series, await sonarr.episodes(series.seriesId), rule),
    });
  }
  return listing;
}

/** With the rule in it: what was held back is read anew when it is switched off. */
function fingerprintOf(
  series: SonarrSeries,
  asking: readonly RequestWithSeasons[],
  { hold }: CutoffRule,
): string | null {
  const fingerprint = seriesFingerprint(series, asking);
  return fingerprint !== null && hold ? `${fingerprint} | held until cutoff` : fingerprint;
}

/** Without figures a show counts as one with files: only a clear "none" is one. */
const mayHoldFiles = ({ seasons }: SonarrSeries) =>
  seasons.length === 0 ||
  seasons.some((season) => season.episodeFileCount > 0 || season.sizeOnDisk === null);

function append(
  lists: Map<number, RequestWithSeasons[]>,
  id: number | null,
  request: RequestWithSeasons,
): void {
  if (id === null) return;
  const list = lists.get(id);
  if (list) list.push(request);
  else lists.set(id, [request]);
}

/** Some titles of an instance with what was read of them. */
export type Portion = { titles: AskedTitle[]; holdings: Holding[]; expected: Holding[] };

/** Titles read in portions, so that no more than one portion of a library is in memory. */
export async function* readInPortions(titles: readonly AskedTitle[]): AsyncGenerator<Portion> {
  const size = 50;
  for (let start = 0; start < titles.length; start += size) {
    const some = titles.slice(start, start + size);
    const portion: Portion = { titles: some, holdings: [], expected: [] };
    for (const title of some) {
      const show = await title.read();
      portion.holdings.push(...show.holdings);
      portion.expected.push(...show.expected);
    }
    yield portion;
  }
}
