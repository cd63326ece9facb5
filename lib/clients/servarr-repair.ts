import { z } from "zod";
import type { HistoryRecord, ListedCommand } from "@/lib/domain/issue-fix";
import { UpstreamError } from "@/lib/errors";
import { id, optionalId, optionalObject, optionalText } from "./answer-fields";
import { createServarrHttp, type ServarrConnection } from "./servarr";

/** Replacing a bad file through a Sonarr or Radarr. Every call throws UpstreamError when it cannot be done. */
export type ServarrRepair = {
  /** What happened to a movie, or to a season of a show. */
  history(
    title: { movieId: number } | { seriesId: number; season: number },
  ): Promise<HistoryRecord[]>;
  /** Marks a grab as failed, which puts its release on the blocklist. False: the history has it no more. */
  failGrab(historyId: number): Promise<boolean>;
  /** Queues a search; it is carried out when there is time, and does not say whether it found anything. */
  search(command: { name: string } & Record<string, unknown>): Promise<{ commandId: number }>;
  /** Commands that wait, run or have ended a few minutes ago. */
  commands(): Promise<ListedCommand[]>;
};

/** Makes one for an instance. */
export function createServarrRepair(
  service: "sonarr" | "radarr",
  connection: ServarrConnection,
): ServarrRepair {
  const http = createServarrHttp(service, connection);
  return {
    async history(title) {
      const found =
        "movieId" in title
          ? await http.get("api/v3/history/movie", historyList, { movieId: title.movieId })
          : await http.get("api/v3/history/series", historyList, {
              seriesId: title.seriesId,
              seasonNumber: title.season,
            });
      return found.map(toHistoryRecord);
    },
    async failGrab(historyId) {
      try {
        await http.post(`api/v3/history/failed/${historyId}`, z.unknown(), {});
        return true;
      } catch (error) {
        if (error instanceof UpstreamError && error.status === 404) return false;
        throw error;
      }
    },
    async search(command) {
      return { commandId: (await http.post("api/v3/command", commandRecord, command)).id };
    },
    async commands() {
      return (await http.get("api/v3/command", z.array(commandRecord))).map(
        ({ id: commandId, name, body }) => ({ commandId, name: name ?? "", body: body ?? {} }),
      );
    },
  };
}

function toHistoryRecord(record: z.output<typeof historyRecord>): HistoryRecord {
  return {
    historyId: record.id,
    event: eventNames[record.eventType ?? ""] ?? "other",
    episodeId: record.episodeId,
    downloadId: record.downloadId,
    fileId: record.data?.fileId ?? null,
    title: record.sourceTitle,
  };
}

const eventNames: Record<string, HistoryRecord["event"]> = {
  grabbed: "grabbed",
  downloadFolderImported: "imported",
  downloadFailed: "failed",
};

const historyRecord = z.object({
  id,
  eventType: optionalText,
  episodeId: optionalId,
  downloadId: optionalText,
  sourceTitle: optionalText,
  data: optionalObject({ fileId: optionalId }),
});
const historyList = z.array(historyRecord);
const commandRecord = z.object({
  id,
  name: optionalText,
  body: z.record(z.string(), z.unknown()).nullish().catch(null),
});
