import { afterAll, beforeAll, expect, test } from "vitest";
import { closeStage, type Stage } from "@/test/integration/scenarios/stage";
import { check, openCheckStage, somebody } from "./check-stage";

let stage: Stage;
beforeAll(async () => {
  stage = await openCheckStage();
});
afterAll(() => closeStage(stage));

test("300 requests: each service is read once per check, and shows that look the same are not read again", async () => {
  const { stack } = stage;
  stack.disconnect();
  const user = somebody(stage, "Anna");
  const shows = Array.from({ length: 12 }, (_, n) =>
    stack.world.addShow({ title: `Show ${n}`, seasons: { 1: 2 } }),
  );
  for (let n = 0; n < 288; n++) {
    const title = stack.world.addMovie({ title: `Movie ${n}` });
    await stack.seerr.request({ user, title, autoApprove: true, silent: true });
  }
  for (const title of shows) {
    await stack.seerr.request({ user, title, autoApprove: true, silent: true });
  }
  await check(stage);

  const calls = async () => {
    for (const service of stack.services) service.forgetRequests();
    await check(stage);
    return {
      users: stack.seerr.count(/^\/api\/v1\/user$/),
      requests: stack.seerr.count(/^\/api\/v1\/request$/),
      issues: stack.seerr.count(/^\/api\/v1\/issue$/),
      seerr: stack.seerr.requests.length,
      sonarr: stack.sonarr.requests.map(({ path }) => path),
      anime: stack.sonarrAnime.requests.map(({ path }) => path),
      radarr: stack.radarr.requests.map(({ path }) => path),
      radarr4k: stack.radarr4k.requests.map(({ path }) => path),
    };
  };
  // The version PostgreSQL gives a row with each writing.
  const versions = () => stage.household.ctx.database.raw<{ xmin: string }[]>`
    select id, xmin::text from requests
    union all select request_id, xmin::text from request_watchers
    union all select request_id, xmin::text from request_seasons order by 1, 2`;
  const before = await versions();
  expect(before.length).toBeGreaterThan(300);
  const quiet = await calls();
  expect(await versions()).toEqual(before);
  expect(quiet).toEqual({
    users: 1,
    requests: 6,
    issues: 1,
    seerr: 8,
    sonarr: ["/api/v3/series"],
    anime: ["/api/v3/series"],
    radarr: ["/api/v3/movie"],
    radarr4k: ["/api/v3/movie"],
  });

  // One show changed: its episodes are read, once, and nobody else's.
  const [changed] = shows;
  if (!changed) throw new Error("no show");
  stack.plex.show(await stack.sonarr.import(changed, 1, 1, { silent: true }));
  const after = await calls();
  expect(after.sonarr.filter((path) => path === "/api/v3/episode")).toHaveLength(1);
  expect(after.sonarr.filter((path) => path === "/api/v3/series")).toHaveLength(1);
});
