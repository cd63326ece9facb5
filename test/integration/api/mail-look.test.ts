import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createApiKey } from "@/lib/services/access/api-keys";
import { webContext } from "@/lib/web/service-context";
import { ApiInProcess } from "./api-in-process";
import { insertHousehold } from "./household-rows";

let api: ApiInProcess;
let rows: Awaited<ReturnType<typeof insertHousehold>>;

beforeAll(async () => {
  api = await ApiInProcess.open();
  rows = await insertHousehold(api.db);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await api?.close();
});

const call = (method: "GET" | "POST" | "PUT" | "DELETE", target: string, json?: unknown) =>
  api.call(method, `/api/v1${target}`, json === undefined ? {} : { json });

test("the logo is put, read back as it is, shown in samples and taken away", async () => {
  const none = { contentType: null, picture: null, isLocked: false };
  expect((await call("GET", "/mail-logo")).body).toEqual(none);
  const picture = readFileSync(path.resolve("app/apple-icon.png")).toString("base64");
  const put = await call("PUT", "/mail-logo", { picture });
  expect(put.body).toEqual({ contentType: "image/png", picture, isLocked: false });
  const sample = (await call("GET", "/mail-samples/movie_available")).body;
  expect(sample.html).toContain(`data:image/png;base64,${picture}`);

  const text = Buffer.from("<svg onload=alert(1)>").toString("base64");
  const refused = await call("PUT", "/mail-logo", { picture: text });
  expect(refused.status).toBe(400);
  expect(refused.body.error.message).toMatch(/neither a PNG nor a JPEG/);
  expect((await call("PUT", "/mail-logo", { picture: "%%" })).body.error.fields).toEqual({
    picture: "is no picture in base64",
  });
  expect((await call("GET", "/mail-logo")).body.picture).toBe(picture);

  expect((await call("DELETE", "/mail-logo")).status).toBe(204);
  expect((await call("GET", "/mail-logo")).body).toEqual(none);
  vi.stubEnv("MAIL_LOGO", "elsewhere.png");
  expect((await call("PUT", "/mail-logo", { picture })).status).toBe(409);
  vi.unstubAllEnvs();
});

test("samples are listed, drawn in a look that is not saved, and sent, by a key as well", async () => {
  const { key } = await createApiKey(webContext(), {
    ...{ name: "reader", scope: "read", createdBy: "test" },
  });
  const byKey = (method: "GET" | "POST", target: string, json?: unknown) =>
    api.call(method, `/api/v1${target}`, { json, headers: { "x-api-key": key } });
  const { kinds } = (await byKey("GET", "/mail-samples")).body;
  const soon = kinds.find((one: { kind: string }) => one.kind === "coming_soon");
  expect(soon).toMatchObject({ words: "Coming soon", reader: "users" });

  const look = "serverName=The%20Loft&accentColor=%23ff0055";
  const drawn = (await byKey("GET", `/mail-samples/coming_soon?${look}`)).body;
  expect(drawn.html).toContain("The Loft");
  expect(drawn.html.toLowerCase()).toContain("#ff0055");
  expect((await webContext().loadConfig()).settings.MAIL_SERVER_NAME).not.toBe("The Loft");
  expect((await byKey("GET", "/mail-samples/elsewhere")).status).toBe(400);
  // A mail of another kind is no sample of this one.
  const wrong = await byKey("GET", `/mail-samples/coming_soon?notificationId=${rows.sent}`);
  expect(wrong.status).toBe(404);

  const to = { to: "somebody@example.net", serverName: "The Loft" };
  expect((await byKey("POST", "/mail-samples/coming_soon/send", to)).status).toBe(403);
  const sent = await call("POST", "/mail-samples/coming_soon/send", to);
  expect(sent.status).toBe(202);
  expect(sent.body).toMatchObject({ kind: "sample", address: to.to, status: "scheduled" });
  const jobs = await api.raw`
    select 1 from graphile_worker.jobs where task_identifier = 'deliver_notification'`;
  expect(jobs).toHaveLength(1);
});

test("several people are attached in one call, or nobody", async () => {
  const attach = (userIds: number[]) =>
    call("POST", `/requests/${rows.movie}/watchers/several`, { userIds });
  const watchers = async () => (await call("GET", `/requests/${rows.movie}`)).body.watchers.length;
  const before = await watchers();
  expect((await attach([rows.jonas, 999])).status).toBe(404);
  expect(await watchers()).toBe(before);
  expect((await attach([rows.jonas, rows.zett])).body).toEqual({ attached: 2, already: 0 });
  expect((await attach([rows.jonas])).body).toEqual({ attached: 0, already: 1 });
  expect((await attach([])).status).toBe(400);
  const [deed] = (await call("GET", "/activity?area=requests")).body.rows.slice(-1);
  expect(deed).toMatchObject({
    subject: `request ${rows.movie}`,
    before: { watchers: ["Anna Lindqvist"] },
  });
});
