import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { downloadView } from "@/lib/domain/views/downloads";
import { listDownloadsOfRequest, listLiveDownloads } from "@/lib/store/views/download-list";
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

beforeAll(async () => {
  stage = await openStuckStage();
});
afterEach(async () => {
  const { stack, household } = stage;
  for (const service of stack.services) {
    service.recover();
    await service.up();
  }
  for (const instance of [...stack.sonarrs, ...stack.radarrs]) instance.queue.length = 0;
  await household.run("check-stuck");
  stack.mailbox.clear();
});
afterAll(() => closeStage(stage));

const check = () => stage.household.run("check-stuck");

test("a queue of several pages is read to its end, once, and a pack is one download", async () => {
  const { stack } = stage;
  const { show } = await askedShow(stage, "Long Pack", 24);
  for (let i = 0; i < 600; i++) stack.sonarr.addUnknownDownload(`Unknown.Release.${i}`);
  const [pack] = await stack.sonarr.grab(show, 1, "all", { silent: true });
  if (!pack) throw new Error("Nothing was grabbed");
  stack.sonarr.setDownload(pack.downloadId, importFailure("Not enough free space"));
  stack.sonarr.forgetRequests();

  expect(await check()).toContain("601 downloads checked, 1 stuck, 1 of them newly told");
  const pages = stack.sonarr.requests.filter((r) => r.path === "/api/v3/queue");
  expect(pages.map((r) => new URLSearchParams(r.query).get("page"))).toEqual(["1", "2", "3"]);
  expect(stack.sonarr.requests).toHaveLength(3);
  const rows = (await downloadsOf(stage)).filter((row) => !row.isGone);
  expect(rows).toHaveLength(601);
  expect(rows.filter((row) => row.title === pack.title)).toMatchObject([{ verdict: "stuck" }]);
  expect(newsOf(stage)).toEqual(["Stuck: Long Pack, season 1, episodes 1 to 24"]);
  expect(stack.unexpected).toEqual([]);
});

test("a download is stuck when its size left did not change for four hours of our own checks", async () => {
  const { stack, household } = stage;
  const { show, request } = await askedShow(stage, "Slow Boat");
  const [download] = await stack.sonarr.grab(show, 1, 3);
  if (!download) throw new Error("Nothing was grabbed");
  // What Sonarr says about its age does not count.
  download.addedAt = new Date(0);
  await check();
  expect(newsOf(stage)).toEqual([]);
  await household.advance({ hours: 3 });
  await check();
  stack.sonarr.setDownload(download.downloadId, { sizeLeft: download.sizeLeft - 1 });
  await household.advance({ minutes: 50 });
  await check();
  await household.advance({ hours: 3, minutes: 50 });
  await check();
  expect(newsOf(stage)).toEqual([]);
  await household.restart();
  await household.advance({ minutes: 10 });
  await check();
  expect(newsOf(stage)).toEqual(["Stuck: Slow Boat, season 1, episode 3"]);
  const [mail] = stack.mailbox.to(admin);
  expect(mail?.text).toContain("No progress for 4 hours");
  expect(await timelineOf(stage, request)).toContainEqual({
    kind: "trouble",
    code: "download_stuck",
    words: "Stuck in Sonarr: season 1, episode 3",
    reason: "No progress for 4 hours",
  });
});

test("paused and delayed downloads are not stuck, nor is what waits its turn; the clock begins when they go on", async () => {
  const { stack, household } = stage;
  const { show } = await askedShow(stage, "Patient Ones");
  const [paused, delayed, queued, moving] = await stack.sonarr.grab(show, 1, [1, 2, 3, 4], {
    release: "each",
    silent: true,
  });
  if (!paused || !delayed || !queued || !moving) throw new Error("Nothing was grabbed");
  stack.sonarr.setDownload(paused.downloadId, { status: "paused" });
  stack.sonarr.setDownload(delayed.downloadId, {
    status: "delay",
    trackedDownloadStatus: null,
    trackedDownloadState: null,
  });
  stack.sonarr.setDownload(queued.downloadId, { status: "queued", sizeLeft: queued.size });
  for (let hours = 0; hours < 12; hours += 2) {
    moving.sizeLeft -= 1000;
    await check();
    await household.advance({ hours: 2 });
  }
  moving.sizeLeft -= 1000;
  stack.sonarr.setDownload(paused.downloadId, { status: "downloading" });
  await check();
  expect(newsOf(stage)).toEqual([]);
  await household.advance({ hours: 4 });
  moving.sizeLeft -= 1000;
  await check();
  expect(newsOf(stage)).toEqual(["Stuck: Patient Ones, season 1, episode 1"]);
});

