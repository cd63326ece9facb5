import { describe, expect, test } from "vitest";
import {
  bestVerdict,
  type CutoffRule,
  isCompleteByFigures,
  judgeMovie,
  judgeShow,
  type QualityVerdict,
  waitsForCutoff,
  wantedQuality,
} from "@/lib/domain/quality";
import type {
  LibraryFile,
  QualityProfile,
  QueueItem,
  RadarrMovie,
  SonarrEpisode,
  SonarrSeries,
} from "@/lib/domain/upstream";

const now = new Date("2026-11-22T19:00:00Z");
const ahead = (days: number) => new Date(now.getTime() + days * 86_400_000);
const ago = (days: number) => ahead(-days);

const profile: QualityProfile = {
  profileId: 4,
  name: "HD-1080p",
  upgradeAllowed: true,
  cutoffName: "WEBDL-1080p",
};
const off: CutoffRule = { hold: false, profiles: [profile] };
const on: CutoffRule = { hold: true, profiles: [profile] };
const noUpgrades: CutoffRule = { hold: true, profiles: [{ ...profile, upgradeAllowed: false }] };

const file = (qualityCutoffNotMet: boolean | null): LibraryFile => ({
  fileId: 1,
  path: null,
  relativePath: null,
  quality: "HDTV-720p",
  size: null,
  addedAt: null,
  qualityCutoffNotMet,
});
const queued = (of: Partial<QueueItem>): QueueItem => ({
  queueId: 1,
  seriesId: null,
  episodeId: null,
  season: null,
  movieId: null,
  title: null,
  status: "downloading",
  trackedStatus: "ok",
  trackedState: "downloading",
  messages: [],
  downloadId: "x",
  size: null,
  sizeLeft: null,
  estimatedCompletion: null,
  addedAt: null,
  ...of,
});

const base: RadarrMovie = {
  movieId: 7,
  tmdbId: 603,
  imdbId: null,
  title: "A Quiet Orbit",
  year: 2026,
  status: "released",
  inCinemas: null,
  digitalRelease: null,
  physicalRelease: null,
  isAvailable: true,
  monitored: true,
  qualityProfileId: 4,
  path: null,
  overview: null,
  posterUrl: null,
  runtimeMinutes: null,
  hasFile: false,
  file: null,
};
const movie = (changes: Partial<RadarrMovie>, rule = off, queue: QueueItem[] = []) =>
  judgeMovie({ ...base, ...changes }, { queue, rule }, false, now);
const missing: QualityVerdict = {
  kind: "qualityWaiting",
  because: "missing",
  episodes: [],
  quality: "1080p",
};
const cutoff: QualityVerdict = { ...missing, because: "cutoff" };

describe("a movie", () => {
  test.each<[string, Partial<RadarrMovie>, Partial<QualityVerdict>]>([
    [
      "announced, digital ahead",
      { status: "announced", digitalRelease: ahead(20), physicalRelease: ahead(40) },
      { kind: "comingSoon", at: ahead(20), release: "digital" },
    ],
    [
      "physical before digital",
      { status: "inCinemas", digitalRelease: ahead(40), physicalRelease: ahead(20) },
      { kind: "comingSoon", at: ahead(20), release: "physical" },
    ],
    [
      "in cinemas, the disc is still ahead",
      { status: "inCinemas", inCinemas: ago(40), physicalRelease: ahead(9) },
      { kind: "comingSoon", at: ahead(9), release: "physical", inCinemasSince: ago(40) },
    ],
    [
      "only the cinema is known",
      { status: "announced", inCinemas: ahead(60) },
      { kind: "comingSoon", at: ahead(60), release: "cinema", inCinemasSince: null },
    ],
    [
      "the cinema does not count where a release for home is known",
      { status: "announced", inCinemas: ahead(10), digitalRelease: ahead(60) },
      { kind: "comingSoon", at: ahead(60), release: "digital" },
    ],
    [
      "in cinemas, no date for home",
      { status: "inCinemas", inCinemas: ago(9) },
      { kind: "unreleased" },
    ],
    ["no date at all", { status: "announced" }, { kind: "unreleased" }],
    ["tba", { status: "tba" }, { kind: "unreleased" }],
    ["its date has passed", { status: "inCinemas", digitalRelease: ago(1) }, missing],
    ["released, no file", { status: "released", digitalRelease: ahead(3) }, missing],
    ["released and not looked for", { monitored: false }, { kind: "unmonitored" }],
    ["released and there", { hasFile: true, file: file(false) }, { kind: "there" }],
    [
      "there before its release",
      { status: "announced", digitalRelease: ahead(3), hasFile: true, file: file(false) },
      { kind: "there" },
    ],
  ])("%s", (_name, changes, verdict) => {
    expect(movie(changes)).toMatchObject(verdict);
  });

  test("in the queue it is downloading, whatever its dates say; downloads of others do not count", () => {
    expect(movie({}, off, [queued({ movieId: 7 })])).toEqual({ kind: "downloading" });
    expect(
      movie({ status: "announced", digitalRelease: ahead(3) }, off, [queued({ movieId: 7 })]),
    ).toEqual({ kind: "downloading" });
    expect(movie({}, off, [queued({ movieId: 8 }), queued({})])).toEqual(missing);
  });

  test("below the cutoff it is there, unless it is held until a better file comes", () => {
    const below = { hasFile: true, file: file(true) };
    expect(movie(below, off)).toEqual({ kind: "there" });
    expect(movie(below, on)).toEqual(cutoff);
    expect(movie(below, on, [queued({ movieId: 7 })])).toEqual({ kind: "downloading" });
    expect(judgeMovie({ ...base, ...below }, { queue: [], rule: on }, true, now)).toEqual({
      kind: "there",
    });
  });
});

