import { afterEach, expect, test } from "vitest";
import { attachWatcher, attachWatchers } from "@/lib/services/requests/attach-watcher";
import { detachWatcher } from "@/lib/services/requests/detach-watcher";
import { check, idsOf, openCheckStage, somebody } from "@/test/integration/reconcile/check-stage";
import { closeStage, type Stage, subjectsTo, timelineOf } from "@/test/integration/scenarios/stage";

let stage: Stage;
afterEach(() => closeStage(stage));

/** A show of which Anna was told episodes 1 and 2, and two others nobody attached yet. */
async function toldShow(title: string) {
  const { stack, household } = stage;
  const [anna, jonas, mira] = ["Anna", "Jonas", "Mira"].map((name) => somebody(stage, name));
  if (!anna || !jonas || !mira) throw new Error("nobody");
  const show = stack.world.addShow({ title, seasons: { 1: 6 } });
  const request = await stack.seerr.request({ user: anna, title: show, autoApprove: true });
  await household.run("sync-users");
  stack.plex.show(await stack.sonarr.import(show, 1, [1, 2]));
  await household.advance({ minutes: 3 });
  const { requestId } = await idsOf(stage, request.id, anna.email);
  const userId = async (email: string) => (await idsOf(stage, request.id, email)).userId;
  return { anna, jonas, mira, show, request, requestId, userId };
}

test("B14: attached after the requester was told: later episodes follow, what is there only when asked for", async () => {
  stage = await openCheckStage();
  const { stack, household } = stage;
  const { anna, jonas, mira, show, request, requestId, userId } = await toldShow("Slow Burn");
  await attachWatcher(household.ctx, {
    requestId,
    userId: await userId(jonas.email),
    tellExisting: false,
    actor: "marta",
  });
  await attachWatcher(household.ctx, {
    requestId,
    userId: await userId(mira.email),
    tellExisting: true,
    actor: "marta",
  });
  await household.advance({ minutes: 3 });
  expect(subjectsTo(stage, jonas.email)).toEqual([]);
  expect(subjectsTo(stage, mira.email)).toEqual(["Slow Burn: episodes 1–2 are ready"]);

  stack.plex.show(await stack.sonarr.import(show, 1, 3));
  await household.advance({ minutes: 3 });
  await household.run("reconcile");
  await household.advance({ minutes: 3 });
  for (const { email } of [anna, jonas, mira]) {
    expect(subjectsTo(stage, email).at(-1)).toBe("Slow Burn: episode 3 is ready");
  }
  expect(subjectsTo(stage, jonas.email)).toHaveLength(1);
  const timeline = await timelineOf(stage, request);
  const attached = timeline.filter((entry) => entry.code === "watcher_attached");
  expect(attached.map(({ words, reason }) => [words, reason])).toEqual([
    ["Jonas attached", "Told about what comes from now on"],
    ["Mira attached", "Told about what is there already, too"],
  ]);
  const rows = await household.ctx.database.raw<{ by: string | null; existing: boolean }[]>`
    select added_by as by, told_existing as existing from request_watchers
    where request_id = ${requestId} order by added_at, user_id`;
  expect(rows.map((row) => [row.by, row.existing])).toEqual([
    [null, false],
    ["marta", false],
    ["marta", true],
  ]);
});

test("several are attached at once; what waits for Plex is not there yet and follows for them as well", async () => {
  stage = await openCheckStage();
  const { stack, household } = stage;
  const { jonas, mira, show, requestId, userId } = await toldShow("Still Waiting");
  const files = await stack.sonarr.import(show, 1, 3);
  await household.advance({ minutes: 2 });
  const userIds = [await userId(jonas.email), await userId(mira.email)];
  const link = { requestId, tellExisting: false, actor: "link", source: "link" as const };
  expect(await attachWatchers(household.ctx, { ...link, userIds })).toEqual({
    attached: 2,
    already: 0,
  });
  expect(await attachWatchers(household.ctx, { ...link, userIds })).toEqual({
    attached: 0,
    already: 2,
  });
  await household.settle();
  stack.plex.show(files);
  await household.advance({ hours: 1 });
  expect(subjectsTo(stage, jonas.email)).toEqual(["Still Waiting: episode 3 is ready"]);
  expect(subjectsTo(stage, mira.email)).toEqual(["Still Waiting: episode 3 is ready"]);
  await expect(
    attachWatchers(household.ctx, { ...link, userIds: [...userIds, 9999] }),
  ).rejects.toThrow("no such person");
});

