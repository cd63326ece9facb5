/** The page's own query, as a plain record. */
export type Query = Record<string, string | undefined>;

/** The same page with some of its query changed; `null` takes a key out. */
export function withQuery(
  path: string,
  query: Query,
  changes: Record<string, string | null>,
): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries({ ...query, ...changes })) {
    if (value) params.set(key, value);
  }
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}
