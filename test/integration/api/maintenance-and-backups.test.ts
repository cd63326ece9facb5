import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApiKey } from "@/lib/services/access/api-keys";
import { makeBackup } from "@/lib/services/backups/make-backup";
import { webContext } from "@/lib/web/service-context";
import { ApiInProcess, loadRoute } from "./api-in-process";

let api: ApiInProcess;

beforeAll(async () => {
  api = await ApiInProcess.open();
  await api.raw`
    insert into users (seerr_user_id, display_name, email) values (1, 'Ada', 'ada@example.net')`;
});
afterAll(() => api.close());

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
const plan = (from: number, to: number) => ({
  title: "New disks",
  startsAt: inHours(from),
  endsAt: inHours(to),
  zone: "Europe/Berlin",
});

describe("maintenance", () => {
  test("a window is planned, changed, called off; each change is answered with its mails", async () => {
    const planned = await api.call("POST", "/api/v1/maintenance", { json: plan(5, 6) });
    expect(planned.status).toBe(201);
    expect(planned.body).toMatchObject({ mails: 1, window: { status: "scheduled", text: "" } });
    const { id } = planned.body.window;
    const changed = await api.call("PATCH", `/api/v1/maintenance/${id}`, { json: plan(7, 8) });
    expect(changed.body.mails).toBe(1);
    expect((await api.call("GET", "/api/v1/maintenance")).body.upcoming).toHaveLength(1);
    expect((await api.call("POST", `/api/v1/maintenance/${id}/end`)).status).toBe(409);
    const cancelled = await api.call("POST", `/api/v1/maintenance/${id}/cancel`);
    expect(cancelled.body.window.status).toBe("cancelled");
    expect((await api.call("POST", `/api/v1/maintenance/${id}/cancel`)).status).toBe(409);
    expect((await api.call("GET", "/api/v1/maintenance")).body.past).toHaveLength(1);
  });

  test("what cannot be is refused", async () => {
    expect((await api.call("POST", "/api/v1/maintenance", { json: plan(-5, 6) })).status).toBe(400);
    const elsewhere = { ...plan(1, 2), zone: "Europe/Atlantis" };
    expect((await api.call("POST", "/api/v1/maintenance", { json: elsewhere })).status).toBe(400);
    expect((await api.call("POST", "/api/v1/maintenance/999/cancel")).status).toBe(404);
  });
});

describe("backups", () => {
  test("a key that may only read gets no file: it holds everything", async () => {
    const make = (scope: "read" | "admin") =>
      createApiKey(webContext(), { name: scope, scope, createdBy: "test" });
    const [read, admin] = await Promise.all([make("read"), make("admin")]);
    const name = "bingealert-20200101-000000-manual.backup";
    expect((await download(name, { ...headers, "x-api-key": read.key })).status).toBe(403);
    expect((await download(name, { ...headers, "x-api-key": admin.key })).status).toBe(404);
    const elsewhere = { ...headers, "sec-fetch-site": "cross-site" };
    expect((await download(name, elsewhere)).status).toBe(403);
  });

  test("one is listed, downloaded whole, uploaded again and deleted", async () => {
    const made = await makeBackup(webContext(), "manual", async () => {});
    const listed = (await api.call("GET", "/api/v1/backups")).body.backups;
    expect(listed).toHaveLength(1);
    expect(listed[0]).toMatchObject({ id: made.fileName, kind: "manual", problem: null });

    const file = await download(made.fileName);
    expect(file.headers.get("content-disposition")).toContain(made.fileName);
    const bytes = Buffer.from(await file.arrayBuffer());
    const { configDir } = await webContext().loadConfig();
    expect(bytes.equals(readFileSync(path.join(configDir, "backups", made.fileName)))).toBe(true);

    const taken = await upload(bytes);
    expect(taken.status).toBe(201);
    const { id } = (await taken.json()) as { id: string };
    expect(id).toMatch(/-uploaded\.backup$/);
    expect((await api.call("DELETE", `/api/v1/backups/${id}`)).status).toBe(204);
    expect((await api.call("GET", "/api/v1/backups")).body.backups).toHaveLength(1);
  });

  test("what is no backup is not kept, and no name leads elsewhere", async () => {
    expect((await upload(Buffer.from("something else"))).status).toBe(400);
    expect((await upload(Buffer.from("x"), "text/plain")).status).toBe(400);
    expect((await api.call("GET", "/api/v1/backups")).body.backups).toHaveLength(1);
    for (const name of [
      "../.env",
      "..%2f.env",
      ".env",
      "bingealert-20200101-000000-manual.backup",
    ]) {
      expect((await download(name)).status, name).toBe(404);
    }
    expect((await api.call("DELETE", "/api/v1/backups/.env")).status).toBe(400);
  });

  test("a restore is queued once", async () => {
    const [{ id }] = (await api.call("GET", "/api/v1/backups")).body.backups;
    const begun = await api.call("POST", `/api/v1/backups/${id}/restore`);
    expect(begun.status).toBe(202);
    expect((await api.call("POST", `/api/v1/backups/${id}/restore`)).status).toBe(409);
    const [job] = await api.raw<{ count: number }[]>`
      select count(*)::int as count from graphile_worker.jobs
      where task_identifier = 'restore_backup'`;
    expect(job?.count).toBe(1);
  });
});

const headers = { host: "localhost:8000", origin: "http://localhost:8000" };

async function download(name: string, sent: Record<string, string> = headers): Promise<Response> {
  const route = await loadRoute("/api/v1/backups/[id]/file");
  const request = new Request("http://localhost:8000/api/v1/backups/x/file", { headers: sent });
  const answer = await route.GET?.(request, { params: Promise.resolve({ id: name }) });
  if (!answer) throw new Error("There is no such route");
  return answer;
}

async function upload(bytes: Buffer, type = "application/octet-stream"): Promise<Response> {
  const route = await loadRoute("/api/v1/backups/upload");
  const request = new Request("http://localhost:8000/api/v1/backups/upload", {
    method: "POST",
    headers: { ...headers, "content-type": type },
    body: new Uint8Array(bytes),
  });
  const answer = await route.POST?.(request, { params: Promise.resolve({}) });
  if (!answer) throw new Error("There is no such route");
  return answer;
}
