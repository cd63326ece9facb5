import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiInProcess } from "./api-in-process";
import { insertHousehold } from "./household-rows";

let api: ApiInProcess;
let rows: Awaited<ReturnType<typeof insertHousehold>>;

beforeAll(async () => {
  api = await ApiInProcess.open();
  rows = await insertHousehold(api.db);
});
afterAll(() => api?.close());

const call = (method: "GET" | "POST", target: string, json?: unknown) =>
  api.call(method, `/api/v1${target}`, json === undefined ? {} : { json });

test("what a restore swallowed is listed, and released once", async () => {
  const swallow = async (mediaKey: string) => {
    const [row] = await api.raw<{ id: string }[]>`
      insert into swallowed_items (user_id, media_key, request_id, title, at)
      values (${rows.anna}, ${mediaKey}, ${rows.show}, 'Tidewater Road', now()) returning id`;
    return Number(row?.id);
  };
  const [first, second] = [
    await swallow("episode:tvdb:500:s03e01"),
    await swallow("episode:tvdb:500:s03e02"),
  ];
  const listed = async () => (await call("GET", "/backups/swallowed")).body;
  expect(await listed()).toMatchObject({
    total: 2,
    rows: [{ id: second, name: "Anna Lindqvist", requestId: rows.show }, { id: first }],
  });
  const release = async (ids: "all" | number[]) =>
    (await call("POST", "/backups/swallowed/release", { ids })).body.released;
  expect(await release([first])).toBe(1);
  expect(await release([first])).toBe(0);
  expect(await release("all")).toBe(1);
  expect(await listed()).toEqual({ total: 0, rows: [] });
  expect((await call("POST", "/backups/swallowed/release", { ids: [] })).status).toBe(400);
});

test("a run says what it found, secrets taken out", async () => {
  const [run] = await api.raw<{ id: string }[]>`
    insert into job_runs (name, trigger, started_at, finished_at, outcome, done, worker_id)
    values ('reconcile', 'schedule', now() - interval '3 s', now(), 'ok', 3, 'w') returning id`;
  const id = Number(run?.id);
  await api.raw`
    insert into run_findings (run_id, kind, request_id, title, words, reason, at)
    values (${id}, 'failed', ${rows.show}, 'Older title', 'Could not be compared',
      'refused at http://sonarr?apikey=hush&x=1', now())`;
  const { body } = await call("GET", `/runs/${id}`);
  expect(body).toMatchObject({ name: "reconcile", run: { id, outcome: "ok" }, isCut: false });
  expect(body.findings).toMatchObject([{ kind: "failed", title: "Tidewater Road" }]);
  expect(JSON.stringify(body)).not.toContain("hush");
  const [job] = (await call("GET", "/jobs")).body.jobs.filter(
    (one: { name: string }) => one.name === "reconcile",
  );
  expect(job.lastRun.id).toBe(id);
  expect((await call("GET", "/runs/999999")).status).toBe(404);
});
