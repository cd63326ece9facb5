import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runNames } from "@/lib/queue/catalog";
import { ApiInProcess } from "./api-in-process";
import { insertHousehold } from "./household-rows";

let api: ApiInProcess;
let rows: Awaited<ReturnType<typeof insertHousehold>>;

beforeAll(async () => {
  api = await ApiInProcess.open();
  rows = await insertHousehold(api.db);
});

afterAll(async () => {
  await api?.close();
});

const titles = (answer: { body: { rows: { title: string }[] } }) =>
  answer.body.rows.map((row) => row.title);

describe("requests", () => {
  test("are listed by last news, and by when they were asked for", async () => {
    const byNews = await api.call("GET", "/api/v1/requests");
    expect(titles(byNews)).toEqual(["Tidewater Road", "100% Proof_", "Last Ferry North"]);
    expect(byNews.body.next).toBeNull();
    const byAsked = await api.call("GET", "/api/v1/requests?sort=asked");
    expect(titles(byAsked)).toEqual(["Last Ferry North", "100% Proof_", "Tidewater Road"]);
  });

  test("one row says who asked, for what, and how it stands", async () => {
    const { body } = await api.call("GET", "/api/v1/requests?q=tidewater");
    expect(body.rows).toHaveLength(1);
    expect(body.rows[0]).toMatchObject({
      id: rows.show,
      seerrRequestId: 11,
      requestedBy: { userId: rows.anna, name: "Anna Lindqvist" },
      seasons: [3],
      state: "gathering",
      stateUntil: "2026-11-22T12:20:00.123Z",
      watcherCount: 1,
    });
    const unknown = await api.call("GET", "/api/v1/requests?q=proof");
    expect(unknown.body.rows[0].requestedBy).toEqual({ userId: null, name: "Nobody Yet" });
  });

  test.each([
    ["state=told,gathering", ["Tidewater Road", "Last Ferry North"]],
    ["type=movie", ["100% Proof_", "Last Ferry North"]],
    ["quality=4k", ["Last Ferry North"]],
    ["quality=hd&type=tv", ["Tidewater Road"]],
    ["q=anna", ["Tidewater Road", "Last Ferry North"]],
    ["q=%23603", ["Last Ferry North"]],
    ["q=100%25", ["100% Proof_"]],
    ["q=_", ["100% Proof_"]],
    ["q=&state=", ["Tidewater Road", "100% Proof_", "Last Ferry North"]],
    ["person=999", []],
  ])("are filtered by %s", async (query, expected) => {
    expect(titles(await api.call("GET", `/api/v1/requests?${query}`))).toEqual(expected);
  });

  test.each(["news", "asked"])(
    "are paged by key without gap or repetition, by %s",
    async (sort) => {
      const all = titles(await api.call("GET", `/api/v1/requests?sort=${sort}`));
      const paged: string[] = [];
      let after = "";
      for (let page = 0; page < 5; page++) {
        const { body } = await api.call(
          "GET",
          `/api/v1/requests?limit=1&sort=${sort}&after=${encodeURIComponent(after)}`,
        );
        paged.push(...titles({ body }));
        if (body.next === null) break;
        after = body.next;
      }
      expect(paged).toEqual(all);
    },
  );

  test("one comes with watchers, items, what waits and its mails", async () => {
    const { body } = await api.call("GET", `/api/v1/requests/${rows.show}`);
    expect(body.watchers).toMatchObject([{ userId: rows.anna, source: "asked" }]);
    expect(body.items.map((item: { mediaKey: string }) => item.mediaKey)).toEqual([
      "episode:tvdb:500:s03e01",
      "episode:tvdb:500:s03e02",
    ]);
    expect(body.items[0].told).toMatchObject([{ userId: rows.anna, how: "told" }]);
    expect(body.waiting).toMatchObject([{ mediaKey: "episode:tvdb:500:s03e02" }]);
    expect(body.notifications.map((mail: { id: number }) => mail.id)).toContain(rows.sent);
  });

  test("the timeline is told newest first, and for one person", async () => {
    const all = await api.call("GET", `/api/v1/requests/${rows.show}/timeline?limit=2`);
    expect(all.body.rows.map((row: { words: string }) => row.words)).toEqual([
      "Jonas was not told",
      "Anna was told",
    ]);
    expect(all.body.older).toBe(1);
    const rest = await api.call(
      "GET",
      `/api/v1/requests/${rows.show}/timeline?limit=2&after=${encodeURIComponent(all.body.next)}`,
    );
    expect(rest.body.rows).toHaveLength(1);
    expect(rest.body.rows[0].id).toBeLessThan(all.body.rows[1].id);
    expect(rest.body).toMatchObject({ older: 0, next: null });
    const anna = await api.call(
      "GET",
      `/api/v1/requests/${rows.show}/timeline?person=${rows.anna}&kind=told,not_told`,
    );
    expect(anna.body.rows.map((row: { words: string }) => row.words)).toEqual(["Anna was told"]);
    expect(anna.body.rows[0].person).toEqual({ userId: rows.anna, name: "Anna Lindqvist" });
  });

  test("a person is attached once and detached again; the requester stays", async () => {
    const watchers = `/api/v1/requests/${rows.show}/watchers`;
    const added = await api.call("POST", watchers, { json: { userId: rows.jonas } });
    expect(added.body).toMatchObject({ userId: rows.jonas, source: "admin" });
    expect((await api.call("POST", watchers, { json: { userId: rows.jonas } })).status).toBe(409);
    expect((await api.call("DELETE", `${watchers}/${rows.jonas}`)).status).toBe(204);
    expect((await api.call("DELETE", `${watchers}/${rows.jonas}`)).status).toBe(404);
    expect((await api.call("DELETE", `${watchers}/${rows.anna}`)).status).toBe(404);
    expect((await api.call("POST", watchers, { json: { userId: 999 } })).status).toBe(404);
  });
});

