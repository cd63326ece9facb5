import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { people } from "@/test/support/upstreams/catalogue";
import { type MediaStack, startMediaStack } from "@/test/support/upstreams/media-stack";
import type { SeerrUser } from "@/test/support/upstreams/seerr-model";
import { WebhookReceiver } from "./webhook-receiver";

let stack: MediaStack;
let receiver: WebhookReceiver;
let anna: SeerrUser;

beforeEach(async () => {
  stack = await startMediaStack();
  receiver = new WebhookReceiver();
  await receiver.start();
  stack.connect(receiver.url);
  anna = stack.seerr.addUser(people.anna);
});
afterEach(async () => {
  await receiver.stop();
  await stack.stop();
});

async function get(path: string, key: string | null = stack.seerr.apiKey) {
  const headers: Record<string, string> = key === null ? {} : { "X-Api-Key": key };
  const answer = await fetch(`${stack.seerr.url}/api/v1${path}`, { headers });
  return { status: answer.status, body: await answer.json() };
}

const told = () => receiver.bodies("/webhooks/jellyseerr");

describe("who may ask", () => {
  test("without a key 401, with a wrong one 403", async () => {
    expect(await get("/user", null)).toMatchObject({
      status: 401,
      body: { message: "cookie 'connect.sid' required" },
    });
    expect(await get("/user", "wrong")).toEqual({
      status: 403,
      body: { status: 403, error: "You do not have permission to access this endpoint" },
    });
    expect((await get("/status", null)).status).toBe(200);
  });
});

