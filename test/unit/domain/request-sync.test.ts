import { expect, test } from "vitest";
import { isStoredAlready, type StoredRequest } from "@/lib/domain/request-sync";
import type { SeerrRequest } from "@/lib/domain/upstream";

const at = new Date("2026-03-01T12:00:00Z");
const anna = { seerrUserId: 4, displayName: "Anna", email: "anna@example.net", avatarUrl: null };
const found: SeerrRequest = {
  seerrRequestId: 7,
  status: "approved",
  mediaType: "tv",
  is4k: false,
  tmdbId: 1399,
  tvdbId: 121361,
  seasons: [1, 2],
  requestedBy: anna,
  createdAt: at,
  updatedAt: at,
  serverId: null,
  ratingKey: null,
  mediaStatus: "processing",
};
const stored: StoredRequest = {
  status: "approved",
  mediaType: "tv",
  isFourK: false,
  tmdbId: 1399,
  tvdbId: 121361,
  seasons: [2, 1],
  requestedAt: at,
  requesterName: "Anna",
  requester: { seerrUserId: 4, displayName: "Anna", email: "anna@example.net" },
  askedBy: [4],
  readFromSeerrAt: at,
};

test("what Seerr says again is stored already, whatever it thinks of the media", () => {
  expect(isStoredAlready(found, stored)).toBe(true);
  expect(isStoredAlready({ ...found, mediaStatus: "available", updatedAt: null }, stored)).toBe(
    true,
  );
});

test("what Seerr leaves out takes nothing back", () => {
  const silent = { ...found, status: "unknown", tmdbId: null, tvdbId: null } as const;
  expect(isStoredAlready({ ...silent, requestedBy: null, createdAt: null }, stored)).toBe(true);
});

test.each<[string, Partial<SeerrRequest>]>([
  ["its status", { status: "declined" }],
  ["its class", { is4k: true }],
  ["a season more", { seasons: [1, 2, 3] }],
  ["a season less", { seasons: [1] }],
  ["another title", { tvdbId: 5 }],
  ["a TMDB id", { tmdbId: 6 }],
  ["the date", { createdAt: new Date(0) }],
  ["another person", { requestedBy: { ...anna, seerrUserId: 5 } }],
  ["a new name", { requestedBy: { ...anna, displayName: "Anna K." } }],
  ["a new address", { requestedBy: { ...anna, email: null } }],
])("news: %s", (_what, change) => {
  expect(isStoredAlready({ ...found, ...change }, stored)).toBe(false);
});

test.each<[string, Partial<StoredRequest>]>([
  ["only a webhook spoke of it", { readFromSeerrAt: null }],
  ["nobody is known to have asked", { requester: null, askedBy: [] }],
  ["a namesake is attached as well", { askedBy: [4, 9] }],
  ["it counted as deleted", { status: "deleted" }],
])("stored anew when %s", (_what, change) => {
  expect(isStoredAlready(found, { ...stored, ...change })).toBe(false);
});
