import { type Answer, type Incoming, type JsonObject, json } from "./fake-server";
import { day, qualityJson, utc } from "./releases";
import type { Download, HistoryEvent } from "./servarr-server";
import { SonarrActions, type SonarrOptions } from "./sonarr-actions";
import { restEpisode, restFile, restSeries, type Series } from "./sonarr-model";

/** A Sonarr as its API answers. */
export class FakeSonarr extends SonarrActions {
  constructor(options: SonarrOptions) {
    super(options);
    this.addRoutes();
  }

  protected historyJson(event: HistoryEvent): JsonObject {
    return {
      episodeId: event.episodeId,
      seriesId: event.ownerId,
      sourceTitle: event.sourceTitle,
      ...this.languagesJson(),
      quality: qualityJson(event.quality, "sonarr"),
      customFormats: [],
      customFormatScore: 0,
      qualityCutoffNotMet: false,
      date: utc(event.at),
      downloadId: event.downloadId ?? undefined,
      eventType: event.eventType,
      data: event.data,
      id: event.id,
    };
  }

  protected queueRecordOwner(recordId: number): Download | null {
    return (
      this.queue.find(
        (d) => d.id === recordId || d.episodeIds.some((e) => queueId(d, e) === recordId),
      ) ?? null
    );
  }

  private addRoutes(): void {
    this.route("GET", "/api/v3/system/status", () => json(this.statusJson()));
    this.route("GET", "/api/v3/series", ({ query }) => {
      const tvdbId = query.get("tvdbId");
      const found = this.series.filter((s) => !tvdbId || s.show.tvdbId === Number(tvdbId));
      return json(found.map((s) => this.seriesJson(s)));
    });
    this.route("GET", "/api/v3/series/:id", ({ params }) => {
      const series = this.series.find((s) => s.id === Number(params.id));
      return series ? json(this.seriesJson(series)) : this.notFound();
    });
    this.route("GET", "/api/v3/episode", (incoming) => this.listEpisodes(incoming));
    this.route("GET", "/api/v3/episode/:id", ({ params }) => {
      const series = this.series.find((s) => s.episodes.some((e) => e.id === Number(params.id)));
      const episode = series?.episodes.find((e) => e.id === Number(params.id));
      return series && episode ? json(restEpisode(series, episode)) : this.notFound();
    });
    this.route("GET", "/api/v3/episodefile", ({ query }) => {
      const seriesId = query.get("seriesId");
      if (!seriesId) return json({ message: "seriesId or episodeFileIds must be provided" }, 400);
      const series = this.series.find((s) => s.id === Number(seriesId));
      return series
        ? json(series.files.map((f) => restFile(series, f, this.era)))
        : this.notFound();
    });
    this.route("GET", "/api/v3/queue", (incoming) => this.queuePage(incoming));
    this.route("GET", "/api/v3/queue/details", ({ query }) => {
      const seriesId = query.get("seriesId");
      const episodeIds = query.getAll("episodeIds").flatMap((v) => v.split(",").map(Number));
      const records = this.queueRecords(query, true).filter(
        (r) =>
          (!seriesId || r.seriesId === Number(seriesId)) &&
          (episodeIds.length === 0 || episodeIds.includes(Number(r.episodeId))),
      );
      return json(records);
    });
    this.route("GET", "/api/v3/history/series", ({ query }) => {
      const seriesId = Number(query.get("seriesId"));
      const season = query.get("seasonNumber");
      const series = this.series.find((s) => s.id === seriesId);
      const inSeason = (e: HistoryEvent) =>
        !season ||
        series?.episodes.find((p) => p.id === e.episodeId)?.title.season === Number(season);
      const found = this.history.filter((e) => e.ownerId === seriesId && inSeason(e));
      return json([...found].reverse().map((e) => this.historyJson(e)));
    });
    this.route("GET", "/api/v3/calendar", ({ query }) => this.calendar(query));
    this.route("GET", "/api/v3/wanted/missing", (incoming) => this.wanted(incoming));
  }

  private seriesJson(series: Series): JsonObject {
    this.learnEpisodes(series);
    const tagIds = series.tags.map((t) => this.tagId(t));
    return restSeries(series, this.era, tagIds, this.now());
  }

