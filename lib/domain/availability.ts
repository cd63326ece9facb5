/** Whether Plex can really play an item (promise 4): the right entry, in the right class, with a media part. */

/** One version of an item; `files` are paths as Plex sees them, empty where it does not say. */
export type PlexMedia = { resolution: string | null; files: readonly string[] };

export type PlexEntry = {
  ratingKey: string;
  /** `tmdb://603`, `tvdb://121361`, … of the entry itself. */
  guids: readonly string[];
  season: number | null;
  episode: number | null;
  media: readonly PlexMedia[];
};

export type WantedItem = {
  kind: "movie" | "episode";
  isFourK: boolean;
  tmdbId: number | null;
  imdbId: string | null;
  season: number | null;
  episode: number | null;
  episodeTvdbId: number | null;
  /** The file the instance holds; its name recognises it in Plex whatever the folders are called there. */
  filePath: string | null;
  /** As the instance names it, such as `WEBDL-2160p`. */
  quality: string | null;
};

export type Availability =
  | { kind: "plays"; ratingKey: string }
  | { kind: "notYet"; because: "absent" | "noMedia" | "otherClass" };

/**
 * Ids under which Plex may have a movie, or the show of an episode. TMDB knows movies and shows by the same numbers:
 * they are looked for among entries of the right type only.
 */
export function titleGuids(title: {
  kind: "movie" | "episode";
  tmdbId: number | null;
  tvdbId?: number | null;
  imdbId: string | null;
}): string[] {
  const { kind, tmdbId, tvdbId, imdbId } = title;
  return [
    ...(kind === "episode" && tvdbId ? [`tvdb://${tvdbId}`] : []),
    ...(tmdbId ? [`tmdb://${tmdbId}`] : []),
    // Movies of the legacy agent carry this one alone.
    ...(imdbId ? [`imdb://${imdbId.toLowerCase()}`] : []),
  ];
}

/**
 * Looks for `wanted` among the entries Plex returned for its title. `fourKApart`: a 4K instance of this kind is
 * configured, so a 4K version alone does not make the HD request playable.
 */
export function decideAvailability(
  wanted: WantedItem,
  entries: readonly PlexEntry[],
  fourKApart: boolean,
): Availability {
  const candidates = entries.filter((entry) => isSameItem(wanted, entry));
  if (candidates.length === 0) return { kind: "notYet", because: "absent" };
  const withMedia = candidates.filter((entry) => entry.media.some((m) => m.files.length > 0));
  if (withMedia.length === 0) return { kind: "notYet", because: "noMedia" };
  const right = withMedia.find((entry) =>
    entry.media.some((media) => media.files.length > 0 && isRightClass(wanted, media, fourKApart)),
  );
  return right
    ? { kind: "plays", ratingKey: right.ratingKey }
    : { kind: "notYet", because: "otherClass" };
}

/**
 * Whether Plex has this very file, by its name: a replacement, and not what it replaced. Where Plex names no file
 * nobody can tell, and it counts.
 */
export function showsFile(entries: readonly PlexEntry[], path: string): boolean {
  const media = entries.flatMap((entry) => entry.media);
  return media.some((one) => holdsFile(one, path) || one.files.some((file) => file === ""));
}

function isSameItem(wanted: WantedItem, entry: PlexEntry): boolean {
  if (wanted.kind === "movie") {
    const tmdbGuids = entry.guids.filter((guid) => guid.startsWith("tmdb://"));
    const known = tmdbGuids.length > 0 ? tmdbGuids : entry.guids;
    return known.some((guid) => titleGuids(wanted).includes(guid));
  }
  if (entry.media.some((media) => isInFolder(media, wanted.filePath))) return true;
  const tvdbGuids = entry.guids.filter((guid) => guid.startsWith("tvdb://"));
  if (wanted.episodeTvdbId !== null && tvdbGuids.length > 0) {
    // Plex may number episodes otherwise (anime, DVD order): the id tells, the number misleads.
    return tvdbGuids.includes(`tvdb://${wanted.episodeTvdbId}`);
  }
  return entry.season === wanted.season && entry.episode === wanted.episode;
}

function isRightClass(wanted: WantedItem, media: PlexMedia, fourKApart: boolean): boolean {
  const isFourK = media.resolution?.toLowerCase() === "4k";
  const isTheFile = holdsFile(media, wanted.filePath);
  if (wanted.isFourK) return isFourK || isTheFile;
  if (!isFourK || !fourKApart) return true;
  // Both instances may name their files alike: in 4K it is the HD one's only if that fetched 2160p.
  return isTheFile && /2160/.test(wanted.quality ?? "");
}

function holdsFile(media: PlexMedia, path: string | null): boolean {
  const name = path ? fileName(path) : "";
  return name !== "" && media.files.some((file) => fileName(file) === name);
}

/** Also the folder must be the same: "01.mkv" may be in each season's. */
function isInFolder(media: PlexMedia, path: string | null): boolean {
  const name = path ? lastParts(path) : "";
  return name !== "" && media.files.some((file) => lastParts(file) === name);
}

const lastParts = (path: string) => path.split(/[/\\]/).slice(-2).join("/");

/** The last part of a path written with either slash. */
const fileName = (path: string) => path.split(/[/\\]/).at(-1) ?? "";