describe("users", () => {
  test("are listed by name, whatever its case, page by page", async () => {
    const first = await api.call("GET", "/api/v1/users?limit=2");
    expect(first.body.rows.map((row: { name: string }) => row.name)).toEqual([
      "Anna Lindqvist",
      "anna zett",
    ]);
    expect(first.body.rows[0]).toMatchObject({
      requestCount: 2,
      lastToldAt: "2026-11-22T12:02:00.123Z",
    });
    const second = await api.call("GET", `/api/v1/users?limit=2&after=${first.body.next}`);
    expect(second.body.rows.map((row: { name: string }) => row.name)).toEqual(["Jonas Berg"]);
    expect(second.body.next).toBeNull();
  });

  test("are listed by requests and by when they were last told, either way", async () => {
    const names = async (query: string) => {
      const found: string[] = [];
      for (let after = ""; ; ) {
        const { body } = await api.call("GET", `/api/v1/users?limit=1&${query}${after}`);
        found.push(...body.rows.map((row: { name: string }) => row.name));
        if (body.next === null) return found;
        after = `&after=${body.next}`;
      }
    };
    const byRequests = await names("sort=-requests");
    expect(byRequests[0]).toBe("Anna Lindqvist");
    expect(byRequests).toHaveLength(3);
    expect(await names("sort=requests")).toEqual([...byRequests].reverse());
    const lastTold = await names("sort=told");
    expect(lastTold.at(-1)).toBe("Anna Lindqvist");
    expect(await names("sort=-told")).toEqual([...lastTold].reverse());
    expect(await names("sort=-name")).toEqual(["Jonas Berg", "anna zett", "Anna Lindqvist"]);
    const { body } = await api.call("GET", "/api/v1/users?limit=1&sort=told");
    // A place of one order means nothing in another.
    expect((await api.call("GET", `/api/v1/users?after=${body.next}`)).status).toBe(400);
    expect((await api.call("GET", "/api/v1/users?sort=age")).status).toBe(400);
  });

  test("title by title: what they were told and what is on its way, page by page", async () => {
    const first = await api.call("GET", `/api/v1/users/${rows.anna}/titles?limit=1`);
    expect(first.body.rows).toEqual([
      expect.objectContaining({ title: "Tidewater Road", source: "asked", seasons: [3] }),
    ]);
    const second = await api.call(
      "GET",
      `/api/v1/users/${rows.anna}/titles?limit=1&after=${encodeURIComponent(first.body.next)}`,
    );
    expect(second.body).toMatchObject({
      rows: [{ title: "Last Ferry North", is4k: true, requestState: "told" }],
      next: null,
    });
    expect((await api.call("GET", `/api/v1/users/${rows.zett}/titles`)).body.rows).toEqual([]);
    expect((await api.call("GET", "/api/v1/users/999/titles")).status).toBe(404);
  });

  test("are filtered by who gets mails, and why not", async () => {
    const names = async (mails: string) =>
      (await api.call("GET", `/api/v1/users?mails=${mails}`)).body.rows.map(
        (row: { name: string }) => row.name,
      );
    expect(await names("gets")).toEqual(["Anna Lindqvist", "Jonas Berg"]);
    expect(await names("none")).toEqual(["anna zett"]);
    expect(await names("no_address")).toEqual(["anna zett"]);
    expect(await names("deactivated")).toEqual([]);
    expect((await api.call("GET", "/api/v1/users?mails=sometimes")).status).toBe(400);
  });

  test("are switched off and on", async () => {
    const off = await api.call("PATCH", `/api/v1/users/${rows.zett}`, { json: { active: false } });
    expect(off.body).toMatchObject({ isActive: false, deactivatedAt: expect.any(String) });
    const on = await api.call("PATCH", `/api/v1/users/${rows.zett}`, { json: { active: true } });
    expect(on.body).toMatchObject({ isActive: true, deactivatedAt: null });
    expect((await api.call("PATCH", "/api/v1/users/999", { json: { active: true } })).status).toBe(
      404,
    );
  });
});

