import type { IssueScope } from "./issue-files";

/** What a repair does at Sonarr or Radarr: which grabs are marked as failed, and what is searched for. */

/** One event of a title's history. Ids grow with time; clocks are not compared. */
export type HistoryRecord = {
  historyId: number;
  event: "grabbed" | "imported" | "failed" | "other";
  /** Null for movies. */
  episodeId: number | null;
  downloadId: string | null;
  /** The file an import made. */
  fileId: number | null;
  /** Title of the release. */
  title: string | null;
};

/** A file that is held, and for which episode; one file of several episodes is there once for each. */
export type HeldFile = { fileId: number; episodeId: number | null };

/** A grab that is to be marked as failed, which puts its release on the blocklist. */
export type GrabToMark = {
  historyId: number;
  title: string | null;
  /** Marked by this repair, or found marked. */
  isMarked: boolean;
};

export type GrabsFound = {
  grabs: GrabToMark[];
  /** How many files have no grab in the history: copied in by hand, or the history was cleared. */
  withoutGrab: number;
};

/** Finds the grabs that the held files came from. */
export function findGrabs(
  files: readonly HeldFile[],
  history: readonly HistoryRecord[],
): GrabsFound {
  const newestFirst = [...history].sort((a, b) => b.historyId - a.historyId);
  const downloads = new Set<string>();
  const without = new Set<number>();
  for (const file of files) {
    const downloadId = downloadOf(file, newestFirst);
    if (downloadId === null || !newestFirst.some((record) => isGrabOf(record, downloadId))) {
      without.add(file.fileId);
    } else downloads.add(downloadId);
  }
  const grabs = [...downloads].flatMap((downloadId): GrabToMark[] => {
    const grab = newestFirst.find((record) => isGrabOf(record, downloadId));
    if (!grab) return [];
    const { historyId, title } = grab;
    return [{ historyId, title, isMarked: isMarkedFailed(historyId, history) }];
  });
  return { grabs, withoutGrab: without.size };
}

/** Whether a grab was marked as failed since: asked again after a lost answer, so that nothing is marked twice. */
export function isMarkedFailed(historyId: number, history: readonly HistoryRecord[]): boolean {
  const grab = history.find((record) => record.historyId === historyId);
  return history.some(
    (record) =>
      record.event === "failed" &&
      record.historyId > historyId &&
      record.downloadId === (grab?.downloadId ?? null) &&
      record.downloadId !== null,
  );
}

const isGrabOf = (record: HistoryRecord, downloadId: string) =>
  record.event === "grabbed" && record.downloadId === downloadId;

function downloadOf(file: HeldFile, newestFirst: readonly HistoryRecord[]): string | null {
  const imports = newestFirst.filter(
    (record) => record.event === "imported" && record.episodeId === file.episodeId,
  );
  const exact = imports.find((record) => record.fileId === file.fileId);
  // Old records do not name their file: the newest import is the file that is there.
  const [newest] = imports;
  const unnamed = newest && newest.fileId === null ? newest : null;
  return (exact ?? unnamed)?.downloadId ?? null;
}

/** The command that searches again, by the ids of the instance. Null: all seasons are not searched for. */
export function searchCommand(
  scope: IssueScope,
  ids: { titleId: number; episodeIds: readonly number[] },
): ({ name: string } & Record<string, unknown>) | null {
  switch (scope.kind) {
    case "movie":
      return { name: "MoviesSearch", movieIds: [ids.titleId] };
    case "episode":
      return { name: "EpisodeSearch", episodeIds: [...ids.episodeIds] };
    case "season":
      return { name: "SeasonSearch", seriesId: ids.titleId, seasonNumber: scope.season };
    case "allSeasons":
      return null;
  }
}

/** A command as the instance lists it. */
export type ListedCommand = { commandId: number; name: string; body: Record<string, unknown> };

/** The command of an interrupted attempt, if it did arrive: for the same, and none of an earlier attempt. */
export function findOwnCommand(
  wanted: { name: string } & Record<string, unknown>,
  listed: readonly ListedCommand[],
  earlier: readonly (number | null)[],
): number | null {
  const { name, ...body } = wanted;
  const isSame = (command: ListedCommand) =>
    command.name === name &&
    !earlier.includes(command.commandId) &&
    Object.entries(body).every(
      ([key, value]) => JSON.stringify(command.body[key]) === JSON.stringify(value),
    );
  return listed.find(isSame)?.commandId ?? null;
}
