import type { DomainEvent, SeenEpisode, ShowItem } from "@/lib/domain/inbound";
import {
  type Fields,
  fieldsOf,
  pick,
  pickFields,
  pickList,
  readCount,
  readDate,
  readId,
  readText,
  readUrl,
  readYear,
} from "./loose-json";
import { parseServarrWebhook, type ServarrDialect } from "./servarr-webhook";

/** Reads a webhook of Sonarr v2 to v5. Never throws. */
export function parseSonarrWebhook(body: unknown): DomainEvent {
  return parseServarrWebhook(body, sonarr);
}

const sonarr: ServarrDialect = {
  service: "Sonarr",
  readItem: readShow,
  readFolder: (root) => readText(pick(pickFields(root, "series"), "path"), 4000),
  fileKey: "episodeFile",
  filesKey: "episodeFiles",
};

function readShow(root: Fields): ShowItem | null {
  const series = pickFields(root, "series");
  if (series.size === 0) return null;
  return {
    type: "show",
    seriesId: readId(pick(series, "id")),
    tvdbId: readId(pick(series, "tvdbId")),
    tmdbId: readId(pick(series, "tmdbId")),
    title: readText(pick(series, "title")),
    year: readYear(pick(series, "year")),
    episodes: pickList(root, "episodes")
      .map(readEpisode)
      .filter((episode) => episode !== null),
    instanceName: readText(pick(root, "instanceName"), 200),
    applicationUrl: readUrl(pick(root, "applicationUrl")),
  };
}

function readEpisode(value: unknown): SeenEpisode | null {
  const fields = fieldsOf(value);
  const season = readCount(pick(fields, "seasonNumber"));
  const episode = readCount(pick(fields, "episodeNumber"));
  if (season === null || episode === null) return null;
  return {
    season,
    episode,
    title: readText(pick(fields, "title")),
    airDateUtc: readDate(pick(fields, "airDateUtc")),
  };
}
