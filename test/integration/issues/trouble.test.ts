import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { fixIssueNow } from "@/lib/services/issues/begin-fix";
import { resolveIssueNow } from "@/lib/services/issues/resolve-issue";
import { defaultTemplate } from "@/test/support/upstreams/seerr-webhook";
import { closeStage, openStage, type Stage, subjectsTo, withoutDelay } from "../scenarios/stage";
import { advance, countIssues, failedGrabs, issueEntriesOf, issueOf } from "./issue-rows";

let stage: Stage;
const admin = "admin@example.net";

beforeAll(async () => {
  stage = await openStage({
    household: { env: withoutDelay },
    prepare: async (stack) => {
      // There before BingeAlert: nobody is mailed about it.
      const user = stack.seerr.addUser({ displayName: "Alma", email: "alma@example.net" });
      const movie = stack.world.addMovie({ title: "Old Trouble" });
      await stack.radarr.import(movie, { silent: true });
      await stack.seerr.reportIssue({ user, title: movie, type: "AUDIO", message: "Since ages" });
    },
  });
});
afterAll(() => closeStage(stage));
beforeEach(() => {
  stage.household.configure({ ISSUE_AUTOFIX_MODE: "auto" });
  for (const service of stage.stack.services) service.recover();
  stage.stack.mailbox.clear();
});

async function watchable(title: string, name: string) {
  const { stack, household } = stage;
  const user = stack.seerr.addUser({
    displayName: name,
    email: `${name.toLowerCase()}@example.net`,
  });
  const movie = stack.world.addMovie({ title });
  await stack.seerr.request({ user, title: movie, autoApprove: true });
  await household.settle();
  stack.plex.show(await stack.radarr.import(movie));
  await stack.seerr.markAvailable(movie, { silent: true });
  await household.advance({ minutes: 3 });
  stack.mailbox.clear();
  return { user, movie };
}

/** Reports a problem that no webhook tells of. */
async function reportSilently(input: Parameters<Stage["stack"]["seerr"]["reportIssue"]>[0]) {
  stage.stack.seerr.webhook.lose(1);
  return stage.stack.seerr.reportIssue(input);
}

test("issues from before BingeAlert are listed, but nobody is mailed and nothing is repaired by itself", async () => {
  const { stack, household } = stage;
  const [old] = stack.seerr.issues;
  if (!old) throw new Error("There is no old issue");
  await advance(stage);
  await household.advance({ hours: 30 });
  await advance(stage);
  expect(await issueOf(stage, old)).toMatchObject({
    status: "reported",
    knownBefore: true,
    attemptCount: 0,
  });
  expect(subjectsTo(stage, "alma@example.net")).toEqual([]);
  expect(subjectsTo(stage, admin)).toEqual([]);
});

test("an import that is lost on its way is noticed by reconciliation, after the cutoff", async () => {
  const { stack, household } = stage;
  const { user, movie } = await watchable("Lost Import", "Berta");
  const issue = await stack.seerr.reportIssue({
    user,
    title: movie,
    type: "AUDIO",
    message: "Hum",
  });
  await household.advance({ minutes: 2 });
  stack.radarr.webhooks.lose(Number.POSITIVE_INFINITY);
  await stack.radarr.import(movie, { quality: "Bluray-1080p" });
  stack.radarr.webhooks.lose(0);
  await household.advance({ minutes: 70 });
  await advance(stage);
  await household.advance({ minutes: 5 });
  expect(await issueOf(stage, issue)).toMatchObject({ status: "resolved", closing: "done" });
});

test("the same file found anew under another id resolves nothing", async () => {
  const { stack, household } = stage;
  const { user, movie } = await watchable("Disk Away", "Clemens");
  const issue = await stack.seerr.reportIssue({
    user,
    title: movie,
    type: "AUDIO",
    message: "Hum",
  });
  await household.advance({ minutes: 2 });
  // The disk was not mounted for a while: Radarr forgot the file and found it again, without an import.
  await stack.radarr.import(movie, { silent: true });
  await household.advance({ minutes: 70 });
  await advance(stage);
  await household.advance({ minutes: 5 });
  expect((await issueOf(stage, issue)).status).toBe("fixing");
  expect(issue.status).toBe("OPEN");
});

