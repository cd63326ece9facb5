import { z } from "zod";

/** Whether a person gets a mail, and if not, why: the answer to "why did Anna get no mail?". */

export type Recipient = {
  displayName: string;
  email: string | null;
  isActive: boolean;
  deactivatedAt: Date | null;
  goneFromSeerrAt: Date | null;
  unsubscribedAt: Date | null;
  mutedKinds: readonly string[];
  /** When they muted this title, if they did. */
  mutedTitleAt: Date | null;
};

export type RecipientDecision =
  | { kind: "tell"; address: string }
  /** Their own or the admin's choice: not made up for when the choice changes. */
  | {
      kind: "notWanted";
      code: "inactive" | "unsubscribed" | "kind_off" | "title_muted";
      because: string;
    }
  /** Nothing to be done now; made up for as soon as it can be. */
  | { kind: "notPossible"; code: "gone" | "no_address"; because: string };

const emailAddress = z.email();

/** The address in `text`, or null: Seerr may hold an empty text or a bare user name. */
export function mailAddress(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? "";
  return emailAddress.safeParse(trimmed).success ? trimmed : null;
}

/** Decides for one person and one mail kind. `because` is a clause that follows "was not told:". */
export function decideRecipient(
  person: Recipient,
  mailKind: string,
  kindWords: string,
): RecipientDecision {
  if (!person.isActive) {
    return {
      kind: "notWanted",
      code: "inactive",
      because: `deactivated${on(person.deactivatedAt)}`,
    };
  }
  if (person.unsubscribedAt) {
    return {
      kind: "notWanted",
      code: "unsubscribed",
      because: `unsubscribed${on(person.unsubscribedAt)}`,
    };
  }
  if (person.mutedKinds.includes(mailKind)) {
    return { kind: "notWanted", code: "kind_off", because: `switched off “${kindWords}”` };
  }
  if (person.mutedTitleAt) {
    return {
      kind: "notWanted",
      code: "title_muted",
      because: `muted this title${on(person.mutedTitleAt)}`,
    };
  }
  if (person.goneFromSeerrAt) {
    return {
      kind: "notPossible",
      code: "gone",
      because: `no longer in Seerr${on(person.goneFromSeerrAt, "since")}`,
    };
  }
  const address = mailAddress(person.email);
  if (!address) {
    return { kind: "notPossible", code: "no_address", because: "Seerr knows no mail address" };
  }
  return { kind: "tell", address };
}

function on(date: Date | null, word = "on"): string {
  if (!date) return "";
  const words = new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return ` ${word} ${words.format(date)}`;
}
