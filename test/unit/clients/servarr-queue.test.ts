import { describe, expect, it } from "vitest";
import { createRadarrClient } from "@/lib/clients/radarr";
import { createSonarrClient } from "@/lib/clients/sonarr";
import { foldQueue } from "@/lib/domain/downloads";
import { judgeDownload, verdictWords } from "@/lib/domain/stuck";
import { answer, fakeService, sendJson } from "./fake-service";

const sonarrAt = (url: string) => createSonarrClient({ name: "Sonarr", url, apiKey: "key" });
const sonarr = { key: "sonarr", kind: "sonarr", isFourK: false } as const;
const radarr = { key: "radarr", kind: "radarr", isFourK: false } as const;
const now = new Date("2026-06-01T12:00:00Z");
const rules = { stuckAfterMs: 4 * 3_600_000, now };

describe("the whole queue", () => {
  it("is walked in a steady order, with what it is for", async () => {
    const page = (from: number, count: number) =>
      Array.from({ length: count }, (_, i) => ({
        id: from + i,
        downloadId: `D${from + i}`,
        seriesId: 7,
        episodeId: 70 + i,
        series: { title: "Tidewater Road", tvdbId: 431207, tmdbId: 218411, tags: [3] },
        episode: { seasonNumber: 1, episodeNumber: i + 1 },
        episodeHasFile: i === 0,
      }));
    const service = await fakeService({
      "/api/v3/queue": (_request, response, url) => {
        const records = url.searchParams.get("page") === "1" ? page(1, 250) : page(251, 10);
        sendJson(response, { totalRecords: 260, records });
      },
    });
    const { records, isWhole } = await sonarrAt(service.url).walkQueue();
    expect(records).toHaveLength(260);
    expect(isWhole).toBe(true);
    expect(service.requests.map(({ query }) => query)).toMatchObject([
      { page: "1", sortKey: "title", includeUnknownSeriesItems: "true", includeSeries: "true" },
      { page: "2", includeEpisode: "true" },
    ]);
    expect(records[0]).toMatchObject({
      episodeHasFile: true,
      series: { title: "Tidewater Road", tvdbId: 431207, tagIds: [3] },
      episode: { season: 1, episode: 1 },
      movie: null,
    });
  });

  it("is not whole when a record slipped from one page to the other", async () => {
    const service = await fakeService({
      "/api/v3/queue": (_request, response, url) => {
        const first = url.searchParams.get("page") === "1";
        const count = first ? 250 : 10;
        const records = Array.from({ length: count }, (_, i) => ({ id: (first ? 1 : 250) + i }));
        sendJson(response, { totalRecords: 260, records });
      },
    });
    const { records, isWhole } = await sonarrAt(service.url).walkQueue();
    expect(records).toHaveLength(259);
    expect(isWhole).toBe(false);
  });

  it.each([
    [
      "sonarr/rest-sonarr-v4-queue-mixed",
      {
        AAAA0002: "moving",
        AAAA0003: "stuck: Nobody shares it at the moment",
        AAAA0004: "moving",
        AAAA0005: "moving",
        AAAA0006: "stuck: Matched by id only: somebody has to import it by hand",
        SABnzbd_nzo_fail: "stuck: The disk is full; The download failed",
        AAAA0007: "moving",
        AAAA0008: "stuck: Its name fits no title: somebody has to import it by hand",
        "pending:12:The.Expanse.S06E08.1080p.WEB-DL-NTb": "resting",
      },
    ],
    [
      "sonarr/rest-sonarr-v4-queue-tba-blocked-old",
      { AAAA0001: "waiting: The episode has no title yet" },
    ],
    [
      "sonarr/rest-sonarr-v3-queue-old-language",
      { AAAA0001: "waiting: The episode has no title yet" },
    ],
  ])("%s is judged", async (name, expected) => {
    const service = await fakeService({ "/api/v3/queue": { json: answer(name) } });
    const { records } = await sonarrAt(service.url).walkQueue();
    expect(judgements(foldQueue(sonarr, records))).toEqual(expected);
  });

  it("Radarr's is judged, too", async () => {
    const json = answer("radarr/rest-radarr-v6-queue-stuck");
    const service = await fakeService({ "/api/v3/queue": { json } });
    const client = createRadarrClient({ name: "Radarr", url: service.url, apiKey: "key" });
    const { records } = await client.walkQueue();
    expect(service.requests[0]?.query).toMatchObject({
      includeUnknownMovieItems: "true",
      includeMovie: "true",
    });
    expect(judgements(foldQueue(radarr, records))).toEqual({
      SABnzbd_nzo_1: "stuck: Matched by id only: somebody has to import it by hand",
      SABnzbd_nzo_2: "stuck: There is no file in it that can be imported",
      SABnzbd_nzo_3: "moving",
      SABnzbd_nzo_4: "stuck: Its name fits no title: somebody has to import it by hand",
    });
  });
});

