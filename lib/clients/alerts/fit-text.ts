import { clampLine } from "@/lib/domain/mail-characters";

/** One line in a channel's own escaping, shortened so that the escaped text keeps to the limit. */
export function fitLine(text: string, limit: number, escaped: (text: string) => string): string {
  // What lies far behind the limit is not looked at: cleaning a novel takes its time.
  const start = text.slice(0, limit * 4);
  for (let room = limit; ; ) {
    const fitted = escaped(clampLine(start, room));
    if (fitted.length <= limit || room <= 1) return fitted;
    room = Math.max(1, room - (fitted.length - limit));
  }
}

/** Lines under one another until the limit, the first that does not fit shortened, the rest left out. */
export function fitLines(
  lines: readonly string[],
  limit: number,
  escaped: (text: string) => string = (text) => text,
): string {
  let fitted = "";
  for (const line of lines) {
    const start = fitted === "" ? "" : `${fitted}\n`;
    const room = limit - start.length;
    if (room < 2) break;
    fitted = `${start}${fitLine(line, room, escaped)}`;
  }
  return fitted;
}

/** The rows of a message as lines. */
export function rowLines(rows: readonly { label: string; value: string }[]): string[] {
  return rows.map(({ label, value }) => `${label}: ${value}`);
}