describe("what holds nothing", () => {
  const title = { qualityProfileId: 4, monitored: true };
  test.each<[string, LibraryFile | null, typeof title, CutoffRule, boolean]>([
    ["the setting off", file(true), title, off, false],
    ["below the cutoff", file(true), title, on, true],
    ["the cutoff met", file(false), title, on, false],
    ["a service that does not say", file(null), title, on, false],
    ["no file", null, title, on, false],
    ["a profile without upgrades", file(true), title, noUpgrades, false],
    ["an unknown profile", file(true), { ...title, qualityProfileId: 9 }, on, false],
    ["a title nobody looks for", file(true), { ...title, monitored: false }, on, false],
  ])("%s", (_name, one, of, rule, expected) => {
    expect(waitsForCutoff(one, of, rule)).toBe(expected);
  });
});

const series: SonarrSeries = {
  seriesId: 3,
  title: "Tidewater Road",
  year: 2024,
  tvdbId: 400,
  tmdbId: 900,
  imdbId: null,
  status: "continuing",
  monitored: true,
  qualityProfileId: 4,
  path: null,
  overview: null,
  posterUrl: null,
  runtimeMinutes: null,
  firstAired: null,
  nextAiring: null,
  seasons: [],
};
const episode = (
  season: number,
  number: number,
  airs: Date | null,
  changes: Partial<SonarrEpisode> = {},
): SonarrEpisode => ({
  episodeId: season * 100 + number,
  tvdbId: null,
  season,
  episode: number,
  title: null,
  airDateUtc: airs,
  runtimeMinutes: null,
  monitored: true,
  hasFile: false,
  file: null,
  ...changes,
});
const held = (below = false) => ({ hasFile: true, file: file(below) });
const show = (
  episodes: SonarrEpisode[],
  options: {
    rule?: CutoffRule;
    queue?: QueueItem[];
    seasons?: number[];
    series?: Partial<SonarrSeries>;
    settled?: boolean;
  } = {},
) =>
  judgeShow(
    { series: { ...series, ...options.series }, episodes },
    { queue: options.queue ?? [], rule: options.rule ?? off },
    {
      coversSeason: (season) => (options.seasons ?? [1]).includes(season),
      isSettled: () => options.settled ?? false,
    },
    now,
  );
const waiting = (because: "missing" | "cutoff", ...numbers: number[]) => ({
  kind: "qualityWaiting",
  because,
  episodes: numbers.map((number) => ({ season: 1, episode: number })),
  quality: "1080p",
});

