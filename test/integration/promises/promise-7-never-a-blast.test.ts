import { afterEach, expect, test } from "vitest";
import { releaseNotification } from "@/lib/services/mails/send-notification-now";
import { startFirstRuns } from "@/lib/services/runs/start-due-runs";
import {
  closeStage,
  openStage,
  type Stage,
  withoutDelay,
} from "@/test/integration/scenarios/stage";
import type { MediaStack } from "@/test/support/upstreams/media-stack";

let stage: Stage | undefined;
afterEach(async () => {
  await closeStage(stage);
  stage = undefined;
});

/** What was asked for and fetched long before BingeAlert came. */
async function fillLibrary(stack: MediaStack): Promise<void> {
  for (let n = 1; n <= 3; n++) {
    const user = stack.seerr.addUser({ displayName: `User ${n}`, email: `user${n}@example.net` });
    const before = { user, autoApprove: true, silent: true } as const;
    const movie = stack.world.addMovie({ title: `Movie ${n}` });
    await stack.seerr.request({ ...before, title: movie });
    stack.plex.show(await stack.radarr.import(movie, { silent: true }));
    const show = stack.world.addShow({ title: `Show ${n}`, seasons: { 1: 3 } });
    await stack.seerr.request({ ...before, title: show });
    stack.plex.show(await stack.sonarr.import(show, 1, [1, 2], { silent: true }));
  }
}

async function live({ household }: Stage): Promise<number> {
  const [row] = await household.ctx.database.raw<{ count: number }[]>`
    select (select count(*)::int from notifications) + (select count(*)::int from batches) as count`;
  return row?.count ?? -1;
}

/** Two checks, and the time a mail would need: what a first one only notes, a second one could tell. */
async function checkTwice(household: Stage["household"]): Promise<void> {
  await household.run("reconcile");
  await household.run("reconcile");
  await household.advance({ minutes: 30 });
}

/** The brake must not be what keeps the past silent. */
const withoutBrake = { RECONCILIATION_HOLD_ABOVE: "10000" };

test("promise 7, never a blast: neither the first nor the second start mails anything of the past", async () => {
  stage = await openStage({ household: { env: withoutBrake }, prepare: fillLibrary });
  const { stack, household } = stage;
  await household.advance({ minutes: 30 });
  expect(await live(stage)).toBe(0);
  expect(stack.mailbox.accepted).toBe(0);

  await household.restart();
  await startFirstRuns(household.ctx);
  await household.advance({ minutes: 30 });
  expect(await live(stage)).toBe(0);

  expect(stack.mailbox.accepted).toBe(0);
});

test("promise 7: a server added later mails nothing of its past", async () => {
  stage = await openStage({ household: { env: { ...withoutBrake, RADARR_4K_URL: "" } } });
  const { stack, household } = stage;
  const user = stack.seerr.addUser({ displayName: "Anna", email: "anna@example.net" });
  for (let n = 1; n <= 2; n++) {
    const movie = stack.world.addMovie({ title: `Movie in 4K ${n}` });
    await stack.seerr.request({ user, title: movie, is4k: true, autoApprove: true, silent: true });
    stack.plex.show(await stack.radarr4k.import(movie, { silent: true, quality: "Bluray-2160p" }));
  }
  await household.run("reconcile");
  household.configure({ RADARR_4K_URL: stack.radarr4k.url });
  await checkTwice(household);
  expect(await live(stage)).toBe(0);
  expect(stack.mailbox.accepted).toBe(0);
});

test("promise 7: a first start while Seerr is down mails nothing of the past when Seerr is back", async () => {
  stage = await openStage({
    household: { firstSync: false, env: withoutBrake },
    prepare: fillLibrary,
  });
  const { stack, household } = stage;
  await stack.seerr.down();
  await startFirstRuns(household.ctx);
  await household.settle();
  await stack.seerr.up();
  await checkTwice(household);
  expect(await live(stage)).toBe(0);
  expect(stack.mailbox.accepted).toBe(0);
});

test("promise 7: a server that is down at the first sync mails nothing of the past when it is back", async () => {
  stage = await openStage({
    household: { firstSync: false, env: withoutBrake },
    prepare: fillLibrary,
  });
  const { stack, household } = stage;
  const fault = stack.radarr.fail({ kind: "status", status: 503 });
  await startFirstRuns(household.ctx);
  await household.settle();
  fault.clear();
  await checkTwice(household);
  expect(stack.mailbox.accepted).toBe(0);
});

test("promise 7: a first sync that broke off half-way mails nothing of what it had not read yet", async () => {
  stage = await openStage({
    household: { firstSync: false, env: withoutBrake },
    prepare: async (stack) => {
      const user = stack.seerr.addUser({ displayName: "Anna", email: "anna@example.net" });
      for (let n = 1; n <= 60; n++) {
        const movie = stack.world.addMovie({ title: `Movie ${n}` });
        await stack.seerr.request({ user, title: movie, autoApprove: true, silent: true });
        stack.plex.show(await stack.radarr.import(movie, { silent: true }));
      }
    },
  });
  const { stack, household } = stage;
  const lists = { path: /^\/api\/v1\/request$/, after: 1 };
  const fault = stack.seerr.fail({ ...lists, kind: "status", status: 500 });
  await startFirstRuns(household.ctx);
  await household.settle();
  expect(fault.hits).toBeGreaterThan(0);
  fault.clear();
  await household.advance({ minutes: 1 });
  await checkTwice(household);
  expect(await live(stage)).toBe(0);
  expect(stack.mailbox.accepted).toBe(0);
});

