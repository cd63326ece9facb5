import type { WeeklySummaryProps } from "../mail";
import { clampLine, isolate } from "../mail-characters";
import { dateParts } from "../mail-dates";
import { weekParts } from "../weekly";

/** The English words of the weekly summary. */

const dayMs = 24 * 60 * 60_000;

const named = (title: string, limit = 60) => isolate(clampLine(title, limit));
const counted = (count: number, one: string, many = `${one}s`) =>
  `${count} ${count === 1 ? one : many}`;

const smallNumbers = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
const spelled = (count: number) => smallNumbers[count] ?? `${count}`;

const partsOf = (at: Date, props: WeeklySummaryProps) =>
  dateParts(at, "en-GB", props.week.timeZone);

/** "15–22 November", "29 November to 6 December". */
function spanWords(props: WeeklySummaryProps): string {
  const from = partsOf(props.week.from, props);
  const until = partsOf(props.week.until, props);
  return from.month === until.month
    ? `${from.day}–${until.day} ${until.month}`
    : `${from.day} ${from.month} to ${until.day} ${until.month}`;
}

function subject({ week }: WeeklySummaryProps): string {
  const { mails, requests, needs } = week;
  const news = `${counted(mails.total, "mail")}, ${counted(requests.fulfilled, "request")} fulfilled`;
  return needs.length > 0 ? `Your week: ${news}, ${needsYou(needs.length)}` : `Your week: ${news}`;
}

const needsYou = (count: number) =>
  `${spelled(count).toLowerCase()} ${count === 1 ? "thing needs" : "things need"} you`;

function heading({ week }: WeeklySummaryProps): string {
  const { mails, requests, needs } = week;
  const isQuiet = mails.total + requests.made + requests.fulfilled === 0;
  const about = isQuiet
    ? "A quiet week."
    : mails.total === 0
      ? "Nothing was ready this week."
      : "A good week.";
  if (needs.length === 0) return about;
  return `${about} ${spelled(needs.length)} ${needs.length === 1 ? "thing needs" : "things need"} you.`;
}

/** What follows the heading: who was reached. */
function sentence({ week }: WeeklySummaryProps): string {
  const people = week.people.length + week.others.people;
  const told =
    week.mails.total === 0
      ? "Nobody got a mail"
      : `${counted(people, "person", "people")} got ${counted(week.mails.total, "mail")}`;
  const waits = week.waiting.length === 0 ? "nothing is waited for" : "the longest waits are below";
  return `${told}, and ${waits}.`;
}

function needWords(need: WeeklySummaryProps["week"]["needs"][number], props: WeeklySummaryProps) {
  const title = `“${named(need.title)}”`;
  const { weekday, day, month } = partsOf(need.since, props);
  const headline = {
    mail_held: `Mails about ${title} are on hold`,
    mail_unknown: `A mail about ${title} may or may not have arrived`,
    mail_failed: `A mail about ${title} was refused for good`,
    plex_cannot_see: `Plex cannot see ${title}`,
    failed: `Seerr could not hand on the request for ${title}`,
  }[need.state];
  return {
    headline: headline ?? `${title} needs you`,
    detail: `Since ${weekday} ${day} ${month}.`,
  };
}

/** "9 h", "6 min", "3 days". */
function span(minutes: number): string {
  if (minutes < 1) return `${Math.round(minutes * 60)} s`;
  if (minutes < 90) return `${Math.round(minutes)} min`;
  if (minutes < 48 * 60) return `${Math.round(minutes / 60)} h`;
  return `${Math.round(minutes / (24 * 60))} days`;
}

export type Figure = { value: string; words: string; note: string };

function figures({ week }: WeeklySummaryProps): Figure[] {
  const { mails, requests, minutesToWatchable, minutesToTold } = week;
  return [
    {
      value: `${mails.total}`,
      words: mails.total === 1 ? "mail sent" : "mails sent",
      note: mails.before === null ? "the first full week" : `${mails.before} the week before`,
    },
    {
      value: `${requests.fulfilled}`,
      words: requests.fulfilled === 1 ? "request fulfilled" : "requests fulfilled",
      note: `${requests.made} made`,
    },
    ...(minutesToWatchable === null
      ? []
      : [
          {
            value: span(minutesToWatchable),
            words: "until watchable",
            note: "median after asking",
          },
        ]),
    ...(minutesToTold === null
      ? []
      : [{ value: span(minutesToTold), words: "until told", note: "median once it plays" }]),
  ];
}