describe("webhooks", () => {
  test("a show that waits for approval, as Seerr 3 renders it", async () => {
    const request = await stack.seerr.request({
      user: anna,
      title: stack.titles.tidewaterRoad,
      seasons: [1, 3],
    });
    expect(told()).toEqual([
      {
        notification_type: "MEDIA_PENDING",
        event: "New Series Request",
        subject: "Tidewater Road (2023)",
        message: stack.titles.tidewaterRoad.overview,
        image: "https://image.tmdb.org/t/p/w600_and_h900_bestv2/tidewater-road.png",
        media: {
          media_type: "tv",
          tmdbId: "218411",
          tvdbId: "431207",
          status: "PENDING",
          status4k: "UNKNOWN",
        },
        request: {
          request_id: String(request.id),
          requestedBy_email: "anna@example.net",
          requestedBy_username: "Anna Lindqvist",
          requestedBy_avatar: anna.avatar,
          requestedBy_settings_discordId: "",
          requestedBy_settings_telegramChatId: "",
        },
        issue: null,
        comment: null,
        extra: [{ name: "Requested Seasons", value: "1, 3" }],
      },
    ]);
  });

  test("approval adds the title to the right instance and says so", async () => {
    const show = await stack.seerr.request({
      user: anna,
      title: stack.titles.paperLanternDistrict,
    });
    await stack.seerr.approve(show);
    const movie = { user: anna, title: stack.titles.lastFerryNorth, autoApprove: true };
    await stack.seerr.request(movie);
    await stack.seerr.request({ ...movie, is4k: true });
    expect(told().map((b) => b.event)).toEqual([
      "New Series Request",
      "Series Request Approved",
      "Movie Request Automatically Approved",
      "4K Movie Request Automatically Approved",
    ]);
    expect(stack.sonarrAnime.findSeries(stack.titles.paperLanternDistrict)).not.toBeNull();
    expect(stack.sonarr.series).toEqual([]);
    expect(stack.radarr.findMovie(stack.titles.lastFerryNorth)).not.toBeNull();
    expect(stack.radarr4k.findMovie(stack.titles.lastFerryNorth)).not.toBeNull();
    expect(receiver.bodies("/webhooks/radarr/4k")[0]).toMatchObject({
      eventType: "MovieAdded",
      instanceName: "Radarr 4K",
      movie: { tags: ["2-anna-lindqvist"] },
    });
  });

  test("the same thing cannot be asked for twice in one quality", async () => {
    const input = { user: anna, title: stack.titles.saltmarsh };
    await stack.seerr.request(input);
    await expect(stack.seerr.request(input)).rejects.toThrow(/already requested/);
    await stack.seerr.request({ ...input, is4k: true });
  });

  test("a scan completes approved requests it covers, and only those", async () => {
    const title = stack.titles.tidewaterRoad;
    const first = await stack.seerr.request({ user: anna, title, seasons: [1], autoApprove: true });
    const third = await stack.seerr.request({ user: anna, title, seasons: [3], autoApprove: true });
    await stack.seerr.markAvailable(title, { seasons: [1], ratingKey: "5001" });
    expect(told().at(-1)).toMatchObject({
      notification_type: "MEDIA_AVAILABLE",
      media: { status: "PARTIALLY_AVAILABLE" },
      request: { request_id: String(first.id) },
    });
    expect((await get(`/request/${first.id}`)).body).toMatchObject({ status: 5 });
    expect((await get(`/request/${third.id}`)).body).toMatchObject({ status: 2 });
    expect((await get("/tv/218411")).body.mediaInfo).toMatchObject({
      status: 4,
      ratingKey: "5001",
    });
  });

  test("issues carry no request; comments come with their text", async () => {
    const issue = await stack.seerr.reportIssue({
      user: anna,
      title: stack.titles.tidewaterRoad,
      type: "SUBTITLES",
      message: "None after minute 10",
      season: 2,
      episode: 4,
    });
    await stack.seerr.commentOnIssue(issue, stack.seerr.owner, "Looking into it");
    await stack.seerr.setIssueStatus(issue, "RESOLVED");
    expect(told()).toMatchObject([
      {
        event: "New Subtitle Issue Reported",
        request: null,
        issue: { issue_id: String(issue.id), issue_type: "SUBTITLES", issue_status: "OPEN" },
        comment: null,
        extra: [
          { name: "Affected Season", value: "2" },
          { name: "Affected Episode", value: "4" },
        ],
      },
      {
        notification_type: "ISSUE_COMMENT",
        message: "None after minute 10",
        comment: { comment_message: "Looking into it", commentedBy_username: "Mika Keller" },
        extra: [],
      },
      { notification_type: "ISSUE_RESOLVED", issue: { issue_status: "RESOLVED" } },
    ]);
  });

  test("the test button leaves everything empty", async () => {
    await stack.seerr.test();
    expect(told()[0]).toMatchObject({
      notification_type: "TEST_NOTIFICATION",
      event: "",
      media: null,
      request: null,
      extra: [],
    });
  });

  test("a template of the admin's own, unknown variables stay", async () => {
    stack.seerr.useTemplate({
      kind: "{{notification_type}}",
      id: "{{request_id}}",
      x: "{{media_plexRatingKey}}",
    });
    const { id } = await stack.seerr.request({ user: anna, title: stack.titles.kestrelDown });
    expect(told()).toEqual([
      { kind: "MEDIA_PENDING", id: String(id), x: "{{media_plexRatingKey}}" },
    ]);
  });

  test("settings are read and written as the real ones, the template encoded twice", async () => {
    const headers = { "X-Api-Key": stack.seerr.apiKey, "Content-Type": "application/json" };
    const template = { notification_type: "{{notification_type}}" };
    const saved = await fetch(`${stack.seerr.url}/api/v1/settings/notifications/webhook`, {
      method: "POST",
      headers,
      body: JSON.stringify({
        enabled: true,
        types: 4,
        options: {
          webhookUrl: `${receiver.url}/webhooks/seerr`,
          jsonPayload: JSON.stringify(JSON.stringify(template)),
          authHeader: "s3cret",
        },
      }),
    });
    expect(saved.status).toBe(200);
    const { body } = await get("/settings/notifications/webhook");
    expect(JSON.parse(body.options.jsonPayload)).toEqual(template);
    const request = await stack.seerr.request({ user: anna, title: stack.titles.kestrelDown });
    await stack.seerr.approve(request);
    expect(receiver.received.map((r) => [r.path, r.headers.authorization])).toContainEqual([
      "/webhooks/seerr",
      "s3cret",
    ]);
    expect(receiver.bodies("/webhooks/seerr")).toEqual([{ notification_type: "MEDIA_APPROVED" }]);
  });

  test("it follows a redirect, and the body is lost on the way", async () => {
    stack.seerr.webhook.target = { url: `${receiver.url}/moved` };
    await stack.seerr.test();
    expect(receiver.unexpected).toMatchObject([{ method: "GET", path: "/webhooks/elsewhere" }]);
  });
});

