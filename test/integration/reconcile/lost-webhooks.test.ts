import { afterAll, beforeAll, expect, test } from "vitest";
import { attachWatcher } from "@/lib/services/requests/attach-watcher";
import { closeStage, type Stage, subjectsTo, timelineOf } from "@/test/integration/scenarios/stage";
import { check, findings, idsOf, openCheckStage, somebody } from "./check-stage";

let stage: Stage;
beforeAll(async () => {
  stage = await openCheckStage();
  stage.stack.disconnect();
});
afterAll(() => closeStage(stage));

test("B15: a show asked for two years ago, every webhook lost: requester and watcher are told within one check, and the report says so", async () => {
  const { stack, household } = stage;
  const [anna, jonas] = [somebody(stage, "Anna"), somebody(stage, "Jonas")];
  const show = stack.world.addShow({ title: "Old Wish", seasons: { 1: 4 } });
  const request = await stack.seerr.request({ user: anna, title: show, autoApprove: true });
  request.createdAt = new Date(Date.now() - 2 * 365 * 86_400_000);
  request.updatedAt = request.createdAt;
  await household.run("sync-users");
  await household.run("sync-requests");
  const ids = await idsOf(stage, request.id, jonas.email);
  await attachWatcher(household.ctx, { ...ids, tellExisting: true, actor: "admin" });
  await household.settle();
  stack.plex.show(await stack.sonarr.import(show, 1, [1, 2]));

  expect(await check(stage)).toContain("2 missed mails made up for");
  expect(subjectsTo(stage, anna.email)).toEqual(["Old Wish: episodes 1–2 are ready"]);
  expect(subjectsTo(stage, jonas.email)).toEqual(["Old Wish: episodes 1–2 are ready"]);
  const found = await findings(stage);
  expect(found.map(({ kind, name, seerrRequestId }) => [kind, name, seerrRequestId])).toEqual([
    ["made_up", "Anna", request.id],
    ["made_up", "Jonas", request.id],
  ]);
  expect(found[0]?.words).toBe("Anna had not been told about episodes 1 and 2");
  const timeline = await timelineOf(stage, request);
  expect(timeline.map((entry) => entry.words)).toContain(
    "Episodes 1 and 2 found by the regular check",
  );

  // Two more checks find nothing new.
  for (const _ of [1, 2]) {
    expect(await check(stage)).toContain("nothing was missed");
    expect(await findings(stage)).toEqual([]);
  }
  expect(stack.mailbox.messages).toHaveLength(2);
});

test("lost requests, approvals, declines, deletions, imports and deleted files of every service are all made up for", async () => {
  const { stack, household } = stage;
  const user = somebody(stage, "Mira");
  const movie = stack.world.addMovie({ title: "Lost Approval" });
  const declined = stack.world.addMovie({ title: "Lost Decline" });
  const deleted = stack.world.addMovie({ title: "Lost Deletion" });
  const fourK = stack.world.addMovie({ title: "Lost in 4K" });
  const anime = stack.world.addShow({
    title: "Lost Anime",
    seasons: { 1: 2 },
    seriesType: "anime",
  });
  const ask = (title: typeof movie, is4k = false) =>
    stack.seerr.request({ user, title, is4k, autoApprove: true });
  await ask(movie);
  const no = await ask(declined);
  const gone = await ask(deleted);
  await ask(fourK, true);
  await stack.seerr.request({ user, title: anime, autoApprove: true });
  await check(stage);
  await stack.seerr.decline(no);
  stack.seerr.delete(gone);
  stack.plex.show(await stack.radarr.import(movie));
  stack.plex.show(await stack.radarr.import(declined));
  stack.plex.show(await stack.radarr.import(deleted));
  stack.plex.show(await stack.radarr4k.import(fourK, { quality: "Bluray-2160p" }));
  stack.plex.show(await stack.sonarrAnime.import(anime, 1, 1));
  await check(stage);
  expect(subjectsTo(stage, user.email).sort()).toEqual([
    "Lost Anime: episode 1 is ready",
    "Lost Approval is ready",
    "Lost in 4K is ready in 4K",
  ]);
  const states = await household.ctx.database.raw<{ status: string }[]>`
    select status from requests where title in ('Lost Decline', 'Lost Deletion') order by title`;
  expect(states.map((row) => row.status)).toEqual(["declined", "deleted"]);

  // A file deleted unheard is noticed as well, and its next import is no second news.
  await stack.radarr.deleteFile(movie);
  await check(stage);
  expect(await findings(stage)).toMatchObject([{ kind: "gone", title: "Lost Approval" }]);
  stack.plex.show(await stack.radarr.import(movie));
  await check(stage);
  expect(subjectsTo(stage, user.email)).toHaveLength(3);
});

test("what Seerr counts as completed, or failed to hand over, is compared like any other", async () => {
  const { stack } = stage;
  const user = somebody(stage, "Nora");
  const [done, failed] = ["Running Show", "Not Handed Over"].map((title) =>
    stack.world.addShow({ title, seasons: { 1: 4 } }),
  );
  if (!done || !failed) throw new Error("There are no shows");
  await stack.seerr.request({ user, title: done, autoApprove: true });
  await stack.seerr.failRequest(await stack.seerr.request({ user, title: failed }));
  await stack.seerr.markAvailable(done, { seasons: [1] });
  await check(stage);
  const statuses = await stage.household.ctx.database.raw<{ status: string }[]>`
    select status from requests where title in (${done.title}, ${failed.title}) order by title`;
  expect(statuses.map((row) => row.status)).toEqual(["failed", "completed"]);
  for (const show of [done, failed]) stack.plex.show(await stack.sonarr.import(show, 1, 3));
  await check(stage);
  expect(subjectsTo(stage, user.email).sort()).toEqual([
    "Not Handed Over: episode 3 is ready",
    "Running Show: episode 3 is ready",
  ]);
});

test("of a show in two Sonarrs each has its own: what the one lacks, or loses, is not gone from the other", async () => {
  const { stack, household } = stage;
  const user = somebody(stage, "Olaf");
  const show = stack.world.addShow({ title: "Two Homes", seasons: { 1: 2 } });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  const file = await stack.sonarr.import(show, 1, 1);
  await stack.sonarrAnime.import(show, 1, 2);
  await check(stage);
  await stack.sonarrAnime.deleteSeries(show);
  await check(stage);
  stack.plex.show(file);
  await household.advance({ minutes: 20 });
  expect(subjectsTo(stage, user.email)).toEqual(["Two Homes: episode 1 is ready"]);
});
