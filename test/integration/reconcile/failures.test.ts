import { afterEach, expect, test } from "vitest";
import { closeStage, type Stage, subjectsTo } from "@/test/integration/scenarios/stage";
import { check, findings, openCheckStage, somebody } from "./check-stage";

let stage: Stage;
afterEach(() => closeStage(stage));

async function lastRun({ household }: Stage) {
  const [run] = await household.ctx.database.raw<{ outcome: string; error: string | null }[]>`
    select outcome, error from job_runs where name = 'reconcile' order by id desc limit 1`;
  return run;
}

async function removedItems({ household }: Stage): Promise<number> {
  const [row] = await household.ctx.database.raw<{ count: number }[]>`
    select count(*)::int as count from media_items where removed_at is not null`;
  return row?.count ?? -1;
}

test("Seerr's second page fails: no request counts as deleted, and the rest of the check is done", async () => {
  stage = await openCheckStage();
  const { stack, household } = stage;
  const user = somebody(stage, "Anna");
  const movies = Array.from({ length: 60 }, (_, n) =>
    stack.world.addMovie({ title: `Movie ${n + 1}` }),
  );
  for (const title of movies) {
    await stack.seerr.request({ user, title, autoApprove: true, silent: true });
  }
  await check(stage);
  for (const first of movies.slice(0, 1)) {
    stack.plex.show(await stack.radarr.import(first, { silent: true }));
  }
  const fault = stack.seerr.fail({
    path: /^\/api\/v1\/request$/,
    after: 1,
    kind: "status",
    status: 500,
  });
  await check(stage);
  expect(fault.hits).toBeGreaterThan(0);
  const [gone] = await household.ctx.database.raw`select id from requests where status = 'deleted'`;
  expect(gone).toBeUndefined();
  expect(await lastRun(stage)).toMatchObject({ outcome: "failed" });
  expect((await findings(stage)).map(({ kind, title }) => [kind, title])).toEqual([
    ["failed", "Seerr"],
    ["made_up", "Movie 1"],
  ]);
  expect(subjectsTo(stage, user.email)).toEqual(["Movie 1 is ready"]);
});

test("a request that is on none of Seerr's pages, but is there when asked for, is not deleted", async () => {
  stage = await openCheckStage();
  const { stack, household } = stage;
  const user = somebody(stage, "Anna");
  const [kept, gone] = ["Kept", "Gone"].map((title) => stack.world.addMovie({ title }));
  if (!kept || !gone) throw new Error("There are no movies");
  await stack.seerr.request({ user, title: kept, autoApprove: true });
  const deleted = await stack.seerr.request({ user, title: gone, autoApprove: true });
  await check(stage);
  stack.seerr.delete(deleted);
  // Pages shift while they are read: here all at once.
  stack.seerr.fail({
    path: /^\/api\/v1\/request$/,
    kind: "status",
    status: 200,
    body: { pageInfo: { pages: 1, page: 1, pageSize: 50, results: 0 }, results: [] },
    times: 1,
  });
  await check(stage);
  const rows = await household.ctx.database.raw<{ title: string; status: string }[]>`
    select title, status from requests order by title`;
  expect(rows.map(({ title, status }) => `${title}: ${status}`)).toEqual([
    "Gone: deleted",
    "Kept: approved",
  ]);
});

test("a Seerr that names nobody at all is not believed: everybody stays, and is told", async () => {
  stage = await openCheckStage();
  const { stack, household } = stage;
  const user = somebody(stage, "Anna");
  const movie = stack.world.addMovie({ title: "Still Here" });
  await stack.seerr.request({ user, title: movie, autoApprove: true });
  await check(stage);
  const empty = { pageInfo: { pages: 1, page: 1, pageSize: 50, results: 0 }, results: [] };
  stack.seerr.fail({ path: /^\/api\/v1\/user$/, kind: "status", status: 200, body: empty });
  stack.plex.show(await stack.radarr.import(movie));
  await check(stage);
  expect((await lastRun(stage))?.error).toContain("named no users at all");
  const gone = await household.ctx.database.raw`
    select from users where gone_from_seerr_at is not null`;
  expect(gone).toHaveLength(0);
  expect(subjectsTo(stage, user.email)).toEqual(["Still Here is ready"]);
});

test("a Sonarr that fails, or that suddenly names nothing at all, is not read as an empty one; one show gone is", async () => {
  stage = await openCheckStage();
  const { stack } = stage;
  const user = somebody(stage, "Anna");
  const [stays, goes] = ["Stays", "Goes"].map((title) =>
    stack.world.addShow({ title, seasons: { 1: 2 } }),
  );
  if (!stays || !goes) throw new Error("no shows");
  for (const show of [stays, goes]) {
    await stack.seerr.request({ user, title: show, autoApprove: true });
    stack.plex.show(await stack.sonarr.import(show, 1, 1));
  }
  await stage.household.advance({ minutes: 3 });
  expect(subjectsTo(stage, user.email)).toHaveLength(2);

  for (const kind of ["status", "html", "garbage", "reset"] as const) {
    const fault = stack.sonarr.fail(kind === "status" ? { kind, status: 503 } : { kind });
    await check(stage);
    expect((await lastRun(stage))?.error).toContain("Sonarr");
    expect(await removedItems(stage)).toBe(0);
    fault.clear();
  }
  const all = stack.sonarr.fail({ path: /series$/, kind: "status", status: 200, body: [] });
  await check(stage);
  expect((await lastRun(stage))?.error).toContain("names no titles at all");
  expect(await removedItems(stage)).toBe(0);
  all.clear();

  await stack.sonarr.deleteSeries(goes);
  stack.disconnect();
  await check(stage);
  expect(await lastRun(stage)).toMatchObject({ outcome: "ok" });
  expect(await removedItems(stage)).toBe(1);
  expect(subjectsTo(stage, user.email)).toHaveLength(2);
});

test("B16: without Plex the check makes up for lost webhooks all the same", async () => {
  stage = await openCheckStage({ PLEX_URL: "", PLEX_TOKEN: "" });
  const { stack } = stage;
  stack.disconnect();
  const user = somebody(stage, "Anna");
  const show = stack.world.addShow({ title: "No Plex", seasons: { 1: 2 } });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await stack.sonarr.import(show, 1, [1, 2]);
  await check(stage);
  expect(subjectsTo(stage, user.email)).toEqual(["No Plex: episodes 1–2 are ready"]);
  expect(stack.plex.requests).toEqual([]);
});

test("with Plex down for longer than the deadline nothing is given up: only time in which it could be asked counts", async () => {
  stage = await openCheckStage({
    PLEX_DEADLINE_HOURS: "1",
    NOTIFICATION_CHECK_FREQUENCY_SECONDS: "300",
  });
  const { stack, household } = stage;
  const user = somebody(stage, "Anna");
  const movie = stack.world.addMovie({ title: "Patience" });
  await stack.seerr.request({ user, title: movie, autoApprove: true });
  const file = await stack.radarr.import(movie);
  // Asked for a few minutes in vain, then not to be asked for longer than the deadline.
  await household.advance({ minutes: 5 });
  await stack.plex.down();
  await household.advance({ hours: 2 });
  await stack.plex.up();
  await household.advance({ minutes: 30 });
  expect(subjectsTo(stage, "admin@example.net")).toEqual([]);
  stack.plex.show(file);
  await household.advance({ minutes: 30 });
  expect(subjectsTo(stage, user.email)).toEqual(["Patience is ready"]);
});
