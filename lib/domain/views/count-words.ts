/** Narrow and never broken over a line. */
const THIN_SPACE = "\u202f";

/** `1204` as `1 204`. */
export function countWords(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
}

/** A total that was only counted up to a limit: `87`, or `more than 10 000`. */
export type BoundedCount = { kind: "exact"; count: number } | { kind: "more_than"; count: number };

/** `87` or `more than 10 000`. */
export function boundedWords(total: BoundedCount): string {
  return total.kind === "exact" ? countWords(total.count) : `more than ${countWords(total.count)}`;
}

/** `1 mail`, `14 mails`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${countWords(count)} ${count === 1 ? one : many}`;
}

/** `1 request`, `more than 10 000 requests`. */
export function boundedPlural(total: BoundedCount, one: string, many = `${one}s`): string {
  return `${boundedWords(total)} ${total.kind === "exact" && total.count === 1 ? one : many}`;
}

const SMALL = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];

/** Starts a sentence: `Three`, from eleven on figures. */
export function sentenceCount(count: number): string {
  return SMALL[count] ?? countWords(count);
}

/** `Anna`, `Anna and Jonas`, `Anna, Jonas and Mira`; from five on `Anna, Jonas, Mira and 4 more`. */
export function listWords(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? "";
  if (names.length > 4) return `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** Bytes as people say them: `4.1 kB`, `2.2 GB`. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ["kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = -1;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
