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
  const to = ` to ${name}`;
  if (held > 0) {
    return `${mailWords(held, to)} ${held === 1 ? "is on hold and waits" : "are on hold and wait"} for you.`;
  }
  if (unknown > 0) return `${mailWords(unknown, to)} may or may not have arrived. You decide.`;
  if (failed === 0) return null;
  return `${mailWords(failed, to)} ${failed === 1 ? "was" : "were"} refused for good.`;
}

/** `A mail to Anna`, `3 mails to Anna`. */
const mailWords = (count: number, to: string) =>
  count === 1 ? `A mail${to}` : `${plural(count, "mail")}${to}`;

function leavingWords(facts: UserVerdictFacts, to: string, reader: Reader): string {
  const { leaving, leavesAt } = facts;
  const isNow = leavesAt === null || leavesAt <= reader.now;
  const when = isNow ? "now" : `at ${sentenceMoment(leavesAt, reader)}`;
  const leaves = leaving === 1 ? "leaves" : "are leaving, the first";
  return `${mailWords(leaving, to)} ${leaves} ${when}`;
}
