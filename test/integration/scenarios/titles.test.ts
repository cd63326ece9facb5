import { afterAll, beforeAll, expect, test } from "vitest";
import { closeStage, openStage, type Stage, subjectsTo, toldOf, withoutDelay } from "./stage";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ household: { env: withoutDelay } });
});
afterAll(() => closeStage(stage));

const movies = ["Se7en: $& Cut", "Amélie 🌻", "كفرناحوم"];
const titles = [
  "Severance",
  "Star Trek: Discovery",
  "S.W.A.T.",
  "9-1-1: Lone Star",
  'Tom & Jerry\'s <b>"Tales"</b>',
  "Party 🎉 Girls 👩‍👩‍👧",
  "هزار و یک شب",
  "שטיסל",
  "葬送のフリーレン",
];

test("B8: titles with colons, dots, numbers, emoji and right-to-left letters arrive intact in subject and body", async () => {
  const { stack, household } = stage;
  const user = stack.seerr.addUser({ displayName: "Ida", email: "ida@example.net" });
  for (const title of titles) {
    const show = stack.world.addShow({ title, seasons: { 1: [`${title} begins`, "More"] } });
    await stack.seerr.request({ user, title: show, autoApprove: true });
    stack.plex.show(await stack.sonarr.import(show, 1, 1, { mode: "file" }));
  }
  for (const title of movies) {
    const movie = stack.world.addMovie({ title });
    await stack.seerr.request({ user, title: movie, autoApprove: true });
    stack.plex.show(await stack.radarr.import(movie));
  }
  await household.advance({ minutes: 3 });
  const mails = stack.mailbox.to(user.email);
  expect(mails).toHaveLength(titles.length + movies.length);
  for (const title of titles) {
    const ofShow = mails.find(
      (mail) => mail.subject.includes(title) && mail.text.includes("begins"),
    );
    expect(ofShow?.text).toContain(`${title} begins`);
    expect(ofShow?.html).not.toContain('<b>"Tales"</b>');
  }
  for (const title of movies) {
    const mail = mails.find(({ subject }) => subject.includes(title));
    expect(mail?.text).toContain(title);
  }
});

test("B9: S01E10 after S01E100, S2024E150 and E1001 are each told once, by their right numbers", async () => {
  const { stack, household } = stage;
  const user = stack.seerr.addUser({ displayName: "Jan", email: "jan@example.net" });
  const airsAt = new Date("2024-05-05T18:00:00Z");
  const long = stack.world.addShow({ title: "Long Run", seasons: { 1: 101 } });
  const daily = stack.world.addShow({
    title: "Tonight",
    seriesType: "daily",
    seasons: { 2024: Array.from({ length: 151 }, () => ({ airsAt })) },
  });
  const endless = stack.world.addShow({
    title: "Endless",
    seriesType: "anime",
    seasons: { 1: 1001 },
  });
  for (const title of [long, daily, endless]) {
    await stack.seerr.request({ user, title, autoApprove: true });
  }
  await household.settle();
  const bring = async (show: typeof long, season: number, episode: number) => {
    const sonarr = show === endless ? stack.sonarrAnime : stack.sonarr;
    stack.plex.show(await sonarr.import(show, season, episode, { mode: "file" }));
    await household.settle();
  };
  await bring(long, 1, 100);
  await bring(long, 1, 10);
  await bring(daily, 2024, 150);
  await bring(endless, 1, 1001);
  await household.advance({ minutes: 10 });
  await bring(endless, 1, 100);
  await household.advance({ minutes: 10 });
  // Mails of different shows that are due together leave in any order.
  expect(subjectsTo(stage, user.email).sort()).toEqual([
    "Endless: episode 100 is ready",
    "Endless: episode 1001 is ready",
    "Long Run: episode 10 is ready",
    "Long Run: episode 100 is ready",
    "Tonight: episode 150 is ready",
  ]);
  expect((await toldOf(stage, "Long Run")).map((row) => row.mediaKey)).toEqual([
    `episode:tvdb:${long.tvdbId}:s01e10`,
    `episode:tvdb:${long.tvdbId}:s01e100`,
  ]);
});

test("B10: a poster path that contains s3E7 marks nothing: season 3, episode 7 is told when it comes", async () => {
  const { stack, household } = stage;
  const user = stack.seerr.addUser({ displayName: "Kim", email: "kim@example.net" });
  const show = stack.world.addShow({
    title: "Painted Over",
    posterPath: "/qs3E7kS03E07x.jpg",
    seasons: { 3: 8 },
  });
  await stack.seerr.request({ user, title: show, seasons: [3], autoApprove: true });
  await household.settle();
  for (const episode of [1, 7]) {
    stack.plex.show(await stack.sonarr.import(show, 3, episode));
    await household.advance({ minutes: 1 });
  }
  expect(subjectsTo(stage, user.email)).toHaveLength(2);
  expect((await toldOf(stage, show.title)).map((row) => row.mediaKey)).toEqual([
    `episode:tvdb:${show.tvdbId}:s03e01`,
    `episode:tvdb:${show.tvdbId}:s03e07`,
  ]);
});
