import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type MediaStack, startMediaStack } from "@/test/support/upstreams/media-stack";
import { FakeSonarr } from "@/test/support/upstreams/sonarr";
import { WebhookReceiver } from "./webhook-receiver";

let stack: MediaStack;
let receiver: WebhookReceiver;
let old: FakeSonarr;

beforeEach(async () => {
  stack = await startMediaStack();
  receiver = new WebhookReceiver();
  old = new FakeSonarr({
    key: "sonarr-old",
    instanceName: "Sonarr Old",
    apiKey: "old-key",
    version: "3.0.10.1567",
    urlBase: "/sonarr",
  });
  await Promise.all([receiver.start(), old.start()]);
  stack.connect(receiver.url);
  old.webhooks.target = { url: `${receiver.url}/webhooks/old` };
});
afterEach(() => Promise.all([receiver.stop(), old.stop(), stack.stop()]));

async function get(path: string, sonarr: FakeSonarr = stack.sonarr) {
  const headers = { "X-Api-Key": sonarr.apiKey };
  const answer = await fetch(`${sonarr.url}/api/v3${path}`, { headers });
  return { status: answer.status, body: await answer.json() };
}

const told = () => receiver.bodies("/webhooks/sonarr");

describe("webhooks", () => {
  test("a pack with both switches gives one event per file and one for the release", async () => {
    const show = stack.titles.tidewaterRoad;
    await stack.sonarr.addSeries(show);
    await stack.sonarr.grab(show, 3, [1, 2, 3]);
    expect((await get("/queue")).body).toMatchObject({
      totalRecords: 3,
      pageSize: 10,
      records: [
        { seasonNumber: 3, episodeHasFile: false, trackedDownloadState: "downloading" },
        {},
        {},
      ],
    });
    await stack.sonarr.import(show, 3, [1, 2, 3]);
    expect((await get("/queue")).body.totalRecords).toBe(0);

    const [added, grab, ...downloads] = told();
    expect(added).toMatchObject({ eventType: "SeriesAdd" });
    expect(grab).toMatchObject({ eventType: "Grab", episodes: [{}, {}, {}] });
    expect(downloads).toHaveLength(4);
    const ids = new Set(downloads.map((d) => d.downloadId));
    expect([...ids]).toEqual([grab?.downloadId]);
    const [first, , , complete] = downloads;
    expect(first).toMatchObject({
      eventType: "Download",
      isUpgrade: false,
      episodes: [{ seasonNumber: 3, episodeNumber: 1, title: "The Breakwater" }],
      episodeFile: { quality: "WEBDL-1080p", relativePath: expect.stringContaining("S03E01") },
      instanceName: "Sonarr",
      applicationUrl: "",
    });
    expect(first).not.toHaveProperty("episodeFiles");
    expect(complete).toMatchObject({
      fileCount: 3,
      episodeFiles: [{}, {}, {}],
      eventType: "Download",
    });
    expect(complete).not.toHaveProperty("isUpgrade");
    expect(Object.keys(complete ?? {}).slice(-3)).toEqual([
      "eventType",
      "instanceName",
      "applicationUrl",
    ]);
  });

  test("the release may promise more than was imported", async () => {
    await stack.sonarr.import(stack.titles.saltmarsh, 1, [1], {
      mode: "complete",
      promised: [2, 3],
    });
    expect(told()).toMatchObject([{ fileCount: 1, episodes: [{}, {}, {}] }]);
  });

  test("an upgrade names the files it replaced", async () => {
    const show = stack.titles.saltmarsh;
    await stack.sonarr.import(show, 1, 1, { mode: "file" });
    await stack.sonarr.import(show, 1, 1, { mode: "file", quality: "WEBDL-2160p" });
    expect(told()[1]).toMatchObject({
      isUpgrade: true,
      deletedFiles: [{ quality: "WEBDL-1080p", recycleBinPath: expect.any(String) }],
    });
    expect((await get("/episodefile?seriesId=1")).body).toHaveLength(1);
  });

  test("files copied in by hand send nothing but are there", async () => {
    await stack.sonarr.import(stack.titles.saltmarsh, 1, "all", { silent: true });
    expect(receiver.received).toEqual([]);
    const { body } = await get("/series?tvdbId=446731");
    expect(body[0].seasons[0].statistics).toMatchObject({
      episodeFileCount: 6,
      totalEpisodeCount: 6,
      percentOfEpisodes: 100,
    });
    expect((await get("/history/since?date=2020-01-01")).body).toEqual([]);
  });

  test("one file may hold two episodes", async () => {
    await stack.sonarr.import(stack.titles.saltmarsh, 1, [1, 2], { asOneFile: true, mode: "file" });
    expect(told()).toMatchObject([{ episodes: [{ episodeNumber: 1 }, { episodeNumber: 2 }] }]);
  });

  test("a manual import has no download", async () => {
    await stack.sonarr.import(stack.titles.saltmarsh, 1, 1, { manual: true });
    for (const body of told()) expect(body).not.toHaveProperty("downloadId");
  });

  test("rename, delete, health, test", async () => {
    const show = stack.titles.saltmarsh;
    await stack.sonarr.import(show, 1, 1, { silent: true });
    await stack.sonarr.rename(show, 1, 1);
    await stack.sonarr.deleteFile(show, 1, 1);
    await stack.sonarr.deleteSeries(show);
    await stack.sonarr.health();
    await stack.sonarr.health({ restored: true });
    await stack.sonarr.test();
    expect(told().map((b) => b.eventType)).toEqual([
      "Rename",
      "EpisodeFileDelete",
      "SeriesDelete",
      "Health",
      "HealthRestored",
      "Test",
    ]);
    expect(told()[2]).toMatchObject({ deletedFiles: true });
    expect(told()[3]).not.toHaveProperty("applicationUrl");
  });

  test("v3 says less and knows no import complete", async () => {
    const show = stack.titles.saltmarsh;
    await old.addSeries(show);
    await old.import(show, 1, [1, 2]);
    await old.deleteFile(show, 1, 1);
    const bodies = receiver.bodies("/webhooks/old");
    expect(bodies).toHaveLength(3);
    expect(bodies[0]).not.toHaveProperty("instanceName");
    expect(bodies[0]?.series).not.toHaveProperty("year");
    expect(bodies[2]).toMatchObject({
      episodeFile: { quality: { quality: { name: "WEBDL-1080p" } }, series: { isLoaded: true } },
    });
  });
});

