import type { MediaType } from "./media";

/** What an issue is about, and whether another file has taken the place of the reported one. */

export type IssueScope =
  | { kind: "movie" }
  | { kind: "episode"; season: number; episode: number }
  | { kind: "season"; season: number }
  | { kind: "allSeasons" };

/** A file as an instance held it. File ids mean nothing in another instance. */
export type IssueFile = {
  mediaKey: string;
  instanceKey: string;
  fileId: number;
  path: string | null;
  quality: string | null;
  /** Bytes. */
  size: number | null;
};

/** Null until it is known whether it is a movie. Seerr writes season 0 for the whole show: specials have no number there. */
export function issueScope(issue: {
  mediaType: MediaType | null;
  season: number | null;
  episode: number | null;
}): IssueScope | null {
  if (issue.mediaType === null) return null;
  if (issue.mediaType === "movie") return { kind: "movie" };
  const { season, episode } = issue;
  if (!season) return { kind: "allSeasons" };
  return episode ? { kind: "episode", season, episode } : { kind: "season", season };
}

/** "the movie", "season 2", "season 2, episode 5", "all seasons". */
export function scopeWords(scope: IssueScope): string {
  switch (scope.kind) {
    case "movie":
      return "the movie";
    case "episode":
      return `season ${scope.season}, episode ${scope.episode}`;
    case "season":
      return `season ${scope.season}`;
    case "allSeasons":
      return "all seasons";
  }
}

export type Replacement =
  | { kind: "unchanged" }
  /** Some episodes of a season have another file by now. */
  | { kind: "partly"; replaced: number; of: number }
  | { kind: "replaced"; files: IssueFile[] };

/**
 * Compares what is held now with what was held when the issue was reported. `imported` are ids of files that came in
 * through a download: the same file found anew after a disk was away has a new id, too, but no such record.
 */
export function compareFiles(
  before: readonly IssueFile[],
  now: readonly IssueFile[],
  imported: ReadonlySet<number>,
): Replacement {
  const heldBefore = new Map(before.map((file) => [file.mediaKey, file]));
  const isOther = (file: IssueFile) => {
    const old = heldBefore.get(file.mediaKey);
    return !old || !isSameFile(old, file, imported);
  };
  if (before.length === 0) {
    const files = [...now];
    return files.length > 0 ? { kind: "replaced", files } : { kind: "unchanged" };
  }
  const files = now.filter((file) => heldBefore.has(file.mediaKey) && isOther(file));
  const keys = new Set(files.map((file) => file.mediaKey));
  if (keys.size === 0) return { kind: "unchanged" };
  return keys.size === heldBefore.size
    ? { kind: "replaced", files }
    : { kind: "partly", replaced: keys.size, of: heldBefore.size };
}

function isSameFile(before: IssueFile, now: IssueFile, imported: ReadonlySet<number>): boolean {
  if (before.instanceKey === now.instanceKey && before.fileId === now.fileId) return true;
  if (before.instanceKey === now.instanceKey && imported.has(now.fileId)) return false;
  return before.path !== null && before.path === now.path && before.size === now.size;
}