describe("REST", () => {
  test("users come ten at a time, empty addresses and bare names included", async () => {
    for (let i = 0; i < 10; i++) stack.seerr.addUser({ displayName: `Guest ${i}` });
    stack.seerr.addUser({ displayName: "jellybob", email: "jellybob", userType: 3 });
    const { body } = await get("/user");
    expect(body.pageInfo).toEqual({ pages: 2, pageSize: 10, results: 13, page: 1 });
    expect(body.results).toHaveLength(10);
    const second = (await get("/user?take=10&skip=10")).body;
    expect(second.pageInfo.page).toBe(2);
    expect(second.results.at(-1)).toMatchObject({ email: "jellybob", plexUsername: null });
    expect(second.results[0]).toMatchObject({ email: "" });
  });

  test("requests by filter, newest first, with numbers for states", async () => {
    const ask = { user: anna, autoApprove: true };
    const movie = await stack.seerr.request({ ...ask, title: stack.titles.kestrelDown });
    const show = await stack.seerr.request({ ...ask, title: stack.titles.saltmarsh });
    const declined = await stack.seerr.request({ user: anna, title: stack.titles.copperValley });
    await stack.seerr.decline(declined);
    await stack.seerr.markAvailable(stack.titles.kestrelDown);
    const ids = (body: { results: { id: number }[] }) => body.results.map((r) => r.id);
    expect(ids((await get("/request")).body)).toEqual([declined.id, show.id, movie.id]);
    expect(ids((await get("/request?filter=processing")).body)).toEqual([show.id]);
    expect(ids((await get("/request?filter=available")).body)).toEqual([movie.id]);
    expect(ids((await get("/request?take=1&skip=1")).body)).toEqual([show.id]);
    expect((await get(`/request/${show.id}`)).body).toMatchObject({
      status: 2,
      type: "tv",
      is4k: false,
      media: { status: 3, tvdbId: 446731, externalServiceId: 1 },
      seasons: [{ seasonNumber: 1, status: 2 }],
      requestedBy: { email: "anna@example.net" },
    });
    expect(await get("/request/1")).toEqual({
      status: 404,
      body: { message: "Request not found." },
    });
    expect((await get("/request/count")).body).toMatchObject({ total: 3, movie: 2, tv: 1 });
  });

  test("titles nobody asked for have no mediaInfo; unknown ones are a 500", async () => {
    expect((await get("/movie/1097455")).body).not.toHaveProperty("mediaInfo");
    expect((await get("/tv/218411/season/3")).body.episodes).toHaveLength(8);
    expect(await get("/movie/1")).toEqual({
      status: 500,
      body: { message: "Unable to retrieve movie." },
    });
  });

  test("its Sonarr and Radarr servers", async () => {
    expect((await get("/settings/sonarr")).body).toMatchObject([
      { id: 0, name: "Sonarr", port: stack.sonarr.port, is4k: false, isDefault: true },
      { id: 1, name: "Sonarr Anime", isDefault: false },
    ]);
    expect((await get("/settings/radarr")).body).toMatchObject([{}, { is4k: true }]);
  });

  test("approving by its API fires the webhook too", async () => {
    const request = await stack.seerr.request({ user: anna, title: stack.titles.kestrelDown });
    const headers = { "X-Api-Key": stack.seerr.apiKey };
    const url = `${stack.seerr.url}/api/v1/request/${request.id}/approve`;
    const answer = await fetch(url, { method: "POST", headers });
    expect(await answer.json()).toMatchObject({ status: 2 });
    await expect.poll(() => told().length).toBe(2);
  });
});
