/**
 * Ids of other databases that a Plex entry carries, as `tmdb://603`, `tvdb://121361`,
 * `imdb://tt0133093`: from `Guid[]` of the new agents and out of the guid of legacy ones.
 */
export function externalGuids(guid: string | null, others: (string | null)[]): string[] {
  const found = [guid, ...others].map((text) => (text === null ? null : externalGuid(text)));
  return [...new Set(found.filter((text) => text !== null))];
}

const agents = [
  { pattern: /^imdb:\/\/(tt\d+)/i, source: "imdb" },
  { pattern: /^tmdb:\/\/(\d+)/i, source: "tmdb" },
  { pattern: /^tvdb:\/\/(\d+)/i, source: "tvdb" },
  { pattern: /^com\.plexapp\.agents\.imdb:\/\/(tt\d+)/i, source: "imdb" },
  { pattern: /^com\.plexapp\.agents\.themoviedb:\/\/(\d+)/i, source: "tmdb" },
  { pattern: /^com\.plexapp\.agents\.thetvdb:\/\/(\d+)/i, source: "tvdb" },
  // HAMA numbers its TVDB orders: tvdb-, tvdb2-, …; the id is the same.
  { pattern: /^com\.plexapp\.agents\.hama:\/\/tvdb\d?-(\d+)/i, source: "tvdb" },
  { pattern: /^com\.plexapp\.agents\.hama:\/\/imdb-(tt\d+)/i, source: "imdb" },
  { pattern: /^com\.plexapp\.agents\.hama:\/\/tmdb-(\d+)/i, source: "tmdb" },
];

function externalGuid(text: string): string | null {
  for (const { pattern, source } of agents) {
    const match = pattern.exec(text);
    if (!match?.[1]) continue;
    // "thetvdb://280619/6/1" is an episode under the id of its show, which is not its own.
    if (/^\/\d/.test(text.slice(match[0].length))) return null;
    const number = source === "imdb" ? match[1].toLowerCase() : String(BigInt(match[1]));
    return number === "0" ? null : `${source}://${number}`;
  }
  return null;
}