test("a torrent that looks for its contents for hours is stuck, though it only waits in words", async () => {
  const { stack, household } = stage;
  const { show } = await askedShow(stage, "Magnet Only");
  const [download] = await stack.sonarr.grab(show, 1, 1, { silent: true });
  if (!download) throw new Error("Nothing was grabbed");
  Object.assign(download, { size: 0, sizeLeft: 0, status: "queued" });
  await check();
  await household.advance({ hours: 4 });
  await check();
  expect(newsOf(stage)).toEqual(["Stuck: Magnet Only, season 1, episode 1"]);
});

test("warnings and errors are told at once, together, and each once until it changes", async () => {
  const { stack, household } = stage;
  const { show } = await askedShow(stage, "Warned Show");
  const movie = stack.world.addMovie({ title: "Warned Movie" });
  const [one, two] = await stack.sonarr.grab(show, 1, [1, 2], { release: "each", silent: true });
  const film = await stack.radarr.grab(movie, { silent: true });
  if (!one || !two) throw new Error("Nothing was grabbed");
  stack.sonarr.setDownload(one.downloadId, {
    status: "warning",
    trackedDownloadStatus: "warning",
    errorMessage: "The download is stalled with no connections",
  });
  stack.sonarr.setDownload(two.downloadId, {
    status: "failed",
    trackedDownloadStatus: "error",
    trackedDownloadState: "failedPending",
    errorMessage: "Unpacking failed",
  });
  stack.radarr.setDownload(
    film.downloadId,
    importFailure("Flux <b>capacitor</b> rejected it at 88 mph"),
  );
  await check();
  expect(newsOf(stage)).toEqual(["3 downloads are stuck"]);
  const [mail] = stack.mailbox.to(admin);
  expect(mail?.text).toContain("Warned Show, season 1, episode 1");
  expect(mail?.text).toContain("stalled with no connections");
  expect(mail?.text).toContain("Warned Movie");
  expect(mail?.text).toContain("Flux <b>capacitor</b> rejected it at 88 mph");
  expect(mail?.html).not.toContain("<b>capacitor");

  await household.restart();
  for (let i = 0; i < 3; i++) {
    await household.advance({ hours: 12 });
    stack.radarr.setDownload(
      film.downloadId,
      importFailure(`Flux <b>capacitor</b> rejected it at ${90 + i} mph`),
    );
    await check();
  }
  expect(newsOf(stage)).toHaveLength(1);

  stack.radarr.setDownload(film.downloadId, importFailure("Not enough free space"));
  await check();
  expect(newsOf(stage)).toEqual(["3 downloads are stuck", "Stuck: Warned Movie"]);
});

test("trouble that comes and goes is told once; after hours of peace it is news again", async () => {
  const { stack, household } = stage;
  const movie = stack.world.addMovie({ title: "Flapping Movie" });
  const film = await stack.radarr.grab(movie, { silent: true });
  const stall = () =>
    stack.radarr.setDownload(film.downloadId, {
      status: "warning",
      trackedDownloadStatus: "warning",
      errorMessage: "The download is stalled with no connections",
    });
  const moveOn = () => {
    stack.radarr.setDownload(film.downloadId, {
      status: "downloading",
      trackedDownloadStatus: "ok",
      errorMessage: "",
      sizeLeft: film.sizeLeft - 1000,
    });
  };
  for (let i = 0; i < 3; i++) {
    stall();
    await check();
    await household.advance({ minutes: 30 });
    moveOn();
    await check();
    await household.advance({ minutes: 30 });
  }
  expect(newsOf(stage)).toEqual(["Stuck: Flapping Movie"]);
  for (let hours = 0; hours < 6; hours++) {
    moveOn();
    await check();
    await household.advance({ hours: 1 });
  }
  stall();
  await check();
  expect(newsOf(stage)).toHaveLength(2);
});

