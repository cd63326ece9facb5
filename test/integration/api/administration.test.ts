import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createApiKey } from "@/lib/services/access/api-keys";
import { findCalendarPath } from "@/lib/services/users/household-calendar";
import { signLink } from "@/lib/services/users/signed-links";
import { readAccess } from "@/lib/web/access-settings";
import { webContext } from "@/lib/web/service-context";
import { type MediaStack, startMediaStack } from "@/test/support/upstreams/media-stack";
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
  vi.unstubAllEnvs();
  await api?.close();
  await stack?.stop();
});

const call = (method: "GET" | "POST" | "PATCH" | "DELETE", target: string, json?: unknown) =>
  api.call(method, `/api/v1${target}`, json === undefined ? {} : { json });

describe("a Sonarr or Radarr", () => {
  const wanted = () => ({
    kind: "sonarr",
    name: "Sonarr",
    url: stack.sonarr.url,
    apiKey: stack.sonarr.apiKey,
  });

  test("is added, tried, changed and taken away; its key is never shown", async () => {
    const added = await call("POST", "/services", wanted());
    expect(added).toMatchObject({ status: 201, body: { key: "sonarr" } });
    expect((await call("POST", "/services/sonarr/test")).body).toMatchObject({ works: true });

    expect((await call("POST", "/services", { ...wanted(), name: "Anime" })).status).toBe(409);
    const { url, apiKey } = stack.sonarrAnime;
    const another = { ...wanted(), name: "Anime", url, apiKey, is4k: true };
    const anime = await call("POST", "/services", another);
    expect(anime.body.key).toBe("sonarr-anime");
    const renamed = await call("PATCH", "/services/sonarr-anime", { name: "Cartoons" });
    expect(renamed.status).toBe(200);
    const { instances } = await webContext().loadConfig();
    expect(instances.find(({ key }) => key === "sonarr-anime")).toMatchObject({
      ...{ name: "Cartoons", url, apiKey, isFourK: true },
    });

    expect((await call("DELETE", "/services/sonarr-anime")).status).toBe(204);
    expect((await call("DELETE", "/services/sonarr-anime")).status).toBe(404);
    const { body } = await call("GET", "/activity?area=services");
    expect(body.rows).toHaveLength(4);
    expect(JSON.stringify(body)).not.toContain(stack.sonarr.apiKey);
  });

  test("is tried without a word in the activity: nothing was changed", async () => {
    const deeds = async () => (await call("GET", "/activity")).body.rows.length;
    const before = await deeds();
    expect((await call("POST", "/services/sonarr/test")).status).toBe(200);
    expect(await deeds()).toBe(before);
  });

  test("does not get its saved key sent to another address", async () => {
    const moved = await call("PATCH", "/services/sonarr", { url: "http://elsewhere:8989" });
    expect(moved.status).toBe(400);
    expect(moved.body.error.message).toMatch(/API key as well/);
  });

  test.each([
    ["POST", "/services", { kind: "plex" }, 400],
    ["PATCH", "/services/radarr-9", { name: "Nine" }, 404],
    ["PATCH", "/services/plex", { name: "Plex" }, 400],
    ["POST", "/services/radarr/test", {}, 404],
    ["POST", "/services/seerr/test", {}, 404],
    ["POST", "/services/elsewhere/test", {}, 400],
  ] as const)("%s %s with %o is refused", async (method, target, json, status) => {
    expect((await call(method, target, json)).status).toBe(status);
  });

  test("that the environment gives cannot be changed", async () => {
    vi.stubEnv("SONARR_URL", stack.sonarr.url);
    expect((await call("PATCH", "/services/sonarr", { name: "Other" })).status).toBe(409);
    expect((await call("DELETE", "/services/sonarr")).status).toBe(409);
    vi.unstubAllEnvs();
  });
});

