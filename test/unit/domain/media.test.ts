import fc from "fast-check";
import { expect, test } from "vitest";
import {
  groupKey,
  type MediaIdentity,
  mediaKey,
  parseMediaKey,
  showGroupKey,
} from "@/lib/domain/media";

const episode = { kind: "episode", tvdbId: 121361, season: 3, episode: 9, isFourK: false } as const;

test("keys are written as the ledger keeps them for ever", () => {
  expect(mediaKey({ kind: "movie", tmdbId: 603, isFourK: false })).toBe("movie:tmdb:603");
  expect(mediaKey({ kind: "movie", tmdbId: 603, isFourK: true })).toBe("movie:tmdb:603:4k");
  expect(mediaKey(episode)).toBe("episode:tvdb:121361:s03e09");
  expect(mediaKey({ ...episode, isFourK: true })).toBe("episode:tvdb:121361:s03e09:4k");
  expect(mediaKey({ ...episode, season: 0, episode: 1 })).toBe("episode:tvdb:121361:s00e01");
  expect(mediaKey({ ...episode, season: 2024, episode: 1105 })).toBe(
    "episode:tvdb:121361:s2024e1105",
  );
});

test("episodes of a show share a group, its 4K episodes another, a movie is its own", () => {
  expect(groupKey(episode)).toBe("show:tvdb:121361");
  expect(groupKey({ ...episode, season: 7, episode: 1 })).toBe(groupKey(episode));
  expect(groupKey({ ...episode, isFourK: true })).toBe(showGroupKey(121361, true));
  expect(groupKey({ kind: "movie", tmdbId: 603, isFourK: true })).toBe("movie:tmdb:603:4k");
});

const identities: fc.Arbitrary<MediaIdentity> = fc.oneof(
  fc.record({ kind: fc.constant("movie" as const), tmdbId: fc.nat(), isFourK: fc.boolean() }),
  fc.record({
    kind: fc.constant("episode" as const),
    tvdbId: fc.nat(),
    season: fc.nat({ max: 3000 }),
    episode: fc.nat({ max: 3000 }),
    isFourK: fc.boolean(),
  }),
);

test("a key names one identity and can be read back", () => {
  fc.assert(
    fc.property(identities, (identity) => {
      expect(parseMediaKey(mediaKey(identity))).toEqual(identity);
    }),
  );
});

test("other texts are no media keys", () => {
  for (const text of ["", "movie:imdb:603", "movie:tmdb:603:hd", "episode:tvdb:1:s1", "x"]) {
    expect(parseMediaKey(text)).toBeNull();
  }
});
