import { issueScope } from "../issue-files";
import type { IssueMailProps } from "../mail";
import { clampLine, cleanLine } from "../mail-characters";
import type { EpisodeWords } from "./episodes";
import type { MailPhrases } from "./phrases";
import { calledBy, capital, dotted, type MailTools, titledSubject } from "./tools";

const shownMessage = 400;

/** The words of the mails to whoever reported a problem. */
export function issueWords(phrases: MailPhrases, tools: MailTools, episodes: EpisodeWords) {
  const says = phrases.issues;

  function scopeWords(props: IssueMailProps): string {
    const scope = issueScope(props);
    switch (scope?.kind) {
      case "episode":
        return episodes.inScope(scope.season, scope.episode);
      case "season":
        return episodes.inScope(scope.season, null);
      case "allSeasons":
        return phrases.episodes.allSeasons;
      default:
        return "";
    }
  }

  /** What the reader wrote, as a row; none when it is nothing. */
  function messageRow({ message }: IssueMailProps): [string, string][] {
    const text = clampLine(message ?? "", shownMessage);
    return text === "" ? [] : [[says.youWrote, text]];
  }

  const common = {
    /** "2024 · Season 2, episode 4 · 4K". */
    detail: (props: IssueMailProps) =>
      dotted([
        props.year ? `${props.year}` : "",
        capital(scopeWords(props)),
        props.isFourK ? "4K" : "",
      ]),
    reason: (props: IssueMailProps) =>
      says.reason(props.problem, tools.shortDay(props.reportedAt, props)),
  };

  return {
    received: {
      ...common,
      subject: (props: IssueMailProps) =>
        titledSubject(props.title, says.receivedSubject(props.problem)),
      kicker: says.receivedKicker,
      sentence: (props: IssueMailProps) =>
        says.received(props.problem, calledBy(props.reader.name)),
      next: ({ next }: IssueMailProps) => says.next[next ?? "admin"],
      rows: messageRow,
    },
    resolved: {
      ...common,
      subject: (props: IssueMailProps) => titledSubject(props.title, says.resolvedSubject),
      kicker: says.resolvedKicker,
      sentence: (props: IssueMailProps) => says.resolved(calledBy(props.reader.name)),
      next: () => says.ifNoBetter,
      rows: (props: IssueMailProps): [string, string][] => [
        [
          says.reported,
          `${says.problem[props.problem]}, ${tools.shortDay(props.reportedAt, props)}`,
        ],
        ...messageRow(props),
        ...(props.quality ? [[says.qualityNow, cleanLine(props.quality)] as [string, string]] : []),
      ],
    },
  };
}
