import { afterEach, expect, test } from "vitest";
import { scheduleMaintenance } from "@/lib/services/maintenance/schedule-maintenance";
import { renewMilestone } from "@/lib/store/milestones";
import type { SeerrRequest } from "@/test/support/upstreams/seerr-model";
import { closeStage, type Stage, subjectsTo, timelineOf } from "../scenarios/stage";
import { dayAhead, openMonitored, stateOf, waitingMails } from "./monitor";

let stage: Stage | undefined;

afterEach(async () => {
  await closeStage(stage);
  stage = undefined;
});

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

test("requests older than BingeAlert mail nobody about how they stand, only about what changes", async () => {
  const asked: SeerrRequest[] = [];
  stage = await openMonitored({
    prepare: async (stack) => {
      const user = stack.seerr.addUser({ displayName: "Anna", email: "anna@example.net" });
      const old = stack.world.addMovie({
        title: "Missing For Years",
        digitalRelease: inDays(-900),
      });
      const soon = stack.world.addMovie({
        title: "Known To Come",
        inCinemas: null,
        digitalRelease: inDays(60),
      });
      for (const title of [old, soon]) {
        asked.push(await stack.seerr.request({ user, title, autoApprove: true, silent: true }));
      }
    },
  });
  const { household, stack } = stage;
  await household.run("review-quality");
  await household.advance({ minutes: 10 });
  expect(subjectsTo(stage, "anna@example.net")).toEqual([]);
  const [old, soon] = asked;
  if (!old || !soon) throw new Error("Nothing was asked for");
  expect(await stateOf(stage, old)).toBe("quality_waiting");
  expect(await stateOf(stage, soon)).toBe("coming_soon");
  expect(await timelineOf(stage, old)).toContainEqual(
    expect.objectContaining({
      words: "The movie is out, but not found yet",
      reason: "It was so before BingeAlert: nobody is mailed about it",
    }),
  );

  await household.advance({ hours: 9 * 24 });
  await household.run("review-quality");
  await household.advance({ minutes: 10 });
  expect(subjectsTo(stage, "anna@example.net")).toEqual([]);

  const movie = stack.radarr.movies.find((one) => one.movie.title === "Known To Come")?.movie;
  if (!movie) throw new Error("Radarr does not have it");
  movie.digitalRelease = dayAhead(stage, 90);
  await household.run("review-quality");
  expect(subjectsTo(stage, "anna@example.net")).toEqual([
    expect.stringMatching(/^Known To Come comes on /),
  ]);
});

test("far more mails than usual wait for the admin", async () => {
  stage = await openMonitored({ household: { env: { RECONCILIATION_HOLD_ABOVE: "2" } } });
  const { household, stack } = stage;
  household.configure({ QUALITY_MONITOR_ENABLED: "false" });
  const titles = ["First", "Second", "Third"];
  for (const name of titles) {
    const user = stack.seerr.addUser({ displayName: name, email: `${name}@example.net` });
    const title = stack.world.addMovie({
      title: `${name} To Come`,
      inCinemas: null,
      digitalRelease: dayAhead(stage, 40),
    });
    await stack.seerr.request({ user, title, autoApprove: true });
  }
  await household.advance({ minutes: 5 });
  // Switched on after months: everything is news at once.
  household.configure({ QUALITY_MONITOR_ENABLED: "true" });
  expect(await household.run("review-quality")).toContain("3 mails on hold");
  await household.advance({ minutes: 10 });
  for (const name of titles) {
    expect(subjectsTo(stage, `${name}@example.net`)).toEqual([]);
    expect(await waitingMails(stage, `${name} To Come`)).toEqual([
      expect.objectContaining({ status: "held", reason: expect.stringContaining("3 mails") }),
    ]);
  }
  expect(subjectsTo(stage, "admin@example.net")).toContain("3 mails are on hold");
  // The next run does not hold or plan them a second time.
  expect(await household.run("review-quality")).toContain("no mail planned");
});

test("who cannot be mailed does not make a review look like far more mails than usual", async () => {
  stage = await openMonitored({ household: { env: { RECONCILIATION_HOLD_ABOVE: "2" } } });
  const { household, stack } = stage;
  const soon = (title: string) =>
    stack.world.addMovie({ title, inCinemas: null, digitalRelease: inDays(60) });
  for (const name of ["First", "Second", "Third"]) {
    const user = stack.seerr.addUser({ displayName: name, email: "" });
    await stack.seerr.request({ user, title: soon(`${name} To Come`), autoApprove: true });
  }
  await household.advance({ minutes: 5 });
  household.configure({ QUALITY_MONITOR_ENABLED: "false" });
  const anna = stack.seerr.addUser({ displayName: "Anna", email: "anna@example.net" });
  await stack.seerr.request({ user: anna, title: soon("Her Own"), autoApprove: true });
  await household.advance({ minutes: 5 });
  household.configure({ QUALITY_MONITOR_ENABLED: "true" });
  expect(await household.run("review-quality")).toContain("1 mail planned");
  await household.advance({ minutes: 10 });
  expect(subjectsTo(stage, "anna@example.net")).toEqual([
    expect.stringMatching(/^Her Own comes on /),
  ]);
});

