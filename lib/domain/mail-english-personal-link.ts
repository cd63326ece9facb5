import type { PersonalLinkProps } from "./mail";
import { clampLine, cleanLine, isolate } from "./mail-characters";

const named = (title: string) => isolate(clampLine(title, 90));

/** The words of the mail with a person's own link. */
export const personalLinkWords = {
  subject: ({ follow, appearance }: PersonalLinkProps) =>
    follow === null ? `Your page at ${named(appearance.serverName)}` : `Follow ${named(follow)}`,
  kicker: (follow: string | null) => (follow === null ? "Your page" : "One more step"),
  heading: (follow: string | null) =>
    follow === null ? "Choose what you get, and when" : `Follow ${named(follow)}`,
  sentence: ({ follow, reader }: PersonalLinkProps) => {
    const name = reader.name && cleanLine(reader.name) ? named(reader.name) : null;
    const says =
      follow === null
        ? "On your page you choose which mails come, how soon, and when never. No password needed."
        : "You asked to be told when it is ready to watch. Confirm it, and mails about it come to you.";
    return name ? `${name}, ${says.charAt(0).toLowerCase()}${says.slice(1)}` : says;
  },
  button: (follow: string | null) => (follow === null ? "Choose what you get" : "Follow it"),
  secret: (follow: string | null) =>
    follow === null
      ? "The link is yours alone: whoever has it can change your mails."
      : "If you did not ask for it, do nothing: without this step nothing changes.",
  reason: (follow: string | null) =>
    follow === null
      ? "You get this because a new link was asked for."
      : "You get this because somebody gave your address on a follow page.",
};
