/**
 * Identity of watchable things. A media key names one movie or episode across all instances; a group key names
 * what is gathered into one mail and asked of Plex together. 4K is part of both: HD and 4K are separate outcomes.
 */

export type MediaType = "movie" | "tv";

export type MediaIdentity =
  | { kind: "movie"; tmdbId: number; isFourK: boolean }
  | { kind: "episode"; tvdbId: number; season: number; episode: number; isFourK: boolean };

const suffix = (isFourK: boolean) => (isFourK ? ":4k" : "");
const twoDigits = (n: number) => String(n).padStart(2, "0");

/** `movie:tmdb:603`, `episode:tvdb:121361:s03e09`, each with `:4k` where it is the 4K outcome. */
export function mediaKey(identity: MediaIdentity): string {
  if (identity.kind === "movie") return `movie:tmdb:${identity.tmdbId}${suffix(identity.isFourK)}`;
  const code = `s${twoDigits(identity.season)}e${twoDigits(identity.episode)}`;
  return `episode:tvdb:${identity.tvdbId}:${code}${suffix(identity.isFourK)}`;
}

/** `show:tvdb:121361` or `movie:tmdb:603`, each with `:4k` where it is the 4K outcome. */
export function groupKey(identity: MediaIdentity): string {
  if (identity.kind === "movie") return mediaKey(identity);
  return showGroupKey(identity.tvdbId, identity.isFourK);
}

/** The group of all episodes of a show in one class. */
export function showGroupKey(tvdbId: number, isFourK: boolean): string {
  return `show:tvdb:${tvdbId}${suffix(isFourK)}`;
}

/** Reads a media key back; null when it is none. */
export function parseMediaKey(key: string): MediaIdentity | null {
  const movie = /^movie:tmdb:(\d+)(:4k)?$/.exec(key);
  if (movie) return { kind: "movie", tmdbId: Number(movie[1]), isFourK: movie[2] !== undefined };
  const episode = /^episode:tvdb:(\d+):s(\d+)e(\d+)(:4k)?$/.exec(key);
  if (!episode) return null;
  return {
    kind: "episode",
    tvdbId: Number(episode[1]),
    season: Number(episode[2]),
    episode: Number(episode[3]),
    isFourK: episode[4] !== undefined,
  };
}
