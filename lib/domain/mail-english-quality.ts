import type { ComingSoonProps, MailFrame, QualityWaitingProps } from "./mail";
import { clampLine, cleanLine, isolate } from "./mail-characters";
import { dateParts } from "./mail-dates";
import { seasonRuns } from "./mail-episodes";

/** The English words of the mails to people who wait: coming soon, quality waiting. */

type When = Pick<MailFrame, "reader" | "writtenAt">;

const subjectLimit = 120;

const partsIn = (date: Date, timeZone: string) => dateParts(date, "en-GB", timeZone);

const dated = (text: string) => clampLine(text, subjectLimit);

/** Movies are released on a day, which is the same day everywhere; episodes air at a moment. */
const zoneOf = ({ release, reader }: Pick<ComingSoonProps, "release" | "reader">) =>
  release === "air" ? reader.timeZone : "UTC";

/** "4 December", with the year when it is not this one. */
function dayMonth(date: Date, timeZone: string, { reader, writtenAt }: When): string {
  const { day, month, year } = partsIn(date, timeZone);
  const thisYear = partsIn(writtenAt, reader.timeZone).year;
  return `${day} ${month}${year === thisYear ? "" : ` ${year}`}`;
}

const calledBy = (name: string | null) =>
  name && cleanLine(name) ? `, ${isolate(clampLine(name, 60))}` : "";

function titled(title: string, news: string): string {
  return `${isolate(clampLine(title, Math.max(20, subjectLimit - news.length - 2)))}${news}`;
}

/** "season 2 begins" where it is not the first, "begins" for a show as a whole, nothing for a movie. */
function whatComes({ mediaType, season, isFourK }: ComingSoonProps): { of: string; verb: string } {
  const fourK = isFourK ? " in 4K" : "";
  if (mediaType === "movie") return { of: fourK, verb: "comes" };
  if (season === 0) return { of: `: the specials${fourK}`, verb: "begin" };
  return season !== null && season > 1
    ? { of: `: season ${season}${fourK}`, verb: "begins" }
    : { of: fourK, verb: "begins" };
}

function comingSoonSubject(props: ComingSoonProps): string {
  const { of, verb } = whatComes(props);
  const on = dayMonth(props.at, zoneOf(props), props);
  return titled(props.title, `${of}${props.movedFrom ? " now" : ""} ${verb} on ${on}`);
}

const releaseWords = {
  digital: "Digital release",
  physical: "Release on disc",
  cinema: "In cinemas",
  air: "First episode",
} as const;

/** The line beside the tile: "Digital release", "First episode of season 2". */
function release({ release: kind, season }: ComingSoonProps): string {
  if (kind !== "air" || season === null) return releaseWords[kind];
  if (season === 0) return "First of the specials";
  return season > 1 ? `First episode of season ${season}` : releaseWords.air;
}

/** "Friday 4 December 2026", for episodes with the time and its zone. */
function wholeDate(props: ComingSoonProps): string {
  const { weekday, day, month, year, time, zone } = partsIn(props.at, zoneOf(props));
  const date = `${weekday} ${day} ${month} ${year}`;
  return props.release === "air" ? `${date} at ${time} ${zone}` : date;
}

/** What the tile shows: short month, day. */
function tile(props: ComingSoonProps): { month: string; day: string } {
  const { month, day } = partsIn(props.at, zoneOf(props));
  return { month: month.slice(0, 3), day };
}

function comingSoonSentence(props: ComingSoonProps): string {
  const name = calledBy(props.reader.name);
  if (!props.movedFrom) {
    return `Your request is in${name}. You get one mail when it is ready to watch, and one if the date moves.`;
  }
  const zone = zoneOf(props);
  const from = dayMonth(props.movedFrom, zone, props);
  const to = dayMonth(props.at, zone, props);
  return `The date moved from ${from} to ${to}${name}. You get one mail when it is ready to watch.`;
}

function comingSoonDetail(props: ComingSoonProps): string {
  const { year, inCinemasSince } = props;
  const cinemas = inCinemasSince
    ? `in cinemas since ${dayMonth(inCinemasSince, "UTC", props)}`
    : "";
  return [year ? `${year}` : "", cinemas].filter(Boolean).join(" · ");
}

