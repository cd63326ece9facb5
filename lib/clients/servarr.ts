import { z } from "zod";
import type { LibraryFile, QualityProfile, QueueItem, ServiceStatus } from "@/lib/domain/upstream";
import { UpstreamError } from "@/lib/errors";
import {
  id,
  list,
  optionalBoolean,
  optionalBytes,
  optionalCount,
  optionalDate,
  optionalId,
  optionalLongText,
  optionalObject,
  optionalText,
  optionalUrl,
} from "./answer-fields";
import { createHttpClient, type HttpClient, type Query } from "./http";

/** How to reach one Sonarr or Radarr. */
export type ServarrConnection = {
  /** As the admin knows it, for messages: "Sonarr", "Sonarr anime". */
  name: string;
  url: string;
  apiKey: string;
  /** Milliseconds, default 10 000. */
  timeoutMs?: number;
};

/** A reader of Sonarr's or Radarr's API, the same path for all versions. */
export function createServarrHttp(
  service: "sonarr" | "radarr",
  { name, url, apiKey, timeoutMs }: ServarrConnection,
): HttpClient {
  return createHttpClient({
    service,
    name,
    url,
    headers: { "x-api-key": apiKey },
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    // A library of 10 000 series with all their pictures and seasons is about 60 MB.
    maxBytes: 100 * 1024 * 1024,
  });
}

/** Whether it answers, and as what. */
export async function readSystemStatus(http: HttpClient): Promise<ServiceStatus> {
  const { version, instanceName } = await http.get("api/v3/system/status", systemStatus);
  return { version, instanceName };
}

/** The whole download queue. `query` asks for records that match nothing known, too. */
export async function readQueue(http: HttpClient, query: Query): Promise<QueueItem[]> {
  const items = new Map<number, QueueItem>();
  const pageSize = 500;
  for (let page = 1; ; page += 1) {
    const answer = await http.get("api/v3/queue", queuePage, { page, pageSize, ...query });
    for (const record of answer.records) items.set(record.id, toQueueItem(record));
    if (answer.records.length === 0 || page * pageSize >= (answer.totalRecords ?? 0)) break;
  }
  return [...items.values()];
}

/**
 * The queue of one title; falls back to reading the whole queue where the service does not offer
 * `/queue/details`.
 */
export async function readQueueOf(
  http: HttpClient,
  title: { seriesId: number } | { movieId: number },
): Promise<QueueItem[]> {
  try {
    return (await http.get("api/v3/queue/details", queueRecords, title)).map(toQueueItem);
  } catch (error) {
    if (!(error instanceof UpstreamError && (error.status === 404 || error.status === 405))) {
      throw error;
    }
    const queue = await readQueue(http, {});
    return queue.filter((item) =>
      "seriesId" in title ? item.seriesId === title.seriesId : item.movieId === title.movieId,
    );
  }
}

/** All quality profiles. */
export async function readQualityProfiles(http: HttpClient): Promise<QualityProfile[]> {
  const found = await http.get("api/v3/qualityprofile", qualityProfiles);
  return found.map(({ id: profileId, name, upgradeAllowed, cutoff, items }) => {
    // The cutoff is the id of a quality, or of a group, which carries its own id and name.
    const match = items.find((item) => (item.quality?.id ?? item.id) === cutoff);
    return {
      profileId,
      name,
      upgradeAllowed: upgradeAllowed ?? false,
      cutoffName: cutoff === null ? null : (match?.quality?.name ?? match?.name ?? null),
    };
  });
}

/**
 * Titles of which files were imported since a moment, from the history, each once. Throws UpstreamError when it cannot
 * be read.
 */
export async function readImportsSince(http: HttpClient, since: Date): Promise<number[]> {
  // 3 is the import of a download in both services; files copied in by hand leave no history.
  const query = { date: since.toISOString(), eventType: 3 };
  const records = await http.get("api/v3/history/since", importRecords, query);
  const ids = records
    .filter((record) => record.eventType === "downloadFolderImported")
    .flatMap((record) => record.seriesId ?? record.movieId ?? []);
  return [...new Set(ids)];
}

/** A file from its record in the API. */
export function toLibraryFile(file: z.output<typeof libraryFile>): LibraryFile | null {
  if (file === null || file.id === null) return null;
  return {
    fileId: file.id,
    path: file.path,
    relativePath: file.relativePath,
    quality: file.quality?.quality?.name ?? null,
    size: file.size,
    addedAt: file.dateAdded,
    qualityCutoffNotMet: file.qualityCutoffNotMet,
  };
}

/** Address of the poster that needs no key; null when there is none. */
export function posterOf(images: z.output<typeof imageList>): string | null {
  return images.find((image) => image.coverType === "poster")?.remoteUrl ?? null;
}

/** A record of the queue in our words. */
export function toQueueItem(record: z.output<typeof queueRecord>): QueueItem {
  const messages = record.statusMessages.flatMap(({ title, messages }) =>
    messages.length > 0 ? messages : [title],
  );
  return {
    queueId: record.id,
    seriesId: record.seriesId,
    episodeId: record.episodeId,
    season: record.seasonNumber,
    movieId: record.movieId,
    title: record.title,
    status: record.status,
    trackedStatus: record.trackedDownloadStatus,
    trackedState: record.trackedDownloadState,
    messages: [...new Set([...messages, record.errorMessage])].filter((text) => text !== null),
    downloadId: record.downloadId,
    size: record.size,
    sizeLeft: record.sizeleft,
    estimatedCompletion: record.estimatedCompletionTime,
    addedAt: record.added,
  };
}

const systemStatus = z.object({ version: optionalText, instanceName: optionalText });

export const imageList = list(z.object({ coverType: optionalText, remoteUrl: optionalUrl }));

export const libraryFile = optionalObject({
  id: optionalId,
  path: optionalLongText,
  relativePath: optionalLongText,
  size: optionalBytes,
  dateAdded: optionalDate,
  quality: optionalObject({ quality: optionalObject({ name: optionalText }) }),
  qualityCutoffNotMet: optionalBoolean,
});

const qualityProfiles = z.array(
  z.object({
    id,
    name: optionalText,
    upgradeAllowed: optionalBoolean,
    cutoff: optionalCount,
    items: list(
      z.object({
        id: optionalCount,
        name: optionalText,
        quality: optionalObject({ id: optionalCount, name: optionalText }),
      }),
    ),
  }),
);

export const queueRecord = z.object({
  id,
  seriesId: optionalId,
  episodeId: optionalId,
  seasonNumber: optionalCount,
  movieId: optionalId,
  title: optionalText,
  status: optionalText,
  trackedDownloadStatus: optionalText,
  trackedDownloadState: optionalText,
  statusMessages: list(z.object({ title: optionalText, messages: list(optionalText) })),
  errorMessage: optionalText,
  downloadId: optionalText,
  size: optionalBytes,
  sizeleft: optionalBytes,
  estimatedCompletionTime: optionalDate,
  added: optionalDate,
});

const importRecords = z.array(
  z.object({ eventType: optionalText, seriesId: optionalId, movieId: optionalId }),
);

const queueRecords = z.array(queueRecord);
const queuePage = z.object({ totalRecords: optionalCount, records: queueRecords });
