import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { fixIssueNow } from "@/lib/services/issues/begin-fix";
import {
  closeStage,
  openStage,
  type Stage,
  subjectsTo,
  timelineOf,
  withoutDelay,
} from "../scenarios/stage";
import { advance, countIssues, failedGrabs, issueEntriesOf, issueOf } from "./issue-rows";

let stage: Stage;
const admin = "admin@example.net";

beforeAll(async () => {
  stage = await openStage({ household: { env: withoutDelay } });
});
afterAll(() => closeStage(stage));
beforeEach(() => {
  stage.household.configure({ ISSUE_AUTOFIX_MODE: "manual" });
  stage.stack.mailbox.clear();
});

function somebody(name: string) {
  return stage.stack.seerr.addUser({
    displayName: name,
    email: `${name.toLowerCase()}@example.net`,
  });
}

/** A movie that somebody asked for and was told of. */
async function watchable(title: string, name: string) {
  const { stack, household } = stage;
  const user = somebody(name);
  const movie = stack.world.addMovie({ title });
  const request = await stack.seerr.request({ user, title: movie, autoApprove: true });
  await household.settle();
  stack.plex.show(await stack.radarr.import(movie));
  await stack.seerr.markAvailable(movie, { silent: true });
  await household.advance({ minutes: 3 });
  stack.mailbox.clear();
  return { user, movie, request };
}

test("manual: the admin and the reporter are told, nothing is done until Fix, which blocks and searches", async () => {
  const { stack, household } = stage;
  const { user, movie, request } = await watchable("Manual Mode", "Anna");
  const before = stack.radarr.commands.length;
  const issue = await stack.seerr.reportIssue({
    user,
    title: movie,
    type: "AUDIO",
    message: "Out of sync <b>here</b>",
  });
  await household.advance({ minutes: 2 });
  expect(subjectsTo(stage, user.email)).toEqual([
    "Manual Mode: your report about the audio has arrived",
  ]);
  expect(subjectsTo(stage, admin)).toEqual(["Manual Mode: a problem with the audio"]);
  expect(stack.mailbox.to(admin)[0]?.html).toContain("Out of sync &lt;b&gt;here&lt;/b&gt;");
  expect(await issueOf(stage, issue)).toMatchObject({ status: "reported", attemptCount: 0 });
  expect(stack.radarr.commands.length).toBe(before);
  expect(failedGrabs(stack.radarr)).toEqual([]);

  const { id } = await issueOf(stage, issue);
  await fixIssueNow(household.ctx, id, "mika");
  await household.settle();
  expect(await issueOf(stage, issue)).toMatchObject({ status: "fixing", attemptCount: 1 });
  expect(failedGrabs(stack.radarr)).toHaveLength(1);
  expect(stack.radarr.commands.at(-1)).toMatchObject({ name: "MoviesSearch" });
  expect(stack.radarr.commands.length).toBe(before + 1);
  // The old file stays where it is.
  expect(stack.radarr.count(/moviefile/, "DELETE")).toBe(0);
  const words = (await timelineOf(stage, request)).map((entry) => entry.words);
  expect(words).toContain("Anna reported a problem with the audio of the movie");
  expect(words.some((w) => w.startsWith("Put “") && w.endsWith("on the blocklist"))).toBe(true);
  expect(words).toContain("Radarr searches for another file of the movie");
});

test("auto: repaired at once, the admin gets no mail", async () => {
  const { stack, household } = stage;
  household.configure({ ISSUE_AUTOFIX_MODE: "auto" });
  const { user, movie } = await watchable("Auto Mode", "Ben");
  const issue = await stack.seerr.reportIssue({
    user,
    title: movie,
    type: "VIDEO",
    message: "Green",
  });
  await household.advance({ minutes: 2 });
  expect(await issueOf(stage, issue)).toMatchObject({ status: "fixing", attemptCount: 1 });
  expect(subjectsTo(stage, user.email)).toEqual([
    "Auto Mode: your report about the video has arrived",
  ]);
  expect(stack.mailbox.to(user.email)[0]?.text).toContain("Another version is being looked for");
  expect(subjectsTo(stage, admin)).toEqual([]);
});

test("auto and notify: both", async () => {
  const { stack, household } = stage;
  household.configure({ ISSUE_AUTOFIX_MODE: "auto_notify" });
  const { user, movie } = await watchable("Both Mode", "Cleo");
  const issue = await stack.seerr.reportIssue({
    user,
    title: movie,
    type: "OTHER",
    message: "A cam",
  });
  await household.advance({ minutes: 2 });
  expect(await issueOf(stage, issue)).toMatchObject({ status: "fixing", attemptCount: 1 });
  expect(subjectsTo(stage, admin)).toEqual(["Both Mode: a problem"]);
});

