import { expect, test } from "vitest";
import { type ItemScope, matchRequest, type RequestScope } from "@/lib/domain/matching";

const show: RequestScope = {
  mediaType: "tv",
  tmdbId: 1399,
  tvdbId: 121361,
  isFourK: false,
  status: "approved",
  seasons: [3],
  coversAllSeasons: false,
};
const movie: RequestScope = { ...show, mediaType: "movie", tmdbId: 603, tvdbId: null, seasons: [] };
const aired = { kind: "episode", tvdbId: 121361, tmdbId: 1399, season: 3, isFourK: false } as const;
const film: ItemScope = { kind: "movie", tmdbId: 603, isFourK: false };
const kindOf = (request: RequestScope, item: ItemScope) => {
  const coverage = matchRequest(request, item);
  return coverage.kind === "other" ? coverage.because : coverage.kind;
};

test("a show goes by its TVDB id, whatever its TMDB id says", () => {
  expect(kindOf(show, aired)).toBe("covers");
  expect(kindOf(show, { ...aired, tmdbId: 7 })).toBe("covers");
  expect(kindOf(show, { ...aired, tvdbId: 9, tmdbId: 1399 })).toBe("title");
});

test("the TMDB id counts where one side has no TVDB id", () => {
  expect(kindOf({ ...show, tvdbId: null }, aired)).toBe("covers");
  expect(kindOf(show, { ...aired, tvdbId: null })).toBe("covers");
  expect(kindOf({ ...show, tvdbId: null }, { ...aired, tmdbId: 7 })).toBe("title");
  expect(kindOf({ ...show, tvdbId: null, tmdbId: null }, { ...aired, tmdbId: null })).toBe("title");
});

test("one show's TVDB id is not another show's TMDB id", () => {
  const other = { ...show, tvdbId: null, tmdbId: 121361 };
  expect(kindOf(other, { ...aired, tmdbId: null })).toBe("title");
  expect(kindOf(other, aired)).toBe("title");
});

test("a movie and a show of one TMDB id are different things", () => {
  expect(kindOf(movie, film)).toBe("covers");
  expect(kindOf({ ...show, tmdbId: 603 }, film)).toBe("title");
  expect(kindOf(movie, { ...aired, tvdbId: null, tmdbId: 603 })).toBe("title");
  expect(kindOf({ ...movie, tmdbId: null }, { ...film, tmdbId: null })).toBe("title");
});

test("4K and HD are separate outcomes", () => {
  expect(kindOf(show, { ...aired, isFourK: true })).toBe("class");
  expect(kindOf({ ...movie, isFourK: true }, film)).toBe("class");
  expect(kindOf({ ...movie, isFourK: true }, { ...film, isFourK: true })).toBe("covers");
});

test("a request covers the seasons it names, later ones only if it says all", () => {
  expect(kindOf(show, { ...aired, season: 4 })).toBe("season");
  expect(kindOf({ ...show, seasons: [1, 2, 4] }, { ...aired, season: 4 })).toBe("covers");
  expect(kindOf({ ...show, coversAllSeasons: true }, { ...aired, season: 9 })).toBe("covers");
  expect(kindOf({ ...show, seasons: [] }, aired)).toBe("season");
});

test("specials are covered only when they were asked for", () => {
  const special = { ...aired, season: 0 };
  expect(kindOf(show, special)).toBe("season");
  expect(kindOf({ ...show, coversAllSeasons: true }, special)).toBe("season");
  expect(kindOf({ ...show, seasons: [0] }, special)).toBe("covers");
});

test("a request that was withdrawn covers nothing, a pending one waits for approval", () => {
  expect(kindOf({ ...show, status: "declined" }, aired)).toBe("withdrawn");
  expect(kindOf({ ...show, status: "deleted" }, aired)).toBe("withdrawn");
  expect(kindOf({ ...show, status: "pending" }, aired)).toBe("notApproved");
  expect(kindOf({ ...show, status: "pending" }, { ...aired, season: 9 })).toBe("season");
  expect(kindOf({ ...show, status: "completed" }, aired)).toBe("covers");
  expect(kindOf({ ...show, status: "failed" }, aired)).toBe("covers");
});
