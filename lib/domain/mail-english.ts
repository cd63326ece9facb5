import { type AdminEvent, adminEventWords } from "./admin-news";
import type {
  MailContent,
  MailEpisode,
  MailFrame,
  MailNextEpisode,
  MailReason,
  NotInPlexProps,
  TestMailProps,
} from "./mail";
import { clampLine, cleanLine, isolate } from "./mail-characters";
import { dateParts } from "./mail-dates";
import { issueReceivedWords, issueResolvedWords } from "./mail-english-issues";
import { maintenanceWords } from "./mail-english-maintenance";
import { personalLinkWords } from "./mail-english-personal-link";
import { comingSoonWords, qualityWaitingWords } from "./mail-english-quality";
import { weeklyWords } from "./mail-english-weekly";
import { episodeName, foldAbove, type SeasonRuns, seasonRuns, sortEpisodes } from "./mail-episodes";

const subjectLimit = 120;
const preheaderLimit = 140;

/** Where and when a mail is read; a part of every frame. */
type When = Pick<MailFrame, "reader" | "writtenAt">;
/** What an episode list is about, counted. */
type Amount = { count: number; isSpecials: boolean };

const smallNumbers = [
  "No",
  "One",
  "Two",
  "Three",
  "Four",
  "Five",
  "Six",
  "Seven",
  "Eight",
  "Nine",
  "Ten",
  "Eleven",
  "Twelve",
];

