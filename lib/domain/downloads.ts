import type { Instance } from "./instance";
import { groupKey, showGroupKey } from "./media";
import type { QueueRecord, QueueTitle } from "./upstream";
import { episodeListWords } from "./words";

/** One episode a download brings, by the instance's id; its number is unknown where the instance did not embed it. */
export type DownloadEpisode = {
  episodeId: number;
  season: number;
  episode: number | null;
  hasFile: boolean;
};

/** One download, however many records of the queue speak of it. */
export type Download = {
  instanceKey: string;
  /** The download client's id; for a release that no client has yet, one of ours. Unique within the instance. */
  downloadKey: string;
  /** A record to remove it by. */
  queueId: number;
  /** Name of the release. */
  title: string;
  /** What it is for; null when the instance cannot place it. */
  mediaTitle: string | null;
  /** `show:tvdb:…` or `movie:tmdb:…`, as of media items. */
  groupKey: string | null;
  tvdbId: number | null;
  tmdbId: number | null;
  /** Series or movie id inside the instance. */
  upstreamId: number | null;
  /** Empty for movies. */
  episodes: DownloadEpisode[];
  tagIds: number[];
  client: string | null;
  indexer: string | null;
  protocol: string | null;
  status: string | null;
  trackedStatus: string | null;
  trackedState: string | null;
  /** Bytes of the whole release. */
  size: number | null;
  sizeLeft: number | null;
  /** In the instance's words. */
  messages: string[];
};

/**
 * Folds the records of a queue into downloads: Sonarr has one record for each episode of a pack, all with the size of
 * the whole.
 */
export function foldQueue(
  instance: Pick<Instance, "key" | "kind" | "isFourK">,
  records: readonly QueueRecord[],
): Download[] {
  const groups = new Map<string, [QueueRecord, ...QueueRecord[]]>();
  for (const record of records) {
    const key = record.downloadId ?? pendingKey(record);
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  return [...groups].map(([key, group]) => foldDownload(instance, key, group));
}

function foldDownload(
  instance: Pick<Instance, "key" | "kind" | "isFourK">,
  downloadKey: string,
  group: [QueueRecord, ...QueueRecord[]],
): Download {
  const [first] = group;
  const media = group
    .map((record) => record.series ?? record.movie)
    .find((title) => title !== null);
  const most = (read: (record: QueueRecord) => number | null) => {
    const known = group.map(read).filter((value) => value !== null);
    return known.length === 0 ? null : Math.max(...known);
  };
  return {
    instanceKey: instance.key,
    downloadKey,
    queueId: first.queueId,
    title: first.title ?? downloadKey,
    mediaTitle: media?.title ?? null,
    groupKey: media ? groupKeyOf(instance, media) : null,
    tvdbId: media?.tvdbId ?? null,
    tmdbId: media?.tmdbId ?? null,
    upstreamId: first.seriesId ?? first.movieId,
    episodes: group.flatMap(toEpisode).sort(byNumber),
    tagIds: media?.tagIds ?? [],
    client: first.downloadClient,
    indexer: first.indexer,
    protocol: first.protocol,
    status: first.status,
    trackedStatus: first.trackedStatus,
    trackedState: first.trackedState,
    size: most((record) => record.size),
    sizeLeft: most((record) => record.sizeLeft),
    messages: [...new Set(group.flatMap((record) => record.messages))],
  };
}

/** "Tidewater Road, season 3, episode 5", "Kestrel Down", or the name of the release. */
export function downloadWords(
  download: Pick<Download, "title" | "mediaTitle" | "episodes">,
): string {
  if (download.mediaTitle === null) return download.title;
  const which = downloadEpisodeWords(download.episodes);
  return which === null ? download.mediaTitle : `${download.mediaTitle}, ${which}`;
}

/** "season 3, episodes 1 to 8"; null for a movie. */
export function downloadEpisodeWords(episodes: readonly DownloadEpisode[]): string | null {
  if (episodes.length === 0) return null;
  const seasons = [...new Set(episodes.map(({ season }) => season))];
  return seasons
    .map((season) => {
      const numbers = episodes
        .filter((one) => one.season === season)
        .flatMap(({ episode }) => episode ?? []);
      const name = season === 0 ? "specials" : `season ${season}`;
      return numbers.length === 0 ? name : `${name}, ${episodeListWords(numbers)}`;
    })
    .join("; ");
}

/** A release that waits for a client has no id; the episodes of a pack share its name. */
function pendingKey(record: QueueRecord): string {
  const owner = record.seriesId ?? record.movieId ?? record.queueId;
  return `pending:${owner}:${record.title ?? record.queueId}`;
}

function groupKeyOf(
  { kind, isFourK }: Pick<Instance, "kind" | "isFourK">,
  { tvdbId, tmdbId }: QueueTitle,
): string | null {
  if (kind === "sonarr") return tvdbId === null ? null : showGroupKey(tvdbId, isFourK);
  return tmdbId === null ? null : groupKey({ kind: "movie", tmdbId, isFourK });
}

function toEpisode(record: QueueRecord): DownloadEpisode[] {
  if (record.episodeId === null) return [];
  return [
    {
      episodeId: record.episodeId,
      season: record.episode?.season ?? record.season ?? 0,
      episode: record.episode?.episode ?? null,
      hasFile: record.episodeHasFile ?? false,
    },
  ];
}

const byNumber = (a: DownloadEpisode, b: DownloadEpisode) =>
  a.season - b.season || (a.episode ?? 0) - (b.episode ?? 0);
