import { describe, expect, test } from "vitest";
import {
  type EarlierHistory,
  type EarlierTelling,
  listUnresolvedShows,
  planEarlierImport,
  type SeerrNow,
} from "@/lib/domain/earlier-history";

const at = new Date("2026-05-01T10:00:00Z");
const telling = (more: Partial<EarlierTelling> = {}): EarlierTelling => ({
  userId: 1,
  requestId: 1,
  episode: { season: 1, episode: 2 },
  how: "told",
  at,
  ...more,
});

function history(more: Partial<EarlierHistory> = {}): EarlierHistory {
  const user = { isActive: true, deactivatedAt: null };
  const request = { userId: 1, title: "Saltmarsh" };
  return {
    users: [
      { ...user, id: 1, seerrUserId: 11, name: "anna", email: "anna@example.net" },
      { ...user, id: 2, seerrUserId: 12, name: "ben", email: "ben@example.net" },
    ],
    requests: [
      { ...request, id: 1, seerrRequestId: 21, mediaType: "tv", tmdbId: 500 },
      { ...request, id: 2, seerrRequestId: 22, mediaType: "movie", tmdbId: 600 },
    ],
    watchers: [],
    tellings: [],
    leftOut: [],
    ...more,
  };
}

function seerr(more: Partial<SeerrNow> = {}): SeerrNow {
  return {
    users: [
      { seerrUserId: 11, displayName: "Anna", email: "anna@example.net" },
      { seerrUserId: 12, displayName: "Ben", email: "ben@example.net" },
    ],
    requests: [
      { seerrRequestId: 21, mediaType: "tv", tmdbId: 500, tvdbId: 9500, is4k: false },
      { seerrRequestId: 22, mediaType: "movie", tmdbId: 600, tvdbId: null, is4k: true },
    ],
    ...more,
  };
}

const plan = (h: EarlierHistory, s = seerr(), found = new Map<number, number>()) => {
  const { ledger, watchers, deactivate, leftOut } = planEarlierImport(h, s, found);
  return {
    ledger: ledger.map((row) => `${row.seerrUserId} ${row.mediaKey} ${row.how}`),
    watchers,
    deactivate,
    leftOut: leftOut.map((entry) => entry.reason),
  };
};

describe("what was told", () => {
  test("goes by TVDB and TMDB id, in the class of the request", () => {
    const told = [telling(), telling({ requestId: 2, episode: null })];
    expect(plan(history({ tellings: told })).ledger).toEqual([
      "11 episode:tvdb:9500:s01e02 told",
      "11 movie:tmdb:600:4k told",
    ]);
  });

  test("of a request that Seerr has no more is kept for its person, in HD", () => {
    const gone = seerr({ requests: [] });
    const told = history({ tellings: [telling(), telling({ requestId: 2, episode: null })] });
    expect(listUnresolvedShows(told, gone)).toEqual([500]);
    expect(plan(told, gone, new Map([[500, 9500]]))).toMatchObject({
      ledger: ["11 episode:tvdb:9500:s01e02 told", "11 movie:tmdb:600 told"],
      leftOut: ["request_gone", "request_gone"],
    });
    expect(plan(told, gone).leftOut).toEqual(["request_gone", "request_gone", "no_id"]);
  });

  test("is left out when an id is missing or does not fit", () => {
    const requests = history().requests.map((request) => ({ ...request, tmdbId: 0 }));
    const tellings = [
      telling(),
      telling({ requestId: 2, episode: null }),
      telling({ requestId: 99 }),
    ];
    expect(plan(history({ requests, tellings }))).toMatchObject({
      ledger: [],
      leftOut: ["request_gone", "request_gone", "no_id", "no_id", "no_request"],
    });
    const odd = [telling({ episode: null }), telling({ requestId: 2 })];
    expect(plan(history({ tellings: odd })).leftOut).toEqual(["no_id", "no_id"]);
  });

  test("to one person twice is one entry, the strongest", () => {
    const tellings = [
      telling({ how: "known_before", userId: null }),
      telling({ how: "told" }),
      telling({ how: "not_wanted" }),
    ];
    const watchers = [{ requestId: 1, userId: 2 }];
    expect(plan(history({ tellings, watchers })).ledger).toEqual([
      "11 episode:tvdb:9500:s01e02 told",
      "12 episode:tvdb:9500:s01e02 known_before",
    ]);
  });
});

describe("ids of a Seerr that was set up anew", () => {
  test("a number that belongs to somebody else is not believed, the address is", () => {
    const moved = seerr({
      users: [
        { seerrUserId: 11, displayName: "Dora", email: "dora@example.net" },
        { seerrUserId: 31, displayName: "Anna", email: "ANNA@example.net" },
      ],
    });
    expect(plan(history({ tellings: [telling(), telling({ userId: 2 })] }), moved)).toMatchObject({
      ledger: ["31 episode:tvdb:9500:s01e02 told"],
      leftOut: ["person_gone"],
    });
    const strangers = seerr({
      users: [{ seerrUserId: 11, displayName: "Dora", email: "dora@example.net" }],
    });
    expect(plan(history({ tellings: [telling()] }), strangers)).toMatchObject({
      ledger: [],
      leftOut: ["other_person", "person_gone"],
    });
  });

  test("somebody with a new address or a new name is still the same", () => {
    const changed = seerr({
      users: [
        { seerrUserId: 11, displayName: "Anna", email: "anna@new.example.net" },
        { seerrUserId: 12, displayName: "Benjamin", email: "ben@example.net" },
      ],
    });
    expect(plan(history(), changed).leftOut).toEqual([]);
  });

  test("a number that is another title gives no watchers and no class", () => {
    const watchers = [{ requestId: 2, userId: 2 }];
    const other = seerr({
      requests: [{ seerrRequestId: 22, mediaType: "movie", tmdbId: 1, tvdbId: null, is4k: true }],
    });
    const tellings = [telling({ requestId: 2, episode: null })];
    expect(plan(history({ watchers, tellings }), other)).toMatchObject({
      ledger: ["11 movie:tmdb:600 told"],
      watchers: [],
      leftOut: ["request_gone", "request_gone", "watcher"],
    });
  });
});

test("people who share a request and people switched off come over", () => {
  const users = history().users.map((user) => ({ ...user, isActive: user.id !== 2 }));
  const watchers = [{ requestId: 1, userId: 2 }];
  expect(plan(history({ users, watchers }))).toMatchObject({
    watchers: [{ seerrRequestId: 21, seerrUserIds: [12] }],
    deactivate: [{ seerrUserId: 12, at: null }],
  });
});
