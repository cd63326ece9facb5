import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { fixIssueNow } from "@/lib/services/issues/begin-fix";
import { rehearseFix } from "@/lib/services/issues/rehearse-fix";
import type { SeerrUser } from "@/test/support/upstreams/seerr-model";
import type { ShowTitle } from "@/test/support/upstreams/world";
import { closeStage, openStage, type Stage, subjectsTo, withoutDelay } from "../scenarios/stage";
import { advance, failedGrabs, issueEntriesOf, issueOf } from "./issue-rows";

let stage: Stage;
const admin = "admin@example.net";

beforeAll(async () => {
  stage = await openStage({ household: { env: { ...withoutDelay, ISSUE_AUTOFIX_MODE: "auto" } } });
});
afterAll(() => closeStage(stage));
beforeEach(() => {
  stage.household.configure({ ISSUE_AUTOFIX_MODE: "auto" });
  stage.stack.mailbox.clear();
});

/** A show of two seasons of which everything plays and was told. */
async function watchableShow(
  title: string,
  name: string,
): Promise<{ user: SeerrUser; show: ShowTitle }> {
  const { stack, household } = stage;
  const user = stack.seerr.addUser({
    displayName: name,
    email: `${name.toLowerCase()}@example.net`,
  });
  const show = stack.world.addShow({ title, seasons: { 1: 3, 2: 3 } });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await household.settle();
  for (const season of [1, 2]) {
    for (const episode of [1, 2, 3]) {
      stack.plex.show(await stack.sonarr.import(show, season, episode, { mode: "file" }));
    }
  }
  await stack.seerr.markAvailable(show, { silent: true });
  await household.advance({ minutes: 3 });
  stack.mailbox.clear();
  return { user, show };
}

test("B26: an episode is repaired alone: its own grab, its own search, and no other episode resolves it", async () => {
  const { stack, household } = stage;
  const { user, show } = await watchableShow("Single Episode", "Ada");
  const marked = failedGrabs(stack.sonarr).length;
  const issue = await stack.seerr.reportIssue({
    user,
    title: show,
    type: "SUBTITLES",
    message: "Wrong language",
    season: 1,
    episode: 2,
  });
  await household.advance({ minutes: 2 });
  expect(failedGrabs(stack.sonarr).slice(marked)).toEqual([expect.stringContaining("S01E02")]);
  const series = stack.sonarr.findSeries(show);
  const episode = series?.episodes.find((e) => e.title.season === 1 && e.title.number === 2);
  expect(stack.sonarr.commands.at(-1)).toMatchObject({
    name: "EpisodeSearch",
    body: { episodeIds: [episode?.id] },
  });

  await stack.sonarr.import(show, 1, 1, { quality: "Bluray-1080p" });
  await stack.sonarr.import(show, 2, 2, { quality: "Bluray-1080p" });
  await household.advance({ minutes: 5 });
  expect(await issueOf(stage, issue)).toMatchObject({ status: "fixing" });
  expect(issue.status).toBe("OPEN");

  await stack.sonarr.grab(show, 1, 2);
  // A grab is minutes before its import: jobs of the same moment run in any order.
  await household.settle();
  stack.plex.show(await stack.sonarr.import(show, 1, 2));
  await household.advance({ minutes: 5 });
  expect(await issueOf(stage, issue)).toMatchObject({ status: "resolved", closing: "done" });
  expect(subjectsTo(stage, user.email)).toEqual([
    "Single Episode: your report about the subtitles has arrived",
    "Single Episode has a new version",
  ]);
  expect((await issueEntriesOf(stage, issue)).map((e) => e.code)).toContain("issue_grabbed");
});

test("a season is searched as a season and resolved when all of its files are others", async () => {
  const { stack, household } = stage;
  const { user, show } = await watchableShow("Whole Season", "Bea");
  const marked = failedGrabs(stack.sonarr).length;
  const issue = await stack.seerr.reportIssue({
    user,
    title: show,
    type: "AUDIO",
    message: "Dubbed",
    season: 2,
  });
  await household.advance({ minutes: 2 });
  expect(failedGrabs(stack.sonarr).slice(marked)).toHaveLength(3);
  expect(stack.sonarr.commands.at(-1)).toMatchObject({
    name: "SeasonSearch",
    body: { seasonNumber: 2 },
  });
  await stack.sonarr.import(show, 2, [1, 2], { quality: "Bluray-1080p" });
  await household.advance({ minutes: 2 });
  expect(await issueOf(stage, issue)).toMatchObject({ status: "fixing" });
  expect((await issueEntriesOf(stage, issue)).map((e) => e.words)).toContain(
    "2 of 3 episodes of season 2 have another file",
  );
  await stack.sonarr.import(show, 2, 3, { quality: "Bluray-1080p" });
  await household.advance({ minutes: 5 });
  expect(await issueOf(stage, issue)).toMatchObject({ status: "resolved" });
});

