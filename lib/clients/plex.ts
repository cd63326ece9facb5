import { z } from "zod";
import type { PlexIdentity, PlexItem, PlexSection } from "@/lib/domain/upstream";
import {
  list,
  optionalCount,
  optionalEpoch,
  optionalLongText,
  optionalText,
  optionalYear,
} from "./answer-fields";
import { createHttpClient, type HttpReader, type Query } from "./http";
import { externalGuids } from "./plex-guids";

export type PlexConnection = {
  url: string;
  token: string;
  /** Milliseconds, default 30 000: a cold library page takes long on a small machine. */
  timeoutMs?: number;
};

/** One Plex Media Server. Every call throws UpstreamError when Plex cannot be asked. */
export type PlexClient = {
  /** Who it is; needs no valid token. */
  identity(): Promise<PlexIdentity>;
  /** The movie and show libraries the token sees. */
  sections(): Promise<PlexSection[]>;
  /**
   * All movies or shows of a library; with `updatedSince` only those changed since, newest first.
   */
  walkSection(
    section: Pick<PlexSection, "sectionKey" | "type">,
    options?: { pageSize?: number; updatedSince?: Date },
  ): AsyncGenerator<PlexItem>;
  /** Movies or shows added to a library since then, newest first. */
  recentlyAdded(
    section: Pick<PlexSection, "sectionKey" | "type">,
    since: Date,
  ): AsyncGenerator<PlexItem>;
  /** Null: gone from Plex. */
  metadata(ratingKey: string): Promise<PlexItem | null>;
  /** All episodes of a show; empty when the show is gone. */
  showEpisodes(showRatingKey: string): Promise<PlexItem[]>;
};

export function createPlexClient({ url, token, timeoutMs }: PlexConnection): PlexClient {
  const http = limited(
    createHttpClient({
      service: "plex",
      name: "Plex",
      url,
      headers: { "x-plex-token": token },
      timeoutMs: timeoutMs ?? 30_000,
    }),
    url,
  );
  return {
    identity: () => readIdentity(http),
    async sections() {
      const { Directory } = (await http.get("library/sections", sectionsAnswer)).MediaContainer;
      return Directory.flatMap(toSection);
    },
    walkSection(section, { pageSize = 300, updatedSince } = {}) {
      return updatedSince === undefined
        ? walk(http, section, { pageSize })
        : newest(walk(http, section, { pageSize, sort: "updatedAt:desc" }), updatedSince, (item) =>
            item.updatedAt === null ? item.addedAt : item.updatedAt,
          );
    },
    recentlyAdded(section, since) {
      const items = walk(http, section, { pageSize: 50, sort: "addedAt:desc" });
      return newest(items, since, (item) => item.addedAt);
    },
    async metadata(ratingKey) {
      const path = `library/metadata/${encodeURIComponent(ratingKey)}`;
      const answer = await http.getOrNull(
        path,
        itemsAnswer,
        { includeGuids: 1 },
        { html404: true },
      );
      const record = answer?.MediaContainer.Metadata[0];
      return record ? toItem(record) : null;
    },
    async showEpisodes(showRatingKey) {
      const path = `library/metadata/${encodeURIComponent(showRatingKey)}/allLeaves`;
      const episodes: PlexItem[] = [];
      const options = { pageSize: 300, mayBeGone: true };
      for await (const item of readAll(http, path, { includeGuids: 1 }, options)) {
        episodes.push(item);
      }
      return episodes;
    },
  };
}

/**
 * Which server answers at an address, asked without a token: whoever else answers there learns none. Throws
 * UpstreamError.
 */
export async function readPlexIdentity(url: string, timeoutMs: number): Promise<PlexIdentity> {
  const options = { service: "plex", name: "Plex", url, headers: {}, timeoutMs };
  return readIdentity(createHttpClient({ ...options, maxBytes: 64 * 1024 }));
}

async function readIdentity(http: HttpReader): Promise<PlexIdentity> {
  const { machineIdentifier, version } = (await http.get("identity", identityAnswer))
    .MediaContainer;
  return { machineIdentifier, version };
}

function walk(
  http: HttpReader,
  section: Pick<PlexSection, "sectionKey" | "type">,
  { pageSize, sort }: { pageSize: number; sort?: string },
): AsyncGenerator<PlexItem> {
  const path = `library/sections/${encodeURIComponent(section.sectionKey)}/all`;
  const type = section.type === "movie" ? 1 : 2;
  return readAll(http, path, { type, includeGuids: 1, sort }, { pageSize });
}

/** The part of a list sorted by date that is not older than `since`. */
async function* newest(
  items: AsyncGenerator<PlexItem>,
  since: Date,
  dateOf: (item: PlexItem) => Date | null,
): AsyncGenerator<PlexItem> {
  for await (const item of items) {
    const date = dateOf(item);
    // Plex counts in whole seconds: what is in the same second may be new.
    if (date !== null && date.getTime() < Math.floor(since.getTime() / 1000) * 1000) return;
    yield item;
  }
}