  private listEpisodes({ query }: Incoming): Answer {
    const seriesId = query.get("seriesId");
    if (!seriesId) {
      return json({ message: "seriesId, episodeIds, episodeFileId must be provided" }, 400);
    }
    const series = this.series.find((s) => s.id === Number(seriesId));
    if (!series) return json([]);
    this.learnEpisodes(series);
    const season = query.get("seasonNumber");
    const withFile = query.get("includeEpisodeFile") === "true";
    const episodes = series.episodes
      .filter((e) => !season || e.title.season === Number(season))
      .map((e) => {
        const file = series.files.find((f) => f.id === e.fileId);
        const entry = restEpisode(series, e);
        if (withFile && file) entry.episodeFile = restFile(series, file, this.era);
        return entry;
      });
    return json(episodes);
  }

  private queueRecords(query: URLSearchParams, includeUnknown: boolean): JsonObject[] {
    return this.queue.flatMap((download): JsonObject[] => {
      const common = this.queueJson(download);
      const series = this.series.find((s) => s.id === download.ownerId);
      if (!series) return includeUnknown ? [{ ...common, id: download.id }] : [];
      return download.episodeIds.flatMap((episodeId) => {
        const episode = series.episodes.find((e) => e.id === episodeId);
        if (!episode) return [];
        return [
          {
            seriesId: series.id,
            episodeId,
            seasonNumber: episode.title.season,
            series: query.get("includeSeries") === "true" ? this.seriesJson(series) : undefined,
            episode:
              query.get("includeEpisode") === "true" ? restEpisode(series, episode) : undefined,
            ...common,
            episodeHasFile: episode.fileId !== null,
            id: queueId(download, episodeId),
          },
        ];
      });
    });
  }

  private queuePage(incoming: Incoming): Answer {
    const { query } = incoming;
    const wanted = query.getAll("seriesIds").flatMap((v) => v.split(",").map(Number));
    const statuses = query.getAll("status").flatMap((v) => v.split(","));
    const records = this.queueRecords(query, query.get("includeUnknownSeriesItems") === "true")
      .filter((r) => wanted.length === 0 || wanted.includes(Number(r.seriesId)))
      .filter((r) => statuses.length === 0 || statuses.includes(String(r.status)));
    return this.paged(records, incoming, "timeleft");
  }

  private calendar(query: URLSearchParams): Answer {
    const now = this.now();
    const start = dateOr(query.get("start"), new Date(`${day(now)}T00:00:00Z`));
    const end = dateOr(query.get("end"), new Date(start.getTime() + 2 * 86_400_000));
    const unmonitored = query.get("unmonitored") === "true";
    const entries = this.series.flatMap((series) =>
      series.episodes
        .filter((e) => e.title.airsAt && e.title.airsAt >= start && e.title.airsAt <= end)
        .filter((e) => unmonitored || e.monitored)
        .map((e) => ({
          ...restEpisode(series, e),
          series: query.get("includeSeries") === "true" ? this.seriesJson(series) : undefined,
        })),
    );
    return json(entries);
  }

  private wanted(incoming: Incoming): Answer {
    const now = this.now();
    const records = this.series.flatMap((series) =>
      series.episodes
        .filter((e) => e.fileId === null && e.monitored && e.title.airsAt && e.title.airsAt <= now)
        .map((e) => ({
          ...restEpisode(series, e),
          series:
            incoming.query.get("includeSeries") === "true" ? this.seriesJson(series) : undefined,
        })),
    );
    return this.paged(records, incoming, "episodes.airDateUtc");
  }

  private statusJson(): JsonObject {
    const named: JsonObject =
      this.era === "v4" ? { appName: "Sonarr", instanceName: this.instanceName } : {};
    return {
      ...named,
      version: this.version,
      buildTime: "2026-06-26T00:00:00Z",
      isDebug: false,
      isProduction: true,
      osName: "alpine",
      isDocker: true,
      branch: "main",
      authentication: "forms",
      urlBase: new URL(this.url).pathname.replace(/\/$/, ""),
      startTime: "2026-06-26T01:00:00Z",
    };
  }
}

function queueId(download: Download, episodeId: number): number {
  return download.id * 100_000 + (episodeId % 100_000);
}

function dateOr(text: string | null, otherwise: Date): Date {
  const date = new Date(text ?? "");
  return Number.isNaN(date.getTime()) ? otherwise : date;
}
