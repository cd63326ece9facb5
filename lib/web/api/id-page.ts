/** Cuts rows that were read one beyond the page, in the order of their ids, and says where the next page begins. */
export function idPage<Row extends { id: number }>(
  read: readonly Row[],
  limit: number,
): { rows: Row[]; next: string | null } {
  const rows = read.slice(0, limit);
  const last = read.length > limit ? rows.at(-1) : undefined;
  return { rows, next: last ? String(last.id) : null };
}
