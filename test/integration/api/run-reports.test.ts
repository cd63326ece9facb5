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

/** Reads a list two rows at a time to its end. */
async function readPages<T>(
  target: string,
  // biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
  read: (page: any) => T[],
): Promise<T[][]> {
  const pages: T[][] = [];
  let after = "";
  do {
    const { status, body } = await call("GET", `${target}?limit=2&after=${after}`);
    expect(status).toBe(200);
    pages.push(read(body));
    after = body.next ?? "";
  } while (after !== "");
  return pages;
}

const idsOf = (page: { rows: { id: number | string }[] }) => page.rows.map(({ id }) => id);

test("keys, sessions and what was swallowed are read page by page", async () => {
  const keys = await api.raw<{ id: string }[]>`
    insert into api_keys (name, key_hash, hint, scope, created_by, created_at)
    select 'key ' || n, 'hash ' || n, 'ba_', 'read', 'test', now() from generate_series(1, 5) as n
    returning id`;
  const newestFirst = keys.map(({ id }) => Number(id)).reverse();
  const keyPages = await readPages("/api-keys", idsOf);
  expect(keyPages.map((page) => page.length)).toEqual([2, 2, 1]);
  expect(keyPages.flat()).toEqual(newestFirst);

  await api.raw`insert into admins (id, name, password_hash, password_changed_at, created_at)
    values ('a', 'marta', 'hash', now(), now())`;
  // Three of them at one moment.
  const sessions = await api.raw<{ id: string }[]>`
    insert into admin_sessions (token_hash, admin_id, expires_at, created_at, last_seen_at)
    select 'hash ' || n, 'a', now() + interval '1 hour',
      date_trunc('milliseconds', now()) - least(n, 3) * interval '1 s', now()
    from generate_series(1, 5) as n returning public_id as id`;
  const sessionPages = await readPages("/sessions", idsOf);
  expect(sessionPages.flat().slice(0, 2)).toEqual([sessions[0]?.id, sessions[1]?.id]);
  expect(sessionPages.flat().sort()).toEqual(sessions.map(({ id }) => id).sort());
  expect((await call("GET", "/sessions?after=1~2")).status).toBe(400);

  const swallowed = await api.raw<{ id: string }[]>`
    insert into swallowed_items (user_id, media_key, request_id, title, at)
    select ${rows.anna}, 'episode:tvdb:500:s04e0' || n, ${rows.show}, 'Tidewater Road', now()
    from generate_series(1, 3) as n returning id`;
  const pages = await readPages("/backups/swallowed", idsOf);
  expect(pages.flat()).toEqual(swallowed.map(({ id }) => Number(id)).reverse());
  expect((await call("GET", "/backups/swallowed?limit=1")).body.total).toBe(3);
  await api.raw`delete from swallowed_items`;
});

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
  expect(await listed()).toEqual({ total: 0, rows: [], next: null });
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
  expect(body).toMatchObject({ name: "reconcile", run: { id, outcome: "ok" }, next: null });
  expect(body.findings).toMatchObject([{ kind: "failed", title: "Tidewater Road" }]);
  expect(JSON.stringify(body)).not.toContain("hush");
  const [job] = (await call("GET", "/jobs")).body.jobs.filter(
    (one: { name: string }) => one.name === "reconcile",
  );
  expect(job.lastRun.id).toBe(id);
  expect((await call("GET", "/runs/999999")).status).toBe(404);

  await api.raw`
    insert into run_findings (run_id, kind, words, at)
    select ${id}, 'made_up', 'Finding ' || n, now() from generate_series(1, 4) as n`;
  const words = await readPages(`/runs/${id}`, (page) =>
    page.findings.map((finding: { words: string }) => finding.words),
  );
  expect(words).toEqual([
    ["Could not be compared", "Finding 1"],
    ["Finding 2", "Finding 3"],
    ["Finding 4"],
  ]);
});