test("Radarr breaks between marking and searching: the retry goes on and does nothing twice", async () => {
  const { stack, household } = stage;
  const { user, movie } = await watchable("Half Way", "Doris");
  const [marked, commands] = [failedGrabs(stack.radarr).length, stack.radarr.commands.length];
  const fault = stack.radarr.fail({ kind: "status", status: 500, method: "POST", path: /command/ });
  const issue = await stack.seerr.reportIssue({
    user,
    title: movie,
    type: "AUDIO",
    message: "Hum",
  });
  await household.settle();
  expect(failedGrabs(stack.radarr)).toHaveLength(marked + 1);
  expect(stack.radarr.commands).toHaveLength(commands);
  expect((await issueEntriesOf(stage, issue)).map((e) => e.words)).toContain("The repair waits");
  fault.clear();
  await household.advance({ minutes: 5 });
  expect(failedGrabs(stack.radarr)).toHaveLength(marked + 1);
  expect(stack.radarr.commands).toHaveLength(commands + 1);
  expect(await issueOf(stage, issue)).toMatchObject({ status: "fixing", attemptCount: 1 });
});

test("answers are lost after the work was done: it is seen to be done, and not done again", async () => {
  const { stack, household } = stage;
  const { user, movie } = await watchable("Lost Answers", "Edda");
  const [marked, commands] = [failedGrabs(stack.radarr).length, stack.radarr.commands.length];
  stack.radarr.loseAnswers("POST", 1);
  const issue = await stack.seerr.reportIssue({
    user,
    title: movie,
    type: "AUDIO",
    message: "Hum",
  });
  await household.settle();
  stack.radarr.loseAnswers("POST", 1);
  await household.advance({ minutes: 10 });
  expect(failedGrabs(stack.radarr)).toHaveLength(marked + 1);
  expect(stack.radarr.commands).toHaveLength(commands + 1);
  expect(await issueOf(stage, issue)).toMatchObject({ status: "fixing", attemptCount: 1 });
});

test.each([
  ["a web page", { kind: "html" as const }],
  ["401", { kind: "status" as const, status: 401 }],
  ["a broken connection", { kind: "reset" as const }],
])(
  "Radarr answers with %s: nothing is taken for “not there”, and it goes on later",
  async (name, fault) => {
    const { stack, household } = stage;
    const { user, movie } = await watchable(
      `Trouble with ${name}`,
      `Fan ${name.replaceAll(" ", "")}`,
    );
    const broken = stack.radarr.fail({ ...fault, path: /\/api\/v3\/(movie|history|command)/ });
    const issue = await stack.seerr.reportIssue({
      user,
      title: movie,
      type: "AUDIO",
      message: "Hum",
    });
    await household.advance({ minutes: 1 });
    expect(await issueOf(stage, issue)).toMatchObject({ status: "fixing", attemptCount: 1 });
    broken.clear();
    await household.advance({ minutes: 20 });
    expect((await issueEntriesOf(stage, issue)).map((e) => e.code)).toContain("issue_searched");
  },
);