const kindNames: Record<string, string> = {
  episodes_available: "Episodes available",
  movie_available: "Movies available",
  daily_digest: "Daily mails",
  coming_soon: "Coming soon",
  quality_waiting: "Quality waiting",
  issue_received: "Issues received",
  issue_resolved: "Issues resolved",
  maintenance_announced: "Maintenance announced",
  maintenance_reminder: "Maintenance reminders",
  maintenance_done: "Maintenance done",
  maintenance_cancelled: "Maintenance cancelled",
};

const kindName = (kind: string) =>
  kindNames[kind] ?? kind.replaceAll("_", " ").replace(/^./, (c) => c.toUpperCase());

/** Seven bars, by the day each part of the week begins on. */
function days({ week }: WeeklySummaryProps): { label: string; count: number }[] {
  const begin = weekParts(week);
  return week.mails.perDay.map((count, index) => {
    // The middle of the part: its begin may be the evening of another day.
    const begins = new Date((begin[index] ?? week.from).getTime() + dayMs / 2);
    return { label: dateParts(begins, "en-GB", week.timeZone).weekday.slice(0, 3), count };
  });
}

const waitNames: Record<string, string> = {
  looking: "Nothing found yet",
  downloading: "Being fetched",
  waiting_plex: "Plex does not show it yet",
  gathering: "Gathers more",
  leaving: "Its mail leaves",
  coming_soon: "Not out yet",
  unreleased: "Not out yet",
  quality_waiting: "Not in the wanted quality yet",
};

/** Title, why, and for how long. */
function waits({ week }: WeeklySummaryProps): [title: string, why: string, since: string][] {
  return week.waiting.map(({ title, state, since }) => [
    named(title, 80),
    waitNames[state] ?? state.replaceAll("_", " ").replace(/^./, (c) => c.toUpperCase()),
    counted(Math.max(0, Math.floor((week.until.getTime() - since.getTime()) / dayMs)), "day"),
  ]);
}

/** Name, titles, mails. */
function people({ week }: WeeklySummaryProps): [name: string, titles: string, mails: string][] {
  const rows = week.people.map(({ name, titles, count }): [string, string, string] => [
    named(name, 40),
    titles.map((title) => named(title, 40)).join(", "),
    counted(count, "mail"),
  ]);
  const { others } = week;
  if (others.people > 0) {
    rows.push([counted(others.people, "other"), "", counted(others.mails, "mail")]);
  }
  return rows;
}

/** What went wrong or was mended, where there is something to say. */
function troubles({ week }: WeeklySummaryProps): [label: string, value: string][] {
  const { issues, mails } = week;
  const rows: [string, string][] = [];
  if (issues && issues.reported + issues.resolved + issues.open > 0) {
    rows.push([
      "Issues",
      `${issues.reported} reported, ${issues.resolved} resolved, ${issues.open} open`,
    ]);
  }
  if (mails.failed > 0) {
    rows.push(["Failures", `${counted(mails.failed, "mail")} refused for good or unsure`]);
  }
  return rows;
}

/** All words of the weekly summary. */
export const weeklyWords = {
  subject,
  kicker: (props: WeeklySummaryProps) => `Week of ${spanWords(props)}`,
  heading,
  sentence,
  needWords,
  seeWhy: "See why",
  figures,
  perDay: "Mails per day",
  days,
  byKind: "What they were about",
  kinds: ({ week }: WeeklySummaryProps) =>
    week.mails.byKind.map(({ kind, count }) => ({ label: kindName(kind), count })),
  whoHeard: "Who heard from you",
  people,
  waitsLongest: "Waits longest",
  waits,
  troubles,
  reason: (serverName: string) => `Sent on Sundays to the admin of ${named(serverName)}.`,
};
