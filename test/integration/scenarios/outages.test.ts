import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { closeStage, eventsOf, openStage, type Stage, subjectsTo, timelineOf } from "./stage";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({
    household: {
      env: {
        NOTIFICATION_INITIAL_DELAY_SECONDS: "60",
        NOTIFICATION_CHECK_FREQUENCY_SECONDS: "300",
        MOVIE_FIRST_CHECK_SECONDS: "0",
      },
    },
  });
});
afterEach(async () => {
  for (const service of stage.stack.services) {
    service.recover();
    await service.up();
  }
});
afterAll(() => closeStage(stage));

function somebody(name: string) {
  const email = `${name.toLowerCase()}@example.net`;
  return stage.stack.seerr.addUser({ displayName: name, email });
}

test("B4: ten webhooks at once are acknowledged while Seerr and Sonarr are slow, and bring ten mails", async () => {
  const { stack, household } = stage;
  const users = Array.from({ length: 10 }, (_, i) => somebody(`Wave${i}`));
  const shows = users.map((user) =>
    stack.world.addShow({ title: `Show for ${user.displayName}`, seasons: { 1: 2 } }),
  );
  for (const [i, show] of shows.entries()) {
    const user = users[i];
    if (user) await stack.seerr.request({ user, title: show, autoApprove: true });
  }
  await household.settle();
  for (const service of [stack.seerr, stack.sonarr, stack.plex]) {
    service.delay(300);
    service.forgetRequests();
  }
  const files = await Promise.all(
    shows.map((show) => stack.sonarr.import(show, 1, 1, { mode: "file" })),
  );
  const outcomes = stack.sonarr.webhooks.deliveries.slice(-10).map((d) => d.outcome);
  expect(outcomes.map((o) => (o.kind === "answered" ? o.status : o.kind))).toEqual(
    Array(10).fill(200),
  );
  // Nothing was asked on the way, so nobody's slowness can have been in it.
  for (const service of [stack.seerr, stack.sonarr, stack.plex])
    expect(service.requests).toEqual([]);
  for (const service of [stack.seerr, stack.sonarr, stack.plex]) service.delay(20);

  stack.plex.show(files.flat());
  await household.advance({ minutes: 7 });
  for (const user of users) expect(subjectsTo(stage, user.email)).toHaveLength(1);
}, 60_000);

test("Seerr is down when the request is announced: it is completed when Seerr is back", async () => {
  const { stack, household } = stage;
  const user = somebody("Xenia");
  const show = stack.world.addShow({ title: "Out of Office", seasons: { 1: 2, 2: 2 } });
  const request = await stack.seerr.request({
    user,
    title: show,
    seasons: [2],
    silent: true,
  });
  await stack.seerr.approve(request);
  await stack.seerr.down();
  await household.settle();
  stack.plex.show(await stack.sonarr.import(show, 2, 1));
  await household.advance({ minutes: 3 });
  expect(subjectsTo(stage, user.email)).toEqual([]);

  await stack.seerr.up();
  await household.advance({ minutes: 20 });
  expect(subjectsTo(stage, user.email)).toEqual(["Out of Office: episode 1 is ready"]);
  const words = (await timelineOf(stage, request)).map((entry) => entry.words);
  expect(words).toContain("Told Xenia: episode 1");
});

test("Sonarr is down at the import: the event's own list is used after some attempts", async () => {
  const { stack, household } = stage;
  const user = somebody("Yann");
  const show = stack.world.addShow({ title: "Silent Server", seasons: { 1: ["First", "Next"] } });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await household.settle();
  const files = await stack.sonarr.import(show, 1, 1, { mode: "file" });
  await stack.sonarr.down();
  await household.advance({ seconds: 10 });
  stack.plex.show(files);
  await household.advance({ minutes: 15 });
  expect(subjectsTo(stage, user.email)).toEqual(["Silent Server: episode 1 is ready"]);
  expect(stack.mailbox.to(user.email)[0]?.text).toContain("First");
  await stack.sonarr.up();
  await household.run("reconcile");
  await household.advance({ minutes: 15 });
  expect(subjectsTo(stage, user.email)).toHaveLength(1);
});

test("Sonarr is down and the release promises more than came: it waits for Sonarr's own word", async () => {
  const { stack, household } = stage;
  const user = somebody("Zora");
  const show = stack.world.addShow({ title: "Empty Promise", seasons: { 1: 4 } });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await household.settle();
  const files = await stack.sonarr.import(show, 1, 1, { mode: "complete", promised: [2, 3] });
  stack.plex.show(files);
  await stack.sonarr.down();
  await household.advance({ minutes: 45 });
  expect(subjectsTo(stage, user.email)).toEqual([]);

  await stack.sonarr.up();
  await household.advance({ hours: 2 });
  expect(subjectsTo(stage, user.email)).toEqual(["Empty Promise: episode 1 is ready"]);
  await household.advance({ hours: 30 });
  expect(subjectsTo(stage, "admin@example.net")).toEqual([]);
});

test("every webhook of these outages was handled", async () => {
  const troubled = (await eventsOf(stage)).filter((event) => event.outcome !== "handled");
  expect(troubled).toEqual([]);
});
