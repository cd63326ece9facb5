import type { Json, JsonObject } from "./fake-server";
import type { EpisodeTitle, MovieTitle, ShowTitle } from "./world";

export type PlexLibrary = {
  /** Section key: a text, though it looks like a number. */
  key: string;
  type: "movie" | "show";
  title: string;
  /** Where its files lie; the last part of a file's path is taken over from Sonarr and Radarr. */
  path: string;
  agent: PlexAgent;
  isFourK: boolean;
};

/** New agents know external ids in `Guid[]`; legacy ones carry one id inside `guid`. */
export type PlexAgent =
  | "tv.plex.agents.movie"
  | "tv.plex.agents.series"
  | "com.plexapp.agents.imdb"
  | "com.plexapp.agents.themoviedb"
  | "com.plexapp.agents.thetvdb"
  | "com.plexapp.agents.hama";

export type PlexPart = { id: number; file: string; size: number; isOnDisk: boolean };

export type PlexMedia = {
  id: number;
  resolution: "720" | "1080" | "4k";
  part: PlexPart;
  /** Not shown before this moment. */
  visibleAt: Date;
};

export type PlexItem = {
  ratingKey: string;
  type: "movie" | "show" | "season" | "episode";
  libraryKey: string;
  guid: string;
  /** External ids such as `tmdb://603`; empty for legacy and unmatched items. */
  guids: string[];
  title: string;
  year: number | null;
  /** Season or episode number. */
  index: number | null;
  parent: PlexItem | null;
  runtimeMinutes: number;
  releasedAt: Date | null;
  addedAt: Date;
  updatedAt: Date;
  /** Not shown before this moment. */
  visibleAt: Date;
  media: PlexMedia[];
};

const typeNumbers = { movie: 1, show: 2, season: 3, episode: 4 } as const;

/** 1 movie, 2 show, 3 season, 4 episode. */
export function typeNumber(type: PlexItem["type"]): number {
  return typeNumbers[type];
}

/** `plex://movie/<24 hex>`, the same for the same thing on every server. */
export function plexGuid(type: PlexItem["type"], seed: string): string {
  let hash = 2_166_136_261;
  let hex = "";
  while (hex.length < 24) {
    for (const character of `${seed}:${hex.length}`) {
      hash = Math.imul(hash ^ character.charCodeAt(0), 16_777_619) >>> 0;
    }
    hex += hash.toString(16).padStart(8, "0");
  }
  return `plex://${type}/${hex.slice(0, 24)}`;
}

export type Identity = { guid: string; guids: string[] };

export function movieIdentity(movie: MovieTitle, agent: PlexAgent): Identity {
  if (agent === "com.plexapp.agents.imdb") {
    return { guid: `${agent}://${movie.imdbId}?lang=en`, guids: [] };
  }
  if (agent === "com.plexapp.agents.themoviedb") {
    return { guid: `${agent}://${movie.tmdbId}?lang=en`, guids: [] };
  }
  const imdb = movie.imdbId ? [`imdb://${movie.imdbId}`] : [];
  return {
    guid: plexGuid("movie", `movie:${movie.tmdbId}`),
    guids: [...imdb, `tmdb://${movie.tmdbId}`],
  };
}

export function showIdentity(show: ShowTitle, agent: PlexAgent): Identity {
  if (agent === "com.plexapp.agents.thetvdb") {
    return { guid: `${agent}://${show.tvdbId}?lang=en`, guids: [] };
  }
  if (agent === "com.plexapp.agents.hama") {
    return { guid: `${agent}://tvdb-${show.tvdbId}?lang=en`, guids: [] };
  }
  const imdb = show.imdbId ? [`imdb://${show.imdbId}`] : [];
  return {
    guid: plexGuid("show", `show:${show.tvdbId}`),
    guids: [...imdb, `tmdb://${show.tmdbId}`, `tvdb://${show.tvdbId}`],
  };
}

/** A season has an own id too; it is nobody's business but Plex's. */
export function seasonIdentity(show: ShowTitle, season: number, agent: PlexAgent): Identity {
  const legacy = legacyShow(show, agent);
  if (legacy) return { guid: `${legacy}/${season}?lang=en`, guids: [] };
  return {
    guid: plexGuid("season", `show:${show.tvdbId}:${season}`),
    guids: [`tvdb://${show.tvdbId * 10 + season + 5_000_000}`],
  };
}

/** The external ids of an episode are the episode's own, not the show's. */
export function episodeIdentity(
  show: ShowTitle,
  episode: EpisodeTitle,
  agent: PlexAgent,
): Identity {
  const legacy = legacyShow(show, agent);
  if (legacy) return { guid: `${legacy}/${episode.season}/${episode.number}?lang=en`, guids: [] };
  return {
    guid: plexGuid("episode", `episode:${episode.tvdbId}`),
    guids: [`tmdb://${episode.tvdbId + 1_000_000}`, `tvdb://${episode.tvdbId}`],
  };
}

function legacyShow(show: ShowTitle, agent: PlexAgent): string | null {
  if (agent === "com.plexapp.agents.thetvdb") return `${agent}://${show.tvdbId}`;
  if (agent === "com.plexapp.agents.hama") return `${agent}://tvdb-${show.tvdbId}`;
  return null;
}

