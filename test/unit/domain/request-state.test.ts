import { expect, test } from "vitest";
import { decideRequestState, type RequestStateFacts } from "@/lib/domain/request-state";

const until = new Date("2026-11-22T20:20:00Z");
const facts: RequestStateFacts = {
  status: "approved",
  mediaType: "tv",
  held: 0,
  told: 0,
  knownBefore: 0,
  waiting: null,
  mails: { live: 0, held: 0, unknown: 0, failed: 0, nextAt: null },
  givenUp: 0,
  downloading: false,
  review: null,
};
const stateOf = (changes: Partial<RequestStateFacts>) =>
  decideRequestState({ ...facts, ...changes });
const mails = (changes: Partial<RequestStateFacts["mails"]>) => ({ ...facts.mails, ...changes });
const waiting = { count: 1, until, trailing: false, askedPlex: false };

test("nothing known yet is being looked for", () => {
  expect(stateOf({})).toEqual({ state: "looking", until: null });
  expect(stateOf({ downloading: true }).state).toBe("downloading");
  expect(stateOf({ status: "pending" }).state).toBe("waiting_approval");
  expect(stateOf({ status: "failed" }).state).toBe("failed");
});

test("what is waited for says until when", () => {
  expect(stateOf({ waiting })).toEqual({ state: "gathering", until });
  expect(stateOf({ waiting: { ...waiting, askedPlex: true } }).state).toBe("waiting_plex");
  expect(stateOf({ waiting: { ...waiting, trailing: true } }).state).toBe("waiting_plex");
  expect(stateOf({ mails: mails({ live: 1, nextAt: until }) })).toEqual({
    state: "leaving",
    until,
  });
});

test("what was told is told, and old news is known before", () => {
  expect(stateOf({ held: 2, told: 2, knownBefore: 2 }).state).toBe("known_before");
  expect(stateOf({ held: 2, told: 2, knownBefore: 1 }).state).toBe("told");
});

test("trouble comes before progress, and a withdrawn request before all", () => {
  const told = { held: 1, told: 1 };
  expect(stateOf({ ...told, mails: mails({ held: 1 }), waiting }).state).toBe("mail_held");
  expect(stateOf({ ...told, mails: mails({ unknown: 1 }) }).state).toBe("mail_unknown");
  expect(stateOf({ ...told, mails: mails({ failed: 1 }) }).state).toBe("mail_failed");
  expect(stateOf({ ...told, givenUp: 1 }).state).toBe("plex_cannot_see");
  expect(stateOf({ ...told, status: "declined", mails: mails({ held: 1 }) }).state).toBe(
    "declined",
  );
  expect(stateOf({ status: "deleted", waiting }).state).toBe("deleted");
});

test("what the quality monitor found is said while nothing else is", () => {
  const soon = { verdict: "coming_soon", because: null, releaseAt: until };
  const missing = { verdict: "quality_waiting", because: "missing" as const, releaseAt: null };
  const cutoff = { ...missing, because: "cutoff" as const };
  expect(stateOf({ review: soon })).toEqual({ state: "coming_soon", until });
  expect(stateOf({ review: { ...soon, verdict: "unreleased", releaseAt: null } })).toEqual({
    state: "coming_soon",
    until: null,
  });
  expect(stateOf({ review: missing }).state).toBe("quality_waiting");
  expect(stateOf({ review: missing, downloading: true }).state).toBe("downloading");
  expect(stateOf({ review: missing, waiting }).state).toBe("gathering");
  expect(stateOf({ review: missing, status: "declined" }).state).toBe("declined");
  expect(stateOf({ review: soon, status: "pending" }).state).toBe("waiting_approval");
  expect(stateOf({ review: { ...missing, verdict: "there" } }).state).toBe("looking");

  const movie = { mediaType: "movie" as const };
  expect(stateOf({ ...movie, review: missing, held: 1 }).state).toBe("looking");
  expect(stateOf({ ...movie, review: cutoff, held: 1 }).state).toBe("quality_waiting");
  expect(stateOf({ ...movie, review: cutoff, held: 1, told: 1 }).state).toBe("told");
  expect(stateOf({ review: missing, held: 2, told: 2 }).state).toBe("quality_waiting");
  expect(stateOf({ review: soon, held: 1, told: 1 }).state).toBe("told");
});
