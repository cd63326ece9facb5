import { afterAll, beforeAll, expect, test } from "vitest";
import { closeStage, openStage, type Stage, subjectsTo, timelineOf, toldOf } from "./stage";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => closeStage(stage));

function somebody(name: string) {
  const email = `${name.toLowerCase()}@example.net`;
  return stage.stack.seerr.addUser({ displayName: name, email });
}

test("B1: an episode and a movie that are ready at the same time are both mailed", async () => {
  const { stack, household } = stage;
  const user = somebody("Ada");
  const show = stack.world.addShow({ title: "Harbour Lights", seasons: { 1: 3 } });
  const movie = stack.world.addMovie({ title: "The Long Pier" });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await stack.seerr.request({ user, title: movie, autoApprove: true });
  stack.plex.show(await stack.sonarr.import(show, 1, 2));
  stack.plex.show(await stack.radarr.import(movie));
  await household.advance({ minutes: 8 });
  expect(subjectsTo(stage, user.email).sort()).toEqual([
    "Harbour Lights: episode 2 is ready",
    "The Long Pier is ready",
  ]);
});

test("B5: the same webhook delivered three times is told once", async () => {
  const { stack, household } = stage;
  const user = somebody("Bo");
  const show = stack.world.addShow({ title: "Slack Water", seasons: { 1: 3 } });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await household.settle();
  stack.plex.show(await stack.sonarr.import(show, 1, 1, { mode: "file" }));
  const delivery = stack.sonarr.webhooks.deliveries.at(-1);
  if (!delivery) throw new Error("Sonarr sent nothing");
  await stack.sonarr.webhooks.resend(delivery);
  await household.advance({ minutes: 8 });
  await stack.sonarr.webhooks.resend(delivery);
  await household.advance({ minutes: 30 });
  expect(subjectsTo(stage, user.email)).toEqual(["Slack Water: episode 1 is ready"]);
});

test("B6: a user with requests for seasons 1 and 2 is told of S2E1 once, for the request of season 2 only", async () => {
  const { stack, household } = stage;
  const user = somebody("Cleo");
  const show = stack.world.addShow({ title: "Two Winters", seasons: { 1: 4, 2: 4 } });
  const first = await stack.seerr.request({ user, title: show, seasons: [1], autoApprove: true });
  const second = await stack.seerr.request({ user, title: show, seasons: [2], autoApprove: true });
  await household.settle();
  stack.plex.show(await stack.sonarr.import(show, 2, 1));
  await household.advance({ minutes: 8 });
  expect(subjectsTo(stage, user.email)).toEqual(["Two Winters: episode 1 is ready"]);
  expect(stack.mailbox.to(user.email)[0]?.text).toContain("Season 2");
  expect(await toldOf(stage, show.title)).toEqual([
    {
      seerrRequestId: second.id,
      mediaKey: `episode:tvdb:${show.tvdbId}:s02e01`,
      name: "Cleo",
    },
  ]);
  const codes = (await timelineOf(stage, first)).map((entry) => entry.code);
  expect(codes).not.toContain("told");
  expect(codes).not.toContain("imported");
});

test("B7: imports at minutes 0, 1 and 5 make one mail at minute 8, not at the end of the window", async () => {
  const { stack, household } = stage;
  const user = somebody("Dora");
  const show = stack.world.addShow({ title: "Quiet Group", seasons: { 1: 5 } });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await household.settle();
  const bring = async (episode: number) => {
    stack.plex.show(await stack.sonarr.import(show, 1, episode));
    await household.settle();
  };
  await bring(1);
  await household.advance({ minutes: 1 });
  await bring(2);
  await household.advance({ minutes: 4 });
  await bring(3);
  await household.advance({ minutes: 2, seconds: 59 });
  expect(subjectsTo(stage, user.email)).toEqual([]);
  await household.advance({ seconds: 1 });
  expect(subjectsTo(stage, user.email)).toEqual(["Quiet Group: episodes 1–3 are ready"]);
});

test("B21: an upgrade of what they were told about is silent, and the timeline says why", async () => {
  const { stack, household } = stage;
  const user = somebody("Edda");
  const show = stack.world.addShow({ title: "Better Copies", seasons: { 1: 3 } });
  const movie = stack.world.addMovie({ title: "The Better Copy" });
  const request = await stack.seerr.request({ user, title: show, autoApprove: true });
  await stack.seerr.request({ user, title: movie, autoApprove: true });
  stack.plex.show(await stack.sonarr.import(show, 1, 1, { quality: "WEBDL-720p" }));
  stack.plex.show(await stack.radarr.import(movie, { quality: "WEBDL-1080p" }));
  await household.advance({ minutes: 8 });
  expect(subjectsTo(stage, user.email)).toHaveLength(2);

  await stack.sonarr.deleteFile(show, 1, 1, "upgrade");
  stack.plex.show(
    await stack.sonarr.import(show, 1, 1, { quality: "Bluray-1080p", upgrade: true }),
  );
  stack.plex.show(await stack.radarr.import(movie, { quality: "Bluray-1080p", upgrade: true }));
  await household.advance({ minutes: 30 });
  await household.run("reconcile");
  await household.advance({ minutes: 30 });
  expect(subjectsTo(stage, user.email)).toHaveLength(2);
  const settled = (await timelineOf(stage, request)).filter((e) => e.code === "already_settled");
  // The import and its completion are two events, worked off in either order.
  expect(settled.map((entry) => entry.words)).toContain(
    "Nobody told: episode 1 replaced by a better file",
  );
});

