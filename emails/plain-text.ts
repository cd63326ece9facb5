import type { Footer, LabelledLink } from "./footer";

const linkLine = ({ label, url }: LabelledLink) => `${label}: ${url}`;

/** A link in the body of a plain-text part: label and address on lines of their own, so that it is never broken. */
export const textLink = ({ label, url }: LabelledLink) => `${label}:\n${url}`;

/** Lines of one list, indented, their first column padded to one width. */
export function textColumns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`.trimEnd()).join("\n");
}

/**
 * The plain-text part: blocks with a blank line between them, then the signature line that mail programs know, the
 * server's name and the footer. Blocks that are null are left out.
 */
export function plainText(
  blocks: readonly (string | null)[],
  serverName: string,
  footer: Footer,
): string {
  const signature = [
    "-- ",
    serverName,
    footer.reason,
    ...(footer.beside ? [linkLine(footer.beside)] : []),
    ...footer.links.map(linkLine),
  ].join("\n");
  return `${[...blocks.filter((block) => block), signature].join("\n\n")}\n`;
}
