import { describe, expect, test } from "vitest";
import { type Download, downloadWords, foldQueue } from "@/lib/domain/downloads";
import {
  judgeDownload,
  measureProgress,
  type StuckVerdict,
  troubleKeyOf,
  verdictWords,
} from "@/lib/domain/stuck";
import { repairsNews, stuckNews } from "@/lib/domain/stuck-news";
import type { QueueRecord } from "@/lib/domain/upstream";

const hour = 3_600_000;
const now = new Date("2026-11-22T20:00:00Z");
const ago = (hours: number) => new Date(now.getTime() - hours * hour);
const rules = { stuckAfterMs: 4 * hour, now };

function record(changes: Partial<QueueRecord> = {}): QueueRecord {
  return {
    queueId: 1,
    seriesId: 7,
    episodeId: 71,
    season: 3,
    movieId: null,
    title: "Tidewater.Road.S03E05",
    status: "downloading",
    trackedStatus: "ok",
    trackedState: "downloading",
    messages: [],
    downloadId: "AAAA",
    size: 1000,
    sizeLeft: 400,
    estimatedCompletion: null,
    addedAt: ago(100),
    downloadClient: "qBittorrent",
    indexer: "Harbour Index",
    protocol: "torrent",
    episodeHasFile: false,
    series: { title: "Tidewater Road", tvdbId: 431207, tmdbId: 218411, tagIds: [2] },
    episode: { season: 3, episode: 5 },
    movie: null,
    ...changes,
  };
}

const sonarr = { key: "sonarr", kind: "sonarr", isFourK: false } as const;
const fold = (...records: QueueRecord[]) => foldQueue(sonarr, records);
function download(changes: Partial<QueueRecord> = {}): Download {
  const [one] = fold(record(changes));
  if (!one) throw new Error("Nothing was folded");
  return one;
}
const judge = (changes: Partial<QueueRecord>, still = 1, client = 0) =>
  judgeDownload(download(changes), ago(still), ago(client), rules);

const warning = { trackedStatus: "warning", trackedState: "importPending", status: "completed" };

describe("folding a queue", () => {
  test("a pack is one download with the size of the whole, in the order of its episodes", () => {
    const pack = [3, 1, 2].map((episode) =>
      record({
        queueId: 100 + episode,
        episodeId: 70 + episode,
        episode: { season: 3, episode },
        messages: ["Sample"],
        episodeHasFile: episode === 1,
      }),
    );
    expect(fold(...pack)).toMatchObject([
      {
        downloadKey: "AAAA",
        size: 1000,
        sizeLeft: 400,
        messages: ["Sample"],
        groupKey: "show:tvdb:431207",
        episodes: [
          { episodeId: 71, episode: 1, hasFile: true },
          { episodeId: 72, episode: 2, hasFile: false },
          { episodeId: 73, episode: 3, hasFile: false },
        ],
      },
    ]);
  });

  test("releases without an id are one download for each name; unknown ones keep to themselves", () => {
    const pending = { downloadId: null, status: "delay", trackedStatus: null, trackedState: null };
    const unknown = { seriesId: null, episodeId: null, series: null, episode: null };
    const folded = fold(
      record({ ...pending, queueId: 1, episodeId: 71 }),
      record({ ...pending, queueId: 2, episodeId: 72 }),
      record({ ...pending, queueId: 3, title: "Other" }),
      record({ ...unknown, queueId: 4, downloadId: "B", title: "Mystery" }),
    );
    expect(folded.map((one) => one.episodes.length)).toEqual([2, 1, 0]);
    expect(folded[2]).toMatchObject({ groupKey: null, mediaTitle: null, upstreamId: null });
  });

  test("a movie and a 4K instance have their own groups", () => {
    const movie = record({
      seriesId: null,
      episodeId: null,
      series: null,
      episode: null,
      movieId: 44,
      movie: { title: "Kestrel Down", tvdbId: null, tmdbId: 603, tagIds: [] },
    });
    const radarr = { key: "radarr-4k", kind: "radarr", isFourK: true } as const;
    expect(foldQueue(radarr, [movie])).toMatchObject([
      { groupKey: "movie:tmdb:603:4k", upstreamId: 44, episodes: [] },
    ]);
  });

  test.each([
    [[record()], "Tidewater Road, season 3, episode 5"],
    [[record({ episode: null })], "Tidewater Road, season 3"],
    [
      [record({ episode: { season: 0, episode: 2 }, season: 0 })],
      "Tidewater Road, specials, episode 2",
    ],
    [[record({ series: null })], "Tidewater.Road.S03E05"],
  ])("is named for people (%#)", (records, words) => {
    const [one] = fold(...records);
    expect(one && downloadWords(one)).toBe(words);
  });
});

