import { expect, test } from "vitest";
import { createSeerrClient } from "@/lib/clients/seerr";
import { createServarrRepair } from "@/lib/clients/servarr-repair";
import { UpstreamError } from "@/lib/errors";
import { fakeService, sendJson } from "./fake-service";

const person = { id: 4, displayName: "Anna", email: "anna@example.net" };
const issue = {
  id: 7,
  issueType: 3,
  status: 1,
  problemSeason: 2,
  problemEpisode: 0,
  createdAt: "2026-11-20T10:00:00.000Z",
  createdBy: person,
  media: { mediaType: "tv", tmdbId: 89641, tvdbId: 362774, status: 4, status4k: 1 },
  comments: [{ id: 1, message: "Wrong language" }],
};

test("an issue of Seerr: season and episode 0 are all of it, the class that is there is told", async () => {
  const { url } = await fakeService({ "/api/v1/issue/7": { json: issue } });
  const seerr = createSeerrClient({ name: "Seerr", url, apiKey: "key" });
  expect(await seerr.issue(7)).toMatchObject({
    seerrIssueId: 7,
    type: "subtitles",
    status: "open",
    mediaType: "tv",
    season: 2,
    episode: null,
    hasHd: true,
    hasFourK: false,
    reportedBy: { displayName: "Anna" },
    comments: ["Wrong language"],
  });
});

test("an issue that is gone answers 500 with its own words; any other 500 is trouble", async () => {
  const { url } = await fakeService({
    "/api/v1/issue/1": { json: { message: "Issue not found." }, status: 500 },
    "/api/v1/issue/2": { json: { message: "Database is locked" }, status: 500 },
    "/api/v1/issue/3": { json: { message: "no" }, status: 403 },
  });
  const seerr = createSeerrClient({ name: "Seerr", url, apiKey: "key" });
  expect(await seerr.issue(1)).toBeNull();
  await expect(seerr.issue(2)).rejects.toThrow(UpstreamError);
  await expect(seerr.issue(3)).rejects.toMatchObject({ kind: "auth" });
});

test("open issues without comments in the list, as Overseerr answers", async () => {
  const { comments: _, ...bare } = issue;
  const { url, requests } = await fakeService({
    "/api/v1/issue": { json: { pageInfo: { pageSize: 50, results: 1 }, results: [bare] } },
  });
  const pages = [];
  for await (const page of createSeerrClient({ name: "Seerr", url, apiKey: "k" }).openIssues()) {
    pages.push(page);
  }
  expect(pages).toMatchObject([{ items: [{ seerrIssueId: 7, comments: [] }] }]);
  expect(requests[0]?.query).toMatchObject({ filter: "open" });
});

test("history: numbers written as text, events of other kinds, one title or one season", async () => {
  const { url, requests } = await fakeService({
    "/api/v3/history/series": {
      json: [
        { id: 1, eventType: "grabbed", episodeId: 5, downloadId: "A", sourceTitle: "R", data: {} },
        { id: 2, eventType: "downloadFolderImported", episodeId: 5, data: { fileId: "631" } },
        { id: 3, eventType: "episodeFileDeleted", episodeId: 5 },
      ],
    },
  });
  const repair = createServarrRepair("sonarr", { name: "Sonarr", url, apiKey: "key" });
  expect(await repair.history({ seriesId: 12, season: 0 })).toMatchObject([
    { historyId: 1, event: "grabbed", downloadId: "A", title: "R", fileId: null },
    { historyId: 2, event: "imported", fileId: 631, downloadId: null },
    { historyId: 3, event: "other" },
  ]);
  expect(requests[0]?.query).toEqual({ seriesId: "12", seasonNumber: "0" });
});

test("a grab that the history has no more is said to be gone; other answers are trouble", async () => {
  const { url } = await fakeService({
    "/api/v3/history/failed/1": { json: {} },
    "/api/v3/history/failed/2": { json: { message: "NotFound" }, status: 404 },
    "/api/v3/history/failed/3": (_, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<html></html>");
    },
    "/api/v3/command": (_, response) => sendJson(response, { id: 9, name: "MoviesSearch" }, 201),
  });
  const repair = createServarrRepair("radarr", { name: "Radarr", url, apiKey: "key" });
  expect(await repair.failGrab(1)).toBe(true);
  expect(await repair.failGrab(2)).toBe(false);
  await expect(repair.failGrab(3)).rejects.toMatchObject({ kind: "parse" });
  expect(await repair.search({ name: "MoviesSearch", movieIds: [1] })).toEqual({ commandId: 9 });
});
