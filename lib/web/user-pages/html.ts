/** Markup that is safe to send: everything put into it was escaped. */
export class Html {
  constructor(readonly markup: string) {}
}

type Part = Html | string | number | boolean | null | readonly Part[];

/** Markup with its values escaped; null and false leave nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((all, text, i) => all + markupOf(parts[i - 1] ?? null) + text));
}

function markupOf(part: Part): string {
  if (part instanceof Html) return part.markup;
  if (part === null || typeof part === "boolean") return "";
  if (Array.isArray(part)) return part.map(markupOf).join("");
  return escaped(String(part));
}

function escaped(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}
