import type { ComingSoonProps, QualityWaitingProps } from "../mail";
import { clampLine, cleanLine } from "../mail-characters";
import { seasonRuns } from "../mail-episodes";
import { amountOf, type EpisodeWords } from "./episodes";
import type { MailPhrases } from "./phrases";
import { calledBy, capital, dotted, type MailTools, preheaderLimit, titledSubject } from "./tools";

/** The words of the mails to people who wait: coming soon, quality waiting. */

/** Movies are released on a day, which is the same day everywhere; episodes air at a moment. */
const zoneOf = ({ release, reader }: Pick<ComingSoonProps, "release" | "reader">) =>
  release === "air" ? reader.timeZone : "UTC";

/** The words of "not out yet". */
export function comingSoonWords(phrases: MailPhrases, tools: MailTools) {
  const says = phrases.comingSoon;

  function subject(props: ComingSoonProps): string {
    const { mediaType, season } = props;
    const inFourK = props.isFourK ? phrases.inFourK : "";
    const rest = [
      inFourK,
      props.movedFrom !== null,
      tools.shortDay(props.at, props, zoneOf(props)),
    ] as const;
    if (mediaType === "movie") return titledSubject(props.title, says.movieComes(...rest));
    if (season === 0) return titledSubject(props.title, says.specialsBegin(...rest));
    return titledSubject(
      props.title,
      season !== null && season > 1 ? says.seasonBegins(season, ...rest) : says.showBegins(...rest),
    );
  }

  /** The line beside the tile: "Digital release", "First episode of season 2". */
  function release({ release: kind, season }: ComingSoonProps): string {
    if (kind !== "air" || season === null) return says.release[kind];
    if (season === 0) return says.firstOfSpecials;
    return season > 1 ? says.firstOfSeason(season) : says.release.air;
  }

  /** "Friday 4 December 2026", for episodes with the time and its zone. */
  function wholeDate(props: ComingSoonProps): string {
    const day = capital(tools.wholeDay(props.at, props, zoneOf(props)));
    return props.release === "air" ? phrases.moment(day, tools.clock(props.at, props)) : day;
  }

  /** What the tile shows: short month, day. */
  function tile(props: ComingSoonProps): { month: string; day: string } {
    const { month, day } = tools.partsOf(props.at, zoneOf(props));
    return { month: phrases.shortMonth(month), day };
  }

  function sentenceTo(name: string | null, props: ComingSoonProps): string {
    if (!props.movedFrom) return says.isIn(calledBy(name));
    const zone = zoneOf(props);
    const from = tools.shortDay(props.movedFrom, props, zone);
    return says.moved(from, tools.shortDay(props.at, props, zone), calledBy(name));
  }

  function preheader(props: ComingSoonProps): string {
    if (props.movedFrom) return clampLine(sentenceTo(null, props), preheaderLimit);
    if (props.mediaType === "tv") return says.preheader.show;
    return props.release === "cinema" ? says.preheader.beforeCinema : says.preheader.beforeHome;
  }

  return {
    subject,
    preheader,
    kicker: ({ movedFrom }: ComingSoonProps) => says.kicker(movedFrom !== null),
    detail: (props: ComingSoonProps) => {
      const { year, inCinemasSince } = props;
      return dotted([
        year ? `${year}` : "",
        inCinemasSince ? says.inCinemasSince(tools.shortDay(inCinemasSince, props, "UTC")) : "",
      ]);
    },
    tile,
    release,
    wholeDate,
    sentence: (props: ComingSoonProps) => sentenceTo(props.reader.name, props),
    addToCalendar: says.addToCalendar,
  };
}

/** The words of "out, but not to be had in good quality". */
export function qualityWaitingWords(
  phrases: MailPhrases,
  tools: MailTools,
  episodes: EpisodeWords,
) {
  const says = phrases.qualityWaiting;

  const seasonsOf = (props: QualityWaitingProps) =>
    seasonRuns(props.episodes.map((one) => ({ ...one, title: null, minutes: null })));

  const named = (quality: string | null) => (quality ? cleanLine(quality) : null);

  function sentence(props: QualityWaitingProps): string {
    const { because } = props;
    const called = calledBy(props.reader.name);
    if (props.mediaType === "movie") return says.movie[because](called, named(props.quality));
    const seasons = seasonsOf(props);
    const what = capital(episodes.inSentence(seasons));
    return says.episodes[because](what, amountOf(seasons).count, called, named(props.quality));
  }

  /** The three steps: what is done, what is under way, what comes. */
  function steps(props: QualityWaitingProps): { words: string; detail: string | null }[] {
    return [
      {
        words: says.steps.asked,
        detail: props.askedAt ? tools.shortDay(props.askedAt, props) : null,
      },
      {
        words: says.steps.under[props.because](named(props.quality)),
        detail: says.steps.since(tools.shortDay(props.since, props)),
      },
      { words: says.steps.ready, detail: null },
    ];
  }

  return {
    subject: (props: QualityWaitingProps) =>
      titledSubject(props.title, says.subject[props.because](props.isFourK ? phrases.inFourK : "")),
    preheader: ({ because }: QualityWaitingProps) => says.preheader[because],
    kicker: ({ because }: QualityWaitingProps) => says.kicker[because],
    detail: (props: QualityWaitingProps) =>
      dotted([
        props.year ? `${props.year}` : "",
        props.mediaType === "tv" ? capital(episodes.inSentence(seasonsOf(props))) : "",
      ]),
    sentence,
    steps,
    atMost: says.atMost,
  };
}