describe("progress by our own measurements", () => {
  const memory = {
    status: "downloading",
    trackedState: "downloading",
    sizeLeft: 400,
    lastProgressAt: ago(3),
    troubleKey: "",
    strikes: 0,
    struckAt: null,
  };
  test.each<[string, Partial<QueueRecord>, Date]>([
    ["the same size left", {}, ago(3)],
    ["another size left", { sizeLeft: 399 }, now],
    ["on to the import", { trackedState: "importPending" }, now],
    ["paused", { status: "paused" }, now],
    ["held back by a delay profile", { status: "delay" }, now],
    ["a warning that comes and goes", { status: "warning" }, ago(3)],
  ])("%s", (_, changes, expected) => {
    expect(measureProgress(download(changes), memory, now)).toEqual(expected);
  });

  test("the first look is where the clock begins, whatever its age", () => {
    expect(measureProgress(download(), null, now)).toEqual(now);
  });

  test("importBlocked and importPending in turn are no progress", () => {
    const blocked = { ...memory, trackedState: "importBlocked" };
    expect(measureProgress(download({ trackedState: "importPending" }), blocked, now)).toEqual(
      ago(3),
    );
  });
});

describe("what is stuck", () => {
  const stuck = (cause: string) => ({ kind: "stuck", cause });
  test.each<[string, StuckVerdict, object]>([
    ["moves", judge({}, 3.9), { kind: "moving" }],
    ["no progress for four hours", judge({}, 4), stuck("no_progress")],
    ["paused for days", judge({ status: "paused" }, 48), { kind: "resting", because: "paused" }],
    ["delayed", judge({ status: "delay" }, 48), { kind: "resting", because: "delay" }],
    ["waits its turn while others move", judge({ status: "queued" }, 48, 1), { kind: "moving" }],
    ["waits its turn, and nobody moves", judge({ status: "queued" }, 48, 5), stuck("no_progress")],
    ["looks for its contents", judge({ status: "queued", size: 0 }, 5, 0), stuck("no_progress")],
    ["client warning", judge({ status: "warning" }), stuck("download")],
    ["tracked error", judge({ trackedStatus: "error" }), stuck("download")],
    ["failed", judge({ status: "failed", trackedStatus: "error" }), stuck("failed")],
    ["failure pending", judge({ trackedState: "failedPending" }), stuck("failed")],
    ["waits to be imported", judge({ trackedState: "importPending" }), { kind: "moving" }],
    ["for hours", judge({ trackedState: "importPending" }, 5), stuck("no_progress")],
    ["imported, still seeding", judge({ trackedState: "imported" }, 99), { kind: "moving" }],
    ["import failed", judge({ ...warning, messages: ["Sample"] }), stuck("import")],
    ["import blocked", judge({ ...warning, trackedState: "importBlocked" }), stuck("import")],
    [
      "no title yet",
      judge({ ...warning, messages: ["Episode has a TBA title and recently aired"] }),
      { kind: "waiting", canRefresh: true },
    ],
    [
      "no title for hours",
      judge({ ...warning, messages: ["Episode has a TBA title and recently aired"] }, 4),
      stuck("import"),
    ],
    [
      "being unpacked",
      judge({ ...warning, messages: ["File is still being unpacked"] }),
      { kind: "waiting", canRefresh: false },
    ],
    [
      "paused with a warning",
      judge({ status: "paused", trackedStatus: "warning" }),
      { kind: "resting" },
    ],
    ["no client takes it", judge({ status: "downloadClientUnavailable" }, 1), { kind: "moving" }],
    ["for hours", judge({ status: "downloadClientUnavailable" }, 4), stuck("no_progress")],
  ])("%s", (_, verdict, expected) => {
    expect(verdict).toMatchObject(expected);
  });

  test("the same trouble has the same key, another has another", () => {
    const key = (...messages: string[]) => troubleKeyOf(judge({ ...warning, messages }));
    expect(key("Sample", "Not enough free space")).toBe(key("Not enough free space", "Sample"));
    expect(key("Odd at 88 mph")).toBe(key("Odd at 42 mph"));
    expect(key("Sample")).not.toBe(key("Not enough free space"));
    expect(key("Sample")).not.toBe(troubleKeyOf(judge({ messages: ["Sample"] }, 5)));
    expect(troubleKeyOf(judge({}))).toBe("");
  });

  test.each([
    [judge({}, 6), "No progress for 6 hours"],
    [judge({ ...warning, messages: ["Sample"] }), "It is only a sample"],
    [judge(warning), "It is marked with a warning"],
    [judge({ status: "failed" }), "The download failed"],
    [judge({ status: "paused" }), "Somebody paused it"],
    [judge({ status: "delay" }), "A delay profile holds it back"],
    [
      judge({ ...warning, messages: ["Sample", "No audio tracks detected", "A", "B", "C"] }),
      "It is only a sample; It has no sound; A; and 2 more",
    ],
    [
      judge({
        ...warning,
        messages: ["One or more episodes expected in this release were not imported", "Sample"],
      }),
      "It is only a sample",
    ],
  ])("is said in words (%#)", (verdict, words) => {
    expect(verdictWords(verdict, ago(6), now)).toBe(words);
  });
});

