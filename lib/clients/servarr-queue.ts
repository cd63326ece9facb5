import { z } from "zod";
import type {
  QueueReading,
  QueueRecord,
  QueueTitle,
  ServarrCommand,
  ServarrIndexer,
} from "@/lib/domain/upstream";
import {
  id,
  list,
  optionalBoolean,
  optionalCount,
  optionalDate,
  optionalId,
  optionalObject,
  optionalText,
} from "./answer-fields";
import type { HttpClient, Query } from "./http";
import { queueRecord, toQueueItem } from "./servarr";

/** Looking after downloads, the same in Sonarr and Radarr. Every call throws UpstreamError when it cannot be done. */
export type DownloadControl = {
  /** The whole queue with what each record is for, in one walk over its pages. */
  walkQueue(): Promise<QueueReading>;
  /**
   * Takes a download out of the queue and its client and puts the release on the blocklist; the service does not
   * search by itself. One record's id stands for the whole download. False: it was gone already.
   */
  removeAndBlock(queueId: number): Promise<boolean>;
  /** Commands that wait, run or have ended a few minutes ago. */
  commands(): Promise<ServarrCommand[]>;
  /** Labels of the tags by their ids. */
  tags(): Promise<Map<number, string>>;
  indexers(): Promise<ServarrIndexer[]>;
};

/** `embed` asks for the titles inside the records, and for records that match nothing known. */
export function createDownloadControl(http: HttpClient, embed: Query): DownloadControl {
  return {
    walkQueue: () => walkQueue(http, embed),
    removeAndBlock: (queueId) =>
      http.remove(`api/v3/queue/${queueId}`, {
        removeFromClient: true,
        blocklist: true,
        // Version 3 knows the parameter by its old name.
        blacklist: true,
        skipRedownload: true,
      }),
    async commands() {
      return (await http.get("api/v3/command", commandList)).map(({ name, queued, body }) => ({
        name: name ?? "",
        queuedAt: queued,
        episodeIds: present(body?.episodeIds ?? []),
        movieIds: present(body?.movieIds ?? []),
      }));
    },
    async tags() {
      const tags = await http.get("api/v3/tag", tagList);
      return new Map(tags.map((tag) => [tag.id, tag.label ?? ""]));
    },
    async indexers() {
      return (await http.get("api/v3/indexer", indexerList)).map(toIndexer);
    },
  };
}

/** Queues a command. The service carries it out when it can, and does not say whether it found anything. */
export async function startCommand(
  http: HttpClient,
  command: { name: string } & Record<string, unknown>,
): Promise<void> {
  await http.post("api/v3/command", z.unknown(), command);
}

async function walkQueue(http: HttpClient, embed: Query): Promise<QueueReading> {
  const records = new Map<number, QueueRecord>();
  const pageSize = 250;
  let total = 0;
  for (let page = 1; ; page += 1) {
    // Sorted by name: the default order, by time left, shifts between two pages.
    const asked = { page, pageSize, sortKey: "title", sortDirection: "ascending", ...embed };
    const answer = await http.get("api/v3/queue", queuePage, asked);
    total = answer.totalRecords ?? answer.records.length;
    for (const record of answer.records) records.set(record.id, toQueueRecord(record));
    if (answer.records.length === 0 || page * pageSize >= total) break;
  }
  return { records: [...records.values()], isWhole: records.size >= total };
}

function toQueueRecord(record: z.output<typeof fullQueueRecord>): QueueRecord {
  const { series, movie, episode } = record;
  return {
    ...toQueueItem(record),
    downloadClient: record.downloadClient,
    indexer: record.indexer,
    protocol: record.protocol,
    episodeHasFile: record.episodeHasFile,
    series: series && toQueueTitle(series),
    episode: episode && { season: episode.seasonNumber, episode: episode.episodeNumber },
    movie: movie && toQueueTitle(movie),
  };
}

function toQueueTitle({ tags, ...title }: NonNullable<z.output<typeof embeddedTitle>>): QueueTitle {
  return { ...title, tagIds: present(tags) };
}

function toIndexer({ name, tags, fields }: z.output<typeof indexerRecord>): ServarrIndexer {
  return {
    name,
    tagIds: present(tags),
    asksForSeeding: fields.some(
      (field) =>
        /^seedCriteria\.(seedRatio|seedTime|seasonPackSeedTime)$/i.test(field.name ?? "") &&
        Number(field.value ?? 0) > 0,
    ),
  };
}

const present = (ids: (number | null)[]) => ids.filter((value) => value !== null);

const embeddedTitle = optionalObject({
  title: optionalText,
  tvdbId: optionalId,
  tmdbId: optionalId,
  tags: list(optionalId),
});
const fullQueueRecord = queueRecord.extend({
  downloadClient: optionalText,
  indexer: optionalText,
  protocol: optionalText,
  episodeHasFile: optionalBoolean,
  series: embeddedTitle,
  episode: optionalObject({ seasonNumber: id, episodeNumber: id }),
  movie: embeddedTitle,
});
const queuePage = z.object({ totalRecords: optionalCount, records: z.array(fullQueueRecord) });

const commandList = z.array(
  z.object({
    name: optionalText,
    queued: optionalDate,
    body: optionalObject({ episodeIds: list(optionalId), movieIds: list(optionalId) }),
  }),
);
const tagList = z.array(z.object({ id, label: optionalText }));
const indexerRecord = z.object({
  name: optionalText,
  tags: list(optionalId),
  fields: list(z.object({ name: optionalText, value: z.unknown().optional() })),
});
const indexerList = z.array(indexerRecord);