test("a season pack is marked once, though three episodes came from it", async () => {
  const { stack, household } = stage;
  const user = stack.seerr.addUser({ displayName: "Pia", email: "pia@example.net" });
  const show = stack.world.addShow({ title: "Packed", seasons: { 1: 3 } });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await household.settle();
  await stack.sonarr.grab(show, 1, "all", { release: "pack" });
  await stack.sonarr.import(show, 1, "all");
  await stack.seerr.markAvailable(show, { silent: true });
  await household.advance({ minutes: 3 });
  const marked = failedGrabs(stack.sonarr).length;
  await stack.seerr.reportIssue({ user, title: show, type: "VIDEO", message: "Dark", season: 1 });
  await household.advance({ minutes: 2 });
  expect(failedGrabs(stack.sonarr).slice(marked)).toHaveLength(1);
});

test("all seasons at once are refused and left to the admin, who is told", async () => {
  const { stack, household } = stage;
  const { user, show } = await watchableShow("All Of It", "Cora");
  const commands = stack.sonarr.commands.length;
  const issue = await stack.seerr.reportIssue({
    user,
    title: show,
    type: "AUDIO",
    message: "All bad",
  });
  await household.advance({ minutes: 2 });
  const row = await issueOf(stage, issue);
  expect(row).toMatchObject({ status: "failed", attemptCount: 0 });
  expect(row.statusReason).toMatch(/^It is about all seasons/);
  expect(stack.sonarr.commands.length).toBe(commands);
  expect(subjectsTo(stage, admin)).toEqual(["All Of It: an issue needs you"]);
  expect(stack.mailbox.to(user.email)[0]?.text).toContain("has been told");
  await expect(fixIssueNow(household.ctx, row.id, "mika")).rejects.toThrow(/all seasons/);
  expect(issue.status).toBe("OPEN");
});

test("B28: a file copied in by hand has no grab: it is only searched for, said so, and stays", async () => {
  const { stack, household } = stage;
  const user = stack.seerr.addUser({ displayName: "Dina", email: "dina@example.net" });
  const movie = stack.world.addMovie({ title: "By Hand" });
  await stack.seerr.request({ user, title: movie, autoApprove: true });
  await household.settle();
  await stack.radarr.import(movie, { silent: true });
  await stack.seerr.markAvailable(movie, { silent: true });
  const marked = failedGrabs(stack.radarr).length;
  const issue = await stack.seerr.reportIssue({
    user,
    title: movie,
    type: "VIDEO",
    message: "Cam",
  });
  await household.advance({ minutes: 2 });
  expect(failedGrabs(stack.radarr)).toHaveLength(marked);
  expect(stack.radarr.commands.at(-1)).toMatchObject({ name: "MoviesSearch" });
  const entry = (await issueEntriesOf(stage, issue)).find((e) => e.code === "issue_without_grab");
  expect(entry?.reason).toBe(
    "Radarr does not know which release the file came from: it is only searched for.",
  );
  // The search finds nothing, hour after hour: the file is still there, and nobody is told otherwise.
  for (let run = 0; run < 4; run++) {
    await household.advance({ minutes: 70 });
    await advance(stage);
  }
  expect(await issueOf(stage, issue)).toMatchObject({ status: "failed", attemptCount: 3 });
  expect(stack.radarr.count(/moviefile/, "DELETE")).toBe(0);
  expect(subjectsTo(stage, user.email)).toHaveLength(1);
  // Issues of the tests before may need the admin by now, too.
  const ofThis = subjectsTo(stage, admin).filter((subject) => subject.startsWith("By Hand"));
  expect(ofThis).toEqual(["By Hand: an issue needs you"]);
  const { id } = await issueOf(stage, issue);
  await expect(fixIssueNow(household.ctx, id, "mika")).rejects.toThrow(/3 repairs/);
});

