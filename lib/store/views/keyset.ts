/**
 * A place in a list ordered by something and an id: a moment as PostgreSQL writes it, to the microsecond, a count, or the
 * text of a title.
 */
export type KeysetPlace = { at: string; id: number };

/** Which way from the place: `after` goes on to older rows, `before` back to newer ones. */
export type KeysetWindow =
  | { kind: "first" }
  | { kind: "after"; place: KeysetPlace }
  | { kind: "before"; place: KeysetPlace };

/** A place as it stands in an address. */
export function encodePlace(place: KeysetPlace): string {
  return `${place.at.replace(/^(\d{4}-\d\d-\d\d) (?=\d\d:)/, "$1T")}~${place.id}`;
}

/** Reads a place from an address; null when it is none. */
export function decodePlace(text: string | undefined): KeysetPlace | null {
  const match =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::?\d\d)?)~(\d{1,15})$/.exec(
      // A plus sign arrives as a space when somebody copied the address by hand.
      text?.replace(/ (?=\d\d(?::?\d\d)?~)/, "+") ?? "",
    );
  if (!match?.[1] || !match[2]) return null;
  // Shaped like a moment, but none (month 99): PostgreSQL would refuse it.
  const isMoment = !Number.isNaN(Date.parse(match[1].replace(/([+-]\d\d)$/, "$1:00")));
  return isMoment ? { at: match[1], id: Number(match[2]) } : null;
}

/** Reads a place in a list ordered by a text; null when it is none. */
function decodeTextPlace(text: string | undefined): KeysetPlace | null {
  const match = /^(.{0,2000})~(\d{1,15})$/su.exec(text ?? "");
  const at = match?.[1];
  // PostgreSQL takes no NUL in a text.
  if (at === undefined || at.includes("\0") || !match?.[2]) return null;
  return { at, id: Number(match[2]) };
}

/** Reads a place in a list ordered by a count; null when it is none. */
function decodeNumberPlace(text: string | undefined): KeysetPlace | null {
  const place = decodeTextPlace(text);
  return place && /^\d{1,9}$/.test(place.at) ? place : null;
}

const decoders = { moment: decodePlace, text: decodeTextPlace, number: decodeNumberPlace };
export type PlaceKind = keyof typeof decoders;

/** Reads a place in a list ordered by a moment, a text or a count; null when it is none. */
export const decodePlaceOf = (kind: PlaceKind, text: string): KeysetPlace | null =>
  decoders[kind](text);

/** The window that an address asks for; nonsense is the first page. */
export function keysetWindow(
  after: string | undefined,
  before: string | undefined,
  orderedBy: PlaceKind = "moment",
): KeysetWindow {
  const decode = decoders[orderedBy];
  const afterPlace = decode(after);
  if (afterPlace) return { kind: "after", place: afterPlace };
  const beforePlace = decode(before);
  if (beforePlace) return { kind: "before", place: beforePlace };
  return { kind: "first" };
}

/**
 * Cuts rows that were read one beyond the page to the page, in reading order (newest first), and
 * tells where the pages beside it begin. Rows of a `before` window come oldest first.
 */
export function cutPage<Row extends { place: KeysetPlace }>(
  rows: readonly Row[],
  window: KeysetWindow,
  size: number,
): { rows: Row[]; newer: KeysetPlace | null; older: KeysetPlace | null } {
  const more = rows.length > size;
  const cut = rows.slice(0, size);
  const page = window.kind === "before" ? cut.reverse() : [...cut];
  const first = page[0]?.place ?? null;
  const last = page.at(-1)?.place ?? null;
  switch (window.kind) {
    case "first":
      return { rows: page, newer: null, older: more ? last : null };
    case "after":
      return { rows: page, newer: first, older: more ? last : null };
    case "before":
      return { rows: page, newer: more ? first : null, older: last };
  }
}
