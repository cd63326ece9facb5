import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import {
  closeStage,
  openStage,
  type Stage,
  subjectsTo,
  withoutDelay,
} from "@/test/integration/scenarios/stage";

let stage: Stage;
beforeAll(async () => {
  // One server of each kind: with slow ones each further call counts.
  const stack = { sonarr: [{ name: "" }], radarr: [{ name: "" }] };
  stage = await openStage({ stack, household: { env: withoutDelay } });
});
afterEach(() => {
  for (const service of stage.stack.services) service.recover();
  stage.stack.mailbox.recover();
});
afterAll(() => closeStage(stage));

const slowMs = 700;
/** Shorter than any answer of a slow service, longer than the pauses between the statements of a transaction. */
const idleMs = 550;

/** Does `work` and meanwhile looks for transactions that are open and wait for us. Returns what they last did. */
async function idleTransactionsDuring(work: Promise<unknown>): Promise<string[]> {
  const { raw } = stage.household.ctx.database;
  const found = new Set<string>();
  let looks = 0;
  let isOver = false;
  const watch = (async () => {
    while (!isOver) {
      const rows = await raw<{ query: string }[]>`
        select query from pg_stat_activity where datname = current_database()
          and state like 'idle in transaction%'
          and clock_timestamp() - state_change > make_interval(secs => ${idleMs / 1000})`;
      for (const { query } of rows) found.add(query.slice(0, 200));
      looks += 1;
      await sleep(30);
    }
  })();
  await work.finally(() => {
    isOver = true;
  });
  await watch;
  expect(looks).toBeGreaterThan(10);
  return [...found];
}

test("promise 9, no transaction across I/O: none is open while Seerr, Sonarr, Plex or the mail server take their time", async () => {
  const { stack, household } = stage;
  // What Plex said a moment ago is not asked again: the test's clock has to move for a new answer.
  await household.advance({ seconds: 30 });
  const user = stack.seerr.addUser({ displayName: "Anna", email: "anna@example.net" });
  const show = stack.world.addShow({ title: "Slow Water", seasons: { 1: 2 } });
  const movie = stack.world.addMovie({ title: "Slow Train" });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await stack.seerr.request({ user, title: movie, autoApprove: true });
  stack.plex.show(await stack.sonarr.import(show, 1, "all"));
  stack.plex.show(await stack.radarr.import(movie));
  for (const service of stack.services) service.delay(slowMs);
  stack.mailbox.behave("*", { kind: "slow", ms: slowMs });
  expect(await idleTransactionsDuring(household.settle())).toEqual([]);
  for (const service of stack.services) service.recover();
  stack.mailbox.recover();
  await household.advance({ minutes: 2 });
  expect(subjectsTo(stage, user.email)).toHaveLength(2);
});

test("promise 9: none is open during a reconciliation that is slow to read", async () => {
  const { stack, household } = stage;
  await household.advance({ seconds: 30 });
  const user = stack.seerr.addUser({ displayName: "Ben", email: "ben@example.net" });
  const movie = stack.world.addMovie({ title: "Slow Boat" });
  await stack.seerr.request({ user, title: movie, autoApprove: true, silent: true });
  stack.plex.show(await stack.radarr.import(movie, { silent: true }));
  for (const service of stack.services) service.delay(slowMs);
  expect(await idleTransactionsDuring(household.run("reconcile"))).toEqual([]);
  for (const service of stack.services) service.recover();
  await household.advance({ minutes: 2 });
  expect(subjectsTo(stage, user.email)).toEqual(["Slow Boat is ready"]);
});

test("promise 9: a new process goes on where another stopped, at every step of the way", async () => {
  const { stack, household } = stage;
  household.configure({
    NOTIFICATION_INITIAL_DELAY_SECONDS: "420",
    NOTIFICATION_EXTENSION_DELAY_SECONDS: "180",
  });
  const user = stack.seerr.addUser({ displayName: "Cleo", email: "cleo@example.net" });
  const show = stack.world.addShow({ title: "Relay", seasons: { 1: 3 } });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await household.restart();
  await household.settle();
  const files = await stack.sonarr.import(show, 1, [1, 2]);
  await household.restart();
  await household.advance({ minutes: 3 });
  await household.restart();
  const third = await stack.sonarr.import(show, 1, 3);
  await household.advance({ minutes: 5 });
  await household.restart();
  await household.advance({ minutes: 2 });
  stack.plex.show([...files, ...third]);
  stack.mailbox.behave(user.email, { kind: "defer-message" }, { times: 1 });
  await household.advance({ minutes: 1 });
  await household.restart();
  await household.advance({ minutes: 3 });
  expect(subjectsTo(stage, user.email)).toEqual(["Relay: episodes 1–3 are ready"]);
});