describe("people", () => {
  test("one comes with what they chose", async () => {
    await api.raw`
      update users set frequency = 'daily_digest', quiet_from = 1320, quiet_until = 420
      where id = ${rows.anna}`;
    const { body } = await call("GET", `/users/${rows.anna}`);
    expect(body).toMatchObject({
      name: "Anna Lindqvist",
      preferences: { frequency: "daily_digest", quietHours: { from: 1320, until: 420 } },
    });
    expect((await call("GET", "/users/999")).status).toBe(404);
  });

  test("get a link by mail where there is an address to link to, and lose the ones they had", async () => {
    expect((await call("POST", `/users/${rows.anna}/link`)).status).toBe(409);
    vi.stubEnv("PUBLIC_BASE_URL", "https://binge.example.net");
    expect((await call("POST", `/users/${rows.anna}/link`)).status).toBe(204);
    expect((await call("POST", `/users/${rows.zett}/link`)).status).toBe(409);
    const version = async () =>
      (await api.raw`select link_version from users where id = ${rows.anna}`)[0]?.link_version;
    const before = await version();
    expect((await call("DELETE", `/users/${rows.anna}/links`)).body).toEqual({ mailed: true });
    expect(await version()).toBe(before + 1);
    expect((await call("DELETE", "/users/999/links")).status).toBe(404);
    vi.unstubAllEnvs();
  });
});

test("mails on hold are settled by name, or up to the newest one that was seen", async () => {
  const hold = async () => {
    const [row] = await api.raw<{ id: string }[]>`
      insert into notifications (audience, user_id, kind, title, subject, status, due_at)
      values ('user', ${rows.anna}, 'movie_available', 'Held', 'Held', 'held', now()) returning id`;
    return Number(row?.id);
  };
  const [seen, unseen] = [await hold(), await hold()];
  const named = await call("POST", "/notifications/held", {
    verdict: "drop",
    ids: [seen, rows.sent],
  });
  expect(named.body).toEqual({ settled: 1, passedOver: 1 });
  const upTo = await call("POST", "/notifications/held", { verdict: "release", upToId: seen });
  expect(upTo.body).toEqual({ settled: 1, passedOver: 0 });
  const status = async (id: number) => (await call("GET", `/notifications/${id}`)).body.status;
  expect(await status(rows.held)).toBe("scheduled");
  expect(await status(seen)).toBe("cancelled");
  expect(await status(unseen)).toBe("held");
  const neither = await call("POST", "/notifications/held", { verdict: "drop" });
  expect(neither.body.error.fields).toEqual({
    body: "is no verdict about `upToId`, or about 1 to 1000 `ids`",
  });
});

test("a request is looked at now, if a server serves it and Seerr approved it", async () => {
  expect((await call("POST", `/requests/${rows.show}/check`)).body).toEqual({ asked: "Sonarr" });
  expect((await call("POST", `/requests/${rows.movie}/check`)).status).toBe(409);
  expect((await call("POST", "/requests/999/check")).status).toBe(404);
  const jobs = await api.raw`
    select 1 from graphile_worker.jobs where task_identifier = 'collect_request'`;
  expect(jobs).toHaveLength(1);
});

test("the calendar link is given once, and a new one ends it", async () => {
  const first = (await call("POST", "/upcoming/calendar-link")).body.path;
  const second = (await call("POST", "/upcoming/calendar-link")).body.path;
  expect(second).not.toBe(first);
  const { GET } = await import("@/app/calendar/[token]/route");
  const read = async (path: string) => {
    const token = path.split("/").at(-1) ?? "";
    const request = new Request(`http://localhost:8000${path}`);
    return (await GET(request, { params: Promise.resolve({ token }) })).status;
  };
  expect(await read(first)).toBe(404);
  expect(await read(second)).toBe(200);
  expect((await call("DELETE", "/upcoming/calendar-link")).status).toBe(204);
  expect(await read(second)).toBe(404);
});

