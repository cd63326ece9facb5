import { afterAll, beforeAll, expect, test } from "vitest";
import { setUserActive } from "@/lib/services/users/set-user-active";
import type { MediaStatusName } from "@/test/support/upstreams/seerr-model";
import { defaultTemplate } from "@/test/support/upstreams/seerr-webhook";
import { closeStage, openStage, type Stage, subjectsTo, timelineOf, withoutDelay } from "./stage";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ household: { env: withoutDelay } });
});
afterAll(() => closeStage(stage));

function somebody(name: string, email = `${name.toLowerCase()}@example.net`) {
  return stage.stack.seerr.addUser({ displayName: name, email });
}

test("B19: whatever status Seerr gives the media, who asked and was approved is told", async () => {
  const { stack, household } = stage;
  const statuses: MediaStatusName[] = [
    "UNKNOWN",
    "PENDING",
    "PROCESSING",
    "PARTIALLY_AVAILABLE",
    "AVAILABLE",
  ];
  const user = somebody("Dario");
  for (const status of statuses) {
    const movie = stack.world.addMovie({ title: `Media ${status.replaceAll("_", " ")}` });
    await stack.seerr.request({ user, title: movie, autoApprove: true });
    stack.seerr.mediaOf(movie).status = status;
    stack.plex.show(await stack.radarr.import(movie));
  }
  await household.advance({ minutes: 4 });
  expect(subjectsTo(stage, user.email).sort()).toEqual(
    statuses.map((status) => `Media ${status.replaceAll("_", " ")} is ready`).sort(),
  );
});

test("B19: pending, declined and deleted requests are not told; approved, failed and completed ones are", async () => {
  const { stack, household } = stage;
  const ask = async (name: string) => {
    const user = somebody(name);
    const movie = stack.world.addMovie({ title: `Asked by ${name}` });
    return { user, movie, request: await stack.seerr.request({ user, title: movie }) };
  };
  const pending = await ask("Pending");
  const approved = await ask("Approved");
  const declined = await ask("Declined");
  const failed = await ask("Failed");
  const completed = await ask("Completed");
  const deleted = await ask("Deleted");
  await stack.seerr.approve(approved.request);
  await stack.seerr.approve(declined.request);
  await stack.seerr.decline(declined.request);
  await stack.seerr.failRequest(failed.request);
  await stack.seerr.approve(completed.request);
  await stack.seerr.markAvailable(completed.movie);
  await stack.seerr.approve(deleted.request);
  await household.settle();
  stack.seerr.delete(deleted.request);
  await household.advance({ minutes: 1 });
  await household.run("sync-requests");
  for (const { movie } of [pending, approved, declined, failed, completed, deleted]) {
    stack.plex.show(await stack.radarr.import(movie));
  }
  await household.advance({ minutes: 4 });
  const told = (asked: typeof pending) => subjectsTo(stage, asked.user.email).length;
  expect([pending, approved, declined, failed, completed, deleted].map(told)).toEqual([
    0, 1, 0, 1, 1, 0,
  ]);
  const deletion = (await timelineOf(stage, deleted.request)).map((entry) => entry.code);
  expect(deletion).toContain("request_deleted");

  await stack.seerr.approve(pending.request);
  await household.advance({ minutes: 4 });
  expect(told(pending)).toBe(1);
  await household.run("reconcile");
  await household.advance({ minutes: 4 });
  expect([declined, deleted].map(told)).toEqual([0, 0]);
});

test("B19: a request that is declined or deleted while its mail waits is not told", async () => {
  const { stack, household } = stage;
  const user = somebody("Egon");
  const films = ["Taken Back", "Taken Away"].map((title) => stack.world.addMovie({ title }));
  const requests = [];
  for (const title of films) {
    requests.push(await stack.seerr.request({ user, title, autoApprove: true }));
  }
  await household.settle();
  const files = [];
  for (const film of films) files.push(await stack.radarr.import(film));
  await household.advance({ minutes: 2 });
  const [first, second] = requests;
  if (!first || !second) throw new Error("Nothing was requested");
  await stack.seerr.decline(first);
  stack.seerr.delete(second);
  await household.run("reconcile");
  stack.plex.show(files);
  await household.advance({ minutes: 10 });
  expect(subjectsTo(stage, user.email)).toEqual([]);
});

test("a requester nobody has heard of is looked up in Seerr", async () => {
  const { stack, household } = stage;
  const [users] = await household.ctx.database.raw<{ n: string }[]>`select count(*) n from users`;
  const user = somebody("Frida");
  const movie = stack.world.addMovie({ title: "Newcomer" });
  await stack.seerr.request({ user, title: movie, autoApprove: true });
  await household.settle();
  const [now] = await household.ctx.database.raw<{ n: string }[]>`select count(*) n from users`;
  expect(Number(now?.n)).toBe(Number(users?.n) + 1);
  stack.plex.show(await stack.radarr.import(movie));
  await household.advance({ minutes: 2 });
  expect(subjectsTo(stage, user.email)).toEqual(["Newcomer is ready"]);
});