function comingSoonPreheader(props: ComingSoonProps): string {
  if (props.movedFrom)
    return dated(comingSoonSentence({ ...props, reader: { ...props.reader, name: null } }));
  if (props.mediaType === "tv") return "Your request is in. Nothing of it has aired yet.";
  return props.release === "cinema"
    ? "Your request is in. The film is not out yet."
    : "Your request is in. The film is not out for home viewing yet.";
}

/** "season 2, episodes 3–5"; long or scattered lists are counted. */
function episodes({ episodes: list }: QualityWaitingProps): { words: string; count: number } {
  const seasons = seasonRuns(list.map((one) => ({ ...one, title: null, minutes: null })));
  const count = seasons.reduce((sum, season) => sum + season.count, 0);
  const [only, second] = seasons;
  const noun = count === 1 ? "episode" : "episodes";
  if (only && !second && only.runs.length <= 3) {
    const runs = only.runs.map(({ first, last }) =>
      first === last ? `${first}` : `${first}–${last}`,
    );
    const numbers =
      runs.length < 2 ? runs.join("") : `${runs.slice(0, -1).join(", ")} and ${runs.at(-1)}`;
    return only.season === 0
      ? { words: `special ${noun} ${numbers}`, count }
      : { words: `season ${only.season}, ${noun} ${numbers}`, count };
  }
  return { words: `${count} ${noun}`, count };
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function qualityWaitingSubject(props: QualityWaitingProps): string {
  const copy =
    props.because === "missing" ? "still looking for a good copy" : "waiting for a better copy";
  return titled(props.title, `: ${copy}${props.isFourK ? " in 4K" : ""}`);
}

const inQuality = (quality: string | null) =>
  quality ? ` in ${cleanLine(quality)}` : " in good quality";

function qualityWaitingSentence(props: QualityWaitingProps): string {
  const name = calledBy(props.reader.name);
  const quality = inQuality(props.quality);
  const tail = "Nothing for you to do.";
  if (props.mediaType === "movie") {
    return props.because === "missing"
      ? `The film is out${name}, but nobody offers it${quality} yet. We keep looking. ${tail}`
      : `A first copy is here${name}, but not${quality} yet. We wait for a better one. ${tail}`;
  }
  const { words, count } = episodes(props);
  const what = capital(words);
  const it = count === 1 ? "it" : "them";
  return props.because === "missing"
    ? `${what} ${count === 1 ? "is" : "are"} out${name}, but nobody offers ${it}${quality} yet. We keep looking. ${tail}`
    : `${what} ${count === 1 ? "is" : "are"} here${name}, but not${quality} yet. We wait for a better copy. ${tail}`;
}

/** The three steps: what is done, what is under way, what comes. */
function steps(props: QualityWaitingProps): { words: string; detail: string | null }[] {
  const zone = props.reader.timeZone;
  const asked = props.askedAt ? dayMonth(props.askedAt, zone, props) : null;
  const quality = props.quality ? cleanLine(props.quality) : "a good copy";
  const verb = props.because === "missing" ? "Looking for" : "Waiting for";
  return [
    { words: "Asked for", detail: asked },
    { words: `${verb} ${quality}`, detail: `since ${dayMonth(props.since, zone, props)}` },
    { words: "Ready to watch, and you get a mail", detail: null },
  ];
}

function qualityWaitingDetail(props: QualityWaitingProps): string {
  const which = props.mediaType === "tv" ? capital(episodes(props).words) : "";
  return [props.year ? `${props.year}` : "", which].filter(Boolean).join(" · ");
}

export const comingSoonWords = {
  subject: comingSoonSubject,
  preheader: comingSoonPreheader,
  kicker: ({ movedFrom }: ComingSoonProps) => (movedFrom ? "The date moved" : "Not out yet"),
  detail: comingSoonDetail,
  tile,
  release,
  wholeDate,
  sentence: comingSoonSentence,
  addToCalendar: "Add to my calendar",
};

export const qualityWaitingWords = {
  subject: qualityWaitingSubject,
  preheader: ({ because }: QualityWaitingProps) =>
    because === "missing"
      ? "It is out, but not yet in the quality we keep. Nothing for you to do."
      : "It is here, but not yet in the quality we keep. Nothing for you to do.",
  kicker: ({ because }: QualityWaitingProps) =>
    because === "missing" ? "Still looking" : "A better copy is on its way",
  detail: qualityWaitingDetail,
  sentence: qualityWaitingSentence,
  steps,
  atMost: "We write about it at most once a week.",
};