describe("who gets in", () => {
  test("a setting of it counts for the very next call", async () => {
    expect((await readAccess()).isHostAllowed("binge.example.net")).toBe(false);
    await call("PATCH", "/settings", { ALLOWED_HOSTS: "binge.example.net" });
    expect((await readAccess()).isHostAllowed("binge.example.net")).toBe(true);
    await call("PATCH", "/settings", { ALLOWED_HOSTS: "" });
  });

  test("keys are listed without themselves, and revoked", async () => {
    const make = (scope: "read" | "admin") =>
      createApiKey(webContext(), { name: `${scope} key`, scope, createdBy: "test" });
    const [read, admin] = [await make("read"), await make("admin")];
    const withKey = (key: string, method: "GET" | "DELETE", target: string) =>
      api.call(method, `/api/v1${target}`, { headers: { "x-api-key": key } });
    const { body } = await withKey(read.key, "GET", "/api-keys");
    expect(body.rows.map((row: { id: number }) => row.id)).toEqual([admin.keyId, read.keyId]);
    expect(JSON.stringify(body)).not.toContain(read.key);
    expect((await withKey(read.key, "DELETE", `/api-keys/${admin.keyId}`)).status).toBe(403);
    expect((await withKey(admin.key, "DELETE", `/api-keys/${read.keyId}`)).status).toBe(204);
    expect((await withKey(read.key, "GET", "/api-keys")).status).toBe(401);
    expect((await withKey(admin.key, "DELETE", `/api-keys/${read.keyId}`)).status).toBe(404);
    const [deed] = (await call("GET", "/activity?area=security")).body.rows;
    expect(deed).toMatchObject({ actor: "key admin key", subject: "key read key" });
  });

  test("a key leaves nothing behind that outlives it", async () => {
    const make = async (scope: "read" | "admin") =>
      (await createApiKey(webContext(), { name: scope, scope, createdBy: "test" })).key;
    const [read, admin] = [await make("read"), await make("admin")];
    const withKey = (
      key: string,
      method: "GET" | "POST" | "PATCH",
      target: string,
      json?: object,
    ) => api.call(method, `/api/v1${target}`, { json, headers: { "x-api-key": key } });

    const link = await withKey(admin, "POST", "/upcoming/calendar-link", {});
    expect(link.status).toBe(403);
    expect(link.body.error.message).toMatch(/outlive the key/);
    expect(await findCalendarPath(webContext())).toBeNull();

    for (const name of ["LOCAL_NETWORKS", "WEBHOOK_SECRET", "METRICS_TOKEN"]) {
      const change = { [name]: "192.0.2.0/24", PLEX_DEADLINE_HOURS: "7" };
      const refused = await withKey(admin, "PATCH", "/settings", change);
      expect(refused.status).toBe(403);
      expect(refused.body.error.message).toContain(name);
    }
    const { settings } = await webContext().loadConfig();
    expect(settings).toMatchObject({ LOCAL_NETWORKS: "", WEBHOOK_SECRET: "", METRICS_TOKEN: "" });
    expect(settings.PLEX_DEADLINE_HOURS).not.toBe(7);
    const allowed = await withKey(admin, "PATCH", "/settings", { PLEX_DEADLINE_HOURS: "8" });
    expect(allowed.status).toBe(200);

    vi.stubEnv("WEBHOOK_SECRET", "the webhook secret");
    const elsewhere = { base: "http://127.0.0.1:9" };
    for (const body of [elsewhere, {}]) {
      const webhook = await withKey(admin, "POST", "/services/sonarr/webhook", body);
      expect(webhook.status).toBe(403);
      expect(webhook.body.error.message).toMatch(/while there is a webhook secret/);
    }
    expect((await call("POST", "/services/sonarr/webhook", elsewhere)).status).toBe(200);
    vi.unstubAllEnvs();

    const token = signLink({ secretKey: "k" }, { userId: rows.anna, version: 1 });
    const page = `https://binge.example.net/u/${token}`;
    await api.raw`
      update notification_bodies set html = ${`<a href="${page}">preferences</a>`}, text = ${page},
        headers = ${api.raw.json({ "List-Unsubscribe": `<${page}/unsubscribe>` })}
      where notification_id = ${rows.sent}`;
    for (const key of [read, admin]) {
      const { body } = await withKey(key, "GET", `/notifications/${rows.sent}`);
      expect(JSON.stringify(body.mail)).not.toContain(token);
      expect(body.mail.headers["List-Unsubscribe"]).toBe(
        "<https://binge.example.net/u/…/unsubscribe>",
      );
    }
    const { body } = await call("GET", `/notifications/${rows.sent}`);
    expect(body.mail.text).toBe(page);
  });

  test("sessions are listed without their cookies, and ended", async () => {
    await api.raw`insert into admins (id, name, password_hash, password_changed_at, created_at)
    values ('a', 'marta', 'hash', now(), now())`;
    await api.raw`
      insert into admin_sessions (token_hash, admin_id, expires_at, created_at, last_seen_at)
      values ('cookiehash', 'a', now() + interval '1 hour', now(), now())`;
    const { body } = await call("GET", "/sessions");
    expect(body.rows).toMatchObject([{ account: "marta" }]);
    expect(JSON.stringify(body)).not.toContain("cookiehash");
    const [{ id }] = body.rows;
    expect((await call("DELETE", `/sessions/${id}`)).status).toBe(204);
    expect((await call("DELETE", `/sessions/${id}`)).status).toBe(404);
    expect((await call("DELETE", "/sessions/1")).status).toBe(400);
  });
});
