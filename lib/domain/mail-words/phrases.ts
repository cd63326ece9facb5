import type {
  ComingSoonProps,
  IssueMailProps,
  MaintenanceProps,
  QualityWaitingProps,
} from "../mail";

/**
 * What a language brings along: its phrases, as pieces that are whole in themselves. Which of them a mail says, and in
 * which order, is the same in all languages and lives beside this file. Titles and names arrive clean, clamped and
 * isolated; `called` is ", Anna" or empty.
 */

/** Some episodes or specials, counted. */
export type Amount = { count: number; isSpecials: boolean };

/** A date taken apart; null leaves a part out. */
export type Day = { weekday: string | null; day: string; month: string; year: string | null };

export type MailPhrases = {
  /** Of dates and lists, for `Intl`. */
  locale: string;
  day(day: Day): string;
  /** For the leaf of a calendar: three or four letters. */
  shortMonth(month: string): string;
  /** "22:40 CET", also of a span such as "20:00–22:00". */
  clock(time: string, zone: string): string;
  /** "Saturday 21 November at 22:40 CET". */
  moment(day: string, clock: string): string;
  /** From one moment to another. */
  span(from: string, to: string): string;
  hours(count: number): string;
  minutes(count: number): string;
  inFourK: string;

  episodes: {
    /** "episodes 3–5", "special 2". */
    numbered(amount: Amount, numbers: string): string;
    /** "season 3, episodes 3–5". */
    inSeason(season: number, episodes: string): string;
    /** "7 episodes of season 3"; null: of no season in particular. */
    counted(amount: Amount, season: number | null): string;
    /** "14 episodes from seasons 1–3 and the specials"; `regular` counts the seasons. */
    countedFrom(count: number, seasons: string, regular: number, withSpecials: boolean): string;
    /** "season 2", "seasons 1–3 and the specials". */
    seasons(seasons: string, regular: number, withSpecials: boolean): string;
    /** Heading of a part of a list. */
    season(season: number): string;
    specials: string;
    allSeasons: string;
    noNameYet: string;
    /** Under a list that was cut. */
    andMore(count: number): string;
  };

  available: {
    kicker(isFourK: boolean): string;
    /** What follows the title in a subject. */
    episodesReady(episodes: string, count: number, inFourK: string): string;
    movieReady(inFourK: string): string;
    episodesOnServer(amount: Amount, called: string): string;
    movieOnServer(called: string): string;
    nextSpecial(number: number, day: string): string;
    nextEpisode(number: number, day: string): string;
    nextInSeason(season: number, number: number, day: string): string;
    seasonBegins(season: number, day: string): string;
  };

  digest: {
    /** `titles` are a list such as "Neap, Saltmarsh and 2 others". */
    subject(titles: string, count: number): string;
    others(count: number): string;
    kicker: string;
    heading(count: number): string;
    sentence(called: string): string;
    play: string;
    reason: string;
  };

  comingSoon: {
    kicker(isMoved: boolean): string;
    movieComes(inFourK: string, isMoved: boolean, day: string): string;
    showBegins(inFourK: string, isMoved: boolean, day: string): string;
    seasonBegins(season: number, inFourK: string, isMoved: boolean, day: string): string;
    specialsBegin(inFourK: string, isMoved: boolean, day: string): string;
    release: Record<ComingSoonProps["release"], string>;
    firstOfSeason(season: number): string;
    firstOfSpecials: string;
    isIn(called: string): string;
    moved(from: string, to: string, called: string): string;
    inCinemasSince(day: string): string;
    preheader: { show: string; beforeCinema: string; beforeHome: string };
    addToCalendar: string;
  };

  qualityWaiting: {
    kicker: Record<QualityWaitingProps["because"], string>;
    subject: Record<QualityWaitingProps["because"], (inFourK: string) => string>;
    preheader: Record<QualityWaitingProps["because"], string>;
    /** `quality` is null when no quality is named. */
    movie: Record<
      QualityWaitingProps["because"],
      (called: string, quality: string | null) => string
    >;
    episodes: Record<
      QualityWaitingProps["because"],
      (episodes: string, count: number, called: string, quality: string | null) => string
    >;
    steps: {
      asked: string;
      under: Record<QualityWaitingProps["because"], (quality: string | null) => string>;
      since(day: string): string;
      ready: string;
    };
    atMost: string;
  };

  issues: {
    receivedSubject(problem: IssueMailProps["problem"]): string;
    receivedKicker: string;
    received(problem: IssueMailProps["problem"], called: string): string;
    next: Record<"searching" | "admin", string>;
    resolvedSubject: string;
    resolvedKicker: string;
    resolved(called: string): string;
    ifNoBetter: string;
    youWrote: string;
    reported: string;
    qualityNow: string;
    /** "A problem with the audio". */
    problem: Record<IssueMailProps["problem"], string>;
    reason(problem: IssueMailProps["problem"], day: string): string;
  };

  maintenance: {
    kicker: Record<MaintenanceProps["news"] | "moved", string>;
    /** Whole subjects: `at` is the day, for a reminder the time. */
    subject: Record<MaintenanceProps["news"] | "moved", (server: string, at: string) => string>;
    announced(span: string): string;
    moved(span: string): string;
    reminder(from: string, to: string): string;
    done(at: string, isEarly: boolean): string;
    cancelled: string;
    meanwhile: Record<MaintenanceProps["news"], string>;
    begins: string;
    ends: string;
    before: string;
    began: string;
    ended: string;
    planned: string;
    reason: string;
  };

  personalLink: Record<
    "page" | "follow",
    {
      /** `name` is the server's, or the title to follow. */
      subject(name: string): string;
      kicker: string;
      heading(name: string): string;
      /** Begins with the reader's name, when it is known. */
      sentence(name: string | null): string;
      button: string;
      secret: string;
      reason: string;
    }
  >;

  reason: {
    /** `day` is null when it is not known. */
    requested(title: string, day: string | null): string;
    attached(title: string, by: string | null, day: string | null): string;
    following(title: string): string;
  };

  posterOf(title: string): string;
  playInPlex: string;
  playInApp: string;
  muteShow: string;
  muteMovie: string;
  preferences: string;
  calendar: string;
  unsubscribe: string;
  sample: { subject(subject: string): string; note: string };
};
