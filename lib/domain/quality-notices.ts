import type { QualityVerdict } from "./quality";

/** Who is told of a verdict, and when the same may be said again. Pure: what was told comes from the ledger. */

export const comingSoonKind = "coming_soon";
export const qualityWaitingKind = "quality_waiting";
export const qualityKinds = [comingSoonKind, qualityWaitingKind] as const;
export type QualityKind = (typeof qualityKinds)[number];

/** Each kind as a noun, for "switched off “coming soon”". */
export const qualityKindWords: Record<QualityKind, string> = {
  coming_soon: "coming soon",
  quality_waiting: "quality waiting",
};

/** Any kind of notice as a noun. */
export function noticeKindWords(kind: string): string {
  return isQualityKind(kind) ? qualityKindWords[kind] : kind.replaceAll("_", " ");
}

export function isQualityKind(kind: string): kind is QualityKind {
  return kind in qualityKindWords;
}

export type TellableVerdict = Extract<QualityVerdict, { kind: "comingSoon" | "qualityWaiting" }>;

/** Whether people are told of such a verdict. */
export function isTellable(verdict: QualityVerdict): verdict is TellableVerdict {
  return verdict.kind === "comingSoon" || verdict.kind === "qualityWaiting";
}

export function kindOf(verdict: TellableVerdict): QualityKind {
  return verdict.kind === "comingSoon" ? comingSoonKind : qualityWaitingKind;
}

const day = 24 * 60 * 60 * 1000;

/** How long the same news is not told again. */
export const quietMs: Record<QualityKind, number> = {
  coming_soon: 30 * day,
  quality_waiting: 7 * day,
};

/** A date that shifts by less, such as an air time, is no news. */
const leastMoveMs = day;

/** Whether two release dates are different news. */
export function isMoved(from: Date, to: Date): boolean {
  return Math.abs(from.getTime() - to.getTime()) >= leastMoveMs;
}

/** What a title is called in once keys: one per title, class and seasons, however many requests name it. */
export function noticeScope(request: {
  mediaType: "movie" | "tv";
  tmdbId: number | null;
  tvdbId: number | null;
  isFourK: boolean;
  coversAllSeasons: boolean;
  seasons: readonly number[];
}): string {
  const id = request.tvdbId === null ? `tmdb:${request.tmdbId}` : `tvdb:${request.tvdbId}`;
  const fourK = request.isFourK ? ":4k" : "";
  if (request.mediaType === "movie") return `movie:tmdb:${request.tmdbId}${fourK}`;
  const seasons = [...request.seasons].sort((a, b) => a - b).map((season) => `s${season}`);
  return `show:${id}:${request.coversAllSeasons ? "all" : seasons.join(",")}${fourK}`;
}

/** One line of the ledger: what was claimed, when, and whether its mail has still to leave. */
export type ToldNotice = { mediaKey: string; at: Date; isPending: boolean };

export type NoticeDecision =
  | { kind: "tell"; onceKey: string; movedFrom: Date | null }
  /** Told already; the same may be told again from `until` on. */
  | { kind: "toldAlready"; until: Date };

/**
 * Whether one person is told of a verdict now. `since` is when the verdict began, `told` what they were told of this
 * title and kind before, in any order.
 */
export function decideNotice(
  facts: { verdict: TellableVerdict; scope: string; since: Date; told: readonly ToldNotice[] },
  now: Date,
): NoticeDecision {
  const { verdict, scope, since, told } = facts;
  const latest = [...told].sort((a, b) => b.at.getTime() - a.at.getTime())[0];
  const lastDate = latest ? toldDate(latest.mediaKey) : null;
  const hasMoved =
    verdict.kind === "comingSoon" && lastDate !== null && isMoved(lastDate, verdict.at);
  if (latest && !hasMoved) {
    // A mail that is held, or waits, says it when it leaves: no second one stands beside it, however long that takes.
    const toldAt = latest.isPending ? now : latest.at;
    const until = new Date(toldAt.getTime() + quietMs[kindOf(verdict)]);
    if (until > now) return { kind: "toldAlready", until };
  }
  const mark = verdict.kind === "comingSoon" ? verdict.at : since;
  const prefix = `${scope}@${mark.toISOString()}`;
  const earlier = told.filter(
    ({ mediaKey }) => mediaKey === prefix || mediaKey.startsWith(`${prefix}#`),
  ).length;
  return {
    kind: "tell",
    onceKey: earlier === 0 ? prefix : `${prefix}#${earlier + 1}`,
    movedFrom: hasMoved ? lastDate : null,
  };
}

/** The release date a once key of "coming soon" names; null when it names none. */
function toldDate(onceKey: string): Date | null {
  const text = /@(\d{4}-\d\d-\d\dT[\d:.]+Z)(?:#\d+)?$/.exec(onceKey)?.[1];
  return text === undefined ? null : new Date(text);
}
