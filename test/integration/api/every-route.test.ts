import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makeBackup } from "@/lib/services/make-backup";
import { insertMaintenanceWindow } from "@/lib/store/maintenance";
import { openApiDocument } from "@/lib/web/api/openapi";
import { webContext } from "@/lib/web/service-context";
import { type MediaStack, startMediaStack } from "@/test/support/upstreams/media-stack";
import { insertSampleIssues } from "../issues/sample-issues";
import { ApiInProcess } from "./api-in-process";
import { insertHousehold } from "./household-rows";

let api: ApiInProcess;
let stack: MediaStack;
let rows: Awaited<ReturnType<typeof insertHousehold>>;

beforeAll(async () => {
  stack = await startMediaStack();
  api = await ApiInProcess.open();
  rows = await insertHousehold(api.db);
});
afterAll(async () => {
  await api?.close();
  await stack?.stop();
});

const get = (target: string) => api.call("GET", `/api/v1${target}`);
const post = (target: string, json: unknown = {}) => api.call("POST", `/api/v1${target}`, { json });

test("every operation of the document answers well, and as the document says", async () => {
  vi.stubEnv("JELLYSEERR_URL", stack.seerr.url);
  vi.stubEnv("JELLYSEERR_API_KEY", stack.seerr.apiKey);
  vi.stubEnv("SONARR_URL", stack.sonarr.url);
  vi.stubEnv("SONARR_API_KEY", stack.sonarr.apiKey);
  vi.stubEnv("DISCORD_WEBHOOK_URL", "https://discord.example/api/webhooks/1/token");

  await callPeopleAndRequests();
  await callMails();
  await callIssues();
  await callInboxAndJobs();
  await callSettingsAndServices();
  await callMaintenance();
  await callBackups();
  await callRestart();

  const described = Object.entries(openApiDocument().paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect([...api.answered].sort(), "call the new operation above").toEqual(described.sort());
});

async function callPeopleAndRequests() {
  for (const list of ["/requests", "/upcoming", "/users", "/activity", "/logs", "/stats"]) {
    await get(list);
  }
  const { tmdbId } = stack.world.addMovie({ title: "Slack Water" });
  expect((await get("/search?q=slack%20water")).body.rows).toHaveLength(1);
  await post("/requests", { mediaType: "movie", tmdbId, userId: rows.anna });
  await get(`/requests/${rows.show}`);
  await get(`/requests/${rows.show}/timeline`);
  await post(`/requests/${rows.show}/watchers`, { userId: rows.jonas });
  await api.call("DELETE", `/api/v1/requests/${rows.show}/watchers/${rows.jonas}`);
  await api.call("PATCH", `/api/v1/users/${rows.zett}`, { json: { active: false } });
  expect((await post(`/requests/${rows.show}/check`)).body).toEqual({ asked: "Sonarr" });
  vi.stubEnv("PUBLIC_BASE_URL", "https://cinema.example.net");
  await post(`/users/${rows.jonas}/links/send`);
  expect((await post(`/users/${rows.jonas}/links/revoke`)).body).toEqual({ newLinks: "mailed" });
}

async function callMails() {
  await get("/notifications");
  await get(`/notifications/${rows.sent}`);
  await post(`/notifications/${rows.scheduled}/send`);
  await post(`/notifications/${rows.held}/release`);
  await post(`/notifications/${rows.sent}/resend`);
  await post(`/notifications/${rows.failed}/cancel`);
  await post("/notifications/test", { to: "somebody@example.net" });
}

async function callIssues() {
  const { reported } = await insertSampleIssues(api.db, new Date("2026-11-22T12:00:00Z"));
  await get("/issues");
  await get(`/issues/${reported}`);
  await post(`/issues/${reported}/fix`);
  await post(`/issues/${reported}/resolve`);
}

async function callInboxAndJobs() {
  await get("/inbound-events");
  await get(`/inbound-events/${rows.testEvent}`);
  await post(`/inbound-events/${rows.testEvent}/replay?dry=true`);
  await post(`/inbound-events/${rows.testEvent}/replay`);

  const [job] = await api.raw<{ id: string }[]>`
    select id::text from graphile_worker.add_job('collect_request', '{"requestId": 1}'::json)`;
  await api.raw`
    update graphile_worker._private_jobs set attempts = 1, last_error = 'nothing answers'
    where id = ${job?.id ?? ""}`;
  await get("/jobs");
  await post("/jobs/reconcile/run");
  await post(`/jobs/failing/${job?.id}/retry`);
  await post(`/jobs/failing/${job?.id}/discard`);
}

async function callSettingsAndServices() {
  await get("/settings");
  await api.call("PATCH", "/api/v1/settings", { json: { PLEX_DEADLINE_HOURS: "12" } });
  await get("/services");
  expect((await post("/services/sonarr/test")).body.works).toBe(true);
  const { kind, name, url, apiKey } = {
    ...{ kind: "sonarr", name: "Sonarr Anime", url: stack.sonarrAnime.url },
    apiKey: "wrong".padEnd(32, "0"),
  };
  const { key } = (await post("/instances", { kind, name, url, apiKey })).body;
  expect(key).toBe("sonarr-anime");
  expect((await post(`/services/${key}/test`)).body.works).toBe(false);
  const changed = { name: "Anime", url, apiKey: stack.sonarrAnime.apiKey };
  await api.call("PATCH", `/api/v1/instances/${key}`, { json: changed });
  expect((await post(`/services/${key}/test`)).body.works).toBe(true);
  await api.call("DELETE", `/api/v1/instances/${key}`);
  expect((await post(`/services/${key}/test`)).status).toBe(404);
  // Nothing listens there, so Sonarr's own test of the connection fails: an answer as well.
  const installed = await post("/services/sonarr/webhook", { base: "http://127.0.0.1:9" });
  expect(installed.body.outcome).not.toBe("proven");
  await post("/alerts/discord/test");
  await get("/alerts");

  expect((await get("/health")).status).toBe(503);
  await api.raw`
    insert into worker_heartbeats (worker_id, lock_key, started_at, beat_at, version)
    values ('w', 1, now(), now(), '1')`;
  await get("/health");
}

async function callMaintenance() {
  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);
  const plan = (from: number, to: number) => ({
    title: "New disks",
    startsAt: inHours(from).toISOString(),
    endsAt: inHours(to).toISOString(),
    zone: "Europe/Berlin",
  });
  const { window } = (await post("/maintenance", plan(5, 6))).body;
  await api.call("PATCH", `/api/v1/maintenance/${window.id}`, { json: plan(7, 8) });
  await post(`/maintenance/${window.id}/cancel`);
  const current = await insertMaintenanceWindow(api.db, {
    title: "New router",
    startsAt: inHours(-1),
    endsAt: inHours(1),
    zone: "Europe/Berlin",
    status: "active",
    announcedAt: inHours(-2),
    createdBy: "test",
  });
  await post(`/maintenance/${current.id}/end`);
  await get("/maintenance");
}

async function callBackups() {
  const { fileName } = await makeBackup(webContext(), "manual", async () => {});
  const file = await get(`/backups/${fileName}/file`);
  const uploaded = await api.call("POST", "/api/v1/backups/upload", {
    body: new Uint8Array(file.body),
    headers: { "content-type": "application/octet-stream" },
  });
  await api.call("DELETE", `/api/v1/backups/${uploaded.body.id}`);
  await post("/backups");
  await post(`/backups/${fileName}/restore`);
  await get("/backups");
}

/** The process that would restart this one hears of it, and is not there. */
async function callRestart() {
  vi.stubEnv("BINGEALERT_RESTARTS", "web,worker");
  const send = vi
    .spyOn(process as Required<Pick<NodeJS.Process, "send">>, "send")
    .mockReturnValue(true);
  const { body } = await post("/restart");
  const heard = send.mock.calls.map(([message]) => message);
  send.mockRestore();
  expect(body).toEqual({ restarts: ["web", "worker"] });
  expect(heard).toContainEqual({ kind: "restart" });
}
