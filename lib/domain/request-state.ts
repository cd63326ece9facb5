/** The verdict about a request in one word: what lists show, filter and sort by. */

export const requestStates = [
  "waiting_approval",
  "declined",
  "deleted",
  "failed",
  "mail_held",
  "mail_unknown",
  "mail_failed",
  "plex_cannot_see",
  "waiting_plex",
  "gathering",
  "leaving",
  "told",
  "known_before",
  "downloading",
  "coming_soon",
  "quality_waiting",
  "looking",
] as const;
export type RequestState = (typeof requestStates)[number];

export type RequestStateFacts = {
  status: "pending" | "approved" | "declined" | "failed" | "completed" | "deleted";
  mediaType: "movie" | "tv";
  /** Items with a file that the request covers. */
  held: number;
  /** Of those: told to somebody attached, or there before BingeAlert. */
  told: number;
  knownBefore: number;
  /** Items that wait in live batches on account of this request. */
  waiting: { count: number; until: Date | null; trailing: boolean; askedPlex: boolean } | null;
  /** Mails of this request by state. */
  mails: { live: number; held: number; unknown: number; failed: number; nextAt: Date | null };
  /** Items the admin was told about because Plex does not show them. */
  givenUp: number;
  /** The newest grab is newer than the newest import. */
  downloading: boolean;
  /** What the quality monitor last found; null when it has not looked. */
  review: {
    verdict: string;
    because: "missing" | "cutoff" | null;
    releaseAt: Date | null;
  } | null;
};

/** Decides the state and, where something is waited for, until when. Trouble comes before progress. */
export function decideRequestState(facts: RequestStateFacts): {
  state: RequestState;
  until: Date | null;
} {
  const state = (name: RequestState, until: Date | null = null) => ({ state: name, until });
  if (facts.status === "deleted" || facts.status === "declined") return state(facts.status);
  if (facts.mails.held > 0) return state("mail_held");
  if (facts.mails.unknown > 0) return state("mail_unknown");
  if (facts.mails.failed > 0) return state("mail_failed");
  if (facts.waiting) {
    const isForPlex = facts.waiting.trailing || facts.waiting.askedPlex;
    return state(isForPlex ? "waiting_plex" : "gathering", facts.waiting.until);
  }
  if (facts.mails.live > 0) return state("leaving", facts.mails.nextAt);
  if (facts.givenUp > 0) return state("plex_cannot_see");
  if (facts.downloading) return state("downloading");
  const waited = reviewState(facts);
  if (waited) return waited;
  if (facts.told > 0) return state(facts.told === facts.knownBefore ? "known_before" : "told");
  if (facts.status === "pending") return state("waiting_approval");
  if (facts.status === "failed") return state("failed");
  return state("looking");
}

/** What the monitor's verdict makes of the state; a file that came since makes an old verdict void. */
function reviewState(facts: RequestStateFacts): { state: RequestState; until: Date | null } | null {
  const { review, mediaType, held, told } = facts;
  if (!review || (facts.status !== "approved" && facts.status !== "completed")) return null;
  switch (review.verdict) {
    case "coming_soon":
    case "unreleased":
      return held === 0 ? { state: "coming_soon", until: review.releaseAt } : null;
    case "quality_waiting": {
      // Of a show, some may be told while the rest is waited for.
      const isOver =
        mediaType === "movie" && (told > 0 || (review.because === "missing" && held > 0));
      return isOver ? null : { state: "quality_waiting", until: null };
    }
    default:
      return null;
  }
}
