import { describe, expect, test } from "vitest";
import { compareFiles, type IssueFile, issueScope } from "@/lib/domain/issue-files";
import {
  findGrabs,
  findOwnCommand,
  type HistoryRecord,
  isMarkedFailed,
  searchCommand,
} from "@/lib/domain/issue-fix";

function record(
  historyId: number,
  event: HistoryRecord["event"],
  facts: Partial<HistoryRecord> = {},
): HistoryRecord {
  return {
    historyId,
    event,
    episodeId: null,
    downloadId: "A",
    fileId: null,
    title: null,
    ...facts,
  };
}

describe("the grabs of held files", () => {
  test("the grab whose import made the file, not the newest one", () => {
    const history = [
      record(1, "grabbed", { downloadId: "old", title: "Old" }),
      record(2, "imported", { downloadId: "old", fileId: 10 }),
      record(3, "grabbed", { downloadId: "new", title: "New" }),
      record(4, "imported", { downloadId: "new", fileId: 11 }),
    ];
    expect(findGrabs([{ fileId: 10, episodeId: null }], history)).toEqual({
      grabs: [{ historyId: 1, title: "Old", isMarked: false }],
      withoutGrab: 0,
    });
  });

  test("a pack is one grab, however many files came from it", () => {
    const history = [1, 2, 3].flatMap((episodeId) => [
      record(episodeId, "grabbed", { episodeId, title: "Pack" }),
      record(10 + episodeId, "imported", { episodeId, fileId: 100 + episodeId }),
    ]);
    const files = [1, 2, 3].map((episodeId) => ({ fileId: 100 + episodeId, episodeId }));
    expect(findGrabs(files, history).grabs).toEqual([
      { historyId: 3, title: "Pack", isMarked: false },
    ]);
  });

  test("a file without an import has no grab; a newer file's grab is not blamed", () => {
    const history = [
      record(1, "grabbed", { title: "Other" }),
      record(2, "imported", { fileId: 7 }),
    ];
    expect(findGrabs([{ fileId: 8, episodeId: null }], history)).toEqual({
      grabs: [],
      withoutGrab: 1,
    });
    expect(findGrabs([{ fileId: 8, episodeId: null }], [])).toEqual({ grabs: [], withoutGrab: 1 });
  });

  test("old records that name no file: the newest import counts", () => {
    const history = [
      record(1, "grabbed", { downloadId: "a", title: "First" }),
      record(2, "imported", { downloadId: "a" }),
      record(3, "grabbed", { downloadId: "b", title: "Second" }),
      record(4, "imported", { downloadId: "b" }),
    ];
    expect(findGrabs([{ fileId: 8, episodeId: null }], history).grabs).toMatchObject([
      { title: "Second" },
    ]);
  });

  test("what was marked is found marked, by ids and not by clocks", () => {
    const history = [
      record(1, "grabbed"),
      record(2, "imported", { fileId: 5 }),
      record(3, "failed"),
    ];
    expect(findGrabs([{ fileId: 5, episodeId: null }], history).grabs).toMatchObject([
      { isMarked: true },
    ]);
    expect(isMarkedFailed(1, [record(0, "failed"), record(1, "grabbed")])).toBe(false);
    expect(
      isMarkedFailed(1, [record(1, "grabbed"), record(2, "failed", { downloadId: "B" })]),
    ).toBe(false);
    const none = { downloadId: null };
    expect(isMarkedFailed(1, [record(1, "grabbed", none), record(2, "failed", none)])).toBe(false);
  });
});