test("B27: an issue without any request is repaired, resolved, closed and its reporter mailed", async () => {
  const { stack, household } = stage;
  const user = stack.seerr.addUser({ displayName: "Enno", email: "enno@example.net" });
  const movie = stack.world.addMovie({ title: "Nobody Asked" });
  await stack.radarr.addMovie(movie);
  await stack.radarr.import(movie);
  await stack.seerr.markAvailable(movie, { silent: true });
  await household.settle();
  const issue = await stack.seerr.reportIssue({
    user,
    title: movie,
    type: "AUDIO",
    message: "Silent",
  });
  await household.advance({ minutes: 2 });
  expect(await issueOf(stage, issue)).toMatchObject({ status: "fixing", requestId: null });
  await stack.radarr.import(movie, { quality: "Bluray-1080p" });
  await household.advance({ minutes: 5 });
  expect(await issueOf(stage, issue)).toMatchObject({ status: "resolved", closing: "done" });
  expect(issue.status).toBe("RESOLVED");
  expect(subjectsTo(stage, user.email)).toEqual([
    "Nobody Asked: your report about the audio has arrived",
    "Nobody Asked has a new version",
  ]);
});

test("two issues on one title are apart: one replaced episode resolves one of them", async () => {
  const { stack, household } = stage;
  const { user, show } = await watchableShow("Two Issues", "Fee");
  const report = (episode: number) =>
    stack.seerr.reportIssue({
      user,
      title: show,
      type: "AUDIO",
      message: `Bad ${episode}`,
      season: 1,
      episode,
    });
  const [first, second] = [await report(1), await report(2)];
  await household.advance({ minutes: 2 });
  await stack.sonarr.import(show, 1, 1, { quality: "Bluray-1080p" });
  await household.advance({ minutes: 5 });
  expect(await issueOf(stage, first)).toMatchObject({ status: "resolved" });
  expect(await issueOf(stage, second)).toMatchObject({ status: "fixing" });
  expect([first.status, second.status]).toEqual(["RESOLVED", "OPEN"]);
});

test("HD and 4K are apart: the class the reporter asked for is repaired and resolves it", async () => {
  const { stack, household } = stage;
  const { seerr, radarr, radarr4k } = stack;
  const [hd, fourK] = [
    seerr.addUser({ displayName: "Hanna", email: "hanna@example.net" }),
    seerr.addUser({ displayName: "Kilian", email: "kilian@example.net" }),
  ];
  const movie = stack.world.addMovie({ title: "Both Classes" });
  await seerr.request({ user: hd, title: movie, autoApprove: true });
  await seerr.request({ user: fourK, title: movie, autoApprove: true, is4k: true });
  await household.settle();
  await radarr.import(movie);
  await radarr4k.import(movie);
  await seerr.markAvailable(movie, { silent: true });
  await seerr.markAvailable(movie, { silent: true, is4k: true });
  await household.advance({ minutes: 3 });
  const [inHd, in4k] = [radarr.commands.length, radarr4k.commands.length];
  const issue = await seerr.reportIssue({
    user: fourK,
    title: movie,
    type: "VIDEO",
    message: "Grain",
  });
  await household.advance({ minutes: 2 });
  expect(await issueOf(stage, issue)).toMatchObject({ isFourK: true, status: "fixing" });
  expect(radarr4k.commands.length).toBe(in4k + 1);
  expect(radarr.commands.length).toBe(inHd);
  await radarr.import(movie, { quality: "Bluray-1080p" });
  await household.advance({ minutes: 3 });
  expect(await issueOf(stage, issue)).toMatchObject({ status: "fixing" });
  await radarr4k.import(movie, { quality: "Bluray-2160p" });
  await household.advance({ minutes: 3 });
  expect(await issueOf(stage, issue)).toMatchObject({ status: "resolved" });
});

test("a dry run says each step and changes nothing", async () => {
  const { stack, household } = stage;
  household.configure({ ISSUE_AUTOFIX_MODE: "manual" });
  const { user, show } = await watchableShow("Rehearsed", "Gina");
  const issue = await stack.seerr.reportIssue({
    user,
    title: show,
    type: "VIDEO",
    message: "Blocks",
    season: 1,
    episode: 3,
  });
  await household.advance({ minutes: 2 });
  const { id } = await issueOf(stage, issue);
  const before = {
    commands: stack.sonarr.commands.length,
    history: stack.sonarr.history.length,
    entries: await issueEntriesOf(stage, issue),
    row: await issueOf(stage, issue),
  };
  const { wouldFix, steps } = await rehearseFix(household.ctx, id);
  expect(wouldFix).toBe(true);
  expect(steps).toEqual([
    expect.stringMatching(
      /^Sonarr marks “Rehearsed.*S01E03.*” as failed, so that it is not taken again\.$/,
    ),
    "Sonarr searches for season 1, episode 3 again.",
    "The file stays until another one is imported.",
  ]);
  expect({
    commands: stack.sonarr.commands.length,
    history: stack.sonarr.history.length,
    entries: await issueEntriesOf(stage, issue),
    row: await issueOf(stage, issue),
  }).toEqual(before);
  await expect(rehearseFix(household.ctx, 999_999)).rejects.toThrow(/no such issue/);
});
