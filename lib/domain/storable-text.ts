/** A text as PostgreSQL can store it: without NUL, and half a surrogate pair becomes a replacement character. */
export function storableText(text: string): string {
  return text.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "\ufffd");
}