describe("the sender", () => {
  test("takes a redirect for success and does not follow", async () => {
    stack.sonarr.webhooks.target = { url: `${receiver.url}/moved` };
    await stack.sonarr.test();
    expect(stack.sonarr.webhooks.deliveries[0]?.outcome).toMatchObject({
      kind: "answered",
      status: 302,
    });
    expect(receiver.requests).toHaveLength(1);
  });

  test("may lose events, and tries only once", async () => {
    stack.sonarr.webhooks.lose(1);
    await stack.sonarr.test();
    receiver.fail({ kind: "status", status: 500, times: 1 });
    await stack.sonarr.test();
    await stack.sonarr.test();
    const kinds = stack.sonarr.webhooks.deliveries.map(({ outcome }) =>
      outcome.kind === "answered" ? outcome.status : outcome.kind,
    );
    expect(kinds).toEqual(["lost", 500, 200]);
  });

  test("is switched off by lasting failure when that is simulated", async () => {
    let now = new Date("2026-11-22T20:00:00Z");
    const later = (minutes: number) => {
      now = new Date(now.getTime() + minutes * 60_000);
    };
    const sonarr = new FakeSonarr({
      key: "sonarr",
      instanceName: "Sonarr",
      apiKey: "k",
      version: "4.0.19.2979",
      now: () => now,
    });
    sonarr.webhooks.target = { url: `${receiver.url}/webhooks/sonarr` };
    sonarr.webhooks.backOff = true;
    receiver.fail({ kind: "status", status: 500, times: 2 });
    await sonarr.test();
    later(6);
    await sonarr.test();
    await sonarr.test();
    later(2);
    await sonarr.test();
    const kinds = sonarr.webhooks.deliveries.map(({ outcome }) =>
      outcome.kind === "answered" ? outcome.status : outcome.kind,
    );
    expect(kinds).toEqual([500, 500, "muted", 200]);
  });
});

