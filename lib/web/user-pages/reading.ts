import "server-only";
import { acceptedLanguage, type Language } from "@/lib/domain/language";
import { type PageWords, pageWords } from "@/lib/domain/page-words";
import { type UserPageLook, userPageLook } from "@/lib/services/users/user-page-look";
import type { User } from "@/lib/store/users";
import { webContext } from "../service-context";

/** How a page is read: in whose colours, in which language. */
export type Reading = {
  /** Null when the settings cannot be read: a page can be shown without them. */
  look: UserPageLook | null;
  language: Language;
  words: PageWords;
};

/** As the person of a link reads: in the language of their mails. */
export const readingOf = (user: Pick<User, "language">): Promise<Reading> => reading(user.language);

/** As somebody reads of whom only the browser is known. */
export const readingOfVisitor = (request: Request): Promise<Reading> =>
  reading(browserLanguage(request));

async function reading(wanted: Language | null): Promise<Reading> {
  const config = await webContext()
    .loadConfig()
    .catch(() => null);
  const language = wanted ?? config?.settings.MAIL_LANGUAGE ?? "en";
  return { look: config && userPageLook(config), language, words: pageWords(language) };
}

/** The same without a question to the database: for links that may have been made by anybody. */
export function readingWithoutLook(request: Request): Reading {
  const language = browserLanguage(request) ?? "en";
  return { look: null, language, words: pageWords(language) };
}

const browserLanguage = (request: Request) =>
  acceptedLanguage(request.headers.get("accept-language") ?? "");