test("what is deleted while its mail waits is not told, although Plex lists it still", async () => {
  const { stack, household } = stage;
  const user = somebody("Quinn");
  const show = stack.world.addShow({ title: "Thrown Away", seasons: { 1: 3 } });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  stack.plex.show(await stack.sonarr.import(show, 1, [1, 2]));
  await household.advance({ minutes: 2 });
  await stack.sonarr.deleteFile(show, 1, 1);
  await household.advance({ minutes: 20 });
  expect(subjectsTo(stage, user.email)).toEqual(["Thrown Away: episode 2 is ready"]);
});

test("news that a file was deleted, come late, takes nothing from the one that replaced it", async () => {
  const { stack, household } = stage;
  const { sonarr } = stack;
  const user = somebody("Rosa");
  const show = stack.world.addShow({ title: "Fetched Anew", seasons: { 1: 3 } });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await sonarr.import(show, 1, 1);
  sonarr.webhooks.lose(1);
  await sonarr.deleteFile(show, 1, 1);
  const late = sonarr.webhooks.deliveries.at(-1);
  if (late?.outcome.kind !== "lost") throw new Error("The deletion was not lost");
  stack.plex.show(await sonarr.import(show, 1, 1));
  await household.advance({ minutes: 1 });
  await sonarr.webhooks.resend(late);
  await household.advance({ minutes: 20 });
  expect(subjectsTo(stage, user.email)).toEqual(["Fetched Anew: episode 1 is ready"]);
});

test("while Sonarr fetches more of the show its mail waits, but not for a download that is stuck", async () => {
  const { stack, household } = stage;
  const user = somebody("Sven");
  const [moving, stuck] = ["Still Coming", "Never Coming"].map((title) =>
    stack.world.addShow({ title, seasons: { 1: 3 } }),
  );
  if (!moving || !stuck) throw new Error("There are no shows");
  for (const show of [moving, stuck]) {
    await stack.seerr.request({ user, title: show, autoApprove: true });
    await household.settle();
    const [download] = await stack.sonarr.grab(show, 1, 2);
    if (show === stuck) {
      stack.sonarr.setDownload(download?.downloadId ?? "", {
        trackedDownloadStatus: "warning",
        trackedDownloadState: "importPending",
      });
    }
    stack.plex.show(await stack.sonarr.import(show, 1, 1));
  }
  await household.advance({ minutes: 8 });
  expect(subjectsTo(stage, user.email)).toEqual(["Never Coming: episode 1 is ready"]);
  stack.plex.show(await stack.sonarr.import(moving, 1, 2));
  await household.advance({ minutes: 4 });
  expect(subjectsTo(stage, user.email)[1]).toBe("Still Coming: episodes 1–2 are ready");
});

test("a special is told only to who asked for season 0", async () => {
  const { stack, household } = stage;
  const all = somebody("Finn");
  const specials = somebody("Gwen");
  const show = stack.world.addShow({ title: "Odd Ends", seasons: { 0: ["The Lost Reel"], 1: 2 } });
  await stack.seerr.request({ user: all, title: show, autoApprove: true });
  await stack.seerr.request({ user: specials, title: show, seasons: [0], autoApprove: true });
  await household.settle();
  stack.plex.show(await stack.sonarr.import(show, 0, 1));
  await household.advance({ minutes: 8 });
  expect(subjectsTo(stage, all.email)).toEqual([]);
  expect(subjectsTo(stage, specials.email)).toHaveLength(1);
  expect(stack.mailbox.to(specials.email)[0]?.text).toContain("The Lost Reel");
});

test("one file that holds two episodes tells of both, in one mail", async () => {
  const { stack, household } = stage;
  const user = somebody("Hugo");
  const show = stack.world.addShow({
    title: "Double Bill",
    seasons: { 1: ["Left", "Right", "End"] },
  });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await household.settle();
  stack.plex.show(await stack.sonarr.import(show, 1, [1, 2], { asOneFile: true }));
  await household.advance({ minutes: 8 });
  expect(subjectsTo(stage, user.email)).toEqual(["Double Bill: episodes 1–2 are ready"]);
  expect((await toldOf(stage, show.title)).map((row) => row.mediaKey)).toEqual([
    `episode:tvdb:${show.tvdbId}:s01e01`,
    `episode:tvdb:${show.tvdbId}:s01e02`,
  ]);
});

test("a mail says which episode comes next in what its reader asked for", async () => {
  const { stack, household } = stage;
  const [vera, wim] = [somebody("Vera"), somebody("Wim")];
  const inDays = (days: number) => new Date(household.now.getTime() + days * 86_400_000);
  const show = stack.world.addShow({
    title: "Neap Tide",
    seasons: {
      1: [{ airsAt: inDays(-9) }, { airsAt: inDays(40) }],
      2: [{ airsAt: inDays(-3) }, { airsAt: inDays(-2) }, { airsAt: inDays(47) }],
    },
  });
  await stack.seerr.request({ user: vera, title: show, seasons: [1], autoApprove: true });
  await stack.seerr.request({ user: wim, title: show, seasons: [2], autoApprove: true });
  await household.settle();
  stack.plex.show(await stack.sonarr.import(show, 1, 1));
  stack.plex.show(await stack.sonarr.import(show, 2, 1));
  await household.advance({ minutes: 8 });
  expect(stack.mailbox.to(vera.email)[0]?.text).toMatch(/Episode 2 airs on /);
  expect(stack.mailbox.to(wim.email)[0]?.text).toMatch(/Episode 3 airs on /);
});
