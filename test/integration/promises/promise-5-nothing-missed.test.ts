import { afterAll, beforeAll, expect, test } from "vitest";
import { attachWatcher } from "@/lib/services/requests/attach-watcher";
import { startDueRuns } from "@/lib/services/runs/start-due-runs";
import {
  closeStage,
  openStage,
  type Stage,
  subjectsTo,
  withoutDelay,
} from "@/test/integration/scenarios/stage";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ household: { env: withoutDelay } });
});
afterAll(() => closeStage(stage));

function somebody(name: string) {
  const email = `${name.toLowerCase()}@example.net`;
  return stage.stack.seerr.addUser({ displayName: name, email });
}

async function attach(seerrRequestId: number, email: string): Promise<void> {
  const { raw } = stage.household.ctx.database;
  const [row] = await raw<{ requestId: number; userId: number }[]>`
    select r.id as "requestId", u.id as "userId" from requests r, users u
    where r.seerr_request_id = ${seerrRequestId} and u.email = ${email}`;
  if (!row) throw new Error(`${email} or the request is not known`);
  await attachWatcher(stage.household.ctx, { ...row, tellExisting: true, actor: "admin" });
}

async function inTime(): Promise<void> {
  await stage.household.run("reconcile");
  await stage.household.advance({ minutes: 3 });
}

test("promise 5, nothing missed: with every webhook lost, requester and watcher are told within one reconciliation, of an old request too", async () => {
  const { stack, household } = stage;
  stack.disconnect();
  const [anna, jonas] = [somebody("Anna"), somebody("Jonas")];
  const show = stack.world.addShow({ title: "High Water", seasons: { 1: 4 } });
  const movie = stack.world.addMovie({ title: "Old Wish" });
  const request = await stack.seerr.request({ user: anna, title: show, autoApprove: true });
  const old = await stack.seerr.request({ user: anna, title: movie, autoApprove: true });
  old.createdAt = new Date(Date.now() - 400 * 86_400_000);
  old.updatedAt = old.createdAt;
  await household.run("sync-users");
  await household.run("sync-requests");
  await attach(request.id, jonas.email);
  await household.settle();
  stack.plex.show(await stack.sonarr.import(show, 1, [1, 2]));
  stack.plex.show(await stack.radarr.import(movie));
  await household.advance({ hours: 1 });
  expect(stack.mailbox.messages).toEqual([]);
  await inTime();
  expect(subjectsTo(stage, anna.email).sort()).toEqual([
    "High Water: episodes 1–2 are ready",
    "Old Wish is ready",
  ]);
  expect(subjectsTo(stage, jonas.email)).toEqual(["High Water: episodes 1–2 are ready"]);

  // A request nobody announced, for what is there already, is news as well.
  const late = somebody("Mira");
  await stack.seerr.request({ user: late, title: movie, is4k: true, autoApprove: true });
  stack.plex.show(await stack.radarr4k.import(movie, { silent: true, quality: "Bluray-2160p" }));
  await inTime();
  expect(subjectsTo(stage, late.email)).toHaveLength(1);
});

test("promise 5: a server that is down is not read as empty, and what it holds is made up for the next time", async () => {
  const { stack, household } = stage;
  const user = somebody("Ben");
  const show = stack.world.addShow({ title: "Slow Ferry", seasons: { 1: 2 } });
  const movie = stack.world.addMovie({ title: "Fast Ferry" });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await stack.seerr.request({ user, title: movie, autoApprove: true });
  stack.plex.show(await stack.sonarr.import(show, 1, 1));
  stack.plex.show(await stack.radarr.import(movie));
  const fault = stack.sonarr.fail({ kind: "status", status: 503 });
  await inTime();
  expect(subjectsTo(stage, user.email)).toEqual(["Fast Ferry is ready"]);
  const [run] = await household.ctx.database.raw<{ outcome: string; error: string | null }[]>`
    select outcome, error from job_runs where name = 'reconcile' order by id desc limit 1`;
  expect(run?.error).toContain("Sonarr");
  const [gone] = await household.ctx.database.raw`
    select media_key from media_items where removed_at is not null`;
  expect(gone).toBeUndefined();
  fault.clear();
  await inTime();
  expect(subjectsTo(stage, user.email)).toHaveLength(2);
});

test("promise 5: what came while a server was missing from the settings is made up for when it is back", async () => {
  const { stack, household } = stage;
  const user = somebody("Tove");
  const movie = stack.world.addMovie({ title: "Typing Mistake" });
  await stack.seerr.request({ user, title: movie, autoApprove: true });
  await household.run("sync-requests");
  household.configure({ RADARR_URL: "radarr:7878" });
  stack.plex.show(await stack.radarr.import(movie));
  await inTime();
  expect(subjectsTo(stage, user.email)).toEqual([]);
  household.configure({ RADARR_URL: stack.radarr.url });
  await inTime();
  expect(subjectsTo(stage, user.email)).toEqual(["Typing Mistake is ready"]);
});

test("promise 5: who had no address when the mail was about to leave is told once there is one", async () => {
  const { stack, household } = stage;
  const user = somebody("Luis");
  const movie = stack.world.addMovie({ title: "Return to Sender" });
  await stack.seerr.request({ user, title: movie, autoApprove: true });
  await household.run("sync-requests");
  stack.mailbox.behave("*", { kind: "defer-recipient" }, { times: 1 });
  stack.plex.show(await stack.radarr.import(movie));
  await household.run("reconcile");
  user.email = "";
  await household.run("sync-users");
  await household.advance({ minutes: 3 });
  expect(subjectsTo(stage, "luis@example.net")).toEqual([]);
  user.email = "luis@example.net";
  await household.run("sync-users");
  await inTime();
  expect(subjectsTo(stage, "luis@example.net")).toEqual(["Return to Sender is ready"]);
});

test("promise 5: a check begins by itself every two hours, and soon after one that failed", async () => {
  const { stack, household } = stage;
  const begun = async () => {
    const [row] = await household.ctx.database.raw<{ count: number }[]>`
      select count(*)::int as count from job_runs where name = 'reconcile'`;
    return row?.count ?? 0;
  };
  /** As the minute's tick does, often enough not to look like an outage. */
  const pass = async (minutes: number) => {
    for (let passed = 0; passed < minutes; passed += 4) {
      await household.advance({ minutes: 4 });
      await startDueRuns(household.ctx);
      await household.settle();
    }
  };
  await pass(4);
  await household.run("reconcile");
  const before = await begun();
  await pass(116);
  expect(await begun()).toBe(before);
  const fault = stack.seerr.fail({ kind: "status", status: 503 });
  await pass(4);
  expect(await begun()).toBe(before + 1);
  fault.clear();
  await pass(8);
  expect(await begun()).toBe(before + 2);
});