test("Seerr is away: a report is acted upon by its webhook, and completed when Seerr is back", async () => {
  const { stack, household } = stage;
  const { user, movie } = await watchable("Seerr Away", "Gustav");
  const issue = await reportSilently({ user, title: movie, type: "AUDIO", message: "Hum" });
  const fault = stack.seerr.fail({ kind: "status", status: 500, path: /\/api\/v1\/issue/ });
  await stack.seerr.webhook.send("ISSUE_CREATED", {
    notification_type: "ISSUE_CREATED",
    subject: "Seerr Away",
    message: "Hum",
    media: { media_type: "movie", tmdbId: String(movie.tmdbId), tvdbId: "" },
    issue: { issue_id: String(issue.id), issue_type: "AUDIO", reportedBy_email: user.email },
    extra: [],
  });
  await household.advance({ minutes: 5 });
  expect(await issueOf(stage, issue)).toMatchObject({ status: "fixing" });
  expect(subjectsTo(stage, user.email)).toHaveLength(1);
  stack.plex.show(await stack.radarr.import(movie, { quality: "Bluray-1080p" }));
  await household.advance({ minutes: 5 });
  expect(await issueOf(stage, issue)).toMatchObject({ status: "resolved", closing: "pending" });
  expect(issue.status).toBe("OPEN");
  fault.clear();
  await household.advance({ minutes: 60 });
  expect(await issueOf(stage, issue)).toMatchObject({ status: "resolved", closing: "done" });
  expect(issue.status).toBe("RESOLVED");
  expect(issue.comments).toHaveLength(2);
  expect(subjectsTo(stage, user.email)).toHaveLength(2);
});

test("closing in Seerr loses its answers: one comment, closed once", async () => {
  const { stack, household } = stage;
  const { user, movie } = await watchable("Closing Twice", "Hedda");
  const issue = await stack.seerr.reportIssue({
    user,
    title: movie,
    type: "AUDIO",
    message: "Hum",
  });
  await household.advance({ minutes: 2 });
  stack.seerr.loseAnswers("POST", 1);
  await stack.radarr.import(movie, { quality: "Bluray-1080p" });
  await household.advance({ minutes: 10 });
  expect(await issueOf(stage, issue)).toMatchObject({ status: "resolved", closing: "done" });
  expect(issue.comments).toHaveLength(2);
});

test("resolved and opened again in Seerr is mirrored by number; reopened, the new file is the bad one", async () => {
  const { stack, household } = stage;
  household.configure({ ISSUE_AUTOFIX_MODE: "manual" });
  const { user, movie } = await watchable("Mirrored", "Ines");
  const issue = await stack.seerr.reportIssue({ user, title: movie, type: "AUDIO", message: "A" });
  const other = await stack.seerr.reportIssue({ user, title: movie, type: "VIDEO", message: "B" });
  await household.advance({ minutes: 2 });
  stack.mailbox.clear();
  await stack.seerr.setIssueStatus(issue, "RESOLVED");
  await household.advance({ minutes: 2 });
  expect(await issueOf(stage, issue)).toMatchObject({ status: "resolved", resolvedBy: "seerr" });
  expect(await issueOf(stage, other)).toMatchObject({ status: "reported" });
  expect(subjectsTo(stage, user.email)).toEqual([]);
  await stack.radarr.import(movie, { quality: "Bluray-1080p" });
  await household.advance({ minutes: 5 });
  await stack.seerr.setIssueStatus(issue, "OPEN");
  await household.advance({ minutes: 5 });
  expect(await issueOf(stage, issue)).toMatchObject({ status: "reported" });
  // Neither webhook came: reconciliation learns of both.
  stack.seerr.webhook.lose(2);
  await stack.seerr.setIssueStatus(issue, "RESOLVED");
  await advance(stage);
  expect(await issueOf(stage, issue)).toMatchObject({ status: "resolved", resolvedBy: "seerr" });
  await stack.seerr.setIssueStatus(issue, "OPEN");
  await advance(stage);
  expect(await issueOf(stage, issue)).toMatchObject({ status: "reported" });
});