describe("notifications", () => {
  const subjects = (answer: { body: { rows: { subject: string }[] } }) =>
    answer.body.rows.map((row) => row.subject);

  test("are listed by last change and filtered", async () => {
    const all = await api.call("GET", "/api/v1/notifications");
    expect(subjects(all)).toEqual([
      "To Jonas",
      "Held",
      "Tidewater Road: episode 2 is ready",
      "Tidewater Road: episode 1 is ready",
    ]);
    const filtered = async (query: string) =>
      subjects(await api.call("GET", `/api/v1/notifications?${query}`));
    expect(await filtered("status=held,failed")).toEqual(["To Jonas", "Held"]);
    expect(await filtered(`person=${rows.jonas}`)).toEqual(["To Jonas"]);
    expect(await filtered(`request=${rows.movie}`)).toEqual(["To Jonas"]);
    expect(await filtered("kind=movie_available")).toEqual(["To Jonas"]);
    expect(await filtered("q=episode%202")).toEqual(["Tidewater Road: episode 2 is ready"]);
    expect(await filtered("q=jonas")).toEqual(["To Jonas"]);
    const first = await api.call("GET", "/api/v1/notifications?limit=3");
    const after = encodeURIComponent(first.body.next);
    expect(await filtered(`limit=3&after=${after}`)).toEqual([
      "Tidewater Road: episode 1 is ready",
    ]);
  });

  test("one comes with its attempts, headers and body as handed over", async () => {
    const { body } = await api.call("GET", `/api/v1/notifications/${rows.sent}`);
    expect(body).toMatchObject({
      userName: "Anna Lindqvist",
      address: "anna@example.net",
      items: [{ mediaKey: "episode:tvdb:500:s03e01", requestId: rows.show }],
      attemptList: [{ attempt: 1, outcome: "accepted", reply: "250 ok" }],
      mail: { html: "<p>ready</p>", headers: { "Message-ID": "<a@b>" } },
    });
    const waiting = await api.call("GET", `/api/v1/notifications/${rows.scheduled}`);
    expect(waiting.body.mail).toBeNull();
  });

  test("are sent now, released, sent again and cancelled, each only in its state", async () => {
    const act = (id: number, action: string) =>
      api.call("POST", `/api/v1/notifications/${id}/${action}`);
    expect((await act(rows.sent, "send")).status).toBe(409);
    expect((await act(rows.scheduled, "send")).body.status).toBe("scheduled");
    expect((await act(rows.scheduled, "release")).status).toBe(409);
    expect((await act(rows.scheduled, "resend")).status).toBe(409);
    expect((await act(rows.held, "release")).body.status).toBe("scheduled");
    expect((await act(rows.sent, "cancel")).status).toBe(409);
    expect((await act(rows.failed, "cancel")).body).toMatchObject({
      status: "cancelled",
      statusReason: "Cancelled by admin",
    });
    const again = await act(rows.sent, "resend");
    expect(again.body).toMatchObject({ resendOf: rows.sent, status: "scheduled" });
    expect(again.body.id).not.toBe(rows.sent);
    for (const action of ["send", "release", "resend", "cancel"]) {
      expect((await act(999_999, action)).status).toBe(404);
    }
    const jobs = await api.raw`
      select key from graphile_worker.jobs where task_identifier = 'deliver_notification' order by key`;
    expect(jobs.map((job) => job.key).sort()).toEqual(
      [rows.scheduled, rows.held, again.body.id].map((id) => `deliver_notification:${id}`).sort(),
    );
  });

  test("a test mail is planned for a typed address", async () => {
    const { body } = await api.call("POST", "/api/v1/notifications/test", {
      json: { to: "somebody@example.net" },
    });
    expect(body).toMatchObject({
      kind: "test",
      address: "somebody@example.net",
      status: "scheduled",
    });
    const wrong = await api.call("POST", "/api/v1/notifications/test", {
      json: { to: "somebody" },
    });
    expect(wrong.status).toBe(400);
    expect(wrong.body.error.fields).toEqual({ to: "is not a mail address" });
  });
});

