import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type MediaStack, startMediaStack } from "@/test/support/upstreams/media-stack";
import type { FakeRadarr } from "@/test/support/upstreams/radarr";
import { WebhookReceiver } from "./webhook-receiver";

let stack: MediaStack;
let receiver: WebhookReceiver;

beforeEach(async () => {
  stack = await startMediaStack();
  receiver = new WebhookReceiver();
  await receiver.start();
  stack.connect(receiver.url, { secret: "s3cret" });
});
afterEach(() => Promise.all([receiver.stop(), stack.stop()]));

async function get(path: string, radarr: FakeRadarr = stack.radarr) {
  const headers = { Authorization: `Bearer ${radarr.apiKey}` };
  const answer = await fetch(`${radarr.url}/api/v3${path}`, { headers });
  return { status: answer.status, body: await answer.json() };
}

const told = (path = "/webhooks/radarr") => receiver.bodies(path);

describe("webhooks", () => {
  test("grab, import, upgrade", async () => {
    const movie = stack.titles.kestrelDown;
    await stack.radarr.grab(movie);
    await stack.radarr.import(movie);
    await stack.radarr.import(movie, { quality: "Bluray-1080p" });
    expect(told().map((b) => [b.eventType, b.isUpgrade])).toEqual([
      ["Grab", undefined],
      ["Download", false],
      ["Download", true],
    ]);
    expect(told()[1]).toMatchObject({
      movie: {
        tmdbId: 1097455,
        releaseDate: "2025-06-12",
        folderPath: "/movies/Kestrel Down (2025)",
      },
      remoteMovie: { tmdbId: 1097455 },
      movieFile: { quality: "WEBDL-1080p", indexerFlags: "0" },
      downloadId: told()[0]?.downloadId,
      release: { indexerFlags: [] },
    });
    expect(told()[2]).toMatchObject({ deletedFiles: [{ quality: "WEBDL-1080p" }] });
    expect(receiver.received[0]?.headers["x-webhook-secret"]).toBe("s3cret");
  });

  test("HD and 4K are two instances with ids of their own", async () => {
    const movie = stack.titles.lastFerryNorth;
    await stack.radarr.import(movie);
    await stack.radarr4k.import(movie);
    expect(told("/webhooks/radarr/4k")).toMatchObject([
      { instanceName: "Radarr 4K", movieFile: { quality: "WEBDL-2160p" } },
    ]);
    expect(
      (await get("/movie?tmdbId=1184207", stack.radarr4k)).body[0].movieFile.quality.quality,
    ).toEqual({
      id: 18,
      name: "WEBDL-2160p",
      source: "webdl",
      resolution: 2160,
      modifier: "none",
    });
  });

  test("rename, file delete, movie delete, manual interaction, test", async () => {
    const movie = stack.titles.kestrelDown;
    await stack.radarr.import(movie, { silent: true });
    await stack.radarr.rename(movie);
    await stack.radarr.deleteFile(movie);
    const download = await stack.radarr.grab(movie, { silent: true });
    await stack.radarr.manualInteraction(download.downloadId, "Sample");
    await stack.radarr.deleteMovie(movie);
    await stack.radarr.test();
    expect(told().map((b) => b.eventType)).toEqual([
      "Rename",
      "MovieFileDelete",
      "ManualInteractionRequired",
      "MovieDelete",
      "Test",
    ]);
    expect(told()[3]).toMatchObject({ deletedFiles: true });
  });

  test("a manual import has a bare release and no download", async () => {
    await stack.radarr.import(stack.titles.kestrelDown, { manual: true });
    expect(told()[0]).toMatchObject({ release: { size: 0 } });
    expect(told()[0]).not.toHaveProperty("downloadId");
  });
});

describe("REST", () => {
  test("a movie by tmdbId is a list of none or one, with what is known of its release", async () => {
    expect((await get("/movie?tmdbId=1")).body).toEqual([]);
    await stack.radarr.addMovie(stack.titles.quietOrbit);
    await stack.radarr.addMovie(stack.titles.copperValley);
    const { body } = await get("/movie");
    expect(body).toMatchObject([
      { title: "A Quiet Orbit", status: "inCinemas", isAvailable: false, hasFile: false },
      { title: "Copper Valley", status: "released", isAvailable: true, movieFileId: 0 },
    ]);
    expect(body[0]).not.toHaveProperty("movieFile");
    expect((await get("/wanted/missing")).body).toMatchObject({ totalRecords: 1 });
    expect((await get("/movie/99")).status).toBe(404);
  });

  test("queue, history and a file below the cutoff", async () => {
    const movie = stack.titles.kestrelDown;
    await stack.radarr.grab(movie);
    stack.radarr.addUnknownDownload("Strange.File");
    expect((await get("/queue?includeMovie=true")).body).toMatchObject({
      totalRecords: 1,
      records: [{ movieId: 1, movie: { title: "Kestrel Down" } }],
    });
    expect((await get("/queue?includeUnknownMovieItems=true")).body.totalRecords).toBe(2);
    await stack.radarr.import(movie, { quality: "WEBDL-720p" });
    expect((await get("/queue/details?movieId=1")).body).toEqual([]);
    expect((await get("/moviefile?movieId=1")).body).toMatchObject([{ qualityCutoffNotMet: true }]);
    const { body } = await get("/history/movie?movieId=1");
    expect(body.map((e: { eventType: string }) => e.eventType)).toEqual([
      "downloadFolderImported",
      "grabbed",
    ]);
    expect((await get("/qualityprofile")).body).toMatchObject([{ id: 4, cutoff: 3 }]);
  });
});
