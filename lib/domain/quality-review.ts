import type { QualityVerdict, ReleaseKind, WaitingEpisode } from "./quality";
import {
  decideNotice,
  isMoved,
  isTellable,
  type NoticeDecision,
  noticeScope,
  type ToldNotice,
} from "./quality-notices";

/** What one review of a request changes: the verdict that is kept, and who is told of it. */

/** What the instances of a request's class said. */
export type ReviewFinding =
  | { kind: "judged"; verdict: QualityVerdict; instance: string }
  /** None of them has the title. */
  | { kind: "notInInstance"; instance: string };

/** How a verdict is called where it is kept. */
export const verdictNames = {
  there: "there",
  downloading: "downloading",
  recent: "recent",
  comingSoon: "coming_soon",
  unreleased: "unreleased",
  qualityWaiting: "quality_waiting",
  unmonitored: "unmonitored",
} as const satisfies Record<QualityVerdict["kind"], string>;
export type VerdictName = (typeof verdictNames)[keyof typeof verdictNames] | "not_in_instance";

/** A verdict as it is kept. */
export type KeptReview = {
  verdict: VerdictName;
  because: "missing" | "cutoff" | null;
  releaseAt: Date | null;
  release: ReleaseKind | null;
  season: number | null;
  episodes: WaitingEpisode[];
  quality: string | null;
  /** It stood when BingeAlert first looked at a request older than itself or than a restore: nobody is told of it. */
  isOldNews: boolean;
  since: Date;
};

/** What of a request decides whether its verdict is news. */
type NewsFacts = { knownBefore: boolean; isBeforeRestore?: boolean };
type ReviewedRequest = Parameters<typeof noticeScope>[0] & NewsFacts;

/** Whether a request's next review is the first after a restore: what was told of it since the backup is not known. */
export function isBeforeRestore(
  request: { requestedAt: Date },
  reviewedAt: Date | null,
  restoredAt: Date | null,
): boolean {
  if (!restoredAt || request.requestedAt >= restoredAt) return false;
  return reviewedAt === null || reviewedAt < restoredAt;
}

/** The verdict to keep, and whether it says something else than the one kept so far. */
export function decideReview(
  finding: ReviewFinding,
  previous: KeptReview | null,
  request: NewsFacts,
  cause: { isNews: boolean },
  now: Date,
): { review: KeptReview; isChanged: boolean } {
  const fresh = keep(finding);
  const isSame = previous !== null && saysTheSame(previous, fresh);
  return {
    review: {
      ...fresh,
      since: isSame ? previous.since : now,
      // A request of the first sync was waited for before BingeAlert came: its first verdict is nobody's news.
      isOldNews:
        request.isBeforeRestore === true ||
        (previous ? isSame && previous.isOldNews : request.knownBefore && !cause.isNews),
    },
    isChanged: !isSame,
  };
}

function keep(finding: ReviewFinding): Omit<KeptReview, "since" | "isOldNews"> {
  const nothing = {
    because: null,
    releaseAt: null,
    release: null,
    season: null,
    episodes: [],
    quality: null,
  };
  if (finding.kind === "notInInstance") return { ...nothing, verdict: "not_in_instance" };
  const { verdict } = finding;
  const name = verdictNames[verdict.kind];
  switch (verdict.kind) {
    case "comingSoon": {
      const { at: releaseAt, release, season } = verdict;
      return { ...nothing, verdict: name, releaseAt, release, season };
    }
    case "qualityWaiting": {
      const { because, episodes, quality } = verdict;
      return { ...nothing, verdict: name, because, episodes, quality };
    }
    default:
      return { ...nothing, verdict: name };
  }
}

/** Fewer episodes waited for than before is no other verdict, a further one is. */
function saysTheSame(
  before: KeptReview,
  fresh: Pick<KeptReview, "verdict" | "because" | "releaseAt" | "episodes">,
): boolean {
  if (before.verdict !== fresh.verdict || before.because !== fresh.because) return false;
  if (before.releaseAt && fresh.releaseAt && isMoved(before.releaseAt, fresh.releaseAt))
    return false;
  const known = new Set(before.episodes.map((e) => `${e.season} ${e.episode}`));
  return fresh.episodes.every((e) => known.has(`${e.season} ${e.episode}`));
}

/** What is said to whom. */
export type ReviewPlan = {
  review: KeptReview;
  isChanged: boolean;
  decisions: { userId: number; decision: NoticeDecision }[];
};

/**
 * Plans a review. `people` are those to be told of such a verdict, with what they were told of this title and kind
 * before.
 */
export function planReview(
  facts: {
    finding: ReviewFinding;
    previous: KeptReview | null;
    request: ReviewedRequest;
    people: readonly { userId: number; told: readonly ToldNotice[] }[];
  },
  cause: { isNews: boolean },
  now: Date,
): ReviewPlan {
  const { finding, previous, request, people } = facts;
  const { review, isChanged } = decideReview(finding, previous, request, cause, now);
  if (finding.kind !== "judged" || review.isOldNews || !isTellable(finding.verdict)) {
    return { review, isChanged, decisions: [] };
  }
  const { verdict } = finding;
  const scope = noticeScope(request);
  return {
    review,
    isChanged,
    decisions: people.map(({ userId, told }) => ({
      userId,
      decision: decideNotice({ verdict, scope, since: review.since, told }, now),
    })),
  };
}