describe("a show", () => {
  test("no episode of the requested seasons has aired: coming soon with the first of them", () => {
    const episodes = [
      episode(1, 1, ago(400), held()),
      episode(2, 2, ahead(17)),
      episode(2, 1, ahead(10)),
    ];
    expect(show(episodes, { seasons: [2] })).toMatchObject({
      kind: "comingSoon",
      at: ahead(10),
      release: "air",
      season: 2,
    });
    expect(show([episode(2, 1, null)], { seasons: [2] })).toEqual({ kind: "unreleased" });
    expect(show(episodes, { seasons: [1] })).toEqual({ kind: "there" });
  });

  test("a show without episodes comes when its first season does", () => {
    const announced = { firstAired: ahead(30) };
    expect(show([], { series: announced })).toMatchObject({ kind: "comingSoon", at: ahead(30) });
    expect(show([], { series: announced, seasons: [2] })).toEqual({ kind: "unreleased" });
    expect(show([])).toEqual({ kind: "unreleased" });
  });

  test("aired more than a week ago, looked for and not there: quality waiting", () => {
    const episodes = [
      episode(1, 1, ago(30), held()),
      episode(1, 2, ago(8)),
      episode(1, 3, ago(6)),
      episode(1, 4, ahead(1)),
    ];
    expect(show(episodes)).toEqual(waiting("missing", 2));
    expect(show(episodes.filter((e) => e.episode !== 2))).toEqual({ kind: "recent" });
    expect(show([episode(1, 1, ago(7))])).toEqual({ kind: "recent" });
  });

  test("the queue, the monitoring and the seasons count by episode", () => {
    const episodes = [episode(1, 1, ago(30)), episode(1, 2, ago(20)), episode(0, 1, ago(99))];
    const one = queued({ seriesId: 3, episodeId: 101, season: 1 });
    expect(show(episodes, { queue: [one] })).toEqual(waiting("missing", 2));
    const two = { ...one, episodeId: 102 };
    expect(show(episodes, { queue: [one, two] })).toEqual({ kind: "downloading" });
    expect(show(episodes, { queue: [{ ...one, episodeId: null }] })).toEqual({
      kind: "downloading",
    });
    expect(
      show(episodes, {
        queue: [
          { ...one, seriesId: 4 },
          { ...two, seriesId: 4 },
        ],
      }),
    ).toEqual(waiting("missing", 1, 2));
    const unmonitored = episodes.map((e) => ({ ...e, monitored: false }));
    expect(show(unmonitored)).toEqual({ kind: "unmonitored" });
    expect(show(episodes, { series: { monitored: false } })).toEqual({ kind: "unmonitored" });
    expect(show(episodes, { seasons: [0] })).toMatchObject({
      episodes: [{ season: 0, episode: 1 }],
    });
  });

  test("files below the cutoff are waited for only where they are held", () => {
    const episodes = [episode(1, 1, ago(30), held(true)), episode(1, 2, ago(20), held())];
    expect(show(episodes)).toEqual({ kind: "there" });
    expect(show(episodes, { rule: on })).toEqual(waiting("cutoff", 1));
    expect(show(episodes, { rule: on, settled: true })).toEqual({ kind: "there" });
    expect(show(episodes, { rule: noUpgrades })).toEqual({ kind: "there" });
    const queue = [queued({ seriesId: 3, episodeId: 101 })];
    expect(show(episodes, { rule: on, queue })).toEqual({ kind: "downloading" });
  });
});

test("figures say that nothing is missing only where they are certain", () => {
  const season = (number: number, files: number, counted: number) => ({
    season: number,
    monitored: true,
    episodeFileCount: files,
    episodeCount: counted,
    totalEpisodeCount: 10,
    sizeOnDisk: null,
    nextAiring: null,
  });
  const of = (...seasons: ReturnType<typeof season>[]) => ({ ...series, seasons });
  expect(isCompleteByFigures(of(season(1, 8, 8)), [1], off)).toBe(true);
  expect(isCompleteByFigures(of(season(1, 8, 8)), [1], on)).toBe(false);
  expect(isCompleteByFigures(of(season(1, 7, 8)), [1], off)).toBe(false);
  expect(isCompleteByFigures(of(season(1, 0, 0)), [1], off)).toBe(false);
  expect(isCompleteByFigures(of(season(1, 8, 8)), [1, 2], off)).toBe(false);
  expect(isCompleteByFigures(of(season(0, 0, 3), season(1, 8, 8)), "all", off)).toBe(true);
  expect(isCompleteByFigures(of(), "all", off)).toBe(false);
});

test("of several instances the most hopeful counts", () => {
  const soon: QualityVerdict = {
    kind: "comingSoon",
    at: now,
    release: "digital",
    season: null,
    inCinemasSince: null,
  };
  expect(bestVerdict([missing, { kind: "there" }])).toEqual({ kind: "there" });
  expect(bestVerdict([missing, soon])).toEqual(soon);
  expect(bestVerdict([])).toBeNull();
});

test.each([
  ["WEBDL-1080p", "Any", "1080p"],
  ["WEB 2160p", "Any", "4K"],
  [null, "HD - 720p/1080p", "720p"],
  ["Remux", "Ultra-HD", "4K"],
  ["DVD", "Any", null],
])("the cutoff %s of the profile %s is %s to people", (cutoffName, name, words) => {
  expect(wantedQuality({ ...profile, cutoffName, name })).toBe(words);
});
