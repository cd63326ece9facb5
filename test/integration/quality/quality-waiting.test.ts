import { afterAll, beforeAll, expect, test } from "vitest";
import { minutesOfDay } from "@/lib/domain/local-time";
import { enqueue } from "@/lib/queue/enqueue";
import { savePreferences } from "@/lib/services/users/save-preferences";
import { findUserByContact } from "@/lib/store/users";
import { closeStage, type Stage, subjectsTo, timelineOf } from "../scenarios/stage";
import { openMonitored, stateOf, waitingMails } from "./monitor";

let stage: Stage;

beforeAll(async () => {
  stage = await openMonitored();
});
afterAll(() => closeStage(stage));

function somebody(name: string) {
  return stage.stack.seerr.addUser({
    displayName: name,
    email: `${name.toLowerCase()}@example.net`,
  });
}

/** Somebody asks for a movie that is out, and it is approved at once. */
async function ask(name: string, title: string) {
  const user = somebody(name);
  const movie = stage.stack.world.addMovie({ title });
  const request = await stage.stack.seerr.request({ user, title: movie, autoApprove: true });
  return { user, movie, request };
}

test("released and not to be had is told after the delay, once, and visible in the queue until then", async () => {
  const { household } = stage;
  const { user, request } = await ask("Anna", "Nowhere Found");
  await household.advance({ seconds: 15 });
  expect(await waitingMails(stage, "Nowhere Found")).toEqual([
    { kind: "quality_waiting", status: "scheduled", reason: null, name: "Anna" },
  ]);
  expect(await stateOf(stage, request)).toBe("quality_waiting");
  await household.advance({ minutes: 4 });
  expect(subjectsTo(stage, user.email)).toEqual([]);
  await household.advance({ minutes: 2 });
  expect(subjectsTo(stage, user.email)).toEqual(["Nowhere Found: still looking for a good copy"]);
  expect(stage.stack.mailbox.to(user.email)[0]?.text).toContain("nobody offers it in 1080p yet");

  await household.run("review-quality");
  await household.advance({ hours: 6 * 24 });
  expect(subjectsTo(stage, user.email)).toHaveLength(1);
  await household.advance({ hours: 30 });
  await household.run("review-quality");
  await household.advance({ minutes: 6 });
  expect(subjectsTo(stage, user.email)).toHaveLength(2);

  const entries = await timelineOf(stage, request);
  expect(entries).toContainEqual(
    expect.objectContaining({
      kind: "wait",
      words: "The movie is out, but not found yet",
      reason: "Radarr has no file of it and downloads none",
    }),
  );
  expect(entries).toContainEqual(
    expect.objectContaining({
      kind: "decision",
      words: expect.stringMatching(/^Planned a “quality waiting” mail to Anna for /),
      reason: "A grab or an import until then cancels it",
    }),
  );
  expect(entries).toContainEqual(
    expect.objectContaining({
      kind: "told",
      words: "Told Anna: “Nowhere Found: still looking for a good copy”",
    }),
  );
});

test("a grab within the delay cancels it, and it can be told later when it is true again", async () => {
  const { stack, household } = stage;
  const { user, movie, request } = await ask("Ben", "Grabbed In Time");
  await household.advance({ minutes: 2 });
  const download = await stack.radarr.grab(movie);
  await household.advance({ minutes: 10 });
  expect(await waitingMails(stage, "Grabbed In Time")).toEqual([
    {
      kind: "quality_waiting",
      status: "cancelled",
      reason: "A download was found",
      name: "Ben",
    },
  ]);
  expect(subjectsTo(stage, user.email)).toEqual([]);
  expect(await stateOf(stage, request)).toBe("downloading");
  expect(await timelineOf(stage, request)).toContainEqual(
    expect.objectContaining({
      kind: "not_told",
      words: "Cancelled the “quality waiting” mail to Ben",
      reason: "A download was found",
    }),
  );
  // The download fails without a word.
  stack.radarr.queue.splice(stack.radarr.queue.indexOf(download), 1);
  await household.advance({ hours: 6, minutes: 10 });
  expect(subjectsTo(stage, user.email)).toEqual(["Grabbed In Time: still looking for a good copy"]);
});

test("a grab whose webhook was lost cancels it, too: it is looked at once more before it leaves", async () => {
  const { stack, household } = stage;
  const { user, movie } = await ask("Cleo", "Silent Grab");
  await household.advance({ minutes: 2 });
  await stack.radarr.grab(movie, { silent: true });
  await household.advance({ minutes: 10 });
  expect(subjectsTo(stage, user.email)).toEqual([]);
  expect(await waitingMails(stage, "Silent Grab")).toEqual([
    expect.objectContaining({ status: "cancelled", reason: "Radarr downloads it by now" }),
  ]);
});

test("a review planned for later leaves the last look before a mail where it is", async () => {
  const { stack, household } = stage;
  const { user, movie, request } = await ask("Clara", "Planned Twice");
  await household.advance({ minutes: 2 });
  await stack.radarr.grab(movie, { silent: true });
  const { db, raw } = household.ctx.database;
  const [row] = await raw`select id from requests where seerr_request_id = ${request.id}`;
  const runAt = new Date(household.now.getTime() + 3600_000);
  await enqueue(db, "review_request", { requestId: row?.id }, { runAt });
  await household.advance({ minutes: 10 });
  expect(subjectsTo(stage, user.email)).toEqual([]);
});

