import type { MailContent, MailLanguage } from "./mail";
import { englishMailWords } from "./mail-english";

/** All texts of the mails in one language. Outside text in them is clean and one line, but not escaped. */
export type MailWords = typeof englishMailWords;

const catalogues = { en: englishMailWords } satisfies Record<MailLanguage, MailWords>;

/** The catalogue of a language. */
export function mailWords(language: MailLanguage): MailWords {
  return catalogues[language];
}

/** The subject of a mail in its reader's language: one clean line of at most 120 characters. */
export function mailSubject(mail: MailContent): string {
  return mailWords(mail.props.reader.language).subject(mail);
}

/** What mail programs show beside the subject: the part of the news the subject lacks. */
export function mailPreheader(mail: MailContent): string {
  return mailWords(mail.props.reader.language).preheader(mail);
}
