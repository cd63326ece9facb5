import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { batchItems } from "@/drizzle/schema";
import { attachWatcher } from "@/lib/services/requests/attach-watcher";
import { insertBatchItems, lockBatch } from "@/lib/store/batches";
import { idsOf } from "@/test/integration/reconcile/check-stage";
import { closeStage, openStage, type Stage, subjectsTo, timelineOf } from "./stage";

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

test("Plex is down for hours: the mail waits, the timeline says so, and it leaves afterwards", async () => {
  const { stack, household } = stage;
  const user = somebody("Abel");
  const show = stack.world.addShow({ title: "Dark Screen", seasons: { 1: 2 } });
  const request = await stack.seerr.request({ user, title: show, autoApprove: true });
  await household.settle();
  await stack.plex.down();
  stack.plex.show(await stack.sonarr.import(show, 1, 1));
  await household.advance({ hours: 2 });
  expect(subjectsTo(stage, user.email)).toEqual([]);
  const trouble = (await timelineOf(stage, request)).filter((e) => e.code === "plex_unreachable");
  expect(trouble).toHaveLength(1);
  expect(trouble[0]?.words).toBe("Plex could not be asked");
  expect(trouble[0]?.reason).toContain("The mail waits until it can");
  await stack.plex.up();
  await household.advance({ minutes: 11 });
  expect(subjectsTo(stage, user.email)).toEqual(["Dark Screen: episode 1 is ready"]);
}, 60_000);

test("people who wait for one show are told at the same check, however slowly Plex answers", async () => {
  const { stack, household } = stage;
  const [first, second] = [somebody("Dag"), somebody("Ebba")];
  const show = stack.world.addShow({ title: "Slow Screen", seasons: { 1: 2 } });
  const request = await stack.seerr.request({ user: first, title: show, autoApprove: true });
  await household.settle();
  await household.run("sync-users");
  const { requestId } = await idsOf(stage, request.id, first.email);
  const { userId } = await idsOf(stage, request.id, second.email);
  const watcher = { requestId, userId, tellExisting: false, actor: "admin" };
  await attachWatcher(household.ctx, watcher);
  const files = await stack.sonarr.import(show, 1, 1);
  await household.advance({ minutes: 2 });
  stack.plex.show(files);
  stack.plex.delay(400);
  // The next check is the first that finds it.
  await household.advance({ minutes: 5 });
  for (const user of [first, second]) {
    expect(subjectsTo(stage, user.email)).toEqual(["Slow Screen: episode 1 is ready"]);
  }
}, 60_000);

test("what joins a mail while Plex is asked about the rest of it is told as well", async () => {
  const { stack, household } = stage;
  const { database } = household.ctx;
  const user = somebody("Finn");
  const show = stack.world.addShow({ title: "Late Joiner", seasons: { 1: 2 } });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await household.settle();
  stack.plex.show(await stack.sonarr.import(show, 1, "all"));
  await household.settle();
  const [late] = await database.db
    .delete(batchItems)
    .where(eq(batchItems.mediaKey, `episode:tvdb:${show.tvdbId}:s01e02`))
    .returning();
  if (!late) throw new Error("The second episode waits nowhere");
  let advanced: Promise<void> = Promise.resolve();
  await database.db.transaction(async (tx) => {
    // Nothing can be decided about the batch until it has joined: by then Plex was asked without it.
    await lockBatch(tx, late.batchId);
    advanced = household.advance({ minutes: 20 });
    for (let waits = false; !waits; ) {
      const rows = await database.raw`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      waits = rows.length > 0;
    }
    await insertBatchItems(tx, [late]);
  });
  await advanced;
  expect(subjectsTo(stage, user.email)).toEqual(["Late Joiner: episodes 1–2 are ready"]);
});

test("Plex is down for longer than the deadline: the admin is not told of what Plex could not be asked about", async () => {
  const { stack, household } = stage;
  household.configure({ PLEX_DEADLINE_HOURS: "1" });
  const user = somebody("Cora");
  const show = stack.world.addShow({ title: "Darkest Screen", seasons: { 1: 2 } });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await household.settle();
  await stack.plex.down();
  const files = await stack.sonarr.import(show, 1, 1);
  await household.advance({ hours: 2 });
  await stack.plex.up();
  // Plex is back and scans its libraries now.
  await household.advance({ minutes: 6 });
  expect(subjectsTo(stage, "admin@example.net")).toEqual([]);
  stack.plex.show(files);
  await household.advance({ minutes: 30 });
  expect(subjectsTo(stage, user.email)).toEqual(["Darkest Screen: episode 1 is ready"]);
  household.configure({ PLEX_DEADLINE_HOURS: "24" });
});

test("without Plex the timer alone decides", async () => {
  const { stack, household } = stage;
  household.configure({ PLEX_URL: "" });
  const user = somebody("Bela");
  const show = stack.world.addShow({ title: "No Gate", seasons: { 1: 2 } });
  const movie = stack.world.addMovie({ title: "No Gate at All" });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await stack.seerr.request({ user, title: movie, autoApprove: true });
  await household.settle();
  await stack.sonarr.import(show, 1, 1);
  await stack.radarr.import(movie);
  await household.advance({ seconds: 59 });
  expect(subjectsTo(stage, user.email)).toEqual([]);
  await household.advance({ seconds: 1 });
  expect(subjectsTo(stage, user.email).sort()).toEqual([
    "No Gate at All is ready",
    "No Gate: episode 1 is ready",
  ]);
  household.configure({ PLEX_URL: stack.plex.url });
});
