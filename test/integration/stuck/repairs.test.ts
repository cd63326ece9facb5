import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { closeStage, type Stage, timelineOf } from "@/test/integration/scenarios/stage";
import {
  admin,
  askedShow,
  downloadsOf,
  importFailure,
  lastRun,
  newsOf,
  openStuckStage,
} from "./stuck-stage";

let stage: Stage;

const repairsOn = {
  IMPORT_REPAIR_ENABLED: "true",
  IMPORT_REPAIR_STRIKES: "2",
  IMPORT_REPAIR_ATTEMPTS: "2",
};

beforeAll(async () => {
  stage = await openStuckStage(repairsOn);
});
beforeEach(() => stage.household.configure(repairsOn));
afterEach(async () => {
  const { stack, household } = stage;
  for (const instance of [...stack.sonarrs, ...stack.radarrs]) {
    instance.recover();
    instance.queue.length = 0;
    instance.removals.length = 0;
    instance.commands.length = 0;
    for (const indexer of instance.indexers) indexer.seedRatio = null;
  }
  await household.run("check-stuck");
  stack.mailbox.clear();
});
afterAll(() => closeStage(stage));

const check = () => stage.household.run("check-stuck");
const nextCheck = async () => {
  await stage.household.advance({ minutes: 30 });
  await check();
};

/** One download of a new show that cannot be imported. */
async function failing(title: string, episodes: number[], ...messages: string[]) {
  const asked = await askedShow(stage, title);
  const [download] = await stage.stack.sonarr.grab(asked.show, 1, episodes, { silent: true });
  if (!download) throw new Error("Nothing was grabbed");
  download.protocol = "usenet";
  stage.stack.sonarr.setDownload(download.downloadId, importFailure(...messages));
  return { ...asked, download };
}

const searches = () => stage.stack.sonarr.commands.filter((c) => c.name !== "RefreshSeries");

test("repairs are off unless switched on: it is told, and said that another release could help", async () => {
  const { stack, household } = stage;
  household.configure({ IMPORT_REPAIR_ENABLED: "false" });
  await failing("Left As It Is", [1], "Sample");
  for (let i = 0; i < 6; i++) await nextCheck();
  expect(stack.sonarr.removals).toEqual([]);
  expect(searches()).toEqual([]);
  expect(newsOf(stage)).toEqual(["Stuck: Left As It Is, season 1, episode 1"]);
  expect(stack.mailbox.to(admin)[0]?.text).toContain(
    "Another release could help. Repairs are switched off",
  );
});

test("a pack is taken away once, put on the blocklist, and only its episodes are searched again", async () => {
  const { stack } = stage;
  const { show, request, download } = await failing(
    "Broken Pack",
    [1, 2, 3, 4],
    "No files found are eligible for import in /downloads/Broken.Pack.S01",
  );
  // Episode 1 came from elsewhere meanwhile: it need not be searched.
  const episodes = stack.sonarr.findSeries(show)?.episodes ?? [];
  await stack.sonarr.import(show, 1, 1, { silent: true });
  const wanted = episodes.filter((e) => [2, 3, 4].includes(e.title.number)).map((e) => e.id);
  await check();
  expect(stack.sonarr.removals).toEqual([]);
  expect(newsOf(stage)).toEqual([]);
  await nextCheck();
  expect(stack.sonarr.removals).toEqual([
    {
      downloadId: download.downloadId,
      title: download.title,
      removeFromClient: true,
      blocklist: true,
      skipRedownload: true,
    },
  ]);
  expect(searches()).toMatchObject([{ name: "EpisodeSearch", body: { episodeIds: wanted } }]);
  expect(newsOf(stage)).toEqual([
    "Another release is searched: Broken Pack, season 1, episodes 1 to 4",
  ]);
  expect(await timelineOf(stage, request)).toContainEqual({
    kind: "decision",
    code: "release_replaced",
    words: "A different release of season 1, episodes 1 to 4 is searched",
    reason: `Sonarr could not import “${download.title}”: there is no file in it that can be imported. It is taken away and on the blocklist`,
  });
  await nextCheck();
  expect(searches()).toHaveLength(1);
  expect(newsOf(stage)).toHaveLength(1);
  expect((await downloadsOf(stage)).find((row) => row.title === download.title)?.isGone).toBe(true);
});

