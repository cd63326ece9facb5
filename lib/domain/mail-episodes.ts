import type { MailEpisode } from "./mail";

/** Consecutive episodes of one season, both ends included. */
export type EpisodeRun = { first: number; last: number };

/** One line of the list in a mail. */
export type EpisodeLine =
  | { kind: "episode"; episode: number; title: string | null; minutes: number | null }
  | { kind: "run"; run: EpisodeRun; minutes: number | null };

export type SeasonLines = { season: number; lines: EpisodeLine[] };

/** What a mail lists: lines by season, and how many episodes the lines leave out. */
export type EpisodeList = { seasons: SeasonLines[]; more: number };

export type SeasonRuns = { season: number; runs: EpisodeRun[]; count: number };

/** A run of more than this many episodes is one line. */
export const foldAbove = 8;
/** A mail lists at most this many lines. */
const maximumLines = 12;

const placeholder =
  /^(?:tba|tbd|to be (?:announced|determined)|(?:episode|folge|épisode) ?#?\d+|#?\d+)\.?$/iu;

/** The name worth showing; null for none, "TBA" and names that only repeat a number. */
export function episodeName(title: string | null): string | null {
  const name = title?.trim() ?? "";
  return name === "" || placeholder.test(name) ? null : name;
}

/** Each episode once, by season and number, specials last. */
export function sortEpisodes(episodes: readonly MailEpisode[]): MailEpisode[] {
  const byCode = new Map<string, MailEpisode>();
  for (const episode of episodes) {
    const code = `${episode.season}/${episode.episode}`;
    const known = byCode.get(code);
    if (!known || (episodeName(known.title) === null && episodeName(episode.title) !== null)) {
      byCode.set(code, episode);
    }
  }
  const rank = (season: number) => (season === 0 ? Number.POSITIVE_INFINITY : season);
  return [...byCode.values()].sort(
    (a, b) =>
      (a.season === b.season ? 0 : rank(a.season) - rank(b.season)) || a.episode - b.episode,
  );
}

function bySeason(episodes: readonly MailEpisode[]): Map<number, MailEpisode[]> {
  const seasons = new Map<number, MailEpisode[]>();
  for (const episode of sortEpisodes(episodes)) {
    const season = seasons.get(episode.season);
    if (season) season.push(episode);
    else seasons.set(episode.season, [episode]);
  }
  return seasons;
}

function consecutive(episodes: readonly MailEpisode[]): MailEpisode[][] {
  const groups: MailEpisode[][] = [];
  for (const episode of episodes) {
    const group = groups.at(-1);
    if (group?.at(-1)?.episode === episode.episode - 1) group.push(episode);
    else groups.push([episode]);
  }
  return groups;
}

const ends = (group: readonly MailEpisode[]): EpisodeRun => ({
  first: group[0]?.episode ?? 0,
  last: group.at(-1)?.episode ?? 0,
});

/** Sum of the lengths; null unless all are known. */
function totalMinutes(episodes: readonly MailEpisode[]): number | null {
  let total = 0;
  for (const { minutes } of episodes) {
    if (minutes === null || minutes <= 0) return null;
    total += minutes;
  }
  return total;
}

/** The seasons of a mail with their consecutive runs, in reading order. */
export function seasonRuns(episodes: readonly MailEpisode[]): SeasonRuns[] {
  return [...bySeason(episodes)].map(([season, members]) => ({
    season,
    runs: consecutive(members).map(ends),
    count: members.length,
  }));
}

/** The list of a mail: runs over 8 folded into one line, at most 12 lines, the rest counted. */
export function listEpisodes(episodes: readonly MailEpisode[]): EpisodeList {
  const seasons: SeasonLines[] = [];
  let room = maximumLines;
  let more = 0;
  for (const [season, members] of bySeason(episodes)) {
    const lines: EpisodeLine[] = [];
    for (const group of consecutive(members)) {
      const folded = group.length > foldAbove;
      const shown = folded ? Math.min(room, 1) : Math.min(room, group.length);
      more += folded ? group.length * (1 - shown) : group.length - shown;
      room -= shown;
      if (shown === 0) continue;
      if (folded) lines.push({ kind: "run", run: ends(group), minutes: totalMinutes(group) });
      else {
        for (const { episode, title, minutes } of group.slice(0, shown)) {
          lines.push({ kind: "episode", episode, title: episodeName(title), minutes });
        }
      }
    }
    if (lines.length > 0) seasons.push({ season, lines });
  }
  return { seasons, more };
}
