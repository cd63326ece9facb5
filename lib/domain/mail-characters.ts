/** Outside text made fit for one line of a subject, a heading or a plain-text part. */

// Lone surrogates cannot be encoded; the bidi overrides could turn the rest of a line round.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/gu;
const misleading = /[\p{Surrogate}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;
const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** One line without control characters, lone surrogates or direction overrides; runs of space become one. */
export function cleanLine(text: string): string {
  return text.replace(unprintable, " ").replace(misleading, "").replace(/\s+/gu, " ").trim();
}

/**
 * `cleanLine`, then at most `limit` UTF-16 units, cut between words where that loses little, never inside a
 * visible character; a cut text ends in "…".
 */
export function clampLine(text: string, limit: number): string {
  const line = cleanLine(text);
  if (line.length <= limit) return line;
  let kept = "";
  for (const { segment } of graphemes.segment(line)) {
    if (kept.length + segment.length > limit - 1) break;
    kept += segment;
  }
  const lastSpace = kept.lastIndexOf(" ");
  const words = lastSpace > kept.length * 0.6 ? kept.slice(0, lastSpace) : kept;
  return `${words.replace(/[\s,;:.–-]+$/u, "")}…`;
}

/** Wraps right-to-left text in isolates, so that the numbers and words around it keep their order. */
export function isolate(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}

const articles = new Set(["a", "an", "the"]);

/** One or two characters that stand for a title where its poster is missing; "?" when it has no letter. */
export function initials(title: string): string {
  const words = cleanLine(title)
    .split(" ")
    .map((word) => word.replace(/^[^\p{L}\p{N}\p{Extended_Pictographic}]+/u, ""))
    .filter((word) => word !== "");
  const telling =
    words.length > 1 && articles.has((words[0] ?? "").toLowerCase()) ? words.slice(1) : words;
  const first = telling.slice(0, 2).map((word) => {
    const [grapheme] = graphemes.segment(word);
    return grapheme?.segment.toLocaleUpperCase("en") ?? "";
  });
  return first.join("") || "?";
}
