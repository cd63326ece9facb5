import type {
  EpisodesAvailableProps,
  MailEpisode,
  MailNextEpisode,
  MovieAvailableProps,
} from "../mail";
import { clampLine } from "../mail-characters";
import { episodeName, seasonRuns, sortEpisodes } from "../mail-episodes";
import { amountOf, type EpisodeWords } from "./episodes";
import type { MailPhrases } from "./phrases";
import {
  calledBy,
  capital,
  dotted,
  type MailTools,
  preheaderLimit,
  titledSubject,
  type When,
} from "./tools";

/** The words of the mails that say: it plays now. */
export function availableWords(phrases: MailPhrases, tools: MailTools, episodes: EpisodeWords) {
  const says = phrases.available;
  const inFourK = (isFourK: boolean) => (isFourK ? phrases.inFourK : "");

  /** The line about what comes next; null when there is nothing to promise. */
  function nextEpisode(
    next: MailNextEpisode | null,
    told: readonly MailEpisode[],
    when: When,
  ): string | null {
    if (!next || next.airsAt.getTime() <= when.writtenAt.getTime()) return null;
    const day = tools.weekday(next.airsAt, when);
    if (next.season === 0) return says.nextSpecial(next.episode, day);
    if (told.every(({ season }) => season === next.season)) {
      return says.nextEpisode(next.episode, day);
    }
    return next.episode === 1
      ? says.seasonBegins(next.season, day)
      : says.nextInSeason(next.season, next.episode, day);
  }

  const newOnServer = (told: readonly MailEpisode[], name: string | null) =>
    says.episodesOnServer(amountOf(seasonRuns(told)), calledBy(name));

  const movieOnServer = (name: string | null) => says.movieOnServer(calledBy(name));

  const movieDetail = (year: number | null, minutes: number | null) =>
    dotted([year ? `${year}` : "", tools.length(minutes)]);

  function episodesSubject({ title, isFourK, episodes: told }: EpisodesAvailableProps): string {
    const seasons = seasonRuns(told);
    const what = episodes.inSubject(seasons);
    return titledSubject(
      title,
      says.episodesReady(what, amountOf(seasons).count, inFourK(isFourK)),
    );
  }

  function episodesPreheader(props: EpisodesAvailableProps): string {
    const [only, second] = seasonRuns(props.episodes);
    const names = sortEpisodes(props.episodes).map(({ title }) => episodeName(title));
    const allNamed = names.every((name) => name !== null) && names.length <= 4;
    const news =
      only && !second && allNamed
        ? `${episodes.seasonName(only.season)}: ${names.map((name) => clampLine(name ?? "", 60)).join(", ")}.`
        : newOnServer(props.episodes, props.reader.name);
    const next = nextEpisode(props.next, props.episodes, props);
    return clampLine([news, next].filter(Boolean).join(" "), preheaderLimit);
  }

  function moviePreheader({ year, minutes, overview, reader }: MovieAvailableProps): string {
    const about = overview ? clampLine(overview, preheaderLimit) : "";
    const told = about || movieOnServer(reader.name);
    return clampLine([movieDetail(year, minutes), told].filter(Boolean).join(". "), preheaderLimit);
  }

  return {
    readyToWatch: says.kicker,
    episodesSubject,
    movieSubject: ({ title, isFourK }: MovieAvailableProps) =>
      titledSubject(title, says.movieReady(inFourK(isFourK))),
    episodesPreheader,
    moviePreheader,
    nextEpisode,
    newOnServer,
    movieOnServer,
    movieDetail,
    episodesDetail: (year: number | null, told: readonly MailEpisode[]) =>
      dotted([year ? `${year}` : "", capital(episodes.inDetail(seasonRuns(told)))]),
  };
}
