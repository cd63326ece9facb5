/**
 * Why a download does not become a file, from the words of Sonarr, Radarr and the download clients behind them. Their
 * words change between versions, so they are matched loosely, and what nobody knows is only shown, never acted upon.
 */

/**
 * What helps: another release; reading the show's facts anew; waiting; a person. "none": the words only say that others
 * follow.
 */
export type Cure = "release" | "refresh" | "wait" | "person" | "none";

export type ImportReason = {
  /** Stable name of a known reason; for unknown words, the words without their numbers. */
  key: string;
  cure: Cure | "unknown";
  /** What it means, as a sentence without its full stop. */
  words: string;
};

type Entry = { key: string; cure: Cure; words: string; pattern: RegExp };

/** In order: the first that matches counts, so that what needs a person comes before what another release may cure. */
const catalogue: readonly Entry[] = [
  {
    key: "incomplete",
    cure: "none",
    words: "Part of the release was not imported",
    pattern:
      /^one or more (episodes|movies) expected in this release were not imported|^import failed on \d+/i,
  },
  {
    key: "title_missing",
    cure: "refresh",
    words: "The episode has no title yet",
    pattern:
      /\bTBA title\b|does not have a title and recently aired|does not have an absolute episode number/i,
  },
  {
    key: "unpacking",
    cure: "wait",
    words: "It is still being unpacked",
    pattern: /still being unpacked/i,
  },
  {
    key: "locked",
    cure: "wait",
    words: "The file is still in use",
    pattern: /^locked file|try again later|being used by another process/i,
  },
  {
    key: "fetching_metadata",
    cure: "wait",
    words: "The torrent is still being looked up",
    pattern: /downloading metadata/i,
  },
  {
    key: "disk_full",
    cure: "person",
    words: "The disk is full",
    pattern: /not enough (free |disk )?space|disk is full|no space left|write error/i,
  },
  {
    key: "permission",
    cure: "person",
    words: "Files cannot be read or written: permissions",
    pattern:
      /permissions? error|permission denied|access (to the path .*)?is denied|read-only file/i,
  },
  {
    key: "path_mapping",
    cure: "person",
    words: "The download's folder is not where it is expected",
    pattern:
      /remote path mapping|is not a valid local path|intermediate (download )?path|path does not exist|import path is mapped to/i,
  },
  {
    key: "root_folder",
    cure: "person",
    words: "The library's root folder is missing",
    pattern: /root folder (is )?missing/i,
  },
  {
    key: "recycle_bin",
    cure: "person",
    words: "The old file could not be moved to the recycle bin",
    pattern: /recycle bin/i,
  },
  {
    key: "destination_exists",
    cure: "person",
    words: "A file of that name is in the library already",
    pattern: /destination already exists/i,
  },
  {
    key: "already_imported",
    cure: "person",
    words: "It is imported already",
    pattern: /already (been )?imported/i,
  },
  {
    key: "matched_by_id",
    cure: "person",
    words: "Matched by id only: somebody has to import it by hand",
    pattern: /matched to (series|movie) by id/i,
  },
  {
    key: "title_mismatch",
    cure: "person",
    words: "Its name fits no title: somebody has to import it by hand",
    pattern: /(series|movie) title mismatch|ambiguous title|^unknown (series|movie)/i,
  },
  {
    key: "unreadable_name",
    cure: "person",
    words: "Its name cannot be read: somebody has to import it by hand",
    pattern: /unable to parse (download|file)|^invalid season or episode|^invalid movie/i,
  },
  {
    key: "scene_numbering",
    cure: "person",
    words: "Its numbering is not confirmed yet",
    pattern: /thexem|scene (numbering|mapping)/i,
  },
  {
    key: "manual_import",
    cure: "person",
    words: "Somebody has to import it by hand",
    pattern: /manual import (is )?required|automatic import is not possible/i,
  },
  {
    key: "not_grabbed_here",
    cure: "person",
    words: "It was not started here",
    pattern: /wasn't grabbed by|not in a category/i,
  },
  {
    key: "archive",
    cure: "person",
    words: "It is packed, and nothing unpacks it",
    pattern: /found archive file/i,
  },
  {
    key: "sample_unclear",
    cure: "person",
    words: "Whether it is only a sample cannot be told",
    pattern: /unable to determine if file is a sample/i,
  },
  {
    key: "failed_download",
    cure: "person",
    words: "The download failed",
    pattern:
      /^unpack(ing)? failed|^aborted|cannot be completed|^(par|unpack|health)\b.*(fail|:)|encrypted|requires a password/i,
  },
  {
    key: "stalled",
    cure: "person",
    words: "Nobody shares it at the moment",
    pattern: /stalled with no connections|^no (peers|seeds)/i,
  },
  {
    key: "client_lost_files",
    cure: "person",
    words: "The download client misses its files",
    pattern: /download is missing files/i,
  },
  {
    key: "client_error",
    cure: "person",
    words: "The download client reports an error",
    pattern: /is reporting an error|cannot resolve magnet|unregistered torrent|^tracker\b/i,
  },
  {
    key: "import_error",
    cure: "person",
    words: "The import broke off: its log says why",
    pattern: /^failed to import|^unexpected error processing/i,
  },
  { key: "sample", cure: "release", words: "It is only a sample", pattern: /^sample\.?$/i },
  {
    key: "no_files",
    cure: "release",
    words: "There is no file in it that can be imported",
    pattern: /^no files found are eligible for import/i,
  },
  {
    key: "wrong_episode",
    cure: "release",
    words: "It holds something else than it promises",
    pattern:
      /^(episodes?|movie)\b.*\b(was|were) (unexpected considering|not found in the grabbed release)/i,
  },
  {
    key: "not_an_upgrade",
    cure: "release",
    words: "It is no better than the file in the library",
    pattern:
      /^not an? (\w+ ){0,2}upgrade for existing|^episode file on disk contains more episodes/i,
  },
  {
    key: "no_audio",
    cure: "release",
    words: "It has no sound",
    pattern: /^no audio tracks? detected/i,
  },
  {
    key: "dangerous_file",
    cure: "release",
    words: "It holds a program instead of a video",
    pattern: /^caution: found (an? )?(executable|potentially dangerous) file/i,
  },
  {
    key: "not_a_video",
    cure: "release",
    words: "Its file is no video",
    pattern: /^invalid video file/i,
  },
  {
    key: "split_file",
    cure: "release",
    words: "It is cut into pieces in another way",
    pattern:
      /^single episode (split into multiple files|file contains all episodes)|suspected multi-part file|multi-?disc/i,
  },
  {
    key: "unsupported_pack",
    cure: "release",
    words: "It is a kind of pack that cannot be imported",
    pattern: /^(partial season packs|extras) are not supported/i,
  },
];

/** What each message means, each meaning once, in the order of the messages. */
export function readImportReasons(messages: readonly string[]): ImportReason[] {
  const reasons = new Map<string, ImportReason>();
  for (const message of messages) {
    const text = message.trim();
    const known = catalogue.find((entry) => entry.pattern.test(text));
    const reason: ImportReason = known
      ? { key: known.key, cure: known.cure, words: known.words }
      : { key: `?${text.replace(/\d+/g, "#").toLowerCase()}`, cure: "unknown", words: text };
    if (!reasons.has(reason.key)) reasons.set(reason.key, reason);
  }
  return [...reasons.values()];
}

/** What helps against all of it together: another release only where each known reason says so. */
export function cureOf(reasons: readonly ImportReason[]): Cure | "unknown" {
  const cures = new Set(reasons.map((reason) => reason.cure).filter((cure) => cure !== "none"));
  if (cures.size === 0) return reasons.length === 0 ? "unknown" : "person";
  if (cures.has("unknown")) return "unknown";
  if (cures.has("person")) return "person";
  if (cures.has("refresh")) return cures.has("release") ? "person" : "refresh";
  if (cures.has("wait")) return "wait";
  return "release";
}