describe("REST", () => {
  test("a wrong key is 401 with an empty body, in v3 with JSON", async () => {
    const answer = await fetch(`${stack.sonarr.url}/api/v3/series`, {
      headers: { "X-Api-Key": "no" },
    });
    expect([answer.status, await answer.text()]).toEqual([401, ""]);
    const v3 = await fetch(`${old.url}/api/v3/series`);
    expect([v3.status, await v3.json()]).toEqual([401, { error: "Unauthorized" }]);
  });

  test("a path outside the API shows a page; without the URL base it is a redirect", async () => {
    const page = await fetch(`${stack.sonarr.url}/wrong/api/v3/series`);
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html"]);
    const root = new URL(old.url).origin;
    const moved = await fetch(`${root}/api/v3/series`, { redirect: "manual" });
    expect([moved.status, moved.headers.get("location")]).toEqual([307, "/sonarr/api/v3/series"]);
    expect((await get("/system/status", old)).body).not.toHaveProperty("instanceName");
  });

  test("series by tvdbId is a list of none or one", async () => {
    expect((await get("/series?tvdbId=1")).body).toEqual([]);
    await stack.sonarr.addSeries(stack.titles.saltmarsh, { id: 44 });
    expect((await get("/series?tvdbId=446731")).body).toMatchObject([{ id: 44, tmdbId: 239015 }]);
    expect((await get("/series/44")).status).toBe(200);
    expect(await get("/series/45")).toEqual({ status: 404, body: { message: "NotFound" } });
  });

  test("ids mean nothing across instances", async () => {
    const one = await stack.sonarr.addSeries(stack.titles.saltmarsh);
    const other = await stack.sonarrAnime.addSeries(stack.titles.paperLanternDistrict);
    expect(one.id).toBe(other.id);
  });

  test("episodes want a series and know their files", async () => {
    expect((await get("/episode")).status).toBe(400);
    const series = await stack.sonarr.addSeries(stack.titles.saltmarsh);
    await stack.sonarr.import(stack.titles.saltmarsh, 1, 2);
    const { body } = await get(
      `/episode?seriesId=${series.id}&seasonNumber=1&includeEpisodeFile=true`,
    );
    expect(body).toHaveLength(6);
    expect(body[0]).toMatchObject({ hasFile: false, episodeFileId: 0 });
    expect(body[0]).not.toHaveProperty("episodeFile");
    expect(body[1]).toMatchObject({
      hasFile: true,
      tvdbId: stack.titles.saltmarsh.episodes[1]?.tvdbId,
      episodeFile: { quality: { quality: { name: "WEBDL-1080p" } } },
    });
  });

  test("the queue is paged, hides strangers, and a pack repeats its whole size", async () => {
    await stack.sonarr.grab(stack.titles.sableAndFinch, 1, "all");
    stack.sonarr.addUnknownDownload("Something.Else.2020");
    const { body } = await get("/queue?pageSize=4&page=3");
    expect(body).toMatchObject({ totalRecords: 10, page: 3 });
    expect(body.records).toHaveLength(2);
    expect(body.records[0].size).toBe(30_000_000_000);
    expect((await get("/queue?includeUnknownSeriesItems=true")).body.totalRecords).toBe(11);
    expect((await get("/queue?seriesIds=99")).body.totalRecords).toBe(0);
    expect((await get("/queue/status")).body).toMatchObject({ totalCount: 11, unknownCount: 1 });
  });

  test("history in both forms, with the reason of deletions", async () => {
    const show = stack.titles.saltmarsh;
    await stack.sonarr.grab(show, 1, 1);
    await stack.sonarr.import(show, 1, 1);
    await stack.sonarr.import(show, 1, 1);
    const { body } = await get("/history/series?seriesId=1");
    expect(body.map((e: { eventType: string }) => e.eventType)).toEqual([
      "downloadFolderImported",
      "episodeFileDeleted",
      "grabbed",
      "downloadFolderImported",
      "grabbed",
    ]);
    expect((await get("/history?eventType=1")).body.totalRecords).toBe(2);
  });

  test("commands are taken and remembered", async () => {
    const headers = { "X-Api-Key": stack.sonarr.apiKey, "Content-Type": "application/json" };
    const answer = await fetch(`${stack.sonarr.url}/api/v3/command`, {
      method: "POST",
      headers,
      body: JSON.stringify({ name: "EpisodeSearch", episodeIds: [1001] }),
    });
    expect(answer.status).toBe(201);
    const { id } = await answer.json();
    expect(stack.sonarr.commands).toMatchObject([
      { name: "EpisodeSearch", body: { episodeIds: [1001] } },
    ]);
    expect((await get(`/command/${id}`)).body).toMatchObject({ status: "completed" });
  });

  test("a webhook can be set up through its API", async () => {
    const headers = { "X-Api-Key": stack.sonarr.apiKey, "Content-Type": "application/json" };
    const post = (fields: unknown) =>
      fetch(`${stack.sonarr.url}/api/v3/notification`, {
        method: "POST",
        headers,
        body: JSON.stringify({ name: "BingeAlert", implementation: "Webhook", fields }),
      });
    expect((await post([])).status).toBe(400);
    const url = `${receiver.url}/webhooks/mine`;
    const saved = await post([
      { name: "url", value: url },
      { name: "password", value: "pw" },
    ]);
    expect(saved.status).toBe(201);
    await stack.sonarr.test();
    expect(receiver.received[0]).toMatchObject({
      path: "/webhooks/mine",
      headers: { authorization: `Basic ${Buffer.from(":pw").toString("base64")}` },
    });
    expect((await get("/notification")).body).toHaveLength(1);
  });

  test("what has not aired is neither missing nor counted", async () => {
    await stack.sonarr.addSeries(stack.titles.winterCabinet);
    const { body } = await get("/wanted/missing?pageSize=100");
    expect(body.totalRecords).toBe(8);
    const [series] = (await get("/series")).body;
    expect(series.seasons.at(-1).statistics).toMatchObject({
      episodeCount: 0,
      totalEpisodeCount: 8,
    });
    expect(series.nextAiring).toBeDefined();
  });
});
