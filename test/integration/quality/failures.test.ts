import { afterAll, beforeAll, expect, test } from "vitest";
import { closeStage, type Stage, subjectsTo, timelineOf } from "../scenarios/stage";
import { dayAhead, openMonitored, waitingMails } from "./monitor";

let stage: Stage;

beforeAll(async () => {
  stage = await openMonitored({
    stack: { radarr: [{ name: "" }, { name: "kids" }, { name: "4k" }] },
  });
});
afterAll(() => closeStage(stage));

function somebody(name: string) {
  return stage.stack.seerr.addUser({
    displayName: name,
    email: `${name.toLowerCase()}@example.net`,
  });
}

test.each([
  ["500", { kind: "status", status: 500 }],
  ["401", { kind: "status", status: 401 }],
  ["a page of HTML", { kind: "html" }],
  ["garbage", { kind: "garbage" }],
  ["a broken connection", { kind: "reset" }],
] as const)(
  "a server that answers with %s gives no verdict, and is asked again",
  async (name, fault) => {
    const { stack, household } = stage;
    const user = somebody(`Anna-${name.replaceAll(" ", "-")}`);
    const movie = stack.world.addMovie({ title: `Asked during ${name}` });
    const request = await stack.seerr.request({ user, title: movie, autoApprove: true });
    await household.settle();
    const live = stack.radarr.fail({ ...fault, path: "/api/v3/queue" });
    await household.advance({ minutes: 6 });
    expect(await waitingMails(stage, movie.title)).toEqual([]);
    expect(await timelineOf(stage, request)).toContainEqual(
      expect.objectContaining({
        kind: "trouble",
        words: "It is not known whether it is out: the server could not be asked",
      }),
    );
    live.clear();
    await household.advance({ hours: 2 });
    expect(subjectsTo(stage, user.email)).toEqual([
      `${movie.title}: still looking for a good copy`,
    ]);
  },
);

test("the run names the server that is down and judges what the others serve", async () => {
  const { stack, household } = stage;
  const user = somebody("Berta");
  const away = stack.world.addMovie({ title: "Its Radarr Is Down" });
  const near = stack.world.addShow({
    title: "Its Sonarr Is Up",
    seasons: { 1: [{ airsAt: dayAhead(stage, 30) }] },
  });
  household.configure({ QUALITY_REVIEW_DELAY_SECONDS: "3600" });
  await stack.seerr.request({ user, title: away, autoApprove: true });
  await stack.seerr.request({ user, title: near, autoApprove: true });
  await household.settle();
  household.configure({ QUALITY_REVIEW_DELAY_SECONDS: "10" });
  const fault = stack.radarr.fail({ kind: "status", status: 503 });
  await household.run("review-quality");
  const [run] = await household.ctx.database.raw<{ outcome: string; error: string | null }[]>`
    select outcome, error from job_runs where name = 'review-quality' order by id desc limit 1`;
  fault.clear();
  expect(run?.outcome).toBe("failed");
  expect(run?.error).toMatch(/Radarr.*503/);
  expect(run?.error).not.toContain("Sonarr");
  expect(await waitingMails(stage, "Its Radarr Is Down")).toEqual([]);
  expect(subjectsTo(stage, user.email)).toEqual([
    expect.stringMatching(/^Its Sonarr Is Up begins on /),
  ]);
});

test("while one of two servers cannot be asked, the other's “not there” is not believed, its file is", async () => {
  const { stack, household } = stage;
  const user = somebody("Clara");
  const kids = stack.radarrs.find((radarr) => radarr.key === "radarr-kids");
  if (!kids) throw new Error("There is no Radarr for kids");
  const missing = stack.world.addMovie({ title: "Perhaps Elsewhere" });
  const nowhere = stack.world.addMovie({ title: "Nowhere At All" });
  await stack.seerr.request({ user, title: missing, autoApprove: true });
  await stack.seerr.request({ user, title: nowhere, autoApprove: true });
  await household.settle();
  const fault = kids.fail({ kind: "status", status: 500 });
  await household.advance({ minutes: 8 });
  expect(await waitingMails(stage, "Perhaps Elsewhere")).toEqual([]);
  expect(await waitingMails(stage, "Nowhere At All")).toEqual([]);
  // It was there all the time.
  stack.plex.show(await kids.import(missing, { silent: true }));
  fault.clear();
  await household.advance({ hours: 1 });
  expect(await waitingMails(stage, "Perhaps Elsewhere")).toEqual([]);
  expect(await waitingMails(stage, "Nowhere At All")).toEqual([
    expect.objectContaining({ kind: "quality_waiting", status: "sent" }),
  ]);
});