test("resolved by another file only: closed in Seerr with a comment, the reporter mailed once, the echo dropped", async () => {
  const { stack, household } = stage;
  household.configure({ ISSUE_AUTOFIX_MODE: "auto" });
  const { user, movie, request } = await watchable("Replaced", "Dora");
  const issue = await stack.seerr.reportIssue({
    user,
    title: movie,
    type: "AUDIO",
    message: "Mono",
  });
  await household.advance({ minutes: 2 });
  stack.mailbox.clear();

  // The same news once more: the file is still the one reported.
  const body = stack.radarr.webhooks.deliveries.findLast((d) => d.event === "Download")?.body;
  await household.receive("radarr", body ?? {});
  await household.settle();
  expect(await issueOf(stage, issue)).toMatchObject({ status: "fixing" });

  stack.plex.show(await stack.radarr.import(movie, { quality: "Bluray-1080p" }));
  await household.advance({ minutes: 10 });
  expect(await issueOf(stage, issue)).toMatchObject({
    status: "resolved",
    resolvedBy: "replacement",
    closing: "done",
  });
  expect(issue.status).toBe("RESOLVED");
  expect(issue.comments).toHaveLength(2);
  expect(issue.comments[1]?.message).toContain("The movie has another file since");
  expect(subjectsTo(stage, user.email)).toEqual(["Replaced has a new version"]);
  expect(stack.mailbox.to(user.email)[0]?.text).toContain("Bluray-1080p");
  expect(await countIssues(stage, issue)).toBe(1);
  const words = (await issueEntriesOf(stage, issue)).map((entry) => entry.words);
  expect(words.filter((w) => w.includes("wrote:"))).toEqual([]);
  expect(words).toContain("Closed the issue in Seerr");
  expect((await timelineOf(stage, request)).some((e) => e.code === "issue_resolved")).toBe(true);
  // Nothing of this comes back.
  await advance(stage);
  await household.advance({ hours: 30 });
  expect(await issueOf(stage, issue)).toMatchObject({ status: "resolved", attemptCount: 1 });
  expect(subjectsTo(stage, user.email)).toHaveLength(1);
});

test("an upgrade in manual mode, before anybody acted, resolves it as well and is silent to others", async () => {
  const { stack, household } = stage;
  const { user, movie } = await watchable("Lucky Upgrade", "Emil");
  const issue = await stack.seerr.reportIssue({
    user,
    title: movie,
    type: "VIDEO",
    message: "Dark",
  });
  await household.advance({ minutes: 2 });
  stack.mailbox.clear();
  stack.plex.show(await stack.radarr.import(movie, { quality: "Bluray-1080p" }));
  await household.advance({ minutes: 10 });
  expect(await issueOf(stage, issue)).toMatchObject({ status: "resolved" });
  expect(subjectsTo(stage, user.email)).toEqual(["Lucky Upgrade has a new version"]);
});

test("B24: a comment begins no repair, whatever the mode, known or not", async () => {
  const { stack, household } = stage;
  const { user, movie } = await watchable("Commented", "Fritz");
  const issue = await stack.seerr.reportIssue({
    user,
    title: movie,
    type: "AUDIO",
    message: "Hiss",
  });
  await household.advance({ minutes: 2 });
  household.configure({ ISSUE_AUTOFIX_MODE: "auto" });
  await stack.seerr.commentOnIssue(issue, user, "Thanks, works now");
  await household.advance({ minutes: 2 });
  expect(await issueOf(stage, issue)).toMatchObject({ status: "reported", attemptCount: 0 });
  expect(await countIssues(stage, issue)).toBe(1);
  expect((await issueEntriesOf(stage, issue)).map((e) => e.words)).toContain(
    "Fritz wrote: “Thanks, works now”",
  );

  // The report itself was lost: the comment teaches the issue, and still begins nothing.
  stack.seerr.webhook.lose(1);
  const lost = await stack.seerr.reportIssue({
    user,
    title: movie,
    type: "VIDEO",
    message: "Lost",
  });
  await stack.seerr.commentOnIssue(lost, user, "Anybody there?");
  await household.advance({ minutes: 2 });
  expect(await issueOf(stage, lost)).toMatchObject({ status: "reported", attemptCount: 0 });
});

test("a report that is delivered three times is one issue, one mail and one repair", async () => {
  const { stack, household } = stage;
  household.configure({ ISSUE_AUTOFIX_MODE: "auto_notify" });
  const { user, movie } = await watchable("Tripled", "Gesa");
  const issue = await stack.seerr.reportIssue({
    user,
    title: movie,
    type: "AUDIO",
    message: "Echo",
  });
  const body = stack.seerr.webhook.deliveries.at(-1)?.body ?? {};
  await household.receive("seerr", body);
  await household.settle();
  await household.receive("seerr", body);
  await household.advance({ minutes: 2 });
  expect(await countIssues(stage, issue)).toBe(1);
  expect(subjectsTo(stage, user.email)).toHaveLength(1);
  expect(subjectsTo(stage, admin)).toHaveLength(1);
  expect(await issueOf(stage, issue)).toMatchObject({ attemptCount: 1 });
});