test("the resolved webhook overtakes the report: it stays resolved, and nothing is begun", async () => {
  const { stack, household } = stage;
  const { user, movie } = await watchable("Overtaken", "Jette");
  const { webhook } = stack.seerr;
  webhook.lose(2);
  const issue = await stack.seerr.reportIssue({ user, title: movie, type: "AUDIO", message: "A" });
  const created = webhook.deliveries.at(-1)?.body;
  await stack.seerr.setIssueStatus(issue, "RESOLVED");
  const resolved = webhook.deliveries.at(-1)?.body;
  await household.receive("seerr", resolved);
  await household.settle();
  await household.receive("seerr", created);
  await household.advance({ minutes: 5 });
  expect(await issueOf(stage, issue)).toMatchObject({ status: "resolved", attemptCount: 0 });
  expect(subjectsTo(stage, user.email)).toEqual([]);
});

test("a report that no webhook told of is made up for by reconciliation, once", async () => {
  const { household } = stage;
  const { user, movie } = await watchable("Never Told", "Karla");
  const issue = await reportSilently({ user, title: movie, type: "AUDIO", message: "Hum" });
  await advance(stage);
  await household.advance({ minutes: 2 });
  await advance(stage);
  await household.advance({ minutes: 2 });
  expect(await issueOf(stage, issue)).toMatchObject({ status: "fixing", attemptCount: 1 });
  expect(subjectsTo(stage, user.email)).toHaveLength(1);
});

test("B25: in manual mode an issue whose file did not change is open after a week, abandoned later, never called solved", async () => {
  const { stack, household } = stage;
  household.configure({ ISSUE_AUTOFIX_MODE: "manual" });
  const { user, movie } = await watchable("Patience", "Lore");
  const issue = await stack.seerr.reportIssue({
    user,
    title: movie,
    type: "AUDIO",
    message: "Hum",
  });
  await household.advance({ minutes: 2 });
  stack.mailbox.clear();
  for (let day = 0; day < 7; day++) {
    await advance(stage);
    await household.advance({ hours: 23, minutes: 55 });
  }
  await advance(stage);
  expect(await issueOf(stage, issue)).toMatchObject({ status: "reported" });
  await household.advance({ hours: 24 });
  await advance(stage);
  expect(await issueOf(stage, issue)).toMatchObject({ status: "abandoned" });
  const words = (await issueEntriesOf(stage, issue)).map((e) => e.words);
  expect(words).toContain("The issue is abandoned");
  expect(issue.status).toBe("OPEN");
  expect(subjectsTo(stage, user.email)).toEqual([]);
  // Fix works all the same.
  await fixIssueNow(household.ctx, (await issueOf(stage, issue)).id, "mika");
  await household.settle();
  expect(await issueOf(stage, issue)).toMatchObject({ status: "fixing" });
});

test("resolved by the admin: closed in Seerr, nobody mailed; a second time is refused", async () => {
  const { stack, household } = stage;
  household.configure({ ISSUE_AUTOFIX_MODE: "manual" });
  const { user, movie } = await watchable("By Admin", "Mara");
  const issue = await stack.seerr.reportIssue({
    user,
    title: movie,
    type: "AUDIO",
    message: "Hum",
  });
  await household.advance({ minutes: 2 });
  stack.mailbox.clear();
  const { id } = await issueOf(stage, issue);
  await resolveIssueNow(household.ctx, id, "mika");
  await household.advance({ minutes: 2 });
  expect(await issueOf(stage, issue)).toMatchObject({ status: "resolved", resolvedBy: "admin" });
  expect(issue.status).toBe("RESOLVED");
  expect(subjectsTo(stage, user.email)).toEqual([]);
  await expect(resolveIssueNow(household.ctx, id, "mika")).rejects.toThrow(/resolved already/);
  await expect(fixIssueNow(household.ctx, id, "mika")).rejects.toThrow(/resolved already/);
});