test("a requester without an address is not told, for a stated reason, and is told once there is one", async () => {
  const { stack, household } = stage;
  const user = somebody("Gerd", "");
  const show = stack.world.addShow({ title: "No Letterbox", seasons: { 1: 2 } });
  const request = await stack.seerr.request({ user, title: show, autoApprove: true });
  await household.settle();
  stack.plex.show(await stack.sonarr.import(show, 1, 1));
  await household.advance({ minutes: 3 });
  const skipped = (await timelineOf(stage, request)).filter((e) => e.kind === "not_told");
  expect(skipped).toMatchObject([
    { words: "Gerd was not told about episode 1", reason: "Seerr knows no mail address" },
  ]);
  await household.run("reconcile");
  await household.advance({ minutes: 3 });
  expect((await timelineOf(stage, request)).filter((e) => e.kind === "not_told")).toHaveLength(1);

  user.email = "gerd@example.net";
  await household.run("sync-users");
  await household.run("reconcile");
  await household.advance({ minutes: 3 });
  expect(subjectsTo(stage, "gerd@example.net")).toEqual(["No Letterbox: episode 1 is ready"]);
});

test("a request announced after the import is told of what is there", async () => {
  const { stack, household } = stage;
  const user = somebody("Hilde");
  const show = stack.world.addShow({ title: "Too Early", seasons: { 1: 3 } });
  stack.plex.show(await stack.sonarr.import(show, 1, [1, 2]));
  await household.settle();
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await household.advance({ minutes: 3 });
  expect(subjectsTo(stage, user.email)).toEqual(["Too Early: episodes 1–2 are ready"]);
});

test("B20: who the admin switched off stays so after syncs, and the timeline says why there was no mail", async () => {
  const { stack, household } = stage;
  const user = somebody("Ivo");
  await household.run("sync-users");
  const [row] = await household.ctx.database.raw<{ id: number }[]>`
    select id from users where seerr_user_id = ${user.id}`;
  if (!row) throw new Error("Ivo is not known");
  await setUserActive(household.ctx, row.id, false);
  const movie = stack.world.addMovie({ title: "Switched Off" });
  const request = await stack.seerr.request({ user, title: movie, autoApprove: true });
  await household.settle();
  await household.run("sync-users");
  await household.run("reconcile");
  stack.plex.show(await stack.radarr.import(movie));
  await household.advance({ minutes: 3 });
  expect(subjectsTo(stage, user.email)).toEqual([]);
  const skipped = (await timelineOf(stage, request)).find((e) => e.code === "inactive");
  expect(skipped?.words).toBe("Ivo was not told about the movie");
  expect(skipped?.reason).toMatch(/^Deactivated on /);
});

test("a flat template that names only the request's number is completed from Seerr's API", async () => {
  const { stack, household } = stage;
  stack.seerr.useTemplate({
    notification_type: "{{notification_type}}",
    request_id: "{{request_id}}",
  });
  try {
    const user = somebody("Jule");
    const show = stack.world.addShow({ title: "Bare Bones", seasons: { 1: 2, 2: 2 } });
    await stack.seerr.request({ user, title: show, seasons: [2], autoApprove: true });
    await household.settle();
    stack.plex.show(await stack.sonarr.import(show, 1, 1));
    stack.plex.show(await stack.sonarr.import(show, 2, 1));
    await household.advance({ minutes: 3 });
    expect(subjectsTo(stage, user.email)).toEqual(["Bare Bones: episode 1 is ready"]);
    expect(stack.mailbox.to(user.email)[0]?.text).toContain("Season 2");
  } finally {
    stack.seerr.useTemplate(defaultTemplate);
  }
});

test("a template without a request's number makes all requests be read", async () => {
  const { stack, household } = stage;
  stack.seerr.useTemplate({
    notification_type: "{{notification_type}}",
    media_type: "{{media_type}}",
    tmdbId: "{{media_tmdbid}}",
  });
  try {
    const user = somebody("Kurt");
    const movie = stack.world.addMovie({ title: "Numberless" });
    await stack.seerr.request({ user, title: movie, autoApprove: true });
    await household.settle();
    stack.plex.show(await stack.radarr.import(movie));
    await household.advance({ minutes: 3 });
    expect(subjectsTo(stage, user.email)).toEqual(["Numberless is ready"]);
  } finally {
    stack.seerr.useTemplate(defaultTemplate);
  }
});
