/** The languages people can have their mails and their pages in. The dashboard speaks English. */

export const languages = ["en", "de", "es", "fr"] as const;
export type Language = (typeof languages)[number];

/** Each language in its own words, as somebody looks for it in a list. */
export const languageNames: Record<Language, string> = {
  en: "English",
  de: "Deutsch",
  es: "Español",
  fr: "Français",
};

/** The language of ours that a browser asks for most (`Accept-Language`); null when it knows none of them. */
export function acceptedLanguage(header: string): Language | null {
  const asked = header.split(",").map((part) => {
    const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
    const weight = parameters.map((one) => /^\s*q=([\d.]+)$/.exec(one)?.[1]).find(Boolean);
    return { primary: tag.split("-")[0]?.trim(), weight: Number(weight ?? 1) };
  });
  const known = asked
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ primary }) => languages.find((language) => language === primary));
  return known.find((language) => language !== undefined) ?? null;
}
