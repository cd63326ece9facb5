import { expect, test } from "vitest";
import { acceptedLanguage, type Language, languageNames, languages } from "@/lib/domain/language";
import { mailWords } from "@/lib/domain/mail-words";
import { english } from "@/lib/domain/mail-words/english";
import { french } from "@/lib/domain/mail-words/french";
import { german } from "@/lib/domain/mail-words/german";
import { spanish } from "@/lib/domain/mail-words/spanish";
import { pageWords } from "@/lib/domain/page-words";

test.each([
  ["de-AT,de;q=0.9,en;q=0.8", "de"],
  ["en-US,en;q=0.9,de;q=0.8", "en"],
  ["pl, de;q=0.5, en;q=0.7", "en"],
  ["pl;q=1, DE ; q=0.1", "de"],
  ["en;q=0, de;q=0.1", "de"],
  ["tlh, *", null],
  ["deu", null],
  ["", null],
  [";;q=,,=", null],
])("of the browser's %j, %s is ours", (header, language) => {
  expect(acceptedLanguage(header)).toBe(language);
});

/** Every phrase of a catalogue that is one text, by its place. */
function phrases(of: unknown, place = ""): [place: string, text: string][] {
  if (typeof of === "string") return [[place, of]];
  if (typeof of !== "object" || of === null) return [];
  return Object.entries(of).flatMap(([name, part]) => phrases(part, `${place}.${name}`));
}

/** Phrases two languages have in common, where they hold more than an abbreviation. */
function common(one: unknown, other: unknown): string[] {
  const texts = new Map(phrases(one));
  return phrases(other).flatMap(([place, text]) =>
    texts.get(place) === text && /\p{L}{4}/u.test(text) ? [text] : [],
  );
}

test.each([
  ["de", german, ["Specials"]],
  ["es", spanish, []],
  ["fr", french, []],
] as const)("nothing in %s is left in English", (language, mails, shared) => {
  expect(phrases(mails).length).toBeGreaterThan(50);
  expect(common(english, mails)).toEqual(shared);
  expect(common(pageWords("en"), pageWords(language))).toEqual(
    language === "fr" ? ["Maintenance"] : [],
  );
});

test("every language is named, and no other", () => {
  expect(Object.keys(languageNames).sort()).toEqual([...languages].sort());
});

test("a language that a newer version stored is read as English", () => {
  const unknown = "tlh" as Language;
  expect(mailWords(unknown)).toBe(mailWords("en"));
  expect(pageWords(unknown)).toBe(pageWords("en"));
});