test("after a restore nobody is told again of what stood when it was made", async () => {
  stage = await openMonitored();
  const { household, stack } = stage;
  const anna = stack.seerr.addUser({ displayName: "Anna", email: "anna@example.net" });
  const movie = { inCinemas: null, digitalRelease: inDays(60) };
  const told = stack.world.addMovie({ title: "Told Before", ...movie });
  const request = await stack.seerr.request({ user: anna, title: told, autoApprove: true });
  await household.advance({ minutes: 10 });
  const told1 = [expect.stringMatching(/^Told Before comes on /)];
  expect(subjectsTo(stage, "anna@example.net")).toEqual(told1);

  // The backup is older than the mail: neither the verdict nor what was told is in it.
  const { db, raw } = household.ctx.database;
  await raw`delete from quality_reviews`;
  await raw`delete from delivery_ledger`;
  // The simulated Seerr dates requests by the real clock.
  await renewMilestone(db, "restored", new Date());
  for (let day = 0; day < 2; day++) {
    await household.run("review-quality");
    await household.advance({ hours: 24 });
  }
  expect(subjectsTo(stage, "anna@example.net")).toEqual(told1);
  expect(await timelineOf(stage, request)).toContainEqual(
    expect.objectContaining({
      reason: "A backup was restored, and they may know it already: nobody is mailed about it",
    }),
  );

  const after = stack.world.addMovie({ title: "Asked After", ...movie });
  await stack.seerr.request({ user: anna, title: after, autoApprove: true });
  await household.advance({ minutes: 10 });
  expect(subjectsTo(stage, "anna@example.net")).toEqual([
    ...told1,
    expect.stringMatching(/^Asked After comes on /),
  ]);
});

test("each server is read once, however many requests there are", async () => {
  stage = await openMonitored();
  const { household, stack } = stage;
  const ask = async (count: number) => {
    for (let n = 0; n < count; n++) {
      const user = stack.seerr.addUser({ displayName: `U${n}`, email: `u${n}@example.net` });
      const soon = { inCinemas: null, digitalRelease: inDays(40) };
      const movie = stack.world.addMovie({ title: `Movie ${n} of ${count}`, ...soon });
      const show = stack.world.addShow({ title: `Show ${n} of ${count}`, seasons: { 1: 2 } });
      await stack.seerr.request({ user, title: movie, autoApprove: true });
      await stack.seerr.request({ user, title: show, autoApprove: true });
      stack.plex.show(await stack.sonarr.import(show, 1, "all"));
    }
    await household.advance({ minutes: 20 });
  };
  const callsOfRun = async () => {
    const count = () => stack.radarr.requests.length + stack.sonarr.requests.length;
    const before = count();
    await household.run("review-quality");
    return count() - before;
  };
  await ask(1);
  const few = await callsOfRun();
  await ask(3);
  expect(await callsOfRun()).toBe(few);
});

test("the schedule runs it every so many hours, and not when it is switched off", async () => {
  stage = await openMonitored({ household: { env: { QUALITY_MONITOR_INTERVAL_HOURS: "24" } } });
  const { household } = stage;
  const { startDueRuns } = await import("@/lib/services/runs/start-due-runs");
  const runs = async () => {
    await startDueRuns(household.ctx);
    await household.settle();
    const [row] = await household.ctx.database.raw<{ count: number }[]>`
      select count(*)::int as count from job_runs where name = 'review-quality'`;
    return row?.count ?? 0;
  };
  expect(await runs()).toBe(1);
  await household.advance({ hours: 23 });
  expect(await runs()).toBe(1);
  await household.advance({ hours: 2 });
  expect(await runs()).toBe(2);
  household.configure({ QUALITY_MONITOR_ENABLED: "false" });
  await household.advance({ hours: 25 });
  expect(await runs()).toBe(2);
});

test("a request made during maintenance is judged when it is over", async () => {
  stage = await openMonitored();
  const { household, stack } = stage;
  const { ctx } = household;
  const inMinutes = (minutes: number) => new Date(household.now.getTime() + minutes * 60_000);
  const times = { startsAt: inMinutes(5), endsAt: inMinutes(65), zone: "UTC" };
  await scheduleMaintenance(ctx, { title: "Disks", text: "", ...times }, "admin");
  await household.advance({ minutes: 6 });
  const anna = stack.seerr.addUser({ displayName: "Anna", email: "anna@example.net" });
  const title = stack.world.addMovie({
    title: "Asked Meanwhile",
    inCinemas: null,
    digitalRelease: inDays(60),
  });
  await stack.seerr.request({ user: anna, title, autoApprove: true });
  await household.advance({ minutes: 30 });
  expect(await waitingMails(stage, "Asked Meanwhile")).toEqual([]);
  await household.advance({ minutes: 40 });
  expect(await waitingMails(stage, "Asked Meanwhile")).toMatchObject([{ kind: "coming_soon" }]);
});