test("an instance that is down, answers 500, a web page or half an answer is named, and nothing of it is judged gone", async () => {
  const { stack, household } = stage;
  const { show } = await askedShow(stage, "Out of Sight");
  const movie = stack.world.addMovie({ title: "In Sight" });
  await stack.sonarr.grab(show, 1, 1, { silent: true });
  await check();
  const isLive = async () =>
    (await downloadsOf(stage)).some((row) => row.title.startsWith("Out.of.Sight") && !row.isGone);
  const troubles = [
    () => stack.sonarr.down(),
    async () => void stack.sonarr.fail({ kind: "status", status: 500 }),
    async () => void stack.sonarr.fail({ kind: "html" }),
    async () => void stack.sonarr.fail({ kind: "garbage" }),
    async () => void stack.sonarr.fail({ kind: "status", status: 401 }),
  ];
  for (const [index, trouble] of troubles.entries()) {
    await trouble();
    const film = await stack.radarr.grab(movie, { silent: true });
    stack.radarr.setDownload(film.downloadId, importFailure(`Odd words ${"x".repeat(index)}`));
    await check();
    const run = await lastRun(stage);
    expect(run?.outcome).toBe("failed");
    expect(run?.error).toMatch(/Sonarr|127\.0\.0\.1/);
    expect(await isLive()).toBe(true);
    // The others are looked after all the same.
    expect(newsOf(stage)).toHaveLength(index + 1);
    stack.sonarr.recover();
    await stack.sonarr.up();
    await household.advance({ minutes: 30 });
  }
  stack.sonarr.queue.length = 0;
  await check();
  expect((await lastRun(stage))?.outcome).toBe("ok");
  expect(await isLive()).toBe(false);
});

test("a page that fails in the middle of the walk leaves the whole queue unjudged", async () => {
  const { stack } = stage;
  for (let i = 0; i < 300; i++) stack.sonarr.addUnknownDownload(`Half.Read.${i}`);
  await check();
  const live = async () =>
    (await downloadsOf(stage)).filter((r) => r.title.startsWith("Half.Read") && !r.isGone).length;
  expect(await live()).toBe(300);
  stack.sonarr.queue.length = 260;
  const paging = stack.sonarr.pageFailure(2);
  await check();
  paging.clear();
  expect((await lastRun(stage))?.outcome).toBe("failed");
  expect(await live()).toBe(300);
  await check();
  expect(await live()).toBe(260);
});

test("a missing title has the show read anew at most once in six hours, also after a restart, and is told only when it lasts", async () => {
  const { stack, household } = stage;
  const { show, request } = await askedShow(stage, "To Be Announced");
  const held = await stack.sonarr.grab(show, 1, [1, 2], { release: "each", silent: true });
  for (const download of held) {
    stack.sonarr.setDownload(
      download.downloadId,
      importFailure("Episode has a TBA title and recently aired"),
    );
  }
  const refreshes = () => stack.sonarr.commands.filter((c) => c.name === "RefreshSeries").length;
  const before = refreshes();
  await check();
  expect(refreshes() - before).toBe(1);
  expect(stack.sonarr.commands.at(-1)?.body.seriesId).toBe(stack.sonarr.findSeries(show)?.id);
  expect(newsOf(stage)).toEqual([]);
  expect((await timelineOf(stage, request)).map((row) => row.code)).toContain("titles_refreshed");

  await household.restart();
  await household.advance({ hours: 3 });
  await check();
  expect(refreshes() - before).toBe(1);
  expect(newsOf(stage)).toEqual([]);
  await household.advance({ hours: 2 });
  await check();
  expect(refreshes() - before).toBe(1);
  expect(newsOf(stage)).toEqual(["2 downloads are stuck"]);
  await household.advance({ hours: 1, minutes: 1 });
  await check();
  expect(refreshes() - before).toBe(2);
  expect(newsOf(stage)).toHaveLength(1);
  expect(stack.sonarr.removals).toEqual([]);
});