describe("inbound events", () => {
  test("are listed newest first and filtered", async () => {
    const all = await api.call("GET", "/api/v1/inbound-events?limit=1");
    expect(all.body.rows).toMatchObject([{ id: rows.seerrEvent, outcome: "ignored" }]);
    const older = await api.call("GET", `/api/v1/inbound-events?after=${all.body.next}`);
    expect(older.body.rows).toMatchObject([{ id: rows.testEvent, outcome: "pending" }]);
    const pending = await api.call("GET", "/api/v1/inbound-events?source=sonarr&outcome=pending");
    expect(pending.body.rows).toHaveLength(1);
    const found = await api.call("GET", "/api/v1/inbound-events?q=flying");
    expect(found.body.rows).toHaveLength(1);
  });

  test("one comes with its body, secrets redacted", async () => {
    const { body } = await api.call("GET", `/api/v1/inbound-events/${rows.testEvent}`);
    expect(JSON.parse(body.body)).toEqual({ eventType: "Test", apiKey: "redacted" });
    expect(body).toMatchObject({
      bodyBytes: 36,
      isBodyCut: false,
      headers: { "user-agent": "Sonarr/4" },
    });
    expect((await api.call("GET", "/api/v1/inbound-events/999999")).status).toBe(404);
  });

  test("are replayed, and replayed dry without a trace", async () => {
    const target = `/api/v1/inbound-events/${rows.testEvent}/replay`;
    const dry = await api.call("POST", `${target}?dry=true`);
    expect(dry.body).toMatchObject({ dry: true, outcome: "handled" });
    const before = await api.raw`select count(*)::int as count from inbound_events`;
    expect(before[0]?.count).toBe(2);
    const real = await api.call("POST", target);
    expect(real.body).toMatchObject({ dry: false, eventId: expect.any(Number) });
    const { body } = await api.call("GET", `/api/v1/inbound-events/${real.body.eventId}`);
    expect(body.replayOf).toBe(rows.testEvent);
    expect((await api.call("POST", "/api/v1/inbound-events/999999/replay?dry=true")).status).toBe(
      404,
    );
    expect((await api.call("POST", "/api/v1/inbound-events/999999/replay")).status).toBe(404);
    expect((await api.call("POST", `${target}?dry=perhaps`)).status).toBe(400);
  });
});

describe("jobs", () => {
  test("are listed, started, and shown in the queue", async () => {
    const before = await api.call("GET", "/api/v1/jobs");
    expect(before.body.jobs.map((job: { name: string }) => job.name)).toEqual([...runNames]);
    expect(before.body.jobs[0]).toMatchObject({ standing: "idle", lastRun: null, nextRunAt: null });
    for (const name of [...runNames, "reconcile"]) {
      expect((await api.call("POST", `/api/v1/jobs/${name}/run`)).status).toBe(202);
    }
    const after = await api.call("GET", "/api/v1/jobs");
    expect(after.body.jobs.map((job: { standing: string }) => job.standing)).toEqual(
      Array(runNames.length).fill("queued"),
    );
    expect((await api.call("POST", "/api/v1/jobs/nonsense/run")).status).toBe(400);
  });

  test("a run shows its progress, and a failing job of the queue its last error", async () => {
    await api.raw`
      insert into job_runs (name, trigger, started_at, done, total, words, worker_id)
      values ('reconcile', 'admin', now(), 3, 10, 'Comparing', 'w')`;
    await api.raw`select graphile_worker.add_job('collect_movie', '{}'::json, max_attempts => 1)`;
    await api.raw`
      update graphile_worker._private_jobs
      set attempts = 1, last_error = 'refused at http://sonarr?apikey=hush&x=1'
      where id in (select id from graphile_worker.jobs where task_identifier = 'collect_movie')`;
    const { body } = await api.call("GET", "/api/v1/jobs");
    expect(body.jobs[2]).toMatchObject({
      name: "reconcile",
      standing: "running",
      lastRun: { done: 3, total: 10, words: "Comparing", outcome: null },
    });
    expect(body.failing).toMatchObject([
      {
        task: "collect_movie",
        attempts: 1,
        nextTryAt: null,
        lastError: "refused at http://sonarr?apikey=***&x=1",
      },
    ]);
  });
});