test("a template that names only the issue is completed from Seerr's API; a new reporter is learned there", async () => {
  const { stack, household } = stage;
  stack.seerr.useTemplate({ notification_type: "{{notification_type}}", issue_id: "{{issue_id}}" });
  try {
    const user = stack.seerr.addUser({ displayName: "Nora", email: "nora@example.net" });
    const show = stack.world.addShow({ title: "Bare Issue", seasons: { 1: 2 } });
    await stack.sonarr.addSeries(show);
    await stack.sonarr.import(show, 1, [1, 2]);
    await household.settle();
    const issue = await stack.seerr.reportIssue({
      user,
      title: show,
      type: "AUDIO",
      message: "Hum",
      season: 1,
      episode: 2,
    });
    await household.advance({ minutes: 2 });
    expect(await countIssues(stage, issue)).toBe(1);
    expect(await issueOf(stage, issue)).toMatchObject({ status: "fixing" });
    expect(stack.sonarr.commands.at(-1)).toMatchObject({ name: "EpisodeSearch" });
    expect(subjectsTo(stage, user.email)).toEqual([
      "Bare Issue: your report about the audio has arrived",
    ]);
  } finally {
    stack.seerr.useTemplate(defaultTemplate);
  }
});

test("B38: a restart between the steps loses nothing", async () => {
  const { stack, household } = stage;
  const { user, movie } = await watchable("Restarted", "Olga");
  const issue = await stack.seerr.reportIssue({
    user,
    title: movie,
    type: "AUDIO",
    message: "Hum",
  });
  await household.restart();
  await household.settle();
  expect(await issueOf(stage, issue)).toMatchObject({ status: "fixing" });
  stack.plex.show(await stack.radarr.import(movie, { quality: "Bluray-1080p" }));
  await household.restart();
  await household.advance({ minutes: 10 });
  expect(await issueOf(stage, issue)).toMatchObject({ status: "resolved", closing: "done" });
  expect(subjectsTo(stage, user.email)).toHaveLength(2);
});

test("reconciliation leaves a repair that waits for Radarr its tries, so that they end", async () => {
  const { stack, household } = stage;
  const { raw } = household.ctx.database;
  const { user, movie } = await watchable("Away For Long", "Paula");
  const broken = stack.radarr.fail({ kind: "status", status: 500, path: /\/api\/v3/ });
  const issue = await stack.seerr.reportIssue({ user, title: movie, type: "AUDIO", message: "A" });
  await household.advance({ minutes: 65 });
  const { id } = await issueOf(stage, issue);
  const key = `fix_issue:${id}:1`;
  const jobs = () => raw<{ attempts: number }[]>`
    select attempts from graphile_worker.jobs where key = ${key}`;
  const [before] = await jobs();
  expect(before?.attempts).toBeGreaterThan(2);
  await advance(stage);
  expect((await jobs())[0]?.attempts).toBeGreaterThanOrEqual(before?.attempts ?? 99);
  // One that was lost is made anew.
  await raw`select graphile_worker.remove_job(${key})`;
  broken.clear();
  await advance(stage);
  expect((await issueEntriesOf(stage, issue)).map((e) => e.code)).toContain("issue_searched");
});

test("an episode that was missing at the report: the mail that it plays follows when Plex shows it", async () => {
  const { stack, household } = stage;
  const user = stack.seerr.addUser({ displayName: "Quirin", email: "quirin@example.net" });
  const show = stack.world.addShow({ title: "Gap In It", seasons: { 1: 2 } });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await household.settle();
  stack.plex.show(await stack.sonarr.import(show, 1, 1));
  await household.advance({ minutes: 5 });
  await stack.seerr.reportIssue({
    user,
    title: show,
    type: "OTHER",
    message: "Episode 2 is missing",
    season: 1,
    episode: 2,
  });
  await household.advance({ minutes: 5 });
  stack.mailbox.clear();
  const imported = await stack.sonarr.import(show, 1, 2);
  await household.advance({ minutes: 5 });
  expect(subjectsTo(stage, user.email)).not.toContain("Gap In It: episode 2 is ready");
  stack.plex.show(imported);
  await household.advance({ minutes: 60 });
  expect(subjectsTo(stage, user.email)).toContain("Gap In It: episode 2 is ready");
});

