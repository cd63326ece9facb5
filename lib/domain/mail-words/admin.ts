import { adminEventWords } from "../admin-news";
import type { AdminMail, NotInPlexProps, TestMailProps } from "../mail";
import { clampLine, cleanLine, isolate } from "../mail-characters";
import { episodeName, seasonRuns } from "../mail-episodes";
import { availableWords } from "./available";
import { english } from "./english";
import { amountOf, episodeWords } from "./episodes";
import { dotted, mailTools, person, preheaderLimit, subjectLimit, titledSubject } from "./tools";
import { weeklyWords } from "./weekly";

/** The words of the mails to the admin, in English as the dashboard is. */

const tools = mailTools(english);
const { list, moment } = tools;
const episodes = episodeWords(english, tools);
const { movieDetail, episodesDetail } = availableWords(english, tools, episodes);

/** People in one phrase: at most three names, then a count. */
function people(names: readonly string[]): string {
  const named = names.slice(0, names.length > 4 ? 3 : 4).map(person);
  const others = names.length - named.length;
  return list(others > 0 ? [...named, `${others} others`] : named);
}

function waiting(names: readonly string[]): string {
  if (names.length === 0) return "Nobody has been told.";
  return names.length === 1
    ? `${people(names)} has not been told. The mail leaves when Plex shows it.`
    : `${people(names)} have not been told. Their mail leaves when Plex shows it.`;
}

function notInPlexSubject({ title, isFourK, what }: NotInPlexProps): string {
  const imported = `imported but not in Plex${isFourK ? " (4K)" : ""}`;
  if (what.kind === "movie") return titledSubject(title, ` is ${imported}`);
  const seasons = seasonRuns(what.episodes);
  const verb = amountOf(seasons).count === 1 ? "is" : "are";
  return titledSubject(title, `: ${episodes.inSubject(seasons)} ${verb} ${imported}`);
}

const securityWords = { starttls: "STARTTLS", ssl: "TLS", none: "no encryption" } as const;

function subject(mail: AdminMail): string {
  switch (mail.kind) {
    case "test":
      return `Test mail from ${isolate(clampLine(mail.props.appearance.serverName, 90))}`;
    case "weekly_summary":
      return weeklyWords.subject(mail.props);
    case "admin_alert":
      return isolate(clampLine(mail.props.subject, subjectLimit - 2));
    case "not_in_plex":
      return notInPlexSubject(mail.props);
  }
}

function preheader(mail: AdminMail): string {
  switch (mail.kind) {
    case "test": {
      const { smtp, writtenAt } = mail.props;
      const sent = `Sent through ${smtp.host} on ${moment(writtenAt, mail.props)}.`;
      return clampLine(sent, preheaderLimit);
    }
    case "weekly_summary":
      return weeklyWords.heading(mail.props);
    case "admin_alert":
      return clampLine(mail.props.lines[0] || mail.props.headline, preheaderLimit);
    case "not_in_plex":
      return clampLine(waiting(mail.props.waiting), preheaderLimit);
  }
}

export const adminMailWords = {
  subject,
  preheader,
  openDashboard: "Open the dashboard",
  changeThis: "Change this",
  andMore: english.episodes.andMore,
  reason: (serverName: string) => `You get this because you look after ${person(serverName)}.`,
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
  weekly: weeklyWords,
  alertKicker: adminEventWords,
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
