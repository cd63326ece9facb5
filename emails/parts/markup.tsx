/** Writes markup of our own that JSX cannot express, such as conditional comments. Outside text is escaped before. */
export function Markup({ html }: { html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the only way to write a conditional comment
  return <span dangerouslySetInnerHTML={{ __html: html }} />;
}
