import { describe, expect, it } from "vitest";
import { createPlexClient } from "@/lib/clients/plex";
import { externalGuids } from "@/lib/clients/plex-guids";
import { createRadarrClient } from "@/lib/clients/radarr";
import { createSeerrClient } from "@/lib/clients/seerr";
import { createSonarrClient } from "@/lib/clients/sonarr";
import { decideAvailability } from "@/lib/domain/availability";
import { plexAppLink, plexWebLink } from "@/lib/domain/plex-link";
import { answer, fakeService, sendJson } from "./fake-service";

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe("Seerr", () => {
  const connect = (url: string) => createSeerrClient({ name: "Seerr", url, apiKey: "key" });

  it("reads users page by page, and only addresses count as such", async () => {
    const service = await fakeService({
      "/api/v1/user": (_request, response, url) => {
        const page = url.searchParams.get("skip") === "0" ? 1 : 2;
        sendJson(response, answer(`seerr/rest-seerr-user-list-page${page}`));
      },
    });
    const pages = await collect(connect(service.url).users());
    expect(pages.map(({ done, total }) => [done, total])).toEqual([
      [3, 5],
      [5, 5],
    ]);
    expect(pages.flatMap(({ items }) => items.map(({ email }) => email))).toEqual([
      "admin@example.com",
      "anna@example.com",
      null,
      null,
      "zoë@exämple.com",
    ]);
    expect(pages[0]?.items[2]).toMatchObject({ seerrUserId: 3, displayName: "jellybob" });
  });

  it("reads users without addresses", async () => {
    const json = answer("seerr/rest-seerr-user-list-no-email-permission");
    const service = await fakeService({ "/api/v1/user": { json } });
    const [page] = await collect(connect(service.url).users());
    expect(page?.items).toMatchObject([{ seerrUserId: 2, displayName: "Anna", email: null }]);
  });

  const request = {
    id: 62,
    status: 2,
    type: "tv",
    is4k: true,
    serverId: 1,
    createdAt: "2026-02-09T11:08:53.000Z",
    media: {
      tmdbId: 113710,
      tvdbId: 392076,
      status: 3,
      status4k: 5,
      ratingKey: "1",
      ratingKey4k: "4",
    },
    seasons: [{ seasonNumber: 1 }, { seasonNumber: 2 }],
    requestedBy: { id: 3, email: "two@example.com", displayName: "Two" },
  };

  it("reads requests, whatever is null in them", async () => {
    const bare = { id: 63, type: "movie", media: null, seasons: null, requestedBy: null };
    const service = await fakeService({
      "/api/v1/request": (_request, response, url) =>
        sendJson(response, {
          pageInfo: { pages: 3, pageSize: 50, results: 110, page: 1 },
          // Seerr counts blocklisted titles and leaves them out: a page may come empty.
          results: { "0": [request], "50": [], "100": [bare] }[url.searchParams.get("skip") ?? ""],
          serviceErrors: { radarr: [{ id: 0, name: "Radarr" }], sonarr: [] },
        }),
    });
    const pages = await collect(connect(service.url).requests());
    expect(pages.map(({ done }) => done)).toEqual([50, 100, 110]);
    expect(pages.flatMap(({ items }) => items)).toEqual([
      {
        seerrRequestId: 62,
        status: "approved",
        mediaType: "tv",
        is4k: true,
        tmdbId: 113710,
        tvdbId: 392076,
        seasons: [1, 2],
        requestedBy: {
          seerrUserId: 3,
          displayName: "Two",
          email: "two@example.com",
          avatarUrl: null,
        },
        createdAt: new Date("2026-02-09T11:08:53Z"),
        updatedAt: null,
        serverId: 1,
        ratingKey: "4",
        mediaStatus: "available",
      },
      expect.objectContaining({ seerrRequestId: 63, status: "unknown", requestedBy: null }),
    ]);
    expect(service.requests[0]?.query).toMatchObject({ take: "50", sort: "added" });
  });

  it("reads one request and the details of a title", async () => {
    const service = await fakeService({
      "/api/v1/request/62": { json: request },
      "/api/v1/request/9": { json: { message: "Request not found." }, status: 404 },
      "/api/v1/movie/603": {
        json: {
          id: 603,
          title: "The Matrix",
          releaseDate: "1999-03-31",
          posterPath: "/p.jpg",
          runtime: 136,
          externalIds: { imdbId: "tt0133093" },
        },
      },
      "/api/v1/tv/1399": {
        json: {
          id: 1399,
          name: "Show",
          firstAirDate: "",
          episodeRunTime: [],
          externalIds: { tvdbId: 121361 },
          seasons: [{ seasonNumber: 0, episodeCount: 3, airDate: null }],
          nextEpisodeToAir: { airDate: "2026-06-08" },
        },
      },
      "/api/v1/movie/1": { json: { message: "Unable to retrieve movie." }, status: 500 },
      "/api/v1/settings/radarr": {
        json: [{ id: 0, name: "R", hostname: "radarr", port: 7878, is4k: false, isDefault: true }],
      },
    });
    const seerr = connect(service.url);
    expect(await seerr.request(62)).toMatchObject({ seerrRequestId: 62 });
    expect(await seerr.request(9)).toBeNull();
    expect(await seerr.movie(603)).toMatchObject({
      title: "The Matrix",
      year: 1999,
      imdbId: "tt0133093",
      runtimeMinutes: 136,
      posterPath: "/p.jpg",
    });
    expect(await seerr.tv(1399)).toMatchObject({
      tvdbId: 121361,
      year: null,
      nextAirDate: new Date("2026-06-08"),
      seasons: [{ season: 0, episodeCount: 3, airDate: null }],
    });
    await expect(seerr.movie(1)).rejects.toMatchObject({ kind: "status", retryable: true });
    expect(await seerr.radarrServers()).toMatchObject([
      { serverId: 0, hostname: "radarr", port: 7878, isDefault: true },
    ]);
  });
});

