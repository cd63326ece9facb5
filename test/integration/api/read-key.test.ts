import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { settingDefinitions } from "@/lib/domain/settings";
import { createApiKey } from "@/lib/services/access/api-keys";
import { endpoints } from "@/lib/web/api/openapi";
import { webContext } from "@/lib/web/service-context";
import { ApiInProcess } from "./api-in-process";
import { insertHousehold } from "./household-rows";

let api: ApiInProcess;
let rows: Awaited<ReturnType<typeof insertHousehold>>;
let key: string;

beforeAll(async () => {
  api = await ApiInProcess.open();
  rows = await insertHousehold(api.db);
  const wanted = { name: "reader", scope: "read", createdBy: "test" } as const;
  key = (await createApiKey(webContext(), wanted)).key;
});
afterAll(() => api?.close());

const call = (method: string, target: string, json?: unknown) =>
  api.call(method.toUpperCase() as "GET", `/api/v1${target}`, {
    ...(json === undefined ? {} : { json }),
    headers: { "x-api-key": key },
  });

test("a key that may only read is refused by everything else", async () => {
  const changing = endpoints.filter(({ method, needs }) => method !== "get" || needs);
  expect(changing.length).toBeGreaterThan(40);
  for (const { method, path } of changing) {
    const json = method === "get" ? undefined : {};
    const { status } = await call(method, path.replace(/\{\w+\}/g, "1"), json);
    expect(status, `${method} ${path}`).toBe(403);
  }
});

test("a key reads no secret, wherever it looks", async () => {
  const secrets = Object.entries(settingDefinitions)
    .filter(([, { type }]) => type === "secret")
    .map(([name]) => name);
  expect(secrets.length).toBeGreaterThan(8);
  for (const name of secrets) vi.stubEnv(name, `https://planted.example/${name}`);
  vi.stubEnv("SONARR_URL", "http://anna:planted@127.0.0.1:9");
  vi.stubEnv("SONARR_API_KEY", "planted-sonarr");
  vi.stubEnv("NTFY_URL", "http://anna:planted@127.0.0.1:9");
  const ids: Record<string, number> = {
    "/requests/{id}": rows.show,
    "/requests/{id}/timeline": rows.show,
    "/users/{id}": rows.anna,
    "/notifications/{id}": rows.sent,
    "/inbound-events/{id}": rows.testEvent,
  };
  const read: string[] = [];
  for (const { method, path, needs } of endpoints) {
    if (method !== "get" || needs) continue;
    const target = path.replace("{kind}", "test").replace("{id}", String(ids[path] ?? 1));
    if (target.includes("{") || target === "/search") continue;
    const { status, body } = await call("get", target);
    if (status === 200) read.push(path);
    expect(JSON.stringify(body), path).not.toContain("planted");
  }
  expect(read.length).toBeGreaterThan(20);
  vi.unstubAllEnvs();
});
