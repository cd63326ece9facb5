import { afterAll, beforeAll, expect, test } from "vitest";
import { updateIssue } from "@/lib/store/issues";
import { ApiInProcess } from "../api/api-in-process";
import { insertSampleIssues, type SampleIssues } from "./sample-issues";

let api: ApiInProcess;
let issues: SampleIssues;

beforeAll(async () => {
  api = await ApiInProcess.open();
  issues = await insertSampleIssues(api.db, new Date("2026-11-22T12:00:00Z"));
});
afterAll(() => api?.close());

const ids = (answer: { body: { rows: { id: number }[] } }) => answer.body.rows.map((row) => row.id);

test("issues are listed by their last news, page by page, and filtered", async () => {
  const { reported, fixing, failed, resolved } = issues;
  const all = await api.call("GET", "/api/v1/issues");
  expect(ids(all)).toEqual([reported, fixing, failed, resolved]);
  expect(all.body.next).toBeNull();

  const first = await api.call("GET", "/api/v1/issues?limit=3");
  expect(ids(first)).toEqual([reported, fixing, failed]);
  const second = await api.call(
    "GET",
    `/api/v1/issues?limit=3&after=${encodeURIComponent(first.body.next)}`,
  );
  expect(ids(second)).toEqual([resolved]);

  const filtered = async (query: string) => ids(await api.call("GET", `/api/v1/issues?${query}`));
  expect(await filtered("status=failed,reported")).toEqual([reported, failed]);
  expect(await filtered("type=audio")).toEqual([reported]);
  expect(await filtered("quality=4k")).toEqual([resolved]);
  expect(await filtered("q=%2371")).toEqual([reported]);
  expect(await filtered("q=half+a+second")).toEqual([reported]);
  expect(await filtered("q=%25")).toEqual([]);
});

test("one issue says what was reported, by whom, and what was done", async () => {
  const { body } = await api.call("GET", `/api/v1/issues/${issues.fixing}`);
  expect(body).toMatchObject({
    status: "fixing",
    attempts: 1,
    season: 1,
    episode: 2,
    reportedBy: { name: "Jonas Weber" },
    attemptList: [{ number: 1, state: "searched", blocked: ["Saltmarsh.S01E02.1080p.WEB-DL-NTb"] }],
  });
  expect(body.timeline.length).toBeGreaterThan(0);
  expect((await api.call("GET", "/api/v1/issues/99999")).status).toBe(404);
});

test("a repair is refused with its reason, dry or not; resolving works once", async () => {
  const { failed, resolved, reported } = issues;
  const dry = await api.call("POST", `/api/v1/issues/${failed}/fix?dry=true`);
  expect(dry.body).toMatchObject({ dry: true, wouldFix: false });
  expect(dry.body.steps[0]).toMatch(/^It is about all seasons/);
  expect((await api.call("POST", `/api/v1/issues/${failed}/fix`)).status).toBe(409);
  expect((await api.call("POST", `/api/v1/issues/${resolved}/fix`)).status).toBe(409);
  expect((await api.call("POST", "/api/v1/issues/99999/fix")).status).toBe(404);

  const begun = await api.call("POST", `/api/v1/issues/${reported}/fix`);
  expect(begun.body).toEqual({ dry: false, attempt: 1 });
  const answer = await api.call("POST", `/api/v1/issues/${reported}/resolve`);
  expect(answer.body).toMatchObject({ status: "resolved", resolvedBy: "admin" });
  expect((await api.call("POST", `/api/v1/issues/${reported}/resolve`)).status).toBe(409);
  await updateIssue(api.db, reported, { status: "reported" }, new Date());
});
