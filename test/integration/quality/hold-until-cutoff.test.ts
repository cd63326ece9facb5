import { afterAll, beforeAll, expect, test } from "vitest";
import { attachWatcher } from "@/lib/services/requests/attach-watcher";
import { idsOf } from "../reconcile/check-stage";
import { closeStage, type Stage, subjectsTo, timelineOf } from "../scenarios/stage";
import { openMonitored, stateOf, waitingMails } from "./monitor";

let stage: Stage;

beforeAll(async () => {
  stage = await openMonitored({
    household: { env: { QUALITY_HOLD_UNTIL_CUTOFF: "true" } },
    prepare: async (stack) => {
      const user = stack.seerr.addUser({ displayName: "Zoe", email: "zoe@example.net" });
      const movie = stack.world.addMovie({ title: "There Before" });
      await stack.seerr.request({ user, title: movie, autoApprove: true, silent: true });
      const file = { quality: "WEBDL-720p", silent: true } as const;
      stack.plex.show(await stack.radarr.import(movie, file));
    },
  });
});
afterAll(() => closeStage(stage));

function somebody(name: string) {
  return stage.stack.seerr.addUser({
    displayName: name,
    email: `${name.toLowerCase()}@example.net`,
  });
}

async function ask(name: string, title: string) {
  const user = somebody(name);
  const movie = stage.stack.world.addMovie({ title });
  const request = await stage.stack.seerr.request({ user, title: movie, autoApprove: true });
  return { user, movie, request };
}

test("a file below the cutoff is not told of; people hear why, and of the better one when it comes", async () => {
  const { stack, household } = stage;
  const { user, movie, request } = await ask("Anna", "Better Later");
  await household.settle();
  stack.plex.show(await stack.radarr.import(movie, { quality: "WEBDL-720p" }));
  await household.advance({ minutes: 10 });
  expect(subjectsTo(stage, user.email)).toEqual(["Better Later: waiting for a better copy"]);
  expect(stack.mailbox.to(user.email)[0]?.text).toContain("but not in 1080p yet");
  expect(await stateOf(stage, request)).toBe("quality_waiting");
  expect(await timelineOf(stage, request)).toContainEqual(
    expect.objectContaining({
      kind: "wait",
      words: "The file of the movie is below the wanted quality, 1080p",
    }),
  );
  // Reconciliation does not tell of it behind the back of the setting.
  await household.run("reconcile");
  await household.advance({ minutes: 5 });
  expect(subjectsTo(stage, user.email)).toHaveLength(1);

  stack.plex.show(await stack.radarr.import(movie, { quality: "WEBDL-1080p", upgrade: true }));
  await household.advance({ minutes: 5 });
  expect(subjectsTo(stage, user.email)).toEqual([
    "Better Later: waiting for a better copy",
    "Better Later is ready",
  ]);
  expect(await stateOf(stage, request)).toBe("told");
});

test("an upgrade within the delay cancels the mail about waiting", async () => {
  const { stack, household } = stage;
  const { user, movie } = await ask("Bert", "Quick Upgrade");
  await household.settle();
  stack.plex.show(await stack.radarr.import(movie, { quality: "WEBDL-720p" }));
  await household.advance({ minutes: 2 });
  stack.plex.show(await stack.radarr.import(movie, { quality: "WEBDL-1080p", upgrade: true }));
  await household.advance({ minutes: 10 });
  expect(subjectsTo(stage, user.email)).toEqual(["Quick Upgrade is ready"]);
});

test("a profile that allows no upgrades holds nothing", async () => {
  const { stack, household } = stage;
  stack.radarr.upgradeAllowed = false;
  const { user, movie } = await ask("Cara", "As Good As It Gets");
  await household.settle();
  stack.plex.show(await stack.radarr.import(movie, { quality: "WEBDL-720p" }));
  await household.advance({ minutes: 10 });
  stack.radarr.upgradeAllowed = true;
  expect(subjectsTo(stage, user.email)).toEqual(["As Good As It Gets is ready"]);
});

