import { type MediaIdentity, parseMediaKey } from "./media";

/** Small English phrases for the timeline, the inbox and status reasons. Mails have their own catalogue. */

/** "the movie", "episode 5", "episodes 3 and 4", "episodes 1 to 10", "season 1, episode 2; season 2, episodes 1 and 2". */
export function itemWords(mediaKeys: readonly string[]): string {
  const identities = mediaKeys.map(parseMediaKey).filter((identity) => identity !== null);
  const episodes = identities.filter((identity) => identity.kind === "episode");
  if (episodes.length === 0) return "the movie";
  const seasons = [...new Set(episodes.map((episode) => episode.season))].sort((a, b) => a - b);
  const numbersOf = (season: number) =>
    episodes.filter((e) => e.season === season).map((e) => e.episode);
  if (seasons.length === 1 && seasons[0] !== undefined && seasons[0] > 0) {
    return episodeListWords(numbersOf(seasons[0]));
  }
  return seasons
    .map(
      (season) =>
        `${season === 0 ? "specials" : `season ${season}`}, ${episodeListWords(numbersOf(season))}`,
    )
    .join("; ");
}

/** "episode 5", "episodes 3 and 4", "episodes 1 to 10". */
export function episodeListWords(numbers: readonly number[]): string {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const runs: { from: number; to: number }[] = [];
  for (const number of sorted) {
    const last = runs.at(-1);
    if (last && number === last.to + 1) last.to = number;
    else runs.push({ from: number, to: number });
  }
  const parts = runs.flatMap(({ from, to }) =>
    to - from >= 2 ? [`${from} to ${to}`] : to === from ? [`${from}`] : [`${from}`, `${to}`],
  );
  return `${sorted.length === 1 ? "episode" : "episodes"} ${listWords(parts)}`;
}

/** "Anna", "Anna and Jonas", "Anna, Jonas and Mira". */
export function listWords(parts: readonly string[]): string {
  if (parts.length <= 1) return parts[0] ?? "";
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** First letter in upper case. */
export function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "20:26", with the day when it is not today's. */
export function clockWords(at: Date, now: Date, timeZone: string): string {
  const time = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
  }).format(at);
  const day = (date: Date) => new Intl.DateTimeFormat("en-CA", { timeZone }).format(date);
  if (day(at) === day(now)) return time;
  const words = new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone,
  });
  return `${words.format(at)} ${time}`;
}

/** "3 minutes", "1 hour", "45 seconds". */
export function durationWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const [amount, unit] =
    seconds < 90
      ? [seconds, "second"]
      : seconds < 90 * 60
        ? [Math.round(seconds / 60), "minute"]
        : [Math.round(seconds / 3600), "hour"];
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}

/** Names an item for a fact of its own: `episode 5 “Slack Water”`, `the movie`. */
export function namedItem(identity: MediaIdentity, episodeTitle: string | null): string {
  if (identity.kind === "movie") return "the movie";
  const number =
    identity.season === 0 ? `special ${identity.episode}` : `episode ${identity.episode}`;
  return episodeTitle ? `${number} “${episodeTitle}”` : number;
}