describe("what the admin reads", () => {
  const action = { path: "/", label: "Look" };
  const item = {
    what: "Tidewater Road, season 3, episode 5",
    instanceName: "Sonarr",
    words: "It is only a sample",
    said: "Sample",
    plan: "Another release could help. Repairs are switched off",
  };

  test("one download is named in the subject", () => {
    const news = stuckNews([item], action);
    expect(news.subject).toBe("Stuck: Tidewater Road, season 3, episode 5");
    expect(news.rows).toEqual([
      {
        label: "Tidewater Road, season 3, episode 5",
        value:
          "Sonarr: It is only a sample. It says “Sample”. Another release could help. Repairs are switched off",
      },
    ]);
  });

  test("words that are the instance's own are not said twice", () => {
    const odd = { ...item, words: "Flux capacitor.", said: "Flux capacitor.", plan: null };
    expect(stuckNews([odd], action).rows[0]?.value).toBe("Sonarr: Flux capacitor");
  });

  test("a long list is cut and says so", () => {
    const news = stuckNews(Array(40).fill(item), action);
    expect(news.subject).toBe("40 downloads are stuck");
    expect(news.rows).toHaveLength(25);
    expect(news.lines).toContain("The first 25 are listed.");
  });

  test("replaced releases name the release and why", () => {
    const repaired = { ...item, release: "Tidewater.Road.S03E05", reason: "It is only a sample" };
    expect(repairsNews([repaired], action)).toMatchObject({
      event: "repairs_made",
      subject: "Another release is searched: Tidewater Road, season 3, episode 5",
      rows: [{ value: "Sonarr: It is only a sample. Release: Tidewater.Road.S03E05" }],
    });
    expect(repairsNews([repaired, repaired], action).subject).toBe(
      "Other releases are searched for 2 downloads",
    );
  });
});