test("of a show the episodes at the cutoff are told, the others wait", async () => {
  const { stack, household } = stage;
  const user = somebody("Dirk");
  const show = stack.world.addShow({ title: "Mixed Bag", seasons: { 1: 2 } });
  const request = await stack.seerr.request({ user, title: show, autoApprove: true });
  await household.settle();
  stack.plex.show(await stack.sonarr.import(show, 1, 1));
  stack.plex.show(await stack.sonarr.import(show, 1, 2, { quality: "WEBDL-720p" }));
  await household.advance({ minutes: 30 });
  expect(subjectsTo(stage, user.email).sort()).toEqual([
    "Mixed Bag: episode 1 is ready",
    "Mixed Bag: waiting for a better copy",
  ]);
  expect(await stateOf(stage, request)).toBe("quality_waiting");
});

test("what was there before BingeAlert is not held, and nobody is mailed about it", async () => {
  const { household } = stage;
  await household.run("review-quality");
  await household.run("reconcile");
  await household.advance({ minutes: 10 });
  expect(subjectsTo(stage, "zoe@example.net")).toEqual([]);
  expect(await waitingMails(stage, "There Before")).toEqual([]);
});

test("an event alone is not believed while files may have to be held", async () => {
  const { stack, household } = stage;
  const { user, movie } = await ask("Emil", "Radarr Is Away");
  await household.settle();
  const fault = stack.radarr.fail({ kind: "status", status: 500 });
  stack.plex.show(await stack.radarr.import(movie, { quality: "WEBDL-720p" }));
  await household.advance({ minutes: 20 });
  expect(subjectsTo(stage, user.email)).toEqual([]);
  fault.clear();
  await household.advance({ hours: 3 });
  expect(subjectsTo(stage, user.email)).toEqual(["Radarr Is Away: waiting for a better copy"]);
});

test.each(["movie", "show"] as const)(
  "a %s told of before files were held is held back from who asks later, by the regular check, too",
  async (kind) => {
    const { stack, household } = stage;
    household.configure({ QUALITY_HOLD_UNTIL_CUTOFF: "false" });
    const [first, second] = [somebody(`First-${kind}`), somebody(`Second-${kind}`)];
    const name = `Told Before ${kind}`;
    const file = { quality: "WEBDL-720p" } as const;
    const { world } = stack;
    if (kind === "movie") {
      const title = world.addMovie({ title: name });
      await askAndImport(title, () => stack.radarr.import(title, file));
    } else {
      const title = world.addShow({ title: name, seasons: { 1: 1 } });
      await askAndImport(title, () => stack.sonarr.import(title, 1, 1, file));
    }

    async function askAndImport(
      title: Parameters<typeof stack.seerr.request>[0]["title"],
      bring: () => Promise<Parameters<typeof stack.plex.show>[0]>,
    ): Promise<void> {
      const request = await stack.seerr.request({ user: first, title, autoApprove: true });
      await household.settle();
      stack.plex.show(await bring());
      await household.advance({ minutes: 30 });
      expect(subjectsTo(stage, first.email)).toEqual([expect.stringMatching(/ready$/)]);
      household.configure({ QUALITY_HOLD_UNTIL_CUTOFF: "true" });
      await household.run("sync-users");
      await attachWatcher(household.ctx, {
        ...(await idsOf(stage, request.id, second.email)),
        tellExisting: true,
        actor: "marta",
      });
      await household.advance({ minutes: 30 });
      await household.run("reconcile");
      await household.advance({ minutes: 30 });
      expect(subjectsTo(stage, second.email)).toEqual([`${name}: waiting for a better copy`]);
      expect(subjectsTo(stage, first.email)).toHaveLength(1);
    }
  },
);

test("switched off, everything that was held is told", async () => {
  const { stack, household } = stage;
  const { user, movie, request } = await ask("Fee", "Set Free");
  await household.settle();
  stack.plex.show(await stack.radarr.import(movie, { quality: "WEBDL-720p" }));
  await household.advance({ minutes: 10 });
  expect(subjectsTo(stage, user.email)).toEqual(["Set Free: waiting for a better copy"]);

  household.configure({ QUALITY_HOLD_UNTIL_CUTOFF: "false" });
  await household.run("reconcile");
  await household.advance({ minutes: 30 });
  expect(subjectsTo(stage, user.email)).toEqual([
    "Set Free: waiting for a better copy",
    "Set Free is ready",
  ]);
  expect(subjectsTo(stage, "dirk@example.net")).toContain("Mixed Bag: episode 2 is ready");
  expect(await stateOf(stage, request)).toBe("told");
  expect(subjectsTo(stage, "zoe@example.net")).toEqual([]);
});
