import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createPlexClient } from "@/lib/clients/plex";
import { createRadarrClient } from "@/lib/clients/radarr";
import { createSeerrClient } from "@/lib/clients/seerr";
import { createSonarrClient } from "@/lib/clients/sonarr";
import { fakeService } from "./fake-service";

// Answers captured by other projects are read where they are, and only where they are.
const samples = fileURLToPath(
  new URL("../../../../shared/contracts/payloads/rest/", import.meta.url),
);
const sample = (name: string): { json: unknown } => ({
  json: JSON.parse(readFileSync(`${samples}${name}.json`, "utf8")),
});

describe.runIf(existsSync(samples))("captured answers", () => {
  it.each(["overseerr-request", "seerr-request"])("%s: requests", async (name) => {
    const service = await fakeService({ "/api/v1/request": sample(name) });
    const seerr = createSeerrClient({ name: "Seerr", url: service.url, apiKey: "key" });
    const first = await seerr.requests().next();
    const items = first.value?.items ?? [];
    expect(items.length).toBeGreaterThan(3);
    for (const request of items) {
      expect(request).toMatchObject({
        seerrRequestId: expect.any(Number),
        tmdbId: expect.any(Number),
        status: expect.stringMatching(/^(approved|pending|completed|declined|failed)$/),
        createdAt: expect.any(Date),
        requestedBy: { seerrUserId: expect.any(Number), displayName: expect.any(String) },
      });
      expect(request.seasons.length > 0).toBe(request.mediaType === "tv");
    }
  });

  it("Seerr: details and status", async () => {
    const service = await fakeService({
      "/api/v1/movie/840464": sample("seerr-movie-details"),
      "/api/v1/tv/89641": sample("seerr-tv-details"),
      "/api/v1/status": sample("seerr-status"),
      "/api/v1/user": sample("seerr-user-list-page1"),
    });
    const seerr = createSeerrClient({ name: "Seerr", url: service.url, apiKey: "key" });
    expect(await seerr.movie(840464)).toMatchObject({
      title: "Greenland 2",
      year: 2026,
      runtimeMinutes: 99,
      imdbId: "tt14850054",
    });
    expect(await seerr.tv(89641)).toMatchObject({
      title: "Love Alarm",
      tvdbId: 362774,
      year: 2019,
      seasons: [
        { season: 1, episodeCount: 8 },
        { season: 2, episodeCount: 6 },
      ],
    });
    expect((await seerr.status()).version).toBe("develop-local");
  });

  it("Seerr: a refused key", async () => {
    const refused = { ...sample("seerr-no-access"), status: 403 };
    const service = await fakeService({
      "/api/v1/status": sample("seerr-status"),
      "/api/v1/user": refused,
    });
    const seerr = createSeerrClient({ name: "Seerr", url: service.url, apiKey: "key" });
    await expect(seerr.status()).rejects.toMatchObject({ kind: "auth", status: 403 });
  });

  it.each([
    "sonarr-queue-empty",
    "sonarr-v3-queue-old-language",
    "sonarr-v4-queue-mixed",
    "sonarr-v4-queue-season-pack-paused",
    "sonarr-v4-queue-stuck-season-pack",
    "sonarr-v4-queue-tba-one-file",
  ])("%s: the queue", async (name) => {
    const answer = sample(name);
    const service = await fakeService({ "/api/v3/queue": answer });
    const sonarr = createSonarrClient({ name: "Sonarr", url: service.url, apiKey: "key" });
    const { records } = answer.json as { records: unknown[] };
    expect(await sonarr.queue()).toHaveLength(records.length);
    expect(await sonarr.walkQueue()).toMatchObject({ records: { length: records.length } });
  });

  it("Sonarr v2 answers another shape: said, not guessed", async () => {
    const service = await fakeService({ "/api/v3/queue": sample("sonarr-v2-queue") });
    const sonarr = createSonarrClient({ name: "Sonarr", url: service.url, apiKey: "key" });
    await expect(sonarr.queue()).rejects.toMatchObject({ kind: "parse" });
  });

  it("Radarr: a movie without any date", async () => {
    const service = await fakeService({ "/api/v3/movie": sample("radarr-v6-movie-tba-no-dates") });
    const radarr = createRadarrClient({ name: "Radarr", url: service.url, apiKey: "key" });
    expect(await radarr.movieByTmdbId(1234567)).toMatchObject({
      year: null,
      inCinemas: null,
      digitalRelease: null,
      physicalRelease: null,
    });
  });

  it("Plex: an episode in the list of a show", async () => {
    const service = await fakeService({
      "/library/metadata/148/allLeaves": sample("plex-section-all-leaves-episode"),
    });
    const plex = createPlexClient({ url: service.url, token: "token" });
    expect(await plex.showEpisodes("148")).toMatchObject([
      {
        ratingKey: "150",
        season: 4,
        episode: 8,
        airDate: "1997-02-17",
        hasMedia: true,
        media: [{ resolution: "480" }],
      },
    ]);
  });
});