test("health tells which part does not work", async () => {
  const down = await api.call("GET", "/api/v1/health");
  expect(down).toMatchObject({
    status: 503,
    body: { status: "down", database: "ok", worker: "silent" },
  });
  await api.raw`
    insert into worker_heartbeats (worker_id, lock_key, started_at, beat_at, version)
    values ('w', 1, now(), now(), '1')`;
  expect((await api.call("GET", "/api/v1/health")).body.status).toBe("ok");
});

describe("refusals", () => {
  test.each([
    ["GET", "/api/v1/requests/999999", 404],
    ["GET", "/api/v1/requests/999999/timeline", 404],
    ["GET", "/api/v1/notifications/999999", 404],
    ["GET", "/api/v1/nothing/here", 404],
    ["GET", "/api/v1/requests/abc", 400],
    ["GET", "/api/v1/requests/0", 400],
    ["GET", "/api/v1/requests/1e3", 400],
    ["GET", "/api/v1/requests/99999999999", 400],
    ["GET", "/api/v1/notifications/99999999999999999999", 400],
    ["GET", "/api/v1/requests?limit=201", 400],
    ["GET", "/api/v1/requests?limit=0", 400],
    ["GET", "/api/v1/requests?after=yesterday", 400],
    ["GET", "/api/v1/requests?after=2026-99-99T99:99:99%2B00~1", 400],
    ["GET", "/api/v1/requests?state=happy", 400],
    ["GET", "/api/v1/requests?stat=told", 400],
    ["GET", "/api/v1/requests?q=a%00b", 400],
    ["GET", "/api/v1/users?after=bm9uc2Vuc2U", 400],
    ["GET", `/api/v1/users?after=${Buffer.from("name~a\u0000~1").toString("base64url")}`, 400],
    ["GET", `/api/v1/users?after=${Buffer.from("told~never~1").toString("base64url")}`, 400],
    ["GET", "/api/v1/users/1/titles?after=open~never~1", 400],
    ["GET", "/api/v1/inbound-events?after=-1", 400],
    ["GET", "/api/v1/inbound-events?q=%00", 400],
    ["GET", "/api/v1/notifications?q=%00", 400],
  ] as const)("%s %s is answered %i", async (method, target, status) => {
    expect((await api.call(method, target)).status).toBe(status);
  });

  test("each wrong field is named", async () => {
    const { body } = await api.call("POST", "/api/v1/requests/x/watchers?loud=1", {
      json: { userId: "one", more: true },
    });
    expect(body.error).toEqual({
      code: "bad_request",
      message: "Something in this request does not fit",
      fields: {
        id: "is not a whole number above 0",
        loud: "is not known here",
        userId: "is not a number",
        more: "is not known here",
      },
    });
    const empty = await api.call("PATCH", `/api/v1/users/${rows.zett}`);
    expect(empty.body.error.fields).toEqual({ active: "is missing" });
  });

  test.each([
    ["not JSON", { body: "{" }, 400],
    ["another format", { body: "active=true", headers: { "content-type": "text/plain" } }, 415],
    ["a list", { json: [] }, 400],
    ["too much", { body: `"${"x".repeat(1024 * 1024)}"` }, 413],
    ["deep nesting", { body: "[".repeat(100_000) + "]".repeat(100_000) }, 400],
  ])("a body that is %s", async (_name, options, status) => {
    const answer = await api.call("PATCH", `/api/v1/users/${rows.zett}`, options);
    expect(answer.status).toBe(status);
  });

  test("a body that is no object is named as a whole", async () => {
    const answer = await api.call("PATCH", `/api/v1/users/${rows.zett}`, { json: [] });
    expect(answer.body.error.fields).toEqual({ body: "is not an object" });
  });

  test.each([
    [{ origin: "https://evil.example" }, 403],
    [{ origin: "null" }, 403],
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "same-site", origin: "http://localhost:8000" }, 403],
    [{ origin: "http://localhost:8000", "sec-fetch-site": "same-origin" }, 200],
    [{ "x-forwarded-host": "evil.example", origin: "https://evil.example" }, 403],
    [{}, 200],
  ])("a change with %o is answered %i", async (headers, status) => {
    const answer = await api.call("PATCH", `/api/v1/users/${rows.zett}`, {
      json: { active: true },
      headers: headers as Record<string, string>,
    });
    expect(answer.status).toBe(status);
  });

  test("reading needs no origin", async () => {
    const answer = await api.call("GET", "/api/v1/users", {
      headers: { origin: "https://evil.example" },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });
});