test("a movie is searched by itself", async () => {
  const { stack } = stage;
  const movie = stack.world.addMovie({ title: "Soundless" });
  const download = await stack.radarr.grab(movie, { silent: true });
  download.protocol = "usenet";
  stack.radarr.setDownload(download.downloadId, importFailure("No audio tracks detected"));
  await check();
  await nextCheck();
  expect(stack.radarr.removals).toMatchObject([{ blocklist: true, skipRedownload: true }]);
  expect(stack.radarr.commands).toMatchObject([
    { name: "MoviesSearch", body: { movieIds: [stack.radarr.findMovie(movie)?.id] } },
  ]);
});

test("strikes survive a restart, are not counted by pressing the button, and begin anew for another failure", async () => {
  const { stack, household } = stage;
  household.configure({ IMPORT_REPAIR_STRIKES: "3" });
  const { download } = await failing("Three Strikes", [2], "Sample");
  await check();
  await household.restart();
  await nextCheck();
  for (let i = 0; i < 4; i++) await check();
  const strikes = async () =>
    (await downloadsOf(stage)).find((row) => row.title === download.title)?.strikes;
  expect(await strikes()).toBe(2);
  expect(stack.sonarr.removals).toEqual([]);

  stack.sonarr.setDownload(download.downloadId, importFailure("No audio tracks detected"));
  await nextCheck();
  expect(await strikes()).toBe(1);
  await nextCheck();
  await household.restart();
  await nextCheck();
  expect(stack.sonarr.removals).toHaveLength(1);
});

test("what a person has to look at is never touched, nor are words nobody knows", async () => {
  const { stack } = stage;
  await failing("Full Disk", [1], "Not enough free space");
  await failing("By Id", [1], "release was matched to series by ID. Manual Import required.");
  await failing("There Already", [1], "Episode file already imported at 11/22/2026");
  await failing("Unheard Of", [1], "Flux capacitor");
  await failing("Both Kinds", [1], "Sample", "Flux capacitor");
  await failing("No Title", [1], "Episode has a TBA title and recently aired");
  const unknown = stack.sonarr.addUnknownDownload("Nobody.Knows.This");
  stack.sonarr.setDownload(unknown.downloadId, importFailure("Sample"));
  for (let i = 0; i < 5; i++) await nextCheck();
  expect(stack.sonarr.removals).toEqual([]);
  expect(searches()).toEqual([]);
  expect(newsOf(stage)).toEqual(["6 downloads are stuck"]);
});

test("tagged titles, named indexers and torrents of trackers that ask for seeding are left alone", async () => {
  const { stack, household } = stage;
  household.configure({
    IMPORT_REPAIR_SKIP_TAGS: "no-repair, precious",
    IMPORT_REPAIR_SKIP_INDEXERS: "Secret Garden",
  });
  const tagged = await failing("Precious Show", [1], "Sample");
  stack.sonarr.findSeries(tagged.show)?.tags.push("precious");
  const named = await failing("Garden Show", [1], "Sample");
  named.download.indexer = "secret garden";
  const seeded = await failing("Seeded Show", [1], "Sample");
  seeded.download.protocol = "torrent";
  for (const indexer of stack.sonarr.indexers) indexer.seedRatio = 1;
  const usenet = await failing("Plain Show", [1], "Sample");
  await check();
  await nextCheck();
  expect(stack.sonarr.removals.map((removal) => removal.title)).toEqual([usenet.download.title]);
  const texts = stack.mailbox
    .to(admin)
    .map((mail) => mail.text)
    .join("\n");
  expect(texts).toContain("The tag “precious” says to leave it alone");
  expect(texts).toContain("Releases of secret garden are left alone");
  expect(texts).toContain("asks for seeding, so its torrents are left alone");
});

test("the same episode gets so many releases and no more; then the admin is told", async () => {
  const { stack } = stage;
  const { show, download } = await failing("Always Broken", [3], "Sample");
  let last = download;
  for (let attempt = 0; attempt < 3; attempt++) {
    await nextCheck();
    await nextCheck();
    if (attempt === 2) break;
    expect(stack.sonarr.removals).toHaveLength(attempt + 1);
    await stage.household.restart();
    const [next] = await stack.sonarr.grab(show, 1, 3, { silent: true });
    if (!next) throw new Error("Nothing was grabbed");
    next.protocol = "usenet";
    stack.sonarr.setDownload(next.downloadId, importFailure("Sample"));
    last = next;
  }
  expect(stack.sonarr.removals).toHaveLength(2);
  expect(stack.sonarr.queue).toContain(last);
  expect(newsOf(stage).at(-1)).toBe("Stuck: Always Broken, season 1, episode 3");
  expect(stack.mailbox.to(admin).at(-1)?.text).toContain("2 other releases were tried already");
});

