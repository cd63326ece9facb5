import type { DomainEvent, MovieItem } from "@/lib/domain/inbound";
import { type Fields, pick, pickFields, readId, readText, readUrl, readYear } from "./loose-json";
import { parseServarrWebhook, type ServarrDialect } from "./servarr-webhook";

/** Reads a webhook of Radarr 0.x to v6. Never throws. */
export function parseRadarrWebhook(body: unknown): DomainEvent {
  return parseServarrWebhook(body, radarr);
}

const radarr: ServarrDialect = {
  service: "Radarr",
  readItem: readMovie,
  readFolder: (root) => readText(pick(pickFields(root, "movie"), "folderPath"), 4000),
  fileKey: "movieFile",
  filesKey: "movieFiles",
};

function readMovie(root: Fields): MovieItem | null {
  const movie = pickFields(root, "movie");
  // What TMDB knows of the film; Radarr 0.x names the ids only here.
  const remote = pickFields(root, "remoteMovie");
  if (movie.size === 0 && remote.size === 0) return null;
  return {
    type: "movie",
    movieId: readId(pick(movie, "id")),
    tmdbId: readId(pick(movie, "tmdbId")) ?? readId(pick(remote, "tmdbId")),
    imdbId: readImdbId(pick(movie, "imdbId")) ?? readImdbId(pick(remote, "imdbId")),
    title: readText(pick(movie, "title")) ?? readText(pick(remote, "title")),
    year: readYear(pick(movie, "year")) ?? readYear(pick(remote, "year")),
    instanceName: readText(pick(root, "instanceName"), 200),
    applicationUrl: readUrl(pick(root, "applicationUrl")),
  };
}

function readImdbId(value: unknown): string | null {
  const text = readText(value, 20);
  return text !== null && /^tt\d+$/.test(text) ? text : null;
}