/** Reads a list page by page. A 404 is an error, never an empty list, unless it `mayBeGone`. */
async function* readAll(
  http: HttpReader,
  path: string,
  query: Query,
  { pageSize, mayBeGone = false }: { pageSize: number; mayBeGone?: boolean },
): AsyncGenerator<PlexItem> {
  // Pages overlap, so that an item removed meanwhile does not push another one out of sight.
  const step = Math.max(1, pageSize - Math.ceil(pageSize / 20));
  const seen = new Set<string>();
  for (let start = 0; ; start += step) {
    const page = { "X-Plex-Container-Start": start, "X-Plex-Container-Size": pageSize };
    const question = { ...query, ...page };
    const answer = mayBeGone
      ? await http.getOrNull(path, itemsAnswer, question, { html404: true })
      : await http.get(path, itemsAnswer, question);
    if (answer === null) return;
    const { Metadata, totalSize } = answer.MediaContainer;
    for (const record of Metadata) {
      if (record.ratingKey === null || seen.has(record.ratingKey)) continue;
      seen.add(record.ratingKey);
      const item = toItem(record);
      if (item) yield item;
    }
    // A server that does not page answers with everything, and without a total.
    const end = start + Metadata.length;
    if (Metadata.length === 0 || totalSize === null || end >= totalSize) return;
  }
}

function toSection(directory: z.output<typeof directoryRecord>): PlexSection[] {
  const { key, type, title, agent, scanner, Location } = directory;
  if (key === null || (type !== "movie" && type !== "show")) return [];
  const locations = Location.map(({ path }) => path).filter((path) => path !== null);
  return [{ sectionKey: key, type, title, agent, scanner, locations }];
}

function toItem(record: z.output<typeof itemRecord>): PlexItem | null {
  const { ratingKey, type } = record;
  if (ratingKey === null) return null;
  const media = record.Media.map(({ videoResolution, Part }) => ({
    resolution: videoResolution?.toLowerCase() ?? null,
    // A part counts even when Plex does not name its file.
    files: Part.map(({ file }) => file ?? ""),
  }));
  return {
    ratingKey,
    type: type === "movie" || type === "show" || type === "episode" ? type : "other",
    title: record.title,
    year: record.year,
    guids: externalGuids(
      record.guid,
      record.Guid.map((entry) => entry.id),
    ),
    season: type === "episode" ? record.parentIndex : null,
    episode: type === "episode" ? record.index : null,
    media,
    hasMedia: type === "show" ? record.leafCount !== 0 : media.some((m) => m.files.length > 0),
    airDate: record.originallyAvailableAt,
    addedAt: record.addedAt,
    updatedAt: record.updatedAt,
  };
}

/** Plex on a small machine chokes on many questions at once: two at a time per server. */
function limited(http: HttpReader, url: string): HttpReader {
  const queue = queueOf(new URL(url).host);
  return {
    get: (...question) => queue(() => http.get(...question)),
    getOrNull: (...question) => queue(() => http.getOrNull(...question)),
  };
}

type Enter = <Result>(task: () => Promise<Result>) => Promise<Result>;
const queues = new Map<string, Enter>();

function queueOf(host: string): Enter {
  const existing = queues.get(host);
  if (existing) return existing;
  let free = 2;
  const waiting: (() => void)[] = [];
  const enter: Enter = async (task) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
  queues.set(host, enter);
  return enter;
}

const identityAnswer = z.object({
  MediaContainer: z.object({ machineIdentifier: z.string().min(1), version: optionalText }),
});

const directoryRecord = z.object({
  key: optionalText,
  type: optionalText,
  title: optionalText,
  agent: optionalText,
  scanner: optionalText,
  Location: list(z.object({ path: optionalLongText })),
});
const sectionsAnswer = z.object({
  MediaContainer: z.object({ Directory: list(directoryRecord) }),
});

const itemRecord = z.object({
  ratingKey: optionalText,
  type: optionalText,
  title: optionalText,
  year: optionalYear,
  guid: optionalText,
  Guid: list(z.object({ id: optionalText })),
  index: optionalCount,
  parentIndex: optionalCount,
  leafCount: optionalCount,
  originallyAvailableAt: optionalText,
  addedAt: optionalEpoch,
  updatedAt: optionalEpoch,
  Media: list(
    z.object({
      videoResolution: optionalText,
      Part: list(z.object({ file: optionalLongText })),
    }),
  ),
});
const itemsAnswer = z.object({
  MediaContainer: z.object({ totalSize: optionalCount, Metadata: list(itemRecord) }),
});