describe("Sonarr", () => {
  const connect = (url: string) => createSonarrClient({ name: "Sonarr", url, apiKey: "key" });

  it("reads what it is, v4 and v3", async () => {
    for (const [file, instanceName] of [
      ["v4", "Sonarr"],
      ["v3", null],
    ]) {
      const json = answer(`sonarr/rest-sonarr-${file}-system-status`);
      const service = await fakeService({ "/api/v3/system/status": { json } });
      expect(await connect(service.url).systemStatus()).toEqual({
        version: expect.stringMatching(/^\d+\./),
        instanceName,
      });
    }
  });

  it("reads shows", async () => {
    const service = await fakeService({
      "/api/v3/series": { json: answer("sonarr/rest-sonarr-v4-series-by-tvdbid") },
      "/api/v3/series/99": { json: { message: "NotFound" }, status: 404 },
    });
    const sonarr = connect(service.url);
    const series = await sonarr.seriesByTvdbId(280619);
    expect(series).toMatchObject({
      seriesId: 12,
      tmdbId: 63639,
      year: 2015,
      posterUrl: "https://artworks.thetvdb.com/banners/posters/280619-1.jpg",
      nextAiring: new Date("2026-06-08T03:00:00Z"),
    });
    expect(series?.seasons.find(({ season }) => season === 6)).toEqual({
      season: 6,
      monitored: true,
      episodeFileCount: 1,
      episodeCount: 2,
      totalEpisodeCount: 8,
      sizeOnDisk: 3_000_000_000,
      nextAiring: new Date("2026-06-08T03:00:00Z"),
    });
    expect(await sonarr.seriesByTvdbId(1)).toBeNull();
    expect(await sonarr.series(99)).toBeNull();
    expect(await sonarr.allSeries()).toHaveLength(1);
  });

  it("reads episodes with and without a file", async () => {
    const episodes = answer("sonarr/rest-sonarr-v4-episodes-season") as object[];
    const file = {
      id: 630,
      relativePath: "Season 06/a.mkv",
      path: "/tv/a.mkv",
      size: 1_500_000_000.0,
      dateAdded: "2026-06-01T05:00:00Z",
      quality: { quality: { name: "WEBDL-720p" } },
      qualityCutoffNotMet: true,
    };
    const [first, ...others] = episodes;
    const service = await fakeService({
      "/api/v3/episode": { json: [{ ...first, episodeFile: file }, ...others] },
    });
    const read = await connect(service.url).episodes(12);
    expect(service.requests[0]?.query).toEqual({ seriesId: "12", includeEpisodeFile: "true" });
    expect(read[0]).toEqual({
      episodeId: 1012,
      tvdbId: 5187343,
      season: 6,
      episode: 1,
      title: "Strange Dogs",
      airDateUtc: new Date("2026-06-01T03:00:00Z"),
      runtimeMinutes: 45,
      monitored: true,
      hasFile: true,
      file: {
        fileId: 630,
        path: "/tv/a.mkv",
        relativePath: "Season 06/a.mkv",
        quality: "WEBDL-720p",
        size: 1_500_000_000,
        addedAt: new Date("2026-06-01T05:00:00Z"),
        qualityCutoffNotMet: true,
      },
    });
    expect(read[3]).toMatchObject({ episode: 4, airDateUtc: null, hasFile: false, file: null });
  });

  it("reads the queue, all pages, unknown downloads and old shapes", async () => {
    const mixed = answer("sonarr/rest-sonarr-v4-queue-mixed") as { records: object[] };
    const old = answer("sonarr/rest-sonarr-v3-queue-old-language") as { records: object[] };
    const service = await fakeService({
      "/api/v3/queue": (_request, response, url) => {
        const page = Number(url.searchParams.get("page"));
        const records = page === 1 ? mixed.records : old.records;
        sendJson(response, { totalRecords: 501, records });
      },
      "/api/v3/queue/details": { json: { message: "NotFound" }, status: 404 },
    });
    const sonarr = connect(service.url);
    const queue = await sonarr.queue();
    expect(queue).toHaveLength(mixed.records.length + old.records.length);
    expect(service.requests[0]?.query).toMatchObject({ includeUnknownSeriesItems: "true" });
    expect(queue.some((item) => item.seriesId === null)).toBe(true);
    expect(queue.at(-1)).toMatchObject({
      season: null,
      trackedState: "importPending",
      messages: ["Episode has a TBA title and recently aired"],
      sizeLeft: 0,
    });
    const ofShow = await sonarr.queueForSeries(12);
    expect(ofShow.length).toBeGreaterThan(0);
    expect(ofShow.every((item) => item.seriesId === 12)).toBe(true);
  });

  it("takes the title of a message that has no texts", async () => {
    const { records } = answer("sonarr/rest-sonarr-v4-queue-tba-blocked-old") as {
      records: object[];
    };
    const service = await fakeService({ "/api/v3/queue/details": { json: records } });
    const [item] = await connect(service.url).queueForSeries(12);
    expect(item?.messages[0]).toMatch(/^One or more episodes expected/);
  });
});