const seconds = (date: Date) => Math.floor(date.getTime() / 1000);

/** An item as Plex lists it; `children` counts what is visible below a show or season. */
export function itemJson(
  item: PlexItem,
  view: { now: Date; includeGuids: boolean; checkFiles: boolean; children: number },
): JsonObject {
  const { parent } = item;
  const grandparent = parent?.parent ?? null;
  const isBranch = item.type === "show" || item.type === "season";
  const thumb = `/library/metadata/${item.ratingKey}/thumb/${seconds(item.updatedAt)}`;
  const media = item.media.filter((m) => m.visibleAt <= view.now);
  const body: JsonObject = {
    ratingKey: item.ratingKey,
    key: `/library/metadata/${item.ratingKey}${isBranch ? "/children" : ""}`,
    parentRatingKey: parent?.ratingKey,
    grandparentRatingKey: grandparent?.ratingKey,
    guid: item.guid,
    parentGuid: parent?.guid,
    grandparentGuid: grandparent?.guid,
    type: item.type,
    title: item.title,
    parentTitle: parent?.title,
    grandparentTitle: grandparent?.title,
    parentKey: parent ? `/library/metadata/${parent.ratingKey}` : undefined,
    grandparentKey: grandparent ? `/library/metadata/${grandparent.ratingKey}` : undefined,
    summary: "",
    index: item.index ?? undefined,
    parentIndex: item.type === "episode" ? (parent?.index ?? undefined) : undefined,
    year: item.year ?? undefined,
    thumb,
    duration: isBranch ? undefined : item.runtimeMinutes * 60_000,
    originallyAvailableAt: item.releasedAt?.toISOString().slice(0, 10),
    leafCount: isBranch ? view.children : undefined,
    addedAt: seconds(item.addedAt),
    updatedAt: seconds(item.updatedAt),
  };
  if (media.length > 0) body.Media = media.map((m) => mediaJson(m, item, view.checkFiles));
  if (view.includeGuids && item.guids.length > 0) body.Guid = item.guids.map((id) => ({ id }));
  return body;
}

function mediaJson(media: PlexMedia, item: PlexItem, checkFiles: boolean): Json {
  const height = media.resolution === "4k" ? 2160 : Number(media.resolution);
  const { part } = media;
  const checked = checkFiles ? { exists: part.isOnDisk, accessible: part.isOnDisk } : {};
  return {
    id: media.id,
    duration: item.runtimeMinutes * 60_000,
    bitrate: media.resolution === "4k" ? 40_000 : 9_000,
    width: Math.round((height * 16) / 9),
    height,
    audioChannels: 6,
    audioCodec: "eac3",
    videoCodec: media.resolution === "4k" ? "hevc" : "h264",
    videoResolution: media.resolution,
    container: "mkv",
    Part: [
      {
        id: part.id,
        key: `/library/parts/${part.id}/${seconds(item.addedAt)}/file.mkv`,
        duration: item.runtimeMinutes * 60_000,
        file: part.file,
        size: part.size,
        container: "mkv",
        ...checked,
      },
    ],
  };
}

export function libraryJson(library: PlexLibrary): JsonObject {
  const isMovie = library.type === "movie";
  return {
    allowSync: true,
    composite: `/library/sections/${library.key}/composite/1700000000`,
    filters: true,
    refreshing: false,
    key: library.key,
    type: library.type,
    title: library.title,
    agent: library.agent,
    scanner: isMovie ? "Plex Movie" : "Plex TV Series",
    language: "en-US",
    uuid: `00000000-0000-4000-8000-${library.key.padStart(12, "0")}`,
    updatedAt: 1_700_000_000,
    createdAt: 1_600_000_000,
    scannedAt: 1_700_000_000,
    content: true,
    directory: true,
    hidden: 0,
    Location: [{ id: Number(library.key), path: library.path }],
  };
}

/** The same container as XML: scalars become attributes, lists become elements. */
export function toXml(container: JsonObject): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("MediaContainer", container)}\n`;
}

function element(name: string, value: JsonObject): string {
  const attributes: string[] = [];
  const children: string[] = [];
  for (const [key, entry] of Object.entries(value)) {
    if (entry === undefined || entry === null) continue;
    if (Array.isArray(entry)) {
      for (const child of entry) {
        if (typeof child === "object" && child !== null && !Array.isArray(child)) {
          children.push(element(elementName(key, child), child));
        }
      }
    } else if (typeof entry !== "object") {
      const text = typeof entry === "boolean" ? (entry ? "1" : "0") : String(entry);
      attributes.push(` ${key}="${escapeXml(text)}"`);
    }
  }
  const open = `<${name}${attributes.join("")}`;
  return children.length > 0 ? `${open}>${children.join("")}</${name}>` : `${open}/>`;
}

function elementName(key: string, child: JsonObject): string {
  if (key !== "Metadata") return key;
  return child.type === "movie" || child.type === "episode" ? "Video" : "Directory";
}

function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
