import { plural } from "./count-words";
import { type Reader, sentenceMoment, whenPhrase } from "./moment-words";
import { firstName } from "./person";

export type UserVerdictFacts = {
  /** As displayed. */
  name: string;
  /** Why they get no mails at all; null when they do. */
  notToldBecause: string | null;
  /** Their mails that wait for the admin: on hold, perhaps arrived, refused for good. */
  held: number;
  unknown: number;
  failed: number;
  /** Titles of what gathers or waits for Plex on their account. */
  waitingTitles: readonly string[];
  /** Mails that leave by themselves, and when the next one does. */
  leaving: number;
  leavesAt: Date | null;
  lastSentAt: Date | null;
};

/** How things stand with one person in a sentence: what keeps their mails comes before what is on its way. */
export function userVerdict(facts: UserVerdictFacts, reader: Reader): string {
  const name = firstName(facts.name);
  if (facts.notToldBecause) return `${name} gets no mails: ${facts.notToldBecause}.`;
  const trouble = troubleOf(facts, name);
  if (trouble) return trouble;
  const [title] = facts.waitingTitles;
  if (title) {
    const count = facts.waitingTitles.length;
    return count === 1
      ? `A mail about ${title} waits for ${name}.`
      : `${plural(count, "mail")} wait for ${name}.`;
  }
  if (facts.leaving > 0) return `${leavingWords(facts, ` to ${name}`, reader)}.`;
  return facts.lastSentAt
    ? `${name} gets mails. The last one left ${whenPhrase(facts.lastSentAt, reader)}.`
    : `${name} gets mails. None has left yet.`;
}

/** The single line of their timeline when nothing gathers for them. */
export function userIdleLine(facts: UserVerdictFacts, reader: Reader): string {
  if (facts.waitingTitles.length > 0) return "Waiting, as above.";
  if (facts.leaving > 0) return `${leavingWords(facts, "", reader)}.`;
  return facts.held + facts.unknown + facts.failed > 0
    ? "Waits for you."
    : "Nothing waits for them.";
}

function troubleOf({ held, unknown, failed }: UserVerdictFacts, name: string): string | null {
  if (held === 1) return `A mail to ${name} is on hold and waits for you.`;
  if (held > 1) return `${plural(held, "mail")} to ${name} are on hold and wait for you.`;
  if (unknown === 1) return `A mail to ${name} may or may not have arrived. You decide.`;
  if (unknown > 1) {
    return `${plural(unknown, "mail")} to ${name} may or may not have arrived. You decide.`;
  }
  if (failed === 1) return `A mail to ${name} was refused for good.`;
  return failed > 1 ? `${plural(failed, "mail")} to ${name} were refused for good.` : null;
}

function leavingWords(facts: UserVerdictFacts, to: string, reader: Reader): string {
  const { leaving, leavesAt } = facts;
  const isNow = leavesAt === null || leavesAt <= reader.now;
  const when = isNow ? "now" : `at ${sentenceMoment(leavesAt, reader)}`;
  return leaving === 1
    ? `A mail${to} leaves ${when}`
    : `${plural(leaving, "mail")}${to} are leaving, the first ${when}`;
}