describe("Radarr", () => {
  it("reads movies and the queue", async () => {
    const service = await fakeService({
      "/radarr/api/v3/movie": { json: answer("radarr/rest-radarr-v6-movie-by-tmdbid-hasfile") },
      "/radarr/api/v3/queue": { json: answer("radarr/rest-radarr-v6-queue-stuck") },
    });
    const url = `${service.url}/radarr`;
    const radarr = createRadarrClient({ name: "Radarr", url, apiKey: "key" });
    expect(await radarr.movieByTmdbId(335984)).toMatchObject({
      movieId: 45,
      status: "released",
      hasFile: true,
      digitalRelease: new Date("2018-01-02"),
      file: { fileId: 118, quality: "WEBDL-720p", qualityCutoffNotMet: true },
    });
    expect(await radarr.movieByTmdbId(1)).toBeNull();
    expect((await radarr.queue()).map(({ movieId }) => movieId)).toContain(null);
  });

  it("a movie in the cinemas has no file", async () => {
    const json = answer("radarr/rest-radarr-v6-movie-by-tmdbid-incinemas");
    const service = await fakeService({ "/api/v3/movie": { json } });
    const radarr = createRadarrClient({ name: "Radarr", url: service.url, apiKey: "key" });
    expect(await radarr.movies()).toMatchObject([
      { hasFile: false, file: null, isAvailable: false, status: "inCinemas" },
    ]);
  });
});

