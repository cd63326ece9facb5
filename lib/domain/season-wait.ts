/** For people who want whole seasons: what is ready waits until the rest is there. */

const patienceDays = 14;

export type SeasonEpisode = {
  season: number;
  episode: number;
  airsAt: Date | null;
  /** An instance holds a file. */
  isThere: boolean;
};

/** `until` is the latest moment; the mail leaves earlier when the last of `missing` arrives. */
export type SeasonWait = { until: Date; missing: { season: number; episode: number }[] };

/**
 * Whether episodes wait for the rest of their seasons. Null when nothing of them is missing, when nothing that is
 * missing will air in time, or when there was no news for 14 days. Specials never wait: they are never complete.
 */
export function decideSeasonWait(
  waiting: readonly { season: number; addedAt: Date }[],
  episodes: readonly SeasonEpisode[],
  now: Date,
): SeasonWait | null {
  const regular = waiting.filter((item) => item.season > 0);
  if (regular.length === 0) return null;
  const newest = Math.max(...regular.map((item) => item.addedAt.getTime()));
  const until = new Date(newest + patienceDays * 24 * 60 * 60 * 1000);
  if (now >= until) return null;
  const seasons = new Set(regular.map((item) => item.season));
  const missing = episodes
    .filter(({ season, isThere, airsAt }) => seasons.has(season) && !isThere && airsAt !== null)
    .sort((a, b) => a.season - b.season || a.episode - b.episode);
  // After a long break there is news again; until then what is there is worth telling.
  if (!missing.some(({ airsAt }) => airsAt !== null && airsAt < until)) return null;
  return { until, missing: missing.map(({ season, episode }) => ({ season, episode })) };
}