test("many failures at once are not the releases' fault: nothing is taken away", async () => {
  const { stack } = stage;
  for (let i = 1; i <= 6; i++) {
    await failing(
      `Lost Folder ${i}`,
      [1],
      "No files found are eligible for import in /downloads/x",
    );
  }
  await check();
  await nextCheck();
  expect(stack.sonarr.removals).toEqual([]);
  expect(newsOf(stage)).toEqual(["6 downloads are stuck"]);
  expect(stack.mailbox.to(admin)[0]?.text).toContain("6 downloads fail at once");
});

test("nothing is repaired while it cannot be known what is protected", async () => {
  const { stack } = stage;
  await failing("Unknown Tags", [1], "Sample");
  await check();
  const fault = stack.sonarr.fail({ path: "/api/v3/indexer", kind: "html" });
  await nextCheck();
  expect((await lastRun(stage))?.outcome).toBe("failed");
  expect(stack.sonarr.removals).toEqual([]);
  fault.clear();
  await check();
  expect(stack.sonarr.removals).toHaveLength(1);
});

test("a removal that fails is told and tried again; one that was cut off is neither lost nor done twice", async () => {
  const { stack } = stage;
  const { download } = await failing("Stubborn", [1], "Sample");
  await check();
  const refused = stack.sonarr.fail({ method: "DELETE", kind: "status", status: 400 });
  await nextCheck();
  expect((await lastRun(stage))?.outcome).toBe("failed");
  expect(newsOf(stage)).toEqual(["Stuck: Stubborn, season 1, episode 1"]);
  expect(stack.sonarr.queue).toContain(download);
  refused.clear();
  await nextCheck();
  expect(stack.sonarr.removals).toHaveLength(1);
  expect(searches()).toHaveLength(1);

  // The answer to the removal is lost after Sonarr carried it out.
  const lost = await failing("Lost Answer", [1], "Sample");
  await check();
  const removals = stack.sonarr.removals.length;
  stack.sonarr.loseAnswers("DELETE", 1);
  await nextCheck();
  expect(stack.sonarr.removals).toHaveLength(removals + 1);
  expect(searches()).toHaveLength(1);
  await stage.household.restart();
  await nextCheck();
  expect(stack.sonarr.removals).toHaveLength(removals + 1);
  expect(searches()).toHaveLength(2);
  const series = stack.sonarr.findSeries(lost.show);
  expect(searches().at(-1)?.body.episodeIds).toEqual([series?.episodes[0]?.id]);
});

test("a search that was cut off is asked for again only when Sonarr did not get it", async () => {
  const { stack, household } = stage;
  await failing("Search Lost", [1], "Sample");
  await check();
  // It arrives, its answer does not.
  stack.sonarr.loseAnswers("POST", 1);
  await nextCheck();
  expect(searches()).toHaveLength(1);
  await household.restart();
  await nextCheck();
  expect(searches()).toHaveLength(1);
  expect(newsOf(stage)).toEqual(["Another release is searched: Search Lost, season 1, episode 1"]);

  await failing("Search Refused", [1], "Sample");
  await check();
  const refused = stack.sonarr.fail({
    path: "/api/v3/command",
    method: "POST",
    kind: "status",
    status: 500,
  });
  await nextCheck();
  refused.clear();
  expect(searches()).toHaveLength(1);
  // Switched off in between: what was begun is brought to its end.
  household.configure({ IMPORT_REPAIR_ENABLED: "false" });
  await nextCheck();
  expect(searches()).toHaveLength(2);
  expect(stack.sonarr.removals).toHaveLength(2);
});

test("what left the queue long ago is forgotten, repairs after ninety days", async () => {
  const { household } = stage;
  await failing("Long Gone", [1], "Sample");
  await check();
  await nextCheck();
  expect((await downloadsOf(stage)).length).toBeGreaterThan(0);
  await household.advance({ hours: 15 * 24 });
  await check();
  expect(await downloadsOf(stage)).toEqual([]);
  const count = async () => {
    const [row] = await household.ctx.database.raw<{ count: number }[]>`
      select count(*)::int as count from download_repairs`;
    return row?.count;
  };
  expect(await count()).toBeGreaterThan(0);
  await household.advance({ hours: 80 * 24 });
  await check();
  expect(await count()).toBe(0);
});
