import { afterAll, beforeAll, expect, test } from "vitest";
import { closeStage, openStage, type Stage, subjectsTo } from "@/test/integration/scenarios/stage";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({
    household: { env: { PLEX_DEADLINE_HOURS: "1", NOTIFICATION_CHECK_FREQUENCY_SECONDS: "300" } },
  });
});
afterAll(() => closeStage(stage));

function somebody(name: string) {
  const email = `${name.toLowerCase()}@example.net`;
  return stage.stack.seerr.addUser({ displayName: name, email });
}

test("promise 4, only when it plays: not on another show's episode, nor on one without media", async () => {
  const { stack, household } = stage;
  const user = somebody("Anna");
  const show = stack.world.addShow({ title: "Undertow", seasons: { 1: 3 } });
  const namesake = stack.world.addShow({ title: "Undertow", seasons: { 1: 3 } });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await household.settle();
  // The namesake's first episode plays, and so do the others of this show: the one asked for does not.
  stack.plex.show(await stack.sonarr.import(namesake, 1, 1, { silent: true }));
  stack.plex.show(await stack.sonarrAnime.import(show, 1, [2, 3], { silent: true }));
  const files = await stack.sonarr.import(show, 1, 1);
  await household.advance({ minutes: 8 });
  expect(subjectsTo(stage, user.email)).toEqual([]);
  stack.plex.addWithoutMedia(files);
  await household.advance({ minutes: 12 });
  expect(subjectsTo(stage, user.email)).toEqual([]);
  stack.plex.show(files);
  await household.advance({ minutes: 6 });
  expect(subjectsTo(stage, user.email)).toEqual(["Undertow: episode 1 is ready"]);
});

test("promise 4: a season's “01.mkv” does not stand for another season's", async () => {
  const { stack, household } = stage;
  const user = somebody("Bo");
  const show = stack.world.addShow({ title: "Same Names", seasons: { 1: 1, 2: 1 } });
  await stack.seerr.request({ user, title: show, seasons: [2], autoApprove: true });
  await household.settle();
  const plain = (season: number) => `/tv/Same Names/Season 0${season}/01.mkv`;
  const [old] = await stack.sonarr.import(show, 1, 1, { silent: true });
  if (!old) throw new Error("Sonarr imported nothing");
  stack.plex.show({ ...old, path: plain(1) });
  const [file] = await stack.sonarr.import(show, 2, 1);
  const held = stack.sonarr.findSeries(show)?.files.find((f) => f.path === file?.path);
  if (!held || !file) throw new Error("Sonarr holds nothing");
  held.path = plain(2);
  await household.advance({ minutes: 8 });
  expect(subjectsTo(stage, user.email)).toEqual([]);
  stack.plex.show({ ...file, path: plain(2) });
  await household.advance({ minutes: 13 });
  expect(subjectsTo(stage, user.email)).toEqual(["Same Names: episode 1 is ready"]);
});

test("promise 4: an HD movie does not play because its 4K version does", async () => {
  const { stack, household } = stage;
  const user = somebody("Cleo");
  const movie = stack.world.addMovie({ title: "Two Sizes" });
  await stack.seerr.request({ user, title: movie, autoApprove: true });
  await household.settle();
  stack.plex.show(await stack.radarr4k.import(movie, { silent: true, quality: "Bluray-2160p" }));
  const file = await stack.radarr.import(movie);
  await household.advance({ minutes: 6 });
  expect(subjectsTo(stage, user.email)).toEqual([]);
  stack.plex.show(file);
  await household.advance({ minutes: 6 });
  expect(subjectsTo(stage, user.email)).toEqual(["Two Sizes is ready"]);
});

test("promise 4: a library of Plex's legacy agent knows movies by their IMDb id alone", async () => {
  const { stack, household } = stage;
  const user = somebody("Emil");
  stack.plex.addLibrary({
    type: "movie",
    title: "Old Movies",
    path: "/data/old",
    agent: "com.plexapp.agents.imdb",
  });
  const movie = stack.world.addMovie({ title: "Old Agent" });
  const other = stack.world.addMovie({ title: "Old Agent" });
  await stack.seerr.request({ user, title: movie, autoApprove: true });
  await household.settle();
  const elsewhere = await stack.radarr.import(other, { silent: true });
  stack.plex.show(elsewhere, { library: "Old Movies" });
  const file = await stack.radarr.import(movie);
  await household.advance({ minutes: 6 });
  expect(subjectsTo(stage, user.email)).toEqual([]);
  stack.plex.show(file, { library: "Old Movies" });
  await household.advance({ minutes: 6 });
  expect(subjectsTo(stage, user.email)).toEqual(["Old Agent is ready"]);
});

test("promise 4: what Plex cannot see by the deadline is the admin's news, with the path; the user's when it plays after all", async () => {
  const { stack, household } = stage;
  const user = somebody("Dana");
  const movie = stack.world.addMovie({ title: "Never Scanned" });
  await stack.seerr.request({ user, title: movie, autoApprove: true });
  await household.settle();
  const file = await stack.radarr.import(movie);
  await household.advance({ minutes: 58 });
  expect(stack.mailbox.to("admin@example.net")).toEqual([]);
  await household.advance({ minutes: 30 });
  const [mail, ...more] = stack.mailbox.to("admin@example.net");
  expect(mail?.text).toContain(file.path);
  expect(mail?.text).toContain("Dana");
  await household.run("reconcile");
  await household.advance({ hours: 2 });
  expect(more).toEqual([]);
  expect(stack.mailbox.to("admin@example.net")).toHaveLength(1);
  expect(subjectsTo(stage, user.email)).toEqual([]);

  stack.plex.show(file);
  await household.run("reconcile");
  await household.advance({ minutes: 6 });
  expect(subjectsTo(stage, user.email)).toEqual(["Never Scanned is ready"]);
});
