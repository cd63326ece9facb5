import { afterEach, expect, test } from "vitest";
import {
  advanceMaintenance,
  cancelMaintenance,
  endMaintenance,
} from "@/lib/services/maintenance/advance-maintenance";
import { changeMaintenance } from "@/lib/services/maintenance/change-maintenance";
import {
  scheduleMaintenance,
  type WindowPlan,
} from "@/lib/services/maintenance/schedule-maintenance";
import { startDueRuns } from "@/lib/services/runs/start-due-runs";
import { closeStage, openStage, type Stage, subjectsTo, withoutDelay } from "../scenarios/stage";

const minute = 60_000;
const stages: Stage[] = [];
afterEach(async () => {
  for (const stage of stages.splice(0)) await closeStage(stage);
});

async function household(names = ["Ada", "Bo"]) {
  const stage = await openStage({
    household: { env: withoutDelay },
    prepare: async ({ seerr }) => {
      for (const name of names) {
        seerr.addUser({ displayName: name, email: `${name.toLowerCase()}@example.net` });
      }
    },
  });
  stages.push(stage);
  const { ctx } = stage.household;
  const inMinutes = (minutes: number) => new Date(stage.household.now.getTime() + minutes * minute);
  const plan = (from: number, to: number, changes: Partial<WindowPlan> = {}): WindowPlan => ({
    title: "New disks",
    text: "Larger ones.",
    startsAt: inMinutes(from),
    endsAt: inMinutes(to),
    zone: "Europe/Berlin",
    ...changes,
  });
  const schedule = async (from: number, to: number) =>
    (await scheduleMaintenance(ctx, plan(from, to), "admin")).window;
  /** Subjects of the mails about maintenance, without the server's name and the day. */
  const news = (name: string) =>
    stage.stack.mailbox
      .to(`${name.toLowerCase()}@example.net`)
      .flatMap((mail) => /maintenance( now)?( on| begins)?|is back/.exec(mail.subject)?.[0] ?? []);
  return { stage, ctx, plan, schedule, news, inMinutes, ...stage };
}

test("B37: announced, reminded, done: each mail once for each, also when every alarm rings twice", async () => {
  const { household: home, ctx, schedule, news } = await household();
  const window = await schedule(180, 240);
  await home.settle();
  for (let minutes = 0; minutes < 300; minutes += 20) {
    await home.advance({ minutes: 20 });
    await advanceMaintenance(ctx, null);
    await advanceMaintenance(ctx, window.id);
    if (minutes === 140) await home.restart();
  }
  await home.settle();
  for (const name of ["Ada", "Bo"]) {
    expect(news(name)).toEqual(["maintenance on", "maintenance begins", "is back"]);
  }
  const [row] = await ctx.database.raw<{ status: string }[]>`
    select status from maintenance_windows where id = ${window.id}`;
  expect(row?.status).toBe("completed");
});

test("announced less than an hour before: no reminder", async () => {
  const { household: home, schedule, news } = await household(["Ada"]);
  await schedule(40, 50);
  await home.advance({ hours: 2 });
  expect(news("Ada")).toEqual(["maintenance on", "is back"]);
});

test("B37: mails name the reader's zone, over a night on which the clocks change", async () => {
  const { stack, household: home, ctx } = await household(["Ada"]);
  const { raw } = ctx.database;
  await raw`update users set time_zone = 'America/New_York'`;
  // The Sunday in March on which Berlin's clocks go forward while New York's have done so before.
  const startsAt = new Date("2027-03-28T00:30:00Z");
  const endsAt = new Date("2027-03-28T01:30:00Z");
  await scheduleMaintenance(
    ctx,
    { title: "Night", text: "", startsAt, endsAt, zone: "Europe/Berlin" },
    "admin",
  );
  await home.settle();
  const text = stack.mailbox.to("ada@example.net").at(-1)?.text ?? "";
  expect(text).toContain("Saturday 27 March 2027, 20:30–21:30 GMT-4");
  await raw`update users set time_zone = 'Europe/Berlin', unsubscribed_at = null`;
  await raw`delete from delivery_ledger`;
  await raw`update maintenance_windows set status = 'cancelled'`;
  await scheduleMaintenance(
    ctx,
    { title: "Night", text: "", startsAt, endsAt, zone: "Europe/Berlin" },
    "admin",
  );
  await home.settle();
  expect(stack.mailbox.to("ada@example.net").at(-1)?.text).toContain(
    "Sunday 28 March 2027 at 01:30 CET to Sunday 28 March 2027 at 03:30 CEST",
  );
});

test("other times are announced again once, other words are not", async () => {
  const { stack, household: home, ctx, plan, schedule, news } = await household(["Ada"]);
  const window = await schedule(300, 360);
  await home.settle();
  const same = plan(300, 360);
  await changeMaintenance(ctx, window.id, { ...same, text: "Even larger ones." });
  await home.settle();
  expect(news("Ada")).toEqual(["maintenance on"]);
  const longer = { ...same, text: "Even larger ones.", endsAt: plan(300, 400).endsAt };
  await changeMaintenance(ctx, window.id, longer);
  await home.settle();
  expect(news("Ada")).toEqual(["maintenance on", "maintenance now on"]);
  const changed = stack.mailbox.to("ada@example.net").at(-1)?.text ?? "";
  expect(changed).toContain("Even larger ones.");
  expect(changed).toContain("Before");
  await home.advance({ hours: 8 });
  expect(news("Ada").slice(2)).toEqual(["maintenance begins", "is back"]);
});