/** "a", "a and b", "a, b and c". */
function inSentence(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

const runWords = (run: { first: number; last: number }) =>
  run.first === run.last ? `${run.first}` : `${run.first}–${run.last}`;

const numbers = (season: SeasonRuns) => inSentence(season.runs.map(runWords));

const noun = ({ count, isSpecials }: Amount) => {
  const word = isSpecials ? "special" : "episode";
  return count === 1 ? word : `${word}s`;
};

const amountOf = (seasons: readonly SeasonRuns[]): Amount => ({
  count: seasons.reduce((sum, season) => sum + season.count, 0),
  isSpecials: seasons.every(({ season }) => season === 0),
});

/** "season 3, episodes 3–5", "specials 1–2"; a scattered season is counted instead: "7 episodes of season 3". */
function seasonWords(season: SeasonRuns, mostRuns: number): string {
  const isSpecials = season.season === 0;
  const things = noun({ count: season.count, isSpecials });
  if (season.runs.length > mostRuns) {
    return isSpecials
      ? `${season.count} ${things}`
      : `${season.count} ${things} of season ${season.season}`;
  }
  return isSpecials
    ? `${things} ${numbers(season)}`
    : `season ${season.season}, ${things} ${numbers(season)}`;
}

/** "seasons 1–3 and the specials". */
function seasonsWords(seasons: readonly SeasonRuns[]): string {
  const regular = seasons.filter(({ season }) => season !== 0).map(({ season }) => season);
  const runs: { first: number; last: number }[] = [];
  for (const season of regular) {
    const run = runs.at(-1);
    if (run?.last === season - 1) run.last = season;
    else runs.push({ first: season, last: season });
  }
  const named = `${regular.length === 1 ? "season" : "seasons"} ${inSentence(runs.map(runWords))}`;
  return regular.length < seasons.length ? `${named} and the specials` : named;
}

/** Several seasons with one short run each, spelled out; null when that would be too long. */
function eachSeasonWords(seasons: readonly SeasonRuns[]): string | null {
  const isShort = seasons.length <= 2 && seasons.every(({ runs }) => runs.length === 1);
  return isShort ? inSentence(seasons.map((season) => seasonWords(season, 1))) : null;
}

/** As in a subject: the season is left out where the numbers alone are how people speak. */
function subjectEpisodes(seasons: readonly SeasonRuns[]): string {
  const [only, second] = seasons;
  if (!only || second) {
    const counted = () => `${amountOf(seasons).count} episodes from ${seasonsWords(seasons)}`;
    return eachSeasonWords(seasons) ?? counted();
  }
  const isSpoken = only.season !== 0 && only.count <= foldAbove && only.runs.length <= 3;
  return isSpoken
    ? `${noun({ count: only.count, isSpecials: false })} ${numbers(only)}`
    : seasonWords(only, 3);
}

/** As under a title: seasons always named, the count left to the sentence below. */
function detailEpisodes(seasons: readonly SeasonRuns[]): string {
  const [only, second] = seasons;
  if (only && !second) return seasonWords(only, 3);
  return eachSeasonWords(seasons) ?? seasonsWords(seasons);
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const isOrAre = (count: number) => (count === 1 ? "is" : "are");
const inFourK = (isFourK: boolean) => (isFourK ? " in 4K" : "");
const person = (name: string) => isolate(clampLine(name, 60));
const calledBy = (name: string | null) => (name && cleanLine(name) ? `, ${person(name)}` : "");

function day(date: Date, { reader, writtenAt }: When, weekday: "named" | "left out"): string {
  const parts = dateParts(date, "en-GB", reader.timeZone);
  const thisYear = dateParts(writtenAt, "en-GB", reader.timeZone).year === parts.year;
  const dayAndMonth = `${parts.day} ${parts.month}${thisYear ? "" : ` ${parts.year}`}`;
  return weekday === "named" ? `${parts.weekday} ${dayAndMonth}` : dayAndMonth;
}

/** "Saturday 21 November at 22:40 CET". */
function moment(date: Date, when: When): string {
  const { time, zone } = dateParts(date, "en-GB", when.reader.timeZone);
  return `${day(date, when, "named")} at ${time} ${zone}`;
}

/** "52 min", "1 h 54 min", "2 h"; empty when not known. */
function length(minutes: number | null): string {
  const whole = Math.round(minutes ?? 0);
  if (whole <= 0) return "";
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  return [hours > 0 ? `${hours} h` : "", rest > 0 ? `${rest} min` : ""].filter(Boolean).join(" ");
}

/** The line about what comes next; null when there is nothing to promise. */
function nextEpisode(
  next: MailNextEpisode | null,
  episodes: readonly MailEpisode[],
  when: When,
): string | null {
  if (!next || next.airsAt.getTime() <= when.writtenAt.getTime()) return null;
  const date = day(next.airsAt, when, "named");
  if (next.season === 0) return `Special ${next.episode} airs on ${date}.`;
  if (episodes.every(({ season }) => season === next.season)) {
    return `Episode ${next.episode} airs on ${date}.`;
  }
  return next.episode === 1
    ? `Season ${next.season} begins on ${date}.`
    : `Season ${next.season}, episode ${next.episode} airs on ${date}.`;
}

function reason(why: MailReason, title: string, when: When): string {
  const on = (at: Date | null) => (at ? ` on ${day(at, when, "left out")}` : "");
  const named = isolate(clampLine(title, 100));
  switch (why.kind) {
    case "requested":
      return `You get this because you asked for ${named}${on(why.at)}.`;
    case "attached":
      return why.by
        ? `You get this because ${person(why.by)} added you to ${named}${on(why.at)}.`
        : `You get this because you were added to ${named}${on(why.at)}.`;
    case "following":
      return `You get this because you follow ${named}.`;
  }
}

function newOnServer(episodes: readonly MailEpisode[], name: string | null): string {
  const amount = amountOf(seasonRuns(episodes));
  const subject =
    amount.count === 1
      ? `A new ${noun(amount)} is`
      : `${smallNumbers[amount.count] ?? amount.count} new ${noun(amount)} are`;
  return `${subject} on the server${calledBy(name)}.`;
}

/** People in one phrase: at most three names, then a count. */
function people(names: readonly string[]): string {
  const named = names.slice(0, names.length > 4 ? 3 : 4).map(person);
  const others = names.length - named.length;
  return inSentence(others > 0 ? [...named, `${others} others`] : named);
}

function waiting(names: readonly string[]): string {
  if (names.length === 0) return "Nobody has been told.";
  return names.length === 1
    ? `${people(names)} has not been told. The mail leaves when Plex shows it.`
    : `${people(names)} have not been told. Their mail leaves when Plex shows it.`;
}

function notInPlexThing({ what }: NotInPlexProps): { words: string; count: number } | null {
  if (what.kind === "movie") return null;
  const seasons = seasonRuns(what.episodes);
  return { words: subjectEpisodes(seasons), count: amountOf(seasons).count };
}

const securityWords = { starttls: "STARTTLS", ssl: "TLS", none: "no encryption" } as const;

const seasonName = (season: number) => (season === 0 ? "Specials" : `Season ${season}`);

const dotted = (parts: readonly string[]) => parts.filter(Boolean).join(" · ");

const episodesDetail = (year: number | null, episodes: readonly MailEpisode[]) =>
  dotted([year ? `${year}` : "", capital(detailEpisodes(seasonRuns(episodes)))]);

const movieDetail = (year: number | null, minutes: number | null) =>
  dotted([year ? `${year}` : "", length(minutes)]);

const movieOnServer = (name: string | null) => `The film is on the server${calledBy(name)}.`;

/** Title first, then the news: the title gives way when both are too long. */
function titledSubject(title: string, news: string): string {
  // Two characters are kept for the isolates of a right-to-left title.
  return `${isolate(clampLine(title, Math.max(20, subjectLimit - news.length - 2)))}${news}`;
}

function subject(mail: MailContent): string {
  switch (mail.kind) {
    case "episodes_available": {
      const seasons = seasonRuns(mail.props.episodes);
      const verb = isOrAre(amountOf(seasons).count);
      const news = `: ${subjectEpisodes(seasons)} ${verb} ready${inFourK(mail.props.isFourK)}`;
      return titledSubject(mail.props.title, news);
    }
    case "movie_available":
      return titledSubject(mail.props.title, ` is ready${inFourK(mail.props.isFourK)}`);
    case "test":
      return `Test mail from ${isolate(clampLine(mail.props.appearance.serverName, 90))}`;
    case "coming_soon":
      return comingSoonWords.subject(mail.props);
    case "quality_waiting":
      return qualityWaitingWords.subject(mail.props);
    case "issue_received":
      return issueReceivedWords.subject(mail.props);
    case "issue_resolved":
      return issueResolvedWords.subject(mail.props);
    case "maintenance":
      return maintenanceWords.subject(mail.props);
    case "personal_link":
      return personalLinkWords.subject(mail.props);
    case "weekly_summary":
      return weeklyWords.subject(mail.props);
    case "admin_alert":
      return isolate(clampLine(mail.props.subject, subjectLimit - 2));
    case "not_in_plex": {
      const thing = notInPlexThing(mail.props);
      const imported = `imported but not in Plex${mail.props.isFourK ? " (4K)" : ""}`;
      return titledSubject(
        mail.props.title,
        thing ? `: ${thing.words} ${isOrAre(thing.count)} ${imported}` : ` is ${imported}`,
      );
    }
  }
}

function preheader(mail: MailContent): string {
  switch (mail.kind) {
    case "episodes_available": {
      const { props } = mail;
      const seasons = seasonRuns(props.episodes);
      const names = sortEpisodes(props.episodes).map(({ title }) => episodeName(title));
      const [only] = seasons;
      const allNamed = names.every((name) => name !== null) && names.length <= 4;
      const news =
        only && seasons.length === 1 && allNamed
          ? `${seasonName(only.season)}: ${names.map((name) => clampLine(name ?? "", 60)).join(", ")}.`
          : newOnServer(props.episodes, props.reader.name);
      const next = nextEpisode(props.next, props.episodes, props);
      return clampLine([news, next].filter(Boolean).join(" "), preheaderLimit);
    }
    case "movie_available": {
      const { year, minutes, overview, reader } = mail.props;
      const detail = movieDetail(year, minutes);
      const about = overview ? clampLine(overview, preheaderLimit) : "";
      const told = about || movieOnServer(reader.name);
      return clampLine([detail, told].filter(Boolean).join(". "), preheaderLimit);
    }
    case "test":
      return clampLine(
        `Sent through ${mail.props.smtp.host} on ${moment(mail.props.writtenAt, mail.props)}.`,
        preheaderLimit,
      );
    case "coming_soon":
      return comingSoonWords.preheader(mail.props);
    case "quality_waiting":
      return qualityWaitingWords.preheader(mail.props);
    case "issue_received":
      return clampLine(issueReceivedWords.next(mail.props), preheaderLimit);
    case "issue_resolved":
      return clampLine(issueResolvedWords.sentence(mail.props), preheaderLimit);
    case "maintenance":
      return clampLine(maintenanceWords.sentence(mail.props), preheaderLimit);
    case "personal_link":
      return clampLine(personalLinkWords.sentence(mail.props), preheaderLimit);
    case "weekly_summary":
      return weeklyWords.heading(mail.props);
    case "admin_alert":
      return clampLine(mail.props.lines[0] || mail.props.headline, preheaderLimit);
    case "not_in_plex":
      return clampLine(waiting(mail.props.waiting), preheaderLimit);
  }
}

/** Every word of the mails in English. Outside text in it is clean and one line, but not escaped. */
export const englishMailWords = {
  subject,
  preheader,
  readyToWatch: (isFourK: boolean) => `Ready to watch${inFourK(isFourK)}`,
  posterOf: (title: string) => `Poster of ${clampLine(title, 100)}`,
  playInPlex: "Play in Plex",
  playInApp: "Open in the Plex app on a phone",
  muteShow: "Mute this show",
  muteMovie: "Mute this film",
  preferences: "Choose what you get",
  calendar: "Calendar",
  unsubscribe: "Unsubscribe",
  openDashboard: "Open the dashboard",
  changeThis: "Change this",
  length,
  moment,
  nextEpisode,
  reason,
  newOnServer,
  seasonName,
  episodeLine: (season: number, numbersOfLine: string, count: number) =>
    `${capital(noun({ count, isSpecials: season === 0 }))} ${numbersOfLine}`,
  episodeRun: runWords,
  andMore: (count: number) => `and ${count} more`,
  noNameYet: "No name yet",
  episodesDetail,
  movieDetail,
  movieOnServer,
  sample: {
    subject: (subjectOfNews: string) => clampLine(`Sample: ${subjectOfNews}`, subjectLimit),
    note: "This is a sample. Nothing of it has happened.",
  },
  adminReason: (serverName: string) => `You get this because you look after ${person(serverName)}.`,
  test: {
    kicker: "Test mail",
    heading: "Mail from this server arrives",
    sentence:
      "Your people see this frame around their mails: your name, your picture, your colour.",
    rows: (props: TestMailProps): [string, string][] => [
      ["Sent", moment(props.writtenAt, props)],
      [
        "Through",
        `${cleanLine(props.smtp.host)}, port ${props.smtp.port}, ${securityWords[props.smtp.security]}`,
      ],
      ["From", cleanLine(props.from)],
      ["To", cleanLine(props.to)],
    ],
    reason: "You get this because somebody asked for a test on the dashboard.",
  },
  comingSoon: comingSoonWords,
  qualityWaiting: qualityWaitingWords,
  issueReceived: issueReceivedWords,
  issueResolved: issueResolvedWords,
  maintenance: maintenanceWords,
  weekly: weeklyWords,
  personalLink: personalLinkWords,
  adminAlert: { kicker: (event: AdminEvent) => adminEventWords[event] },
  notInPlex: {
    kicker: "Imported, not in Plex",
    detail: ({ year, what }: NotInPlexProps) => {
      if (what.kind === "movie") return movieDetail(year, null);
      const [only] = what.episodes;
      const name = what.episodes.length === 1 && only ? episodeName(only.title) : null;
      return dotted([
        episodesDetail(year, what.episodes),
        name ? isolate(clampLine(name, 90)) : "",
      ]);
    },
    sentence: (props: NotInPlexProps) => {
      const [first] = props.files;
      const it = props.files.length > 1 ? "them" : "it";
      const at = first ? ` on ${moment(first.importedAt, props)}` : "";
      const since = props.files.length > 1 ? `, the first${at}` : at;
      return `${person(props.instance)} imported ${it}${since}. Plex does not show ${it}.`;
    },
    waiting,
    fileHeading: (count: number) => (count === 1 ? "The file" : "The files"),
    checkHeading: "What to check",
    checks: [
      "The folder belongs to a Plex library. In containers Plex can know it by another path.",
      "Plex may read it: permissions, a disk that is not mounted.",
      "The library was scanned since. In Plex: Scan Library Files.",
      "Plex took it for the right title. If not, in Plex: Fix Match.",
    ],
  },
};
