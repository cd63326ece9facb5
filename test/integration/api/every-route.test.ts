import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createApiKey } from "@/lib/services/access/api-keys";
import { makeBackup } from "@/lib/services/backups/make-backup";
import { insertMaintenanceWindow } from "@/lib/store/maintenance";
import type { Endpoint } from "@/lib/web/api/endpoint";
import { endpoints, openApiDocument } from "@/lib/web/api/openapi";
import { webContext } from "@/lib/web/service-context";
import { takeWebhook } from "@/lib/web/webhook-route";
import { type MediaStack, startMediaStack } from "@/test/support/upstreams/media-stack";
import { insertSampleIssues } from "../issues/sample-issues";
import { startWebhookFront } from "../webhooks/webhook-front";
import { ApiInProcess } from "./api-in-process";
import { auditedOperations } from "./audited-operations";
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
const remove = (target: string) => api.call("DELETE", `/api/v1${target}`);
const post = (target: string, json: unknown = {}) => api.call("POST", `/api/v1${target}`, { json });

test("every operation of the document answers well, and as the document says", async () => {
  vi.stubEnv("JELLYSEERR_URL", stack.seerr.url);
  vi.stubEnv("JELLYSEERR_API_KEY", stack.seerr.apiKey);
  vi.stubEnv("SONARR_URL", stack.sonarr.url);
  vi.stubEnv("SONARR_API_KEY", stack.sonarr.apiKey);
  vi.stubEnv("PUBLIC_BASE_URL", "http://localhost:8000");
  vi.stubEnv("DISCORD_WEBHOOK_URL", "https://discord.example/api/webhooks/1/token");

  await callPeopleAndRequests();
  await callMails();
  await callIssues();
  await callInboxAndJobs();
  await callSettingsAndServices();
  await callAppearance();
  await callMaintenance();
  await callBackups();
  await callSecurity();
  await callRestart();

  const described = Object.entries(openApiDocument().paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect([...api.answered].sort(), "call the new operation above").toEqual(described.sort());
  await expectAudited();
});

/** Each operation that may change something is on record, with how it was before where there was a before. */
async function expectAudited() {
  const changing = endpoints.filter(({ method }) => method !== "get");
  const nameOf = ({ method, path }: Endpoint) => `${method.toUpperCase()} ${path}`;
  expect(Object.keys(auditedOperations).sort(), "say what the audit holds of it").toEqual(
    changing.map(nameOf).sort(),
  );
  expect(new Set(changing.map(({ summary }) => summary)).size).toBe(changing.length);
  const entries = await api.raw<{ action: string; before: unknown; after: unknown }[]>`
    select action, before, after from audit_entries`;
  const wrong = changing.flatMap((operation) => {
    const expected = auditedOperations[nameOf(operation)];
    const found = entries.filter(({ action }) => action === operation.summary);
    const name = nameOf(operation);
    if (typeof expected === "object") return found.length === 0 ? [] : [`${name}: is written down`];
    if (found.length === 0) return [`${name}: is not written down`];
    return expected === "change" && found.some(({ before }) => before === null)
      ? [`${name}: how it was before is missing`]
      : [];
  });
  expect(wrong).toEqual([]);
}

async function callPeopleAndRequests() {
  for (const list of [
    "/requests",
    "/upcoming",
    "/users",
    "/activity",
    "/logs",
    "/stats",
    "/statistics",
  ]) {
    await get(list);
  }
  const { tmdbId } = stack.world.addMovie({ title: "Slack Water" });
  expect((await get("/search?q=slack%20water")).body.rows).toHaveLength(1);
  expect((await get(`/titles/movie/${tmdbId}`)).body.title).toBe("Slack Water");
  await post("/requests", { mediaType: "movie", tmdbId, userId: rows.anna });
  await get(`/requests/${rows.show}`);
  await get(`/requests/${rows.show}/timeline`);
  await post(`/requests/${rows.show}/watchers`, { userId: rows.jonas });
  await api.call("DELETE", `/api/v1/requests/${rows.show}/watchers/${rows.jonas}`);
  await post(`/requests/${rows.show}/watchers/several`, { userIds: [rows.jonas, rows.zett] });
  await post(`/requests/${rows.show}/check`);
  await post("/upcoming/calendar-link");
  await remove("/upcoming/calendar-link");
  await get(`/users/${rows.anna}`);
  await get(`/users/${rows.anna}/titles`);
  await post(`/users/${rows.anna}/link`);
  await remove(`/users/${rows.anna}/links`);
  await api.call("PATCH", `/api/v1/users/${rows.zett}`, { json: { active: false } });
}

async function callMails() {
  await get("/notifications");
  await get(`/notifications/${rows.sent}`);
  await post(`/notifications/${rows.scheduled}/send`);
  await post(`/notifications/${rows.held}/release`);
  await post(`/notifications/${rows.sent}/resend`);
  await post(`/notifications/${rows.failed}/cancel`);
  await post("/notifications/held", { verdict: "release", upToId: rows.held });
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
  const [run] = await api.raw<{ id: number }[]>`
    insert into job_runs (name, trigger, started_at, done, worker_id)
    values ('reconcile', 'admin', now(), 3, 'w') returning id`;
  await api.raw`
    insert into run_findings (run_id, kind, request_id, user_id, words, media_keys, at)
    values (${run?.id ?? 0}, 'made_up', ${rows.show}, ${rows.anna}, 'Anna had not been told',
      '{episode:tvdb:500:s03e02}', now())`;
  expect((await get(`/runs/${run?.id}`)).body.findings).toHaveLength(1);
  await get("/jobs");
  await post("/jobs/reconcile/run");
  await post(`/jobs/failing/${job?.id}/retry`);
  await post(`/jobs/failing/${job?.id}/discard`);
}

async function callSettingsAndServices() {
  await get("/settings");
  await api.call("PATCH", "/api/v1/settings", { json: { PLEX_DEADLINE_HOURS: "12" } });
  await get("/services");
  // Nothing listens there, so Sonarr's own test of the connection fails: an answer as well.
  const nowhere = await post("/services/sonarr/webhook", { base: "http://127.0.0.1:9" });
  expect(nowhere.body.outcome).toBe("refused");
  const front = await startWebhookFront(async (target, sent) => {
    const request = new Request(new URL(target, "http://localhost:8000"), {
      ...{ method: "POST", ...sent },
    });
    const answer = await takeWebhook(request, { params: Promise.resolve({ source: "sonarr" }) });
    return { status: answer.status, body: await answer.json() };
  });
  const installed = await post("/services/sonarr/webhook", { base: front.url });
  expect(installed.body.outcome).toBe("proven");
  await front.stop();
  await post("/services/sonarr/test");
  const radarr = { kind: "radarr", name: "Radarr", url: "http://127.0.0.1:9", apiKey: "key" };
  const { key } = (await post("/services", radarr)).body;
  await api.call("PATCH", `/api/v1/services/${key}`, { json: { name: "Movies" } });
  await remove(`/services/${key}`);
  await post("/alerts/discord/test");
  await get("/alerts");

  expect((await get("/health")).status).toBe(503);
  await api.raw`
    insert into worker_heartbeats (worker_id, lock_key, started_at, beat_at, version)
    values ('w', 1, now(), now(), '1')`;
  await get("/health");
}

async function callAppearance() {
  const picture = readFileSync(path.resolve("app/apple-icon.png")).toString("base64");
  await api.call("PUT", "/api/v1/mail-logo", { json: { picture } });
  expect((await get("/mail-logo")).body.picture).toBe(picture);
  await remove("/mail-logo");
  await get("/mail-samples");
  await get("/mail-samples/coming_soon");
  await post("/mail-samples/coming_soon/send", { to: "somebody@example.net" });
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
  await api.raw`
    insert into swallowed_items (user_id, media_key, request_id, title, at)
    values (${rows.anna}, 'episode:tvdb:500:s03e02', ${rows.show}, 'Tidewater Road', now())`;
  expect((await get("/backups/swallowed")).body.rows).toHaveLength(1);
  await post("/backups/swallowed/release", { ids: "all" });
}

async function callSecurity() {
  const { keyId } = await createApiKey(webContext(), {
    ...{ name: "old", scope: "read", createdBy: "test" },
  });
  expect((await get("/api-keys")).body.rows).toHaveLength(1);
  await remove(`/api-keys/${keyId}`);
  await api.raw`insert into admins (id, name, password_hash, password_changed_at, created_at)
    values ('a', 'marta', 'hash', now(), now())`;
  await api.raw`
    insert into admin_sessions (token_hash, admin_id, expires_at, created_at, last_seen_at)
    values ('hash', 'a', now() + interval '1 hour', now(), now())`;
  const [session] = (await get("/sessions")).body.rows;
  await remove(`/sessions/${session.id}`);
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
