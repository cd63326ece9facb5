import type { AdminMailLinks, MailLinks } from "@/lib/domain/mail";
import { adminMailWords, type MailWords } from "@/lib/domain/mail-words";
import { linkAddress } from "./web-address";

export type LabelledLink = { label: string; url: string };

/** Why this mail came, and what can be done about it. Links without an address are already left out. */
export type Footer = { reason: string; beside: LabelledLink | null; links: LabelledLink[] };

/** A link if the address can be used, else null. */
export function labelled(label: string, address: string | null): LabelledLink | null {
  const url = linkAddress(address);
  return url === null ? null : { label, url };
}

const present = (links: readonly (LabelledLink | null)[]) => links.filter((link) => link !== null);

/** Footer of a mail to a user. */
export function userFooter(
  reason: string,
  muteLabel: string,
  links: MailLinks,
  words: MailWords,
): Footer {
  return {
    reason,
    beside: labelled(muteLabel, links.muteUrl),
    links: present([
      labelled(words.preferences, links.preferencesUrl),
      labelled(words.calendar, links.calendarUrl),
      labelled(words.unsubscribe, links.unsubscribeUrl),
    ]),
  };
}

/** Footer of a mail to the admin; the dashboard is the button of these mails. */
export function adminFooter(reason: string, links: AdminMailLinks): Footer {
  const change = labelled(adminMailWords.changeThis, links.settingsUrl);
  return { reason, beside: null, links: present([change]) };
}
