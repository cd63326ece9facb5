import type { Download } from "./downloads";
import { cureOf, type ImportReason, readImportReasons } from "./import-reasons";
import { durationWords } from "./words";

/** Whether a download moves, rests, waits for something that passes, or is stuck (PRODUCT section 13). */

export type StuckVerdict =
  | { kind: "moving" }
  /** Held back on purpose: paused by a person, or by a delay profile. */
  | { kind: "resting"; because: "paused" | "delay" }
  /** Something that passes by itself; told only when it lasts. */
  | { kind: "waiting"; reasons: ImportReason[]; canRefresh: boolean }
  | { kind: "stuck"; cause: StuckCause; reasons: ImportReason[] };

export type StuckCause = "import" | "download" | "failed" | "no_progress";

/** What earlier checks measured of a download. */
export type DownloadMemory = {
  status: string | null;
  trackedState: string | null;
  sizeLeft: number | null;
  lastProgressAt: Date;
  /** The trouble of the last check; empty when there was none. */
  troubleKey: string;
  strikes: number;
  struckAt: Date | null;
};

const importStates = ["importPending", "importBlocked", "importing"];

/**
 * When the download last got on, by our own measurements: the size left changed, or it went on to be imported. While
 * it rests the clock stands still.
 */
export function measureProgress(
  download: Download,
  memory: DownloadMemory | null,
  now: Date,
): Date {
  if (!memory || restOf(download)) return now;
  const movedOn = stageOf(download.trackedState) !== stageOf(memory.trackedState);
  return movedOn || download.sizeLeft !== memory.sizeLeft ? now : memory.lastProgressAt;
}

/**
 * Judges one download. `clientProgressAt`: when anything of the same download client last got on; what waits its turn
 * in the client's own queue is not stuck while others move.
 */
export function judgeDownload(
  download: Download,
  lastProgressAt: Date,
  clientProgressAt: Date,
  rules: { stuckAfterMs: number; now: Date },
): StuckVerdict {
  const rest = restOf(download);
  if (rest) return { kind: "resting", because: rest };
  const reasons = readImportReasons(download.messages);
  const waitsTurn = download.status === "queued" && (download.size ?? 0) > 0;
  const since = waitsTurn ? Math.max(+lastProgressAt, +clientProgressAt) : +lastProgressAt;
  const isOverdue = rules.now.getTime() - since >= rules.stuckAfterMs;
  const { trackedState, status } = download;
  if (trackedState === "failed" || trackedState === "failedPending" || status === "failed") {
    return { kind: "stuck", cause: "failed", reasons };
  }
  if (trackedState === "imported" || trackedState === "ignored") return { kind: "moving" };
  if (isTrouble(download)) {
    const cure = cureOf(reasons);
    if ((cure === "refresh" || cure === "wait") && !isOverdue) {
      return { kind: "waiting", reasons, canRefresh: cure === "refresh" };
    }
    const cause = importStates.includes(trackedState ?? "") ? "import" : "download";
    return { kind: "stuck", cause, reasons };
  }
  return isOverdue ? { kind: "stuck", cause: "no_progress", reasons } : { kind: "moving" };
}

/** The same trouble has the same key, however its numbers change; empty for none. */
export function troubleKeyOf(verdict: StuckVerdict): string {
  if (verdict.kind !== "stuck") return "";
  const keys = verdict.reasons.map((reason) => reason.key).sort();
  return [verdict.cause, ...new Set(keys)].join(" · ").slice(0, 500);
}

/** What is the matter, as a sentence without its full stop. */
export function verdictWords(verdict: StuckVerdict, lastProgressAt: Date, now: Date): string {
  switch (verdict.kind) {
    case "moving":
      return "It gets on";
    case "resting":
      return verdict.because === "paused" ? "Somebody paused it" : "A delay profile holds it back";
    case "waiting":
      return reasonWords(verdict.reasons) || "It waits";
    case "stuck": {
      const said = reasonWords(verdict.reasons);
      if (verdict.cause === "no_progress") {
        const still = durationWords(now.getTime() - lastProgressAt.getTime());
        return said === "" ? `No progress for ${still}` : `No progress for ${still}: ${said}`;
      }
      if (said !== "") return said;
      return verdict.cause === "failed" ? "The download failed" : "It is marked with a warning";
    }
  }
}

/** Names all reasons; that others follow is not worth saying beside them. */
function reasonWords(reasons: readonly ImportReason[]): string {
  const telling = reasons.filter((reason) => reason.cure !== "none");
  const words = (telling.length > 0 ? telling : reasons).map((reason) => reason.words);
  const more = words.length > 3 ? [`and ${words.length - 3} more`] : [];
  return [...words.slice(0, 3), ...more].join("; ");
}

function restOf({ status }: Download): "paused" | "delay" | null {
  return status === "paused" ? "paused" : status === "delay" ? "delay" : null;
}

function isTrouble({ status, trackedStatus }: Download): boolean {
  return trackedStatus === "warning" || trackedStatus === "error" || status === "warning";
}

/** importPending and importBlocked change back and forth at each look: only the way from one stage to the next counts. */
function stageOf(trackedState: string | null): "download" | "import" | "end" {
  if (importStates.includes(trackedState ?? "")) return "import";
  return trackedState === null || trackedState === "downloading" ? "download" : "end";
}