test("a refresh that could not be asked for is asked for in the next check", async () => {
  const { stack } = stage;
  const { show } = await askedShow(stage, "Refused Refresh");
  const [held] = await stack.sonarr.grab(show, 1, 1, { silent: true });
  if (!held) throw new Error("Nothing was grabbed");
  stack.sonarr.setDownload(
    held.downloadId,
    importFailure("Episode has a TBA title and recently aired"),
  );
  const refreshes = () => stack.sonarr.commands.filter((c) => c.name === "RefreshSeries").length;
  const before = refreshes();
  const fault = stack.sonarr.fail({ path: "/api/v3/command", kind: "status", status: 503 });
  await check();
  expect((await lastRun(stage))?.outcome).toBe("failed");
  fault.clear();
  await check();
  expect(refreshes() - before).toBe(1);
});

test("a download of a request whose webhook says it waits for a person is on its timeline once", async () => {
  const { stack, household } = stage;
  const { show, request } = await askedShow(stage, "By Hand");
  const [download] = await stack.sonarr.grab(show, 1, 2);
  if (!download) throw new Error("Nothing was grabbed");
  const words =
    "Found matching series via grab history, but release was matched to series by ID. Automatic import is not possible.";
  await stack.sonarr.manualInteraction(download.downloadId, words);
  await household.settle();
  await check();
  await check();
  const stuck = (await timelineOf(stage, request)).filter((row) => row.code === "download_stuck");
  expect(stuck).toMatchObject([
    { reason: "Matched by id only: somebody has to import it by hand" },
  ]);
  expect(newsOf(stage)).toEqual(["Stuck: By Hand, season 1, episode 2"]);
});

test("by itself it runs every half hour, not at a start, and never when it is switched off", async () => {
  const { household } = stage;
  const { startDueRuns, startFirstRuns } = await import("@/lib/services/runs/start-due-runs");
  const runs = async () => {
    const [row] = await household.ctx.database.raw<{ count: number }[]>`
      select count(*)::int as count from job_runs where name = 'check-stuck'`;
    return row?.count ?? 0;
  };
  const tick = async () => {
    await startDueRuns(household.ctx);
    await household.settle();
  };
  await tick();
  const before = await runs();
  await startFirstRuns(household.ctx);
  await household.settle();
  await household.advance({ minutes: 29 });
  await tick();
  expect(await runs()).toBe(before);
  await household.advance({ minutes: 1 });
  await tick();
  expect(await runs()).toBe(before + 1);
  household.configure({ STUCK_MONITOR_ENABLED: "false" });
  await household.advance({ hours: 5 });
  await tick();
  household.configure({ STUCK_MONITOR_ENABLED: "true" });
  expect(await runs()).toBe(before + 1);
});

test("equal ids and releases in two Sonarr are two downloads, each with its own request", async () => {
  const { stack, household } = stage;
  const plain = await askedShow(stage, "Plain Twin");
  const user = stack.seerr.addUser({ displayName: "Ani", email: "ani@example.net" });
  const anime = stack.world.addShow({
    title: "Drawn Twin",
    seriesType: "anime",
    seasons: { 1: 6 },
  });
  const drawn = await stack.seerr.request({ user, title: anime, autoApprove: true });
  await household.settle();
  const [one] = await stack.sonarr.grab(plain.show, 1, 1, { silent: true });
  const [two] = await stack.sonarrAnime.grab(anime, 1, 1, { silent: true });
  if (!one || !two) throw new Error("Nothing was grabbed");
  two.downloadId = one.downloadId;
  const series = stack.sonarrAnime.findSeries(anime);
  if (series) two.ownerId = series.id = stack.sonarr.findSeries(plain.show)?.id ?? 1;
  stack.sonarr.setDownload(one.downloadId, importFailure("Not enough free space"));
  stack.sonarrAnime.setDownload(two.downloadId, importFailure("No audio tracks detected"));
  await check();
  expect(newsOf(stage)).toEqual(["2 downloads are stuck"]);
  const stuckOf = async (request: { id: number }) =>
    (await timelineOf(stage, request))
      .filter((row) => row.code === "download_stuck")
      .map((row) => row.words);
  expect(await stuckOf(plain.request)).toEqual(["Stuck in Sonarr: season 1, episode 1"]);
  expect(await stuckOf(drawn)).toEqual(["Stuck in Sonarr Anime: season 1, episode 1"]);

  // One of the two is no longer configured.
  household.configure({ SONARR_ANIME_URL: "" });
  await check();
  household.configure({ SONARR_ANIME_URL: stack.sonarrAnime.url });
  const live = (await downloadsOf(stage)).filter((row) => !row.isGone).map((row) => row.title);
  expect(live).toContain(one.title);
  expect(live).not.toContain(two.title);
});