test("promise 7: an import before the first check is news, the episodes that were there before it are not", async () => {
  stage = await openStage({ household: { firstSync: false, env: withoutBrake } });
  const { stack, household } = stage;
  const user = stack.seerr.addUser({ displayName: "Anna", email: "anna@example.net" });
  const show = stack.world.addShow({ title: "Half There", seasons: { 1: 3 } });
  await stack.seerr.request({ user, title: show, autoApprove: true, silent: true });
  stack.plex.show(await stack.sonarr.import(show, 1, [1, 2], { silent: true }));
  await household.run("sync-users");
  await household.run("sync-requests");
  stack.plex.show(await stack.sonarr.import(show, 1, 3));
  await household.advance({ minutes: 30 });
  await checkTwice(household);
  expect(stack.mailbox.messages.map((mail) => mail.subject)).toEqual([
    "Half There: episode 3 is ready",
  ]);
});

test("promise 7: who cannot be told at the first sync is not told of the past once they can", async () => {
  stage = await openStage({
    household: { env: withoutBrake },
    prepare: async (stack) => {
      const user = stack.seerr.addUser({ displayName: "Anna", email: "" });
      const movie = stack.world.addMovie({ title: "Long Ago" });
      await stack.seerr.request({ user, title: movie, autoApprove: true, silent: true });
      stack.plex.show(await stack.radarr.import(movie, { silent: true }));
    },
  });
  const { stack, household } = stage;
  const anna = stack.seerr.users.find((user) => user.displayName === "Anna");
  if (!anna) throw new Error("Anna is not there");
  anna.email = "anna@example.net";
  await checkTwice(household);
  expect(await live(stage)).toBe(0);
  expect(stack.mailbox.accepted).toBe(0);
});

test("promises 5 and 7: what was asked for since the first sync is news, although its server was down until now", async () => {
  stage = await openStage({
    household: { firstSync: false, env: withoutBrake },
    prepare: fillLibrary,
  });
  const { stack, household } = stage;
  const fault = stack.radarr.fail({ kind: "status", status: 503 });
  await startFirstRuns(household.ctx);
  await household.settle();
  await household.advance({ minutes: 1 });
  const user = stack.seerr.addUser({ displayName: "Anna", email: "anna@example.net" });
  const movie = stack.world.addMovie({ title: "Asked Since" });
  await stack.seerr.request({ user, title: movie, autoApprove: true });
  await household.settle();
  stack.plex.show(await stack.radarr.import(movie, { silent: true }));
  fault.clear();
  await checkTwice(household);
  expect(stack.mailbox.messages.map((mail) => mail.subject)).toEqual(["Asked Since is ready"]);
});

test("promise 7: a check that would send more than the limit, all servers together, holds its mails until the admin lets them go", async () => {
  const env = { ...withoutDelay, RECONCILIATION_HOLD_ABOVE: "3" };
  stage = await openStage({ household: { env } });
  const { stack, household } = stage;
  const { raw } = household.ctx.database;
  const user = stack.seerr.addUser({ displayName: "Anna", email: "anna@example.net" });
  const lost = async (n: number, is4k: boolean) => {
    const movie = stack.world.addMovie({ title: `Lost ${n}` });
    await stack.seerr.request({ user, title: movie, is4k, autoApprove: true, silent: true });
    const radarr = is4k ? stack.radarr4k : stack.radarr;
    const quality = is4k ? "Bluray-2160p" : "Bluray-1080p";
    stack.plex.show(await radarr.import(movie, { silent: true, quality }));
  };
  for (const n of [1, 2]) await lost(n, false);
  for (const n of [3, 4]) await lost(n, true);
  await household.run("reconcile");
  await household.advance({ minutes: 30 });
  const mails = () => stack.mailbox.to(user.email).length;
  expect(mails()).toBe(0);
  // The admin is told once, and not again by the next check.
  expect(stack.mailbox.messages.map((mail) => mail.subject)).toEqual([
    "4 mails wait for your look",
  ]);
  const held = await raw<{ id: string; reason: string }[]>`
    select id, status_reason as reason from notifications where status = 'held' order by id`;
  expect(held).toHaveLength(4);
  expect(held[0]?.reason).toContain("4 mails");

  await releaseNotification(household.ctx, Number(held[0]?.id), "admin");
  await household.settle();
  expect(mails()).toBe(1);
  await household.run("reconcile");
  await household.advance({ hours: 1 });
  expect(mails()).toBe(1);

  // Below the limit nothing is held.
  await lost(5, false);
  await household.run("reconcile");
  await household.advance({ minutes: 5 });
  expect(mails()).toBe(2);
});
