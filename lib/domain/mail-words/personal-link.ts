import type { PersonalLinkProps } from "../mail";
import { clampLine, cleanLine, isolate } from "../mail-characters";
import type { MailPhrases } from "./phrases";

const named = (title: string) => isolate(clampLine(title, 90));

/** The words of the mail with a person's own link, or with one to confirm that they follow a title. */
export function personalLinkWords({ personalLink: phrases }: MailPhrases) {
  const saysOf = (follow: string | null) => (follow === null ? phrases.page : phrases.follow);
  return {
    subject: ({ follow, appearance }: PersonalLinkProps) =>
      saysOf(follow).subject(named(follow ?? appearance.serverName)),
    kicker: (follow: string | null) => saysOf(follow).kicker,
    heading: (follow: string | null) => saysOf(follow).heading(named(follow ?? "")),
    sentence: ({ follow, reader }: PersonalLinkProps) =>
      saysOf(follow).sentence(reader.name && cleanLine(reader.name) ? named(reader.name) : null),
    button: (follow: string | null) => saysOf(follow).button,
    secret: (follow: string | null) => saysOf(follow).secret,
    reason: (follow: string | null) => saysOf(follow).reason,
  };
}
