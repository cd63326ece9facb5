import type { Language } from "../language";
import { english } from "./english";
import { french } from "./french";
import { german } from "./german";
import type { PageWords } from "./page-words";
import { spanish } from "./spanish";

export type { PageWords } from "./page-words";

const catalogues: Record<Language, PageWords> = {
  en: english,
  de: german,
  es: spanish,
  fr: french,
};

/** The words of the pages for users in a language, not escaped; English for one this version lacks. */
export function pageWords(language: Language): PageWords {
  return catalogues[language] ?? catalogues.en;
}