test("an announcement that has not left when the times change never leaves", async () => {
  const { stack, household: home, ctx, plan, schedule, news } = await household(["Ada"]);
  stack.mailbox.behave("ada@example.net", { kind: "defer-recipient" }, { times: 1 });
  const window = await schedule(300, 360);
  await home.settle();
  await changeMaintenance(ctx, window.id, plan(400, 460));
  await home.advance({ hours: 2 });
  // To her it is the first she hears of it.
  expect(news("Ada")).toEqual(["maintenance on"]);
});

test("cancelled: who heard of it is told, nobody else, and nothing follows", async () => {
  const { stack, household: home, ctx, schedule, news } = await household();
  stack.mailbox.behave("bo@example.net", { kind: "defer-recipient" }, { times: 1 });
  const window = await schedule(300, 360);
  await home.settle();
  await cancelMaintenance(ctx, window.id);
  await home.advance({ hours: 10 });
  expect(news("Ada")).toEqual(["maintenance on", "maintenance on"]);
  expect(subjectsTo({ stack, household: home }, "ada@example.net").at(-1)).toMatch(
    /no maintenance/,
  );
  expect(news("Bo")).toEqual([]);
  await expect(cancelMaintenance(ctx, window.id)).rejects.toThrow(/has begun or is over/);
});

test("B37: mails wait while it lasts, those the webhooks bring too, and leave folded afterwards", async () => {
  const { stack, household: home, schedule } = await household(["Ada"]);
  const user = stack.seerr.users.find((u) => u.displayName === "Ada");
  if (!user) throw new Error("Ada is not there");
  const show = stack.world.addShow({ title: "Harbour Lights", seasons: { 1: 8 } });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await schedule(10, 130);
  await home.advance({ minutes: 15 });
  for (const episode of [1, 2, 3]) {
    stack.plex.show(await stack.sonarr.import(show, 1, episode));
    await home.advance({ minutes: 30 });
  }
  const shows = () =>
    subjectsTo({ stack, household: home }, "ada@example.net").filter((s) =>
      s.startsWith("Harbour"),
    );
  expect(shows()).toEqual([]);
  await home.advance({ hours: 2 });
  expect(shows()).toEqual(["Harbour Lights: episodes 1–3 are ready"]);
});

test("ended early: what waited leaves then, not at the announced end", async () => {
  const { stack, household: home, ctx, schedule, news } = await household(["Ada"]);
  const user = stack.seerr.users.find((u) => u.displayName === "Ada");
  if (!user) throw new Error("Ada is not there");
  const show = stack.world.addShow({ title: "Harbour Lights", seasons: { 1: 8 } });
  const movie = stack.world.addMovie({ title: "The Long Pier" });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await stack.seerr.request({ user, title: movie, autoApprove: true });
  const window = await schedule(10, 600);
  await home.advance({ minutes: 15 });
  for (const episode of [1, 2]) stack.plex.show(await stack.sonarr.import(show, 1, episode));
  stack.plex.show(await stack.radarr.import(movie));
  await home.advance({ minutes: 30 });
  await endMaintenance(ctx, window.id);
  await home.advance({ minutes: 1 });
  const subjects = subjectsTo({ stack, household: home }, "ada@example.net");
  expect(subjects.filter((s) => /Harbour|Pier/.test(s)).sort()).toEqual([
    "Harbour Lights: episodes 1–2 are ready",
    "The Long Pier is ready",
  ]);
  expect(news("Ada")).toEqual(["maintenance on", "is back"]);
  await expect(endMaintenance(ctx, window.id)).rejects.toThrow(/does not go on now/);
});

test("monitors do not start while it lasts; reconciliation does", async () => {
  const { household: home, ctx, schedule } = await household(["Ada"]);
  const { raw } = ctx.database;
  await schedule(5, 600);
  await home.advance({ minutes: 6 });
  await raw`delete from job_runs`;
  await raw`select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))`;
  await startDueRuns(ctx);
  const queued = async () =>
    (
      await raw<{ name: string }[]>`
        select payload ->> 'name' as name from graphile_worker._private_jobs j
        join graphile_worker._private_tasks t on t.id = j.task_id where identifier = 'run_worker'`
    ).map((row) => row.name);
  expect(await queued()).toContain("reconcile");
  expect(await queued()).not.toContain("check-stuck");
  expect(await queued()).not.toContain("review-quality");
});

test("a window nobody was there for is over all the same, and said to be", async () => {
  const { household: home, ctx, schedule, news } = await household(["Ada"]);
  await schedule(30, 60);
  await home.settle();
  // The machine itself was down: no alarm rang.
  await ctx.database.raw`delete from graphile_worker._private_jobs`;
  await home.advance({ hours: 3 });
  await advanceMaintenance(ctx, null);
  await home.settle();
  expect(news("Ada")).toEqual(["maintenance on", "is back"]);
});

test("what cannot be planned is refused in words", async () => {
  const { ctx, plan, schedule } = await household(["Ada"]);
  await schedule(100, 200);
  await expect(scheduleMaintenance(ctx, plan(150, 250), "admin")).rejects.toThrow(/covers some/);
  await expect(scheduleMaintenance(ctx, plan(-50, 20), "admin")).rejects.toThrow(/in the past/);
  await expect(scheduleMaintenance(ctx, plan(400, 300), "admin")).rejects.toThrow(
    /after the start/,
  );
});