describe("the search", () => {
  test.each([
    [{ kind: "movie" as const }, { name: "MoviesSearch", movieIds: [4] }],
    [
      { kind: "episode" as const, season: 1, episode: 2 },
      { name: "EpisodeSearch", episodeIds: [9] },
    ],
    [
      { kind: "season" as const, season: 3 },
      { name: "SeasonSearch", seriesId: 4, seasonNumber: 3 },
    ],
    [{ kind: "allSeasons" as const }, null],
  ])("%j", (scope, command) => {
    expect(searchCommand(scope, { titleId: 4, episodeIds: [9] })).toEqual(command);
  });

  test("after a lost answer it is found again, but not the one of an earlier repair", () => {
    const wanted = { name: "EpisodeSearch", episodeIds: [9] };
    const listed = [
      { commandId: 1, name: "EpisodeSearch", body: { episodeIds: [8], trigger: "manual" } },
      { commandId: 2, name: "RefreshSeries", body: { episodeIds: [9] } },
      { commandId: 3, name: "EpisodeSearch", body: { episodeIds: [9], trigger: "manual" } },
    ];
    expect(findOwnCommand(wanted, listed, [null])).toBe(3);
    expect(findOwnCommand(wanted, listed, [3])).toBeNull();
  });
});

describe("whether another file is there", () => {
  const file = (episode: number, fileId: number, facts: Partial<IssueFile> = {}): IssueFile => ({
    mediaKey: `episode:tvdb:1:s01e0${episode}`,
    instanceKey: "sonarr",
    fileId,
    path: `/tv/${episode}.mkv`,
    quality: "WEBDL-1080p",
    size: 1000 + fileId,
    ...facts,
  });
  const none = new Set<number>();

  test("the same file is no other, also under another id when path and size are the same", () => {
    expect(compareFiles([file(1, 5)], [file(1, 5)], none).kind).toBe("unchanged");
    const found = file(1, 6, { size: 1005 });
    expect(compareFiles([file(1, 5)], [found], none).kind).toBe("unchanged");
    expect(compareFiles([file(1, 5)], [found], new Set([6])).kind).toBe("replaced");
  });

  test("another size, path or instance is another file", () => {
    expect(compareFiles([file(1, 5)], [file(1, 6)], none).kind).toBe("replaced");
    expect(compareFiles([file(1, 5)], [file(1, 6, { size: 1005, path: "/x" })], none).kind).toBe(
      "replaced",
    );
    const elsewhere = file(1, 5, { instanceKey: "sonarr-anime", path: "/anime/1.mkv" });
    expect(compareFiles([file(1, 5)], [elsewhere], none).kind).toBe("replaced");
  });

  test("a deleted file is no replacement; the season waits for all of its files", () => {
    const before = [file(1, 5), file(2, 6)];
    expect(compareFiles(before, [], none).kind).toBe("unchanged");
    expect(compareFiles(before, [file(1, 7), file(2, 6)], none)).toEqual({
      kind: "partly",
      replaced: 1,
      of: 2,
    });
    expect(compareFiles(before, [file(1, 7), file(2, 8), file(3, 9)], none)).toMatchObject({
      kind: "replaced",
      files: [{ fileId: 7 }, { fileId: 8 }],
    });
  });

  test("where nothing was, the first file is another one", () => {
    expect(compareFiles([], [file(1, 7)], none).kind).toBe("replaced");
    expect(compareFiles([], [], none).kind).toBe("unchanged");
  });
});

test.each([
  [{ mediaType: null, season: 1, episode: 1 }, null],
  [{ mediaType: "movie", season: 1, episode: 1 }, { kind: "movie" }],
  [{ mediaType: "tv", season: null, episode: null }, { kind: "allSeasons" }],
  [{ mediaType: "tv", season: 0, episode: 3 }, { kind: "allSeasons" }],
  [
    { mediaType: "tv", season: 2, episode: null },
    { kind: "season", season: 2 },
  ],
  [
    { mediaType: "tv", season: 2, episode: 0 },
    { kind: "season", season: 2 },
  ],
  [
    { mediaType: "tv", season: 2, episode: 4 },
    { kind: "episode", season: 2, episode: 4 },
  ],
] as const)("scope of %j", (issue, scope) => {
  expect(issueScope(issue)).toEqual(scope);
});