test("a mail kept back by quiet hours is looked at once more before it leaves", async () => {
  const { stack, household } = stage;
  const { ctx } = household;
  const { user, movie } = await ask("Nora", "Found Overnight");
  await household.advance({ minutes: 1 });
  const reader = await findUserByContact(ctx.database.db, { email: user.email, name: null });
  if (!reader) throw new Error("The requester is not known");
  const clock = (minutes: number) =>
    minutesOfDay(new Date(household.now.getTime() + minutes * 60_000), "UTC");
  await savePreferences(ctx, reader.id, {
    mutedKinds: [],
    frequency: "every_episode",
    digestHour: 18,
    quietHours: { from: clock(-5), until: clock(120) },
    timeZone: "UTC",
    language: null,
  });
  await household.advance({ minutes: 30 });
  expect(await waitingMails(stage, "Found Overnight")).toEqual([
    expect.objectContaining({ status: "scheduled", reason: expect.stringContaining("quiet") }),
  ]);
  await stack.radarr.grab(movie, { silent: true });
  await household.advance({ hours: 3 });
  expect(subjectsTo(stage, user.email)).toEqual([]);
  expect(await waitingMails(stage, "Found Overnight")).toEqual([
    expect.objectContaining({ status: "cancelled", reason: "Radarr downloads it by now" }),
  ]);
});

test("an import cancels it, and the movie is told as ready", async () => {
  const { stack, household } = stage;
  const { user, movie } = await ask("Dora", "Imported In Time");
  await household.advance({ minutes: 1 });
  stack.plex.show(await stack.radarr.import(movie, { manual: true }));
  await household.advance({ minutes: 10 });
  expect(subjectsTo(stage, user.email)).toEqual(["Imported In Time is ready"]);
  expect(await waitingMails(stage, "Imported In Time")).toEqual([
    expect.objectContaining({ status: "cancelled", reason: "A file was imported" }),
  ]);
});

test("what is in the queue already is not said to be missing", async () => {
  const { stack, household } = stage;
  const { user, movie } = await ask("Egon", "Already Coming");
  await stack.radarr.grab(movie, { silent: true });
  await household.advance({ minutes: 10 });
  expect(subjectsTo(stage, user.email)).toEqual([]);
  expect(await waitingMails(stage, "Already Coming")).toEqual([]);
});

test.each(["declined", "deleted", "deleted without a webhook", "removed from the library"])(
  "a request that is %s cancels what is pending",
  async (how) => {
    const { stack, household } = stage;
    const { user, movie, request } = await ask(`Fritz-${how.replaceAll(" ", "-")}`, `Was ${how}`);
    await household.advance({ minutes: 1 });
    expect(await waitingMails(stage, `Was ${how}`)).toHaveLength(1);
    if (how === "declined") await stack.seerr.decline(request);
    else if (how === "removed from the library") await stack.radarr.deleteMovie(movie);
    else {
      stack.seerr.delete(request);
      await household.run("sync-requests");
    }
    await household.advance({ minutes: 10 });
    expect(subjectsTo(stage, user.email)).toEqual([]);
    const [mail] = await waitingMails(stage, `Was ${how}`);
    expect(mail?.status).toBe("cancelled");
    const entries = await timelineOf(stage, request);
    expect(entries).toContainEqual(expect.objectContaining({ code: "notice_cancelled" }));
  },
);

test("a declined request that is approved after all is told of again", async () => {
  const { stack, household } = stage;
  const { user, request } = await ask("Gero", "Second Thoughts");
  await household.advance({ minutes: 1 });
  await stack.seerr.decline(request);
  await household.advance({ minutes: 10 });
  await stack.seerr.approve(request);
  await household.advance({ minutes: 10 });
  expect(subjectsTo(stage, user.email)).toEqual(["Second Thoughts: still looking for a good copy"]);
});

test("episodes aired more than a week ago are waited for by name; younger and queued ones are not", async () => {
  const { stack, household } = stage;
  const user = somebody("Hanna");
  const daysAgo = (days: number) => new Date(household.now.getTime() - days * 86_400_000);
  const show = stack.world.addShow({
    title: "Half There",
    seasons: {
      1: [30, 23, 16, 9, 2].map((days) => ({ airsAt: daysAgo(days) })),
    },
  });
  const request = await stack.seerr.request({ user, title: show, autoApprove: true });
  stack.plex.show(await stack.sonarr.import(show, 1, 1));
  await stack.sonarr.grab(show, 1, 2, { silent: true });
  await household.advance({ minutes: 20 });
  expect(subjectsTo(stage, user.email).sort()).toEqual([
    "Half There: episode 1 is ready",
    "Half There: still looking for a good copy",
  ]);
  const waiting = stack.mailbox.to(user.email).find((mail) => mail.subject.includes("looking"));
  expect(waiting?.text).toContain("Season 1, episodes 3–4 are out");
  expect(await stateOf(stage, request)).toBe("quality_waiting");

  stack.plex.show(await stack.sonarr.import(show, 1, "all"));
  await household.advance({ minutes: 20 });
  expect(await stateOf(stage, request)).toBe("told");
});

test("the monitor switched off tells nobody anything", async () => {
  const { household } = stage;
  household.configure({ QUALITY_MONITOR_ENABLED: "false" });
  const { user } = await ask("Ida", "Monitor Off");
  await household.advance({ minutes: 10 });
  expect(await household.run("review-quality")).toBe("The quality monitor is switched off");
  household.configure({ QUALITY_MONITOR_ENABLED: "true" });
  expect(subjectsTo(stage, user.email)).toEqual([]);
});
