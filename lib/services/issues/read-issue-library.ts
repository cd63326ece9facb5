import { createServarrRepair } from "@/lib/clients/servarr-repair";
import type { Instance } from "@/lib/domain/instance";
import type { IssueFile, IssueScope } from "@/lib/domain/issue-files";
import type { HeldFile } from "@/lib/domain/issue-fix";
import { mediaKey } from "@/lib/domain/media";
import type { LibraryFile, SonarrEpisode } from "@/lib/domain/upstream";
import { UpstreamError } from "@/lib/errors";
import type { Issue } from "@/lib/store/issues";
import type { Config } from "../load-config";
import { radarrOf, sonarrOf } from "../upstreams";

/** What an instance holds of the thing an issue is about. */
export type IssueLibrary = {
  instance: Instance;
  /** Series or movie id inside the instance. */
  titleId: number;
  /** Of what is asked for; empty for movies. */
  episodeIds: number[];
  files: IssueFile[];
  /** The same files, by the ids that the instance's history knows. */
  held: HeldFile[];
};

type IssueTitle = Pick<Issue, "tmdbId" | "tvdbId" | "isFourK">;

/**
 * Reads it from the instance of the issue's class that holds it; of several the one with files. Null: none has the
 * title. Throws UpstreamError when one that may have it cannot be asked: that is never "nothing there".
 */
export async function readIssueLibrary(
  config: Config,
  issue: IssueTitle,
  scope: IssueScope,
): Promise<IssueLibrary | null> {
  const kind = scope.kind === "movie" ? "radarr" : "sonarr";
  let withoutFiles: IssueLibrary | null = null;
  let failure: UpstreamError | null = null;
  for (const instance of config.instances) {
    if (instance.kind !== kind || instance.isFourK !== issue.isFourK) continue;
    try {
      const library =
        scope.kind === "movie"
          ? await readMovie(instance, issue)
          : await readEpisodes(instance, issue, scope);
      if (library && library.files.length > 0) return library;
      withoutFiles ??= library;
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      failure = error;
    }
  }
  if (failure) throw failure;
  return withoutFiles;
}

/** The instance's side of a repair. */
export function repairOf(instance: Instance) {
  return createServarrRepair(instance.kind, {
    name: instance.name,
    url: instance.url,
    apiKey: instance.apiKey,
  });
}

async function readMovie(instance: Instance, issue: IssueTitle): Promise<IssueLibrary | null> {
  const { tmdbId, isFourK } = issue;
  if (tmdbId === null) return null;
  const movie = await radarrOf(instance).movieByTmdbId(tmdbId);
  if (!movie) return null;
  const key = mediaKey({ kind: "movie", tmdbId, isFourK });
  const files = movie.file ? [issueFile(instance, key, movie.file)] : [];
  return {
    instance,
    titleId: movie.movieId,
    episodeIds: [],
    files,
    held: files.map(({ fileId }) => ({ fileId, episodeId: null })),
  };
}

async function readEpisodes(
  instance: Instance,
  issue: IssueTitle,
  scope: Exclude<IssueScope, { kind: "movie" }>,
): Promise<IssueLibrary | null> {
  const { tvdbId, isFourK } = issue;
  if (tvdbId === null) return null;
  const sonarr = sonarrOf(instance);
  const series = await sonarr.seriesByTvdbId(tvdbId);
  if (!series) return null;
  const episodes = (await sonarr.episodes(series.seriesId)).filter((e) => isWithin(e, scope));
  const held = episodes.flatMap((episode) => {
    const { file, season, episode: number, episodeId } = episode;
    if (!file) return [];
    const key = mediaKey({ kind: "episode", tvdbId, season, episode: number, isFourK });
    return [{ file: issueFile(instance, key, file), episodeId }];
  });
  return {
    instance,
    titleId: series.seriesId,
    episodeIds: episodes.map((episode) => episode.episodeId),
    files: held.map(({ file }) => file),
    held: held.map(({ file, episodeId }) => ({ fileId: file.fileId, episodeId })),
  };
}

function isWithin(episode: SonarrEpisode, scope: Exclude<IssueScope, { kind: "movie" }>): boolean {
  switch (scope.kind) {
    case "allSeasons":
      return true;
    case "season":
      return episode.season === scope.season;
    case "episode":
      return episode.season === scope.season && episode.episode === scope.episode;
  }
}

function issueFile(instance: Instance, key: string, file: LibraryFile): IssueFile {
  return {
    mediaKey: key,
    instanceKey: instance.key,
    fileId: file.fileId,
    path: file.path ?? file.relativePath,
    quality: file.quality,
    size: file.size,
  };
}