test("a page shows the downloads of a request, trouble first, and all of them for the whole house", async () => {
  const { stack, household } = stage;
  const { show, request } = await askedShow(stage, "Shown Show");
  const others = await askedShow(stage, "Other Show");
  const movie = stack.world.addMovie({ title: "Shown Movie" });
  const film = await stack.seerr.request({ user: others.user, title: movie, autoApprove: true });
  const [moving, broken] = await stack.sonarr.grab(show, 1, [1, 2], {
    release: "each",
    silent: true,
  });
  await stack.sonarr.grab(others.show, 1, 1, { silent: true });
  await stack.radarr.grab(movie, { silent: true });
  if (!moving || !broken) throw new Error("Nothing was grabbed");
  stack.sonarr.setDownload(broken.downloadId, importFailure("Sample"));
  await household.settle();
  await check();
  const { db, raw } = household.ctx.database;
  const idOf = async ({ id }: { id: number }) => {
    const [row] = await raw<{ id: number }[]>`
      select id from requests where seerr_request_id = ${id}`;
    return row?.id ?? 0;
  };
  const reader = { now: household.now, timeZone: "Europe/Berlin" };
  const ofShow = await listDownloadsOfRequest(db, await idOf(request), 10);
  expect(ofShow.map((facts) => downloadView(facts, reader))).toMatchObject([
    {
      part: "Season 1, episode 2",
      status: { word: "Stuck" },
      why: "It is only a sample",
      said: ["Sample"],
      href: `/requests/${await idOf(request)}`,
    },
    { part: "Season 1, episode 1", status: { word: "Downloading" }, progress: "50 % of 3.0 GB" },
  ]);
  const ofFilm = await listDownloadsOfRequest(db, await idOf(film), 10);
  expect(ofFilm.map((facts) => downloadView(facts, reader).part)).toEqual(["The movie"]);
  const all = await listLiveDownloads(db, 3);
  expect(all).toMatchObject({ total: 4, stuck: 1 });
  expect(all.rows).toHaveLength(3);
  expect(all.rows[0]).toMatchObject({ title: broken.title, instanceName: "Sonarr" });
});

test("during a maintenance it rests, unless somebody presses the button", async () => {
  const { stack, household } = stage;
  const movie = stack.world.addMovie({ title: "Quiet Hours" });
  const film = await stack.radarr.grab(movie, { silent: true });
  stack.radarr.setDownload(film.downloadId, importFailure("Not enough free space"));
  await household.advance({ hours: 1 });
  const { now } = household;
  await household.ctx.database.raw`
    insert into maintenance_windows (title, starts_at, ends_at, zone, status, announced_at, created_by)
    values ('New disks', ${new Date(now.getTime() - 60_000).toISOString()},
      ${new Date(now.getTime() + 3_600_000).toISOString()}, 'Europe/Berlin', 'active', ${now.toISOString()}, 'test')`;
  const { startDueRuns } = await import("@/lib/services/runs/start-due-runs");
  stack.radarr.forgetRequests();
  await startDueRuns(household.ctx);
  await household.settle();
  expect(stack.radarr.count("/api/v3/queue")).toBe(0);
  await check();
  expect(stack.radarr.count("/api/v3/queue")).toBe(1);
});