describe("looking after a download", () => {
  it("takes it away under both names of the parameter, without a search of Sonarr's own", async () => {
    const service = await fakeService({
      "/api/v3/queue/5": { json: {} },
      "/api/v3/queue/6": { json: { message: "NotFound" }, status: 404 },
      "/api/v3/queue/7": (_request, response) => {
        response.writeHead(200, { "content-type": "text/html" }).end("<html></html>");
      },
      "/api/v3/queue/8": { json: { message: "no such client" }, status: 400 },
    });
    const client = sonarrAt(service.url);
    expect(await client.removeAndBlock(5)).toBe(true);
    expect(service.requests[0]?.query).toEqual({
      removeFromClient: "true",
      blocklist: "true",
      blacklist: "true",
      skipRedownload: "true",
    });
    expect(await client.removeAndBlock(6)).toBe(false);
    await expect(client.removeAndBlock(7)).rejects.toMatchObject({ kind: "parse" });
    await expect(client.removeAndBlock(8)).rejects.toMatchObject({ kind: "status", status: 400 });
  });

  it("queues commands and reads those there are", async () => {
    const bodies: unknown[] = [];
    const service = await fakeService({
      "/api/v3/command": (request, response) => {
        if (request.method === "GET") {
          sendJson(response, [answer("sonarr/rest-sonarr-v4-command-created")]);
          return;
        }
        let text = "";
        request.on("data", (chunk) => {
          text += chunk;
        });
        request.on("end", () => {
          bodies.push(JSON.parse(text));
          sendJson(response, { id: 1, status: "queued" }, 201);
        });
      },
    });
    const client = sonarrAt(service.url);
    await client.searchEpisodes([1013, 1014]);
    await client.refreshSeries(12);
    expect(bodies).toEqual([
      { name: "EpisodeSearch", episodeIds: [1013, 1014] },
      { name: "RefreshSeries", seriesId: 12 },
    ]);
    expect(await client.commands()).toMatchObject([
      { name: "EpisodeSearch", episodeIds: [1013], movieIds: [] },
    ]);
  });

  it("reads tags, and which indexers ask for seeding", async () => {
    const service = await fakeService({
      "/api/v3/tag": { json: [{ id: 3, label: "no-repair" }] },
      "/api/v3/indexer": {
        json: [
          { name: "Public", tags: [], fields: [{ name: "seedCriteria.seedRatio" }] },
          {
            name: "Private",
            tags: [3],
            fields: [
              { name: "baseUrl", value: "http://127.0.0.1/1/" },
              { name: "seedCriteria.seedTime", value: 4320 },
            ],
          },
        ],
      },
    });
    const client = sonarrAt(service.url);
    expect([...(await client.tags())]).toEqual([[3, "no-repair"]]);
    expect(await client.indexers()).toEqual([
      { name: "Public", tagIds: [], asksForSeeding: false },
      { name: "Private", tagIds: [3], asksForSeeding: true },
    ]);
  });
});

function judgements(downloads: ReturnType<typeof foldQueue>): Record<string, string> {
  return Object.fromEntries(
    downloads.map((download) => {
      const verdict = judgeDownload(download, now, now, rules);
      const words = verdictWords(verdict, now, now);
      const isPlain = verdict.kind === "moving" || verdict.kind === "resting";
      return [download.downloadKey, isPlain ? verdict.kind : `${verdict.kind}: ${words}`];
    }),
  );
}
