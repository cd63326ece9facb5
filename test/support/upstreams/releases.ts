import type { Json, JsonObject } from "./fake-server";
import type { EpisodeTitle, MovieTitle, ShowTitle } from "./world";

/** A quality as Sonarr and Radarr know it. */
export type Quality = {
  id: number;
  name: string;
  sonarrSource: string;
  radarrSource: string;
  resolution: number;
};

const qualities: Quality[] = [
  { id: 5, name: "WEBDL-720p", sonarrSource: "web", radarrSource: "webdl", resolution: 720 },
  { id: 3, name: "WEBDL-1080p", sonarrSource: "web", radarrSource: "webdl", resolution: 1080 },
  { id: 7, name: "Bluray-1080p", sonarrSource: "bluray", radarrSource: "bluray", resolution: 1080 },
  { id: 18, name: "WEBDL-2160p", sonarrSource: "web", radarrSource: "webdl", resolution: 2160 },
  {
    id: 19,
    name: "Bluray-2160p",
    sonarrSource: "bluray",
    radarrSource: "bluray",
    resolution: 2160,
  },
];

export type QualityName =
  | "WEBDL-720p"
  | "WEBDL-1080p"
  | "Bluray-1080p"
  | "WEBDL-2160p"
  | "Bluray-2160p";

export function qualityNamed(name: QualityName): Quality {
  const found = qualities.find((q) => q.name === name);
  if (!found) throw new Error(`No quality is called ${name}`);
  return found;
}

export const allQualities: readonly Quality[] = qualities;

/** A file in a library, as the webhook and REST answers describe it. */
export type LibraryFile = {
  id: number;
  relativePath: string;
  path: string;
  sourcePath: string;
  quality: Quality;
  releaseGroup: string | null;
  sceneName: string | null;
  size: number;
  addedAt: Date;
  qualityCutoffNotMet: boolean;
};

export const english = { id: 1, name: "English" };

const twoDigits = (n: number) => String(n).padStart(2, "0");
const withoutSlashes = (text: string) => text.replace(/[/\\:*?"<>|]/g, "").trim();

/** `S03E05`, `S03E05-E06` for a file with several. */
export function episodeCode(episodes: readonly EpisodeTitle[]): string {
  const first = episodes[0];
  if (!first) throw new Error("A file holds at least one episode");
  const numbers = episodes.map((e) => `E${twoDigits(e.number)}`).join("-");
  return `S${twoDigits(first.season)}${numbers}`;
}

/** `Season 03/Tidewater Road - S03E05 - The Pilot's Daughter WEBDL-1080p.mkv` */
export function episodeFileName(
  show: ShowTitle,
  episodes: readonly EpisodeTitle[],
  quality: Quality,
): string {
  const season = episodes[0]?.season ?? 0;
  const folder = season === 0 ? "Specials" : `Season ${twoDigits(season)}`;
  const names = episodes.map((e) => e.title).join(" + ");
  const file = `${show.title} - ${episodeCode(episodes)} - ${names} ${quality.name}.mkv`;
  return `${folder}/${withoutSlashes(file)}`;
}

export function movieFileName(movie: MovieTitle, quality: Quality): string {
  return `${withoutSlashes(`${movie.title} (${movie.year}) ${quality.name}`)}.mkv`;
}

export function folderName(title: string): string {
  return withoutSlashes(title);
}

/** A release name as an indexer shows it. */
export function releaseTitle(parts: string[], quality: Quality, group: string): string {
  const words = parts.join(" ").replace(/[^\p{L}\p{N}]+/gu, ".");
  return `${words}.${quality.resolution}p.WEB-DL-${group}`.replace(/\.+/g, ".");
}

/** Forty upper-case hex digits, the same for the same seed. */
export function downloadIdFrom(seed: string): string {
  let state = 2_166_136_261;
  let id = "";
  while (id.length < 40) {
    for (const character of `${seed}${id.length}`) {
      state = Math.imul(state ^ character.charCodeAt(0), 16_777_619) >>> 0;
    }
    id += state.toString(16).padStart(8, "0");
  }
  return id.slice(0, 40).toUpperCase();
}

/** `quality` of REST answers: an object. Webhooks carry its name only. */
export function qualityJson(quality: Quality, product: "sonarr" | "radarr"): JsonObject {
  const { id, name, resolution } = quality;
  const inner: JsonObject =
    product === "sonarr"
      ? { id, name, source: quality.sonarrSource, resolution }
      : { id, name, source: quality.radarrSource, resolution, modifier: "none" };
  return { quality: inner, revision: { version: 1, real: 0, isRepack: false } };
}

/** `mediaInfo` of webhooks: lists. */
export function webhookMediaInfo(quality: Quality): JsonObject {
  const isFourK = quality.resolution === 2160;
  return {
    audioChannels: isFourK ? 7.1 : 5.1,
    audioCodec: isFourK ? "TrueHD Atmos" : "EAC3",
    audioLanguages: ["eng"],
    height: quality.resolution,
    width: Math.round((quality.resolution * 16) / 9),
    subtitles: ["eng"],
    videoCodec: isFourK ? "x265" : "h264",
    videoDynamicRange: isFourK ? "HDR" : "",
    videoDynamicRangeType: isFourK ? "DV HDR10" : "",
  };
}

/** `mediaInfo` of REST answers: texts joined by slashes. */
export function restMediaInfo(quality: Quality): JsonObject {
  const width = Math.round((quality.resolution * 16) / 9);
  return {
    audioBitrate: 0,
    audioChannels: 5.1,
    audioCodec: "EAC3",
    audioLanguages: "eng",
    audioStreamCount: 1,
    videoBitDepth: 8,
    videoBitrate: 0,
    videoCodec: "h264",
    videoFps: 23.976,
    videoDynamicRange: "",
    videoDynamicRangeType: "",
    resolution: `${width}x${quality.resolution}`,
    runTime: "45:10",
    scanType: "Progressive",
    subtitles: "eng/spa",
  };
}

/** .NET's way of writing UTC: no fraction when it is zero. */
export function utc(date: Date): string {
  return date.toISOString().replace(/\.000Z$/, "Z");
}

/** The day alone, `2026-06-01`. */
export function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** A profile that wants 1080p (or 2160p) and no more, or one that goes on to the cutoff. */
export function qualityProfile(
  product: "sonarr" | "radarr",
  id: number,
  name: string,
  wanted: Quality,
): JsonObject {
  const items: Json[] = allQualities.map((q) => ({
    quality: qualityJson(q, product).quality,
    items: [],
    allowed: q.resolution <= wanted.resolution,
  }));
  const profile: JsonObject = {
    name,
    upgradeAllowed: true,
    cutoff: wanted.id,
    items,
    minFormatScore: 0,
    cutoffFormatScore: 0,
    minUpgradeFormatScore: 1,
    formatItems: [],
  };
  if (product === "radarr") profile.language = { id: -2, name: "Original" };
  profile.id = id;
  return profile;
}
