const maxId = 2 ** 31 - 1;

/** Fields of a JSON object under normalised names; empty for anything that is no object. */
export type Fields = ReadonlyMap<string, unknown>;

/** Reads an object so that `tmdbId`, `tmdb_id`, `TmdbId` and `{{tmdbid}}` are one field. */
export function fieldsOf(value: unknown): Fields {
  const fields = new Map<string, unknown>();
  if (typeof value !== "object" || value === null || Array.isArray(value)) return fields;
  for (const [key, entry] of Object.entries(value)) {
    const name = normalise(key);
    if (!fields.has(name)) fields.set(name, entry);
  }
  return fields;
}

/** First of `names` that holds more than null, "" or an unfilled `{{placeholder}}`. */
export function pick(fields: Fields, ...names: string[]): unknown {
  for (const name of names) {
    const value = fields.get(normalise(name));
    if (value === null || value === undefined) continue;
    if (typeof value === "string" && isBlank(value)) continue;
    return value;
  }
  return undefined;
}

/** The object under the first of `names`, as fields. */
export function pickFields(fields: Fields, ...names: string[]): Fields {
  return fieldsOf(pick(fields, ...names));
}

/** The array under the first of `names`; empty for anything else. */
export function pickList(fields: Fields, ...names: string[]): unknown[] {
  const value = pick(fields, ...names);
  return Array.isArray(value) ? value : [];
}

/**
 * Text that PostgreSQL takes: no NUL, no lone surrogates, trimmed, at most `max` UTF-16 units.
 * Null for blank, placeholders and anything that is neither text nor number.
 */
export function readText(value: unknown, max = 1000): string | null {
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return null;
  const text = value
    .slice(0, max)
    .replaceAll("\0", "")
    .replace(/\p{Surrogate}/gu, "\uFFFD")
    .trim();
  return isBlank(text) ? null : text;
}

/** An id: a whole number from 1 to 2^31-1, also written as text. Null otherwise (0 is "none"). */
export function readId(value: unknown): number | null {
  const number = readCount(value);
  return number === null || number === 0 ? null : number;
}

/** A whole number from 0 to 2^31-1, also written as text. */
export function readCount(value: unknown): number | null {
  const number = readWhole(value);
  return number === null || number > maxId ? null : number;
}

/** A size in bytes: a whole number that JavaScript holds exactly. */
export function readBytes(value: unknown): number | null {
  return readWhole(value);
}

/** A year between 1870 and 2200; services write 0 for "unknown". */
export function readYear(value: unknown): number | null {
  const year = readCount(value);
  return year === null || year < 1870 || year > 2200 ? null : year;
}

/** A moment in ISO form within the years PostgreSQL and JavaScript share. */
export function readDate(value: unknown): Date | null {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}/.test(value)) return null;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1 ? null : date;
}

export function readBoolean(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string") return null;
  const word = value.trim().toLowerCase();
  return word === "true" ? true : word === "false" ? false : null;
}

/** A mail address. Null for "" and for the bare user names that imported users carry. */
export function readEmail(value: unknown): string | null {
  const text = readText(value, 320);
  return text !== null && /^[^\s@<>,;"\p{Cc}]+@[^\s@<>,;"\p{Cc}]+$/u.test(text) ? text : null;
}

/** An http(s) address. */
export function readUrl(value: unknown): string | null {
  const text = readText(value, 2000);
  return text !== null && /^https?:\/\/[^\s/]/i.test(text) ? text : null;
}

function readWhole(value: unknown): number | null {
  const number =
    typeof value === "string" && /^\s*\d{1,16}(\.0+)?\s*$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

function isBlank(text: string): boolean {
  return text.trim() === "" || /^\s*\{\{[^{}]*\}\}\s*$/.test(text);
}

function normalise(name: string): string {
  return name.replace(/[_{}\s-]/g, "").toLowerCase();
}
