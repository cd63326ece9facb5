import type { Download } from "./downloads";
import { cureOf } from "./import-reasons";
import type { DownloadMemory, StuckVerdict } from "./stuck";

/** Whether a failed import is given another release, which takes the first one away. Everything unsure is only told. */

export type RepairRules = {
  isEnabled: boolean;
  /** In how many checks the same failure has to be seen. */
  strikesNeeded: number;
  /** How often the same episode or movie may get another release. */
  attemptsAllowed: number;
};

export type RepairDecision =
  | { kind: "repair" }
  /** It will be, when the failure is still there after so many more checks. */
  | { kind: "strike"; left: number }
  /** Another release could help, but is not looked for. */
  | { kind: "leave"; because: string }
  | { kind: "notCurable" };

/** Decides about one download that has been judged. `attemptsMade`: earlier repairs of the same episodes or movie. */
export function decideRepair(
  verdict: StuckVerdict,
  download: Pick<Download, "episodes" | "upstreamId" | "downloadKey">,
  history: { strikes: number; attemptsMade: number },
  rules: RepairRules,
): RepairDecision {
  if (verdict.kind !== "stuck" || verdict.cause !== "import") return { kind: "notCurable" };
  if (cureOf(verdict.reasons) !== "release") return { kind: "notCurable" };
  if (download.upstreamId === null) return { kind: "notCurable" };
  if (!rules.isEnabled) return leave("Repairs are switched off");
  if (history.attemptsMade >= rules.attemptsAllowed) {
    return leave(
      history.attemptsMade === 1
        ? "Another release was tried already"
        : `${history.attemptsMade} other releases were tried already`,
    );
  }
  const left = rules.strikesNeeded - history.strikes;
  return left > 0 ? { kind: "strike", left } : { kind: "repair" };
}

/**
 * The strikes after this check: one more for the same failure, counted anew for another. Two strikes are at least
 * `strikeEveryMs` apart, however often somebody presses the button.
 */
export function countStrikes(
  isCurable: boolean,
  troubleKey: string,
  memory: Pick<DownloadMemory, "troubleKey" | "strikes" | "struckAt"> | null,
  { strikeEveryMs }: { strikeEveryMs: number },
  now: Date,
): { strikes: number; struckAt: Date | null } {
  if (!isCurable) return { strikes: 0, struckAt: null };
  if (!memory || memory.troubleKey !== troubleKey || memory.struckAt === null) {
    return { strikes: 1, struckAt: now };
  }
  if (now.getTime() - memory.struckAt.getTime() < strikeEveryMs) {
    return { strikes: memory.strikes, struckAt: memory.struckAt };
  }
  return { strikes: memory.strikes + 1, struckAt: now };
}

/** Whether only another release can help against what the verdict says. */
export function isCurable(verdict: StuckVerdict): boolean {
  return (
    verdict.kind === "stuck" && verdict.cause === "import" && cureOf(verdict.reasons) === "release"
  );
}

/** More failures at once than this, and it is not the releases: a lost folder looks the same from here. */
export const mostRepairsAtOnce = 5;

export type Protection = {
  /** Labels of the title's tags and of its indexer's. */
  tags: readonly string[];
  indexer: string | null;
  indexerAsksForSeeding: boolean;
  isTorrent: boolean;
};

/** Why a download is left alone for good; null when it may be replaced. */
export function protectionOf(
  protection: Protection,
  skip: { tags: readonly string[]; indexers: readonly string[] },
): string | null {
  const tag = protection.tags.find((label) => includesWord(skip.tags, label));
  if (tag !== undefined) return `The tag “${tag}” says to leave it alone`;
  const { indexer } = protection;
  if (indexer !== null && includesWord(skip.indexers, indexer)) {
    return `Releases of ${indexer} are left alone`;
  }
  if (protection.isTorrent && protection.indexerAsksForSeeding) {
    return `${indexer ?? "Its tracker"} asks for seeding, so its torrents are left alone`;
  }
  return null;
}

/** Which episodes to search: those without a file, or all when each has one to be replaced. */
export function episodesToSearch(episodes: Download["episodes"]): number[] {
  const missing = episodes.filter((episode) => !episode.hasFile);
  return (missing.length > 0 ? missing : episodes).map((episode) => episode.episodeId);
}

/** What a repair is counted by: `episode:1013`, `movie:44`, ids of the instance. */
export function repairTargets(
  kind: "sonarr" | "radarr",
  download: Pick<Download, "episodes" | "upstreamId">,
): string[] {
  if (kind === "sonarr") return download.episodes.map(({ episodeId }) => `episode:${episodeId}`);
  return download.upstreamId === null ? [] : [`movie:${download.upstreamId}`];
}

/** Reads a comma-separated setting; empty parts are left out. */
export function listSetting(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

const leave = (because: string): RepairDecision => ({ kind: "leave", because });

function includesWord(words: readonly string[], wanted: string): boolean {
  return words.some((word) => word.toLowerCase() === wanted.trim().toLowerCase());
}