test("what the admin was told Plex does not show is not there yet either, and follows for who comes now", async () => {
  stage = await openCheckStage({ PLEX_DEADLINE_HOURS: "1" });
  const { stack, household } = stage;
  const { anna, jonas, mira, show, requestId, userId } = await toldShow("Never Scanned");
  const attachment = { requestId, tellExisting: false, actor: "admin" };
  await attachWatcher(household.ctx, { ...attachment, userId: await userId(mira.email) });
  const files = await stack.sonarr.import(show, 1, 3);
  await household.advance({ hours: 2 });
  // Once, although two people wait.
  expect(stack.mailbox.to("admin@example.net")).toHaveLength(1);
  await attachWatcher(household.ctx, { ...attachment, userId: await userId(jonas.email) });
  await household.settle();
  stack.plex.show(files);
  await check(stage);
  for (const { email } of [anna, jonas, mira]) {
    expect(subjectsTo(stage, email).at(-1)).toBe("Never Scanned: episode 3 is ready");
  }
});

test("detached: neither what waits for Plex nor a mail on its way leaves, and the timeline says so", async () => {
  stage = await openCheckStage();
  const { stack, household } = stage;
  const { anna, jonas, mira, show, request, requestId, userId } = await toldShow("Not for Me");
  for (const { email } of [jonas, mira]) {
    const watcher = { requestId, userId: await userId(email), tellExisting: false };
    await attachWatcher(household.ctx, { ...watcher, actor: "admin" });
  }
  await household.settle();
  // Jonas leaves while Plex is waited for, Mira while the mail server asks to try later.
  const files = await stack.sonarr.import(show, 1, 3);
  await household.advance({ minutes: 1 });
  await detachWatcher(household.ctx, {
    requestId,
    userId: await userId(jonas.email),
    actor: "admin",
  });
  stack.mailbox.behave(mira.email, { kind: "defer-recipient" }, { times: 1 });
  stack.plex.show(files);
  await household.advance({ minutes: 1 });
  await detachWatcher(household.ctx, {
    requestId,
    userId: await userId(mira.email),
    actor: "admin",
  });
  await household.advance({ hours: 3 });
  await household.run("reconcile");
  await household.advance({ hours: 1 });
  expect(subjectsTo(stage, anna.email)).toHaveLength(2);
  expect(subjectsTo(stage, jonas.email)).toEqual([]);
  expect(subjectsTo(stage, mira.email)).toEqual([]);
  const words = (await timelineOf(stage, request)).map((entry) => entry.words);
  expect(words).toContain("Jonas detached");
  expect(words).toContain("Mira was not told about episode 3");

  // Attached again and told of what is there: it is news to them after all.
  const watcher = { requestId, userId: await userId(mira.email), tellExisting: true };
  await attachWatcher(household.ctx, { ...watcher, actor: "admin" });
  await household.advance({ minutes: 5 });
  expect(subjectsTo(stage, mira.email)).toEqual(["Not for Me: episode 3 is ready"]);
});

test("detached from one request, still told on account of the other that is theirs", async () => {
  stage = await openCheckStage();
  const { stack, household } = stage;
  const { anna, jonas, show, requestId, userId } = await toldShow("Two Ways");
  const own = await stack.seerr.request({
    user: jonas,
    title: stack.world.addShow({ title: "stand-in", seasons: { 1: 1 } }),
    seasons: [1],
    silent: true,
  });
  own.title = show;
  own.media = stack.seerr.mediaOf(show);
  await stack.seerr.approve(own, { silent: true });
  await household.run("sync-requests");
  const watcher = { requestId, userId: await userId(jonas.email), actor: "admin" };
  await attachWatcher(household.ctx, { ...watcher, tellExisting: false });
  await household.settle();
  const files = await stack.sonarr.import(show, 1, 3);
  await household.advance({ minutes: 1 });
  await detachWatcher(household.ctx, watcher);
  await household.settle();
  stack.plex.show(files);
  await household.advance({ hours: 1 });
  expect(subjectsTo(stage, jonas.email).at(-1)).toBe("Two Ways: episode 3 is ready");
  expect(subjectsTo(stage, anna.email).at(-1)).toBe("Two Ways: episode 3 is ready");
});
