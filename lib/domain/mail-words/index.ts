import type { Language } from "../language";
import { isAdminMail, type MailContent } from "../mail";
import { adminMailWords } from "./admin";
import { english } from "./english";
import { french } from "./french";
import { german } from "./german";
import { spanish } from "./spanish";
import { type MailWords, userMailWords } from "./user-mail-words";

export { adminMailWords } from "./admin";
export type { MailWords } from "./user-mail-words";

const catalogues: Record<Language, MailWords> = {
  en: userMailWords(english),
  de: userMailWords(german),
  es: userMailWords(spanish),
  fr: userMailWords(french),
};

/** The words of mails to people in a language; English for one that a newer version stored and this one lacks. */
export function mailWords(language: Language): MailWords {
  return catalogues[language] ?? catalogues.en;
}

/** The subject of a mail in its reader's language: one clean line of at most 120 characters. */
export function mailSubject(mail: MailContent): string {
  return isAdminMail(mail)
    ? adminMailWords.subject(mail)
    : mailWords(mail.props.reader.language).subject(mail);
}

/** What mail programs show beside the subject: the part of the news the subject lacks. */
export function mailPreheader(mail: MailContent): string {
  return isAdminMail(mail)
    ? adminMailWords.preheader(mail)
    : mailWords(mail.props.reader.language).preheader(mail);
}