describe("Plex", () => {
  const connect = (url: string) => createPlexClient({ url, token: "token" });
  const movies = { sectionKey: "1", type: "movie" } as const;
  const shows = { sectionKey: "2", type: "show" } as const;

  it("reads who it is and its libraries", async () => {
    const service = await fakeService({
      "/identity": { json: answer("plex/rest-plex-identity") },
      "/library/sections": { json: answer("plex/rest-plex-library-sections") },
    });
    const plex = connect(service.url);
    expect(await plex.identity()).toEqual({
      machineIdentifier: "0123456789abcdef0123456789abcdef01234567",
      version: "1.41.3.9314-a0bfb8370",
    });
    const sections = await plex.sections();
    expect(sections.map(({ sectionKey, type }) => [sectionKey, type])).toEqual([
      ["1", "movie"],
      ["3", "movie"],
      ["2", "show"],
    ]);
    expect(sections[0]?.locations).toEqual(["/data/movies"]);
    expect(service.requests[0]?.headers["x-plex-token"]).toBe("token");
  });

  it("walks a library: versions, unmatched entries, an empty one", async () => {
    const service = await fakeService({
      "/library/sections/1/all": { json: answer("plex/rest-plex-section-all-movies-includeguids") },
      "/library/sections/2/all": { json: answer("plex/rest-plex-section-all-guid-nomatch") },
    });
    const plex = connect(service.url);
    const [film, unmatched] = await collect(plex.walkSection(movies));
    expect(film).toMatchObject({
      ratingKey: "4242",
      type: "movie",
      year: 2017,
      guids: ["imdb://tt1856101", "tmdb://335984", "tvdb://336"],
      media: [
        { resolution: "1080", files: ["/data/movies/Blade Runner 2049 (2017)/b.mkv"] },
        { resolution: "4k", files: ["/data/movies/Blade Runner 2049 (2017)/b-4k.mkv"] },
      ],
      hasMedia: true,
      addedAt: new Date(1_700_000_000_000),
    });
    expect(unmatched).toMatchObject({ ratingKey: "4243", guids: [], media: [], hasMedia: false });
    expect(await collect(plex.walkSection(shows))).toEqual([]);
    expect(service.requests[0]?.query).toMatchObject({ type: "1", includeGuids: "1" });
    const wanted = {
      kind: "movie",
      isFourK: false,
      tmdbId: 335984,
      imdbId: null,
      season: null,
      episode: null,
      episodeTvdbId: null,
      filePath: null,
      quality: null,
    } as const;
    expect(film && decideAvailability(wanted, [film], true)).toEqual({
      kind: "plays",
      ratingKey: "4242",
    });
  });

  const numbered = (count: number, addedAt: (index: number) => number) =>
    Array.from({ length: count }, (_, index) => ({
      ratingKey: String(index),
      type: "movie",
      addedAt: addedAt(index),
    }));

  it("reads all pages, also when something is removed between two of them", async () => {
    let items = numbered(95, () => 1_700_000_000);
    const service = await fakeService({
      "/library/sections/1/all": (_request, response, url) => {
        const start = Number(url.searchParams.get("X-Plex-Container-Start"));
        const size = Number(url.searchParams.get("X-Plex-Container-Size"));
        const Metadata = items.slice(start, start + size);
        sendJson(response, { MediaContainer: { totalSize: items.length, Metadata } });
        if (start === 0) items = items.slice(2);
      },
    });
    const walked = await collect(connect(service.url).walkSection(movies, { pageSize: 40 }));
    expect(walked).toHaveLength(95);
    expect(new Set(walked.map(({ ratingKey }) => ratingKey)).size).toBe(95);
  });

  it("asks for what is new only as far as needed", async () => {
    const items = numbered(300, (index) => 1_700_000_000 - index);
    const service = await fakeService({
      "/library/sections/1/all": (_request, response, url) => {
        const start = Number(url.searchParams.get("X-Plex-Container-Start"));
        const size = Number(url.searchParams.get("X-Plex-Container-Size"));
        const Metadata = items.slice(start, start + size);
        sendJson(response, { MediaContainer: { totalSize: 300, Metadata } });
      },
    });
    const since = new Date((1_700_000_000 - 9) * 1000 + 500);
    expect(await collect(connect(service.url).recentlyAdded(movies, since))).toHaveLength(10);
    expect(service.requests).toHaveLength(1);
    expect(service.requests[0]?.query.sort).toBe("addedAt:desc");
  });

  it("a library that is gone is an error, not an empty one", async () => {
    const service = await fakeService({
      "/library/sections/1/all": { json: {}, status: 404 },
      "/library/sections/2/all": { json: {}, status: 401 },
    });
    const plex = connect(service.url);
    await expect(collect(plex.walkSection(movies))).rejects.toMatchObject({ status: 404 });
    await expect(collect(plex.walkSection(shows))).rejects.toMatchObject({ kind: "auth" });
  });

  it("reads one item and the episodes of a show", async () => {
    const service = await fakeService({
      "/library/metadata/4242": { json: answer("plex/rest-plex-metadata-item") },
      "/library/metadata/1": (_request, response) => {
        response.writeHead(404, { "content-type": "text/html" });
        response.end("<html><head><title>Not Found</title></head></html>");
      },
      "/library/metadata/5001/allLeaves": {
        json: answer("plex/rest-plex-metadata-season-children"),
      },
    });
    const plex = connect(service.url);
    expect(await plex.metadata("4242")).toMatchObject({ ratingKey: "4242", hasMedia: true });
    expect(await plex.metadata("1")).toBeNull();
    const [ready, fresh] = await plex.showEpisodes("5001");
    expect(ready).toMatchObject({
      ratingKey: "6001",
      season: 6,
      episode: 1,
      hasMedia: true,
      media: [{ resolution: "1080", files: ["/data/tv/The Expanse/Season 06/x.mkv"] }],
    });
    expect(fresh).toMatchObject({ ratingKey: "6002", episode: 2, hasMedia: false });
  });

  it("asks at most two things at a time", async () => {
    let open = 0;
    let most = 0;
    const service = await fakeService({
      "/identity": (_request, response) => {
        open += 1;
        most = Math.max(most, open);
        setTimeout(() => {
          open -= 1;
          sendJson(response, answer("plex/rest-plex-identity"));
        }, 10);
      },
    });
    await Promise.all(Array.from({ length: 10 }, () => connect(service.url).identity()));
    expect(most).toBe(2);
  });

  it("finds ids in the guids of legacy agents", async () => {
    const json = answer("plex/rest-plex-section-all-legacy-agent");
    const service = await fakeService({ "/library/sections/1/all": { json } });
    const items = await collect(connect(service.url).walkSection(movies));
    expect(items.map(({ guids }) => guids)).toEqual([["imdb://tt0113277"], ["tvdb://280619"]]);
    const ids = (guid: string) => externalGuids(guid, []);
    expect(ids("com.plexapp.agents.themoviedb://949?lang=en")).toEqual(["tmdb://949"]);
    expect(ids("com.plexapp.agents.hama://tvdb2-371310?lang=en")).toEqual(["tvdb://371310"]);
    expect(ids("com.plexapp.agents.hama://anidb-1?lang=en")).toEqual([]);
    expect(ids("com.plexapp.agents.thetvdb://280619/6/1?lang=en")).toEqual([]);
    expect(ids("local://4243")).toEqual([]);
    expect(ids("plex://movie/5d776b59ad5437001f79c6f8")).toEqual([]);
  });

  it("links", () => {
    expect(plexWebLink("abc", "42")).toBe(
      "https://app.plex.tv/desktop/#!/server/abc/details?key=%2Flibrary%2Fmetadata%2F42",
    );
    expect(plexAppLink("abc", "42")).toBe(
      "plex://preplay/?metadataKey=%2Flibrary%2Fmetadata%2F42&server=abc",
    );
  });
});
