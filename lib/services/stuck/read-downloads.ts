import { type Download, foldQueue } from "@/lib/domain/downloads";
import type { Instance } from "@/lib/domain/instance";
import { countStrikes, isCurable } from "@/lib/domain/repair";
import {
  judgeDownload,
  measureProgress,
  type StuckVerdict,
  troubleKeyOf,
  verdictWords,
} from "@/lib/domain/stuck";
import {
  type CheckedDownload,
  type DownloadRow,
  listKnownDownloads,
  markGone,
  saveDownloads,
} from "@/lib/store/downloads";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import { radarrOf, sonarrOf } from "../upstreams";

/** A download as the queue shows it now, what was decided about it, and its row. */
export type JudgedDownload = { download: Download; verdict: StuckVerdict; row: DownloadRow };

const hour = 60 * 60 * 1000;

/**
 * Reads the whole queue of an instance, judges every download by what earlier checks measured, and writes that down.
 * Throws UpstreamError when the queue cannot be read to the end: then nothing of it is judged, gone or not.
 */
export async function readDownloads(
  ctx: ServiceContext,
  config: Config,
  instance: Instance,
): Promise<{ judged: JudgedDownload[]; isWhole: boolean }> {
  const client = instance.kind === "sonarr" ? sonarrOf(instance) : radarrOf(instance);
  const { records, isWhole } = await client.walkQueue();
  const now = ctx.now();
  const { db } = ctx.database;
  const downloads = foldQueue(instance, records);
  const keys = downloads.map((download) => download.downloadKey);
  const known = new Map(
    (await listKnownDownloads(db, instance.key, keys)).map((row) => [row.downloadKey, row]),
  );
  const measured = downloads.map((download) => {
    const memory = known.get(download.downloadKey) ?? null;
    return { download, memory, progressAt: measureProgress(download, memory, now) };
  });
  const rules = { stuckAfterMs: config.settings.STUCK_AFTER_HOURS * hour, now };
  const verdicts = measured.map(({ download, memory, progressAt }) => {
    const ofClient = measured.filter((other) => other.download.client === download.client);
    const clientAt = new Date(Math.max(...ofClient.map((other) => +other.progressAt)));
    const verdict = judgeDownload(download, progressAt, clientAt, rules);
    return {
      download,
      verdict,
      checked: check(download, verdict, memory, progressAt, config, now),
    };
  });
  const rows = await saveDownloads(
    db,
    verdicts.map(({ checked }) => checked),
  );
  if (isWhole) await markGone(db, instance.key, keys, now);
  const rowOf = new Map(rows.map((row) => [row.downloadKey, row]));
  const judged = verdicts.flatMap(({ download, verdict }) => {
    const row = rowOf.get(download.downloadKey);
    return row ? [{ download, verdict, row }] : [];
  });
  return { judged, isWhole };
}

function check(
  download: Download,
  verdict: StuckVerdict,
  memory: DownloadRow | null,
  lastProgressAt: Date,
  { settings }: Config,
  now: Date,
): CheckedDownload {
  const troubleKey = troubleKeyOf(verdict);
  const seenAt = troubleKey === "" ? (memory?.troubleAt ?? null) : now;
  const isForgotten =
    seenAt !== null && now.getTime() - seenAt.getTime() >= settings.STUCK_AFTER_HOURS * hour;
  // Nine tenths of the interval: a run that begins a little early still counts.
  const strikeEveryMs = settings.STUCK_MONITOR_INTERVAL_MINUTES * 60_000 * 0.9;
  const curable = isCurable(verdict);
  return {
    instanceKey: download.instanceKey,
    downloadKey: download.downloadKey,
    title: download.title,
    mediaTitle: download.mediaTitle,
    groupKey: download.groupKey,
    tvdbId: download.tvdbId,
    tmdbId: download.tmdbId,
    upstreamId: download.upstreamId,
    episodes: download.episodes,
    client: download.client,
    indexer: download.indexer,
    status: download.status,
    trackedState: download.trackedState,
    size: download.size,
    sizeLeft: download.sizeLeft,
    messages: download.messages.slice(0, 50),
    verdict: verdict.kind,
    verdictWords: verdictWords(verdict, lastProgressAt, now),
    troubleKey,
    troubleAt: isForgotten ? null : seenAt,
    ...countStrikes(curable, troubleKey, memory, { strikeEveryMs }, now),
    firstSeenAt: memory?.firstSeenAt ?? now,
    lastProgressAt,
  };
}