test("a report whose webhook comes after the first reading found it is news all the same", async () => {
  const { stack, household } = stage;
  household.configure({ ISSUE_AUTOFIX_MODE: "manual" });
  const { user, movie } = await watchable("Read First", "Rosa");
  const issue = await reportSilently({ user, title: movie, type: "AUDIO", message: "Hum" });
  await household.ctx.database.raw`delete from milestones where name = 'issues_known'`;
  await advance(stage);
  expect(await issueOf(stage, issue)).toMatchObject({ knownBefore: true });
  expect(subjectsTo(stage, user.email)).toEqual([]);
  const created = stack.seerr.webhook.deliveries.findLast((one) =>
    JSON.stringify(one.body).includes("Read First"),
  );
  await household.receive("seerr", created?.body);
  await household.advance({ minutes: 2 });
  expect(await issueOf(stage, issue)).toMatchObject({ knownBefore: false });
  expect(subjectsTo(stage, user.email)).toHaveLength(1);
});

test("the reporter hears of the new file when Plex shows it, and at the deadline in any case", async () => {
  const { stack, household } = stage;
  const told = (user: { email: string }) =>
    subjectsTo(stage, user.email).filter((subject) => !/has arrived/.test(subject));
  const kept = async (title: string) =>
    household.ctx.database.raw<{ words: string }[]>`
      select t.words from timeline_entries t join requests r on r.id = t.request_id
      where r.title = ${title} and t.code in ('mail_kept_back', 'replacement_not_in_plex')
      order by t.id`;
  const replaced = async (title: string, name: string) => {
    const { user, movie } = await watchable(title, name);
    await stack.seerr.reportIssue({ user, title: movie, type: "AUDIO", message: "Hum" });
    await household.advance({ minutes: 2 });
    const file = await stack.radarr.import(movie, { quality: "Bluray-1080p" });
    await household.advance({ minutes: 30 });
    return { user, file };
  };

  const first = await replaced("Shown Late", "Quentin");
  expect(told(first.user)).toEqual([]);
  stack.plex.show(first.file);
  await household.advance({ minutes: 30 });
  expect(told(first.user)).toHaveLength(1);
  expect(await kept("Shown Late")).toEqual([
    { words: "Kept the mail to Quentin back until Plex shows the new file" },
  ]);

  const never = await replaced("Shown Never", "Rosa");
  await household.advance({ hours: 23 });
  expect(told(never.user)).toEqual([]);
  await household.advance({ hours: 2 });
  expect(told(never.user)).toHaveLength(1);
  expect((await kept("Shown Never")).map(({ words }) => words)).toEqual([
    "Kept the mail to Rosa back until Plex shows the new file",
    "Plex did not show the new file within 24 hours",
  ]);

  await stack.plex.down();
  const away = await replaced("Plex Away", "Selma");
  expect(told(away.user)).toEqual([]);
  await stack.plex.up();
  stack.plex.show(away.file);
  await household.advance({ minutes: 30 });
  expect(told(away.user)).toHaveLength(1);
});

test("resolved by hand a second time in the same words: Seerr gets the second comment, too", async () => {
  const { stack, household } = stage;
  const { user, movie } = await watchable("Twice By Hand", "Tilda");
  household.configure({ ISSUE_AUTOFIX_MODE: "manual" });
  const issue = await stack.seerr.reportIssue({ user, title: movie, type: "AUDIO", message: "A" });
  await household.advance({ minutes: 2 });
  const { id } = await issueOf(stage, issue);
  await resolveIssueNow(household.ctx, id, "mika");
  await household.advance({ minutes: 2 });
  await stack.seerr.setIssueStatus(issue, "OPEN");
  await household.advance({ minutes: 2 });
  await resolveIssueNow(household.ctx, id, "mika");
  await household.advance({ minutes: 2 });
  const own = issue.comments.filter(({ message }) => message === "Resolved in BingeAlert.");
  expect(own).toHaveLength(2);
  expect(issue.status).toBe("RESOLVED");
});
