import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { isInventedPoster } from "@/lib/domain/mail-samples";
import { UpstreamError } from "@/lib/errors";
import type { Config } from "../load-config";
import { drawPoster } from "./draw-poster";

/** Widths TMDB offers posters in. */
export const posterWidths = [92, 154, 185, 342, 500] as const;
export type PosterWidth = (typeof posterWidths)[number];
export type Poster = { bytes: Buffer; contentType: string };

/** TMDB's own names: nothing else reaches the disk or the network. */
export const posterPathShape = /^\/[A-Za-z0-9_-]{1,80}\.(jpg|png|webp)$/;

const maximumBytes = 2 * 1024 * 1024;
/** Of one width. Anybody may ask for any poster of TMDB: the disk must not fill up with them. */
const mostKept = 5_000;
const contentTypes: Record<string, string> = {
  jpg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
};

/** A poster from the cache in the config folder; null when TMDB would have to be asked, and for a path that is none. */
export async function findKeptPoster(
  config: Pick<Config, "configDir">,
  posterPath: string,
  width: PosterWidth,
): Promise<Poster | null> {
  const contentType = contentTypeOf(posterPath);
  if (!contentType) return null;
  // Nobody else has a picture of what samples invent.
  if (isInventedPoster(posterPath)) return { bytes: drawPoster(posterPath), contentType };
  const bytes = await readFile(fileOf(config, posterPath, width)).catch(() => null);
  return bytes && { bytes, contentType };
}

/**
 * A poster from the cache in the config folder, else from TMDB. Null for a path that is none. Throws UpstreamError
 * when TMDB cannot be asked.
 */
export async function loadPoster(
  config: Pick<Config, "configDir" | "tmdbImageUrl">,
  posterPath: string,
  width: PosterWidth,
  most = mostKept,
): Promise<Poster | null> {
  return (
    (await findKeptPoster(config, posterPath, width)) ??
    askForPoster(config, posterPath, width, most)
  );
}

/** A poster from TMDB, which the cache then has. Null and failures as of {@link loadPoster}. */
export async function askForPoster(
  config: Pick<Config, "configDir" | "tmdbImageUrl">,
  posterPath: string,
  width: PosterWidth,
  most = mostKept,
): Promise<Poster | null> {
  const contentType = contentTypeOf(posterPath);
  if (!contentType) return null;
  const bytes = await fetchPoster(
    `${config.tmdbImageUrl.replace(/\/+$/, "")}/t/p/w${width}${posterPath}`,
  );
  if (!bytes) return null;
  const file = fileOf(config, posterPath, width);
  await keep(file, bytes);
  await makeRoom(path.dirname(file), most);
  return { bytes, contentType };
}

/** Null for what cannot be the path of a poster: nothing else is said of such a path, and no file looked for. */
function contentTypeOf(posterPath: string): string | null {
  const extension = posterPathShape.exec(posterPath)?.[1];
  return extension ? (contentTypes[extension] ?? "image/jpeg") : null;
}

const fileOf = ({ configDir }: Pick<Config, "configDir">, posterPath: string, width: PosterWidth) =>
  path.join(configDir, "cache", "posters", `w${width}`, posterPath.slice(1));

async function fetchPoster(url: string): Promise<Buffer | null> {
  const trouble = (message: string, cause?: unknown) =>
    new UpstreamError({ service: "tmdb", kind: "status", retryable: true, message, cause });
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(8000), redirect: "error" });
  } catch (cause) {
    throw trouble("TMDB does not serve its pictures now", cause);
  }
  if (response.status === 404) return null;
  if (!response.ok) throw trouble(`TMDB answered ${response.status}`);
  if (!response.headers.get("content-type")?.startsWith("image/")) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maximumBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A full disk costs the cache, not the poster. */
async function keep(file: string, bytes: Buffer): Promise<void> {
  const fresh = `${file}.${randomUUID()}.new`;
  await mkdir(path.dirname(file), { recursive: true })
    .then(() => writeFile(fresh, bytes))
    .then(() => rename(fresh, file))
    .catch(() => undefined);
}

/** Takes the oldest posters away once there are more than `most`: a tenth more than needed, so that this is rare. */
async function makeRoom(folder: string, most: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  if (names.length <= most) return;
  const files = await Promise.all(
    names.map(async (name) => {
      const file = path.join(folder, name);
      const facts = await stat(file).catch(() => null);
      return { file, at: facts?.mtimeMs ?? 0 };
    }),
  );
  const surplus = names.length - Math.floor(most * 0.9);
  const oldest = files.sort((a, b) => a.at - b.at).slice(0, surplus);
  await Promise.all(oldest.map(({ file }) => rm(file, { force: true })));
}
