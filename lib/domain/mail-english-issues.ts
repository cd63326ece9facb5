import { problemWords } from "./issue";
import { issueScope, scopeWords } from "./issue-files";
import type { IssueMailProps, MailFrame } from "./mail";
import { clampLine, cleanLine, isolate } from "./mail-characters";
import { dateParts } from "./mail-dates";

/** The English words of the mails to whoever reported a problem. */

const shownMessage = 400;

/** "20 November", with the year when it is another one. */
function day(date: Date, { reader, writtenAt }: Pick<MailFrame, "reader" | "writtenAt">): string {
  const parts = dateParts(date, "en-GB", reader.timeZone);
  const isThisYear = dateParts(writtenAt, "en-GB", reader.timeZone).year === parts.year;
  return `${parts.day} ${parts.month}${isThisYear ? "" : ` ${parts.year}`}`;
}

const calledBy = ({ reader }: IssueMailProps) =>
  reader.name && cleanLine(reader.name) ? `, ${isolate(clampLine(reader.name, 60))}` : "";

const aboutWhat = ({ problem }: IssueMailProps) =>
  problem === "other" ? "" : ` about the ${problem}`;

/** Two characters are kept for the isolates of a right-to-left title. */
const titled = ({ title }: IssueMailProps, news: string) =>
  `${isolate(clampLine(title, Math.max(20, 118 - news.length)))}${news}`;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** "2024 · Season 2, episode 4 · 4K". */
function detail(props: IssueMailProps): string {
  const scope = issueScope(props);
  const where = scope && scope.kind !== "movie" ? capital(scopeWords(scope)) : "";
  return [props.year ? `${props.year}` : "", where, props.isFourK ? "4K" : ""]
    .filter(Boolean)
    .join(" · ");
}

/** What the reader wrote; null when nothing. */
function message(props: IssueMailProps): string | null {
  const text = clampLine(props.message ?? "", shownMessage);
  return text === "" ? null : text;
}

const reason = (props: IssueMailProps) =>
  `You get this because you reported ${problemWords(props.problem)} on ${day(props.reportedAt, props)}.`;

export const issueReceivedWords = {
  subject: (props: IssueMailProps) => titled(props, `: your report${aboutWhat(props)} has arrived`),
  kicker: "Report received",
  sentence: (props: IssueMailProps) =>
    `Your report${aboutWhat(props)} has arrived${calledBy(props)}.`,
  next: ({ next }: IssueMailProps) =>
    next === "searching"
      ? "Another version is being looked for. You get a mail when it is there; until then the one you know stays."
      : "Whoever looks after the server has been told. You get a mail when another version is there.",
  rows: (props: IssueMailProps): [string, string][] => {
    const text = message(props);
    return text ? [["You wrote", text]] : [];
  },
  detail,
  reason,
};

export const issueResolvedWords = {
  subject: (props: IssueMailProps) => titled(props, " has a new version"),
  kicker: "Issue resolved",
  sentence: (props: IssueMailProps) => `Another version is on the server${calledBy(props)}.`,
  next: () => "If it is no better, open your report again in Seerr.",
  rows: (props: IssueMailProps): [string, string][] => {
    const text = message(props);
    return [
      ["Reported", `${capital(problemWords(props.problem))}, ${day(props.reportedAt, props)}`],
      ...(text ? [["You wrote", text] as [string, string]] : []),
      ...(props.quality ? [["Quality now", cleanLine(props.quality)] as [string, string]] : []),
    ];
  },
  detail,
  reason,
};
