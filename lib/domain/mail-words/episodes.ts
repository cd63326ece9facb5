import { foldAbove, type SeasonRuns } from "../mail-episodes";
import type { Amount, MailPhrases } from "./phrases";
import type { MailTools } from "./tools";

/** Episodes in words: as a subject says them, as the line under a title does. */

export const runWords = (run: { first: number; last: number }) =>
  run.first === run.last ? `${run.first}` : `${run.first}–${run.last}`;

/** How many episodes, and whether all are specials. */
export const amountOf = (seasons: readonly SeasonRuns[]): Amount => ({
  count: seasons.reduce((sum, season) => sum + season.count, 0),
  isSpecials: seasons.every(({ season }) => season === 0),
});

export type EpisodeWords = ReturnType<typeof episodeWords>;

/** The words of one language for episodes. */
export function episodeWords({ episodes: phrases }: MailPhrases, { list }: MailTools) {
  const numbers = (season: SeasonRuns) => list(season.runs.map(runWords));

  /** "season 3, episodes 3–5", "specials 1–2"; a scattered season is counted instead: "7 episodes of season 3". */
  function ofSeason(season: SeasonRuns, mostRuns: number): string {
    const amount = amountOf([season]);
    if (season.runs.length > mostRuns) {
      return phrases.counted(amount, amount.isSpecials ? null : season.season);
    }
    const numbered = phrases.numbered(amount, numbers(season));
    return amount.isSpecials ? numbered : phrases.inSeason(season.season, numbered);
  }

  /** The numbers of regular seasons in runs, how many they are, and whether specials come along. */
  function seasonNumbers(seasons: readonly SeasonRuns[]): [string, number, boolean] {
    const regular = seasons.filter(({ season }) => season !== 0).map(({ season }) => season);
    const runs: { first: number; last: number }[] = [];
    for (const season of regular) {
      const run = runs.at(-1);
      if (run?.last === season - 1) run.last = season;
      else runs.push({ first: season, last: season });
    }
    return [list(runs.map(runWords)), regular.length, regular.length < seasons.length];
  }

  /** Several seasons with one short run each, spelled out; null when that would be too long. */
  function each(seasons: readonly SeasonRuns[]): string | null {
    const isShort = seasons.length <= 2 && seasons.every(({ runs }) => runs.length === 1);
    return isShort ? list(seasons.map((season) => ofSeason(season, 1))) : null;
  }

  return {
    /** As in a subject: the season is left out where the numbers alone are how people speak. */
    inSubject(seasons: readonly SeasonRuns[]): string {
      const [only, second] = seasons;
      if (!only || second) {
        return (
          each(seasons) ?? phrases.countedFrom(amountOf(seasons).count, ...seasonNumbers(seasons))
        );
      }
      const isSpoken = only.season !== 0 && only.count <= foldAbove && only.runs.length <= 3;
      return isSpoken ? phrases.numbered(amountOf([only]), numbers(only)) : ofSeason(only, 3);
    },

    /** As under a title: seasons always named, the count left to the sentence below. */
    inDetail(seasons: readonly SeasonRuns[]): string {
      const [only, second] = seasons;
      if (only && !second) return ofSeason(only, 3);
      return each(seasons) ?? phrases.seasons(...seasonNumbers(seasons));
    },

    /** As in a sentence: one season by its numbers, everything else counted. */
    inSentence(seasons: readonly SeasonRuns[]): string {
      const [only, second] = seasons;
      if (only && !second && only.runs.length <= 3) return ofSeason(only, 3);
      return phrases.counted(amountOf(seasons), null);
    },

    /** One season, or one of its episodes. */
    inScope: (season: number, episode: number | null) =>
      episode === null
        ? phrases.season(season)
        : phrases.inSeason(season, phrases.numbered({ count: 1, isSpecials: false }, `${episode}`)),

    /** Heading of a part of the list. */
    seasonName: (season: number) => (season === 0 ? phrases.specials : phrases.season(season)),
  };
}
