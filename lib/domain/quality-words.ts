import { mediaKey } from "./media";
import type { KeptReview } from "./quality-review";
import { itemWords, sentence } from "./words";

/** What a review found, in the words of the timeline. */

export type ReviewWords = {
  kind: "wait" | "decision" | "trouble";
  words: string;
  reason: string | null;
};

const releaseNouns = {
  digital: "digital release",
  physical: "release on disc",
  cinema: "in cinemas",
  air: "first episode",
} as const;

/** "4 December 2026"; episodes air at a moment, movies come on a day that is the same everywhere. */
export function releaseDay(at: Date, release: KeptReview["release"], timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: release === "air" ? timeZone : "UTC",
  }).format(at);
}

/** "season 2, episodes 3 and 4", "the movie". */
export function waitedForWords(episodes: KeptReview["episodes"]): string {
  const keys = episodes.map((one) =>
    mediaKey({ kind: "episode", tvdbId: 0, ...one, isFourK: false }),
  );
  return itemWords(keys);
}

/** The line of a verdict; null where other lines of the timeline say it already. */
export function reviewWords(
  review: KeptReview,
  previous: KeptReview | null,
  names: { instance: string; timeZone: string },
): ReviewWords | null {
  const { instance, timeZone } = names;
  switch (review.verdict) {
    case "coming_soon": {
      if (!review.releaseAt) return null;
      const day = releaseDay(review.releaseAt, review.release, timeZone);
      const what = releaseNouns[review.release ?? "digital"];
      const before = previous?.verdict === "coming_soon" ? previous.releaseAt : null;
      return {
        kind: "wait",
        words: before
          ? `The date moved from ${releaseDay(before, previous?.release ?? null, timeZone)} to ${day}`
          : `Not out yet: ${what} on ${day}`,
        reason: `${instance} names this date`,
      };
    }
    case "unreleased":
      return { kind: "wait", words: "Not out yet", reason: `${instance} knows no date` };
    case "quality_waiting": {
      const what = waitedForWords(review.episodes);
      const quality = review.quality ? `, ${review.quality}` : "";
      return review.because === "cutoff"
        ? {
            kind: "wait",
            words: `The file of ${what} is below the wanted quality${quality}`,
            reason: "It is not told of until the cutoff is met: “hold until cutoff” is on",
          }
        : {
            kind: "wait",
            words: `${sentence(what)} ${isOne(review) ? "is" : "are"} out, but not found yet`,
            reason: `${instance} has no file of it and downloads none`,
          };
    }
    case "recent":
      return {
        kind: "wait",
        words: "Aired within the last week, not found yet",
        reason: "That is nothing strange: people are told after seven days",
      };
    case "unmonitored":
      return {
        kind: "trouble",
        words: `${instance} does not look for it`,
        reason: "It is not monitored there",
      };
    case "not_in_instance":
      return {
        kind: "trouble",
        words: `${instance} does not have it`,
        reason: "Seerr has not handed it over yet, or it was removed there",
      };
    case "there":
    case "downloading":
      return null;
  }
}

const isOne = ({ episodes }: KeptReview) => episodes.length < 2;
