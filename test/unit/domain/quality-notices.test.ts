import { describe, expect, test } from "vitest";
import type { QualityVerdict } from "@/lib/domain/quality";
import {
  decideNotice,
  noticeScope,
  type TellableVerdict,
  type ToldNotice,
} from "@/lib/domain/quality-notices";
import { decideReview, type KeptReview, planReview } from "@/lib/domain/quality-review";

const now = new Date("2026-11-22T19:00:00Z");
const day = 86_400_000;
const ahead = (days: number) => new Date(now.getTime() + days * day);
const ago = (days: number) => ahead(-days);

const soon = (at: Date): TellableVerdict => ({
  kind: "comingSoon",
  at,
  release: "digital",
  season: null,
  inCinemasSince: null,
});
const waiting: TellableVerdict = {
  kind: "qualityWaiting",
  because: "missing",
  episodes: [],
  quality: null,
};
const scope = "movie:tmdb:603";
const decide = (verdict: TellableVerdict, told: ToldNotice[], since = now) =>
  decideNotice({ verdict, scope, since, told }, now);
const toldOf = (date: Date, at: Date, nth = ""): ToldNotice => ({
  mediaKey: `${scope}@${date.toISOString()}${nth}`,
  at,
  isPending: false,
});

describe("coming soon", () => {
  const date = new Date("2026-12-04T00:00:00Z");
  test("is told once, with its date in the key", () => {
    expect(decide(soon(date), [])).toEqual({
      kind: "tell",
      onceKey: "movie:tmdb:603@2026-12-04T00:00:00.000Z",
      movedFrom: null,
    });
  });
  test("is not told again for 30 days, then it is", () => {
    const until = new Date(ago(29).getTime() + 30 * day);
    expect(decide(soon(date), [toldOf(date, ago(29))])).toEqual({ kind: "toldAlready", until });
    expect(decide(soon(date), [toldOf(date, ago(30))])).toEqual({
      kind: "tell",
      onceKey: "movie:tmdb:603@2026-12-04T00:00:00.000Z#2",
      movedFrom: null,
    });
  });
  test("is told again when the date moves, in either direction and back again", () => {
    const later = new Date("2026-12-11T00:00:00Z");
    expect(decide(soon(later), [toldOf(date, ago(1))])).toMatchObject({
      kind: "tell",
      movedFrom: date,
    });
    const both = [toldOf(date, ago(2)), toldOf(later, ago(1))];
    expect(decide(soon(date), both)).toEqual({
      kind: "tell",
      onceKey: "movie:tmdb:603@2026-12-04T00:00:00.000Z#2",
      movedFrom: later,
    });
  });
  test("an hour is no move", () => {
    const hourLater = new Date(date.getTime() + 3_600_000);
    expect(decide(soon(hourLater), [toldOf(date, ago(1))]).kind).toBe("toldAlready");
  });
});

describe("quality waiting", () => {
  test("is not told beside a mail of the same that is still held, however long that takes", () => {
    const held = { ...toldOf(ago(60), ago(60)), isPending: true };
    expect(decide(waiting, [held], ago(60)).kind).toBe("toldAlready");
    expect(decide(soon(ago(60)), [held]).kind).toBe("toldAlready");
  });
  test("is told at most once in 7 days", () => {
    expect(decide(waiting, []).kind).toBe("tell");
    expect(decide(waiting, [toldOf(ago(6), ago(6))]).kind).toBe("toldAlready");
    expect(decide(waiting, [toldOf(ago(7), ago(7))], ago(7))).toMatchObject({
      kind: "tell",
      onceKey: `${scope}@${ago(7).toISOString()}#2`,
    });
  });
});

test("a scope names title, class and seasons, not the request", () => {
  const show = {
    mediaType: "tv" as const,
    tmdbId: 9,
    tvdbId: 400,
    isFourK: false,
    coversAllSeasons: false,
    seasons: [2, 1],
  };
  expect(noticeScope(show)).toBe("show:tvdb:400:s1,s2");
  expect(noticeScope({ ...show, isFourK: true })).toBe("show:tvdb:400:s1,s2:4k");
  expect(noticeScope({ ...show, tvdbId: null, coversAllSeasons: true })).toBe("show:tmdb:9:all");
  expect(noticeScope({ ...show, mediaType: "movie", tmdbId: 603, isFourK: true })).toBe(
    "movie:tmdb:603:4k",
  );
});

describe("a review", () => {
  const judged = (verdict: QualityVerdict) =>
    ({ kind: "judged", verdict, instance: "Radarr" }) as const;
  const ours = { knownBefore: false };
  const old = { knownBefore: true };
  const first = (verdict: QualityVerdict, request = ours, isNews = false) =>
    decideReview(judged(verdict), null, request, { isNews }, now);
  const then = (verdict: QualityVerdict, previous: KeptReview, request = ours) =>
    decideReview(judged(verdict), previous, request, { isNews: false }, ahead(1));
  const date = ahead(20);

  test("that says the same changes nothing and keeps its beginning", () => {
    const { review, isChanged } = first(soon(date));
    expect(isChanged).toBe(true);
    const again = then(soon(date), review);
    expect(again.isChanged).toBe(false);
    expect(again.review.since).toEqual(now);
    expect(then(soon(ahead(40)), review).isChanged).toBe(true);
    expect(then(waiting, review).isChanged).toBe(true);
  });

  test("a further episode is a change, one fewer is not", () => {
    const of = (...numbers: number[]): QualityVerdict => ({
      ...waiting,
      episodes: numbers.map((episode) => ({ season: 1, episode })),
    });
    const { review } = first(of(3, 4));
    expect(then(of(4), review).isChanged).toBe(false);
    expect(then(of(3, 4, 9), review).isChanged).toBe(true);
  });

  test("of a request older than BingeAlert is old news until it changes", () => {
    const { review } = first(waiting, old);
    expect(review.isOldNews).toBe(true);
    expect(then(waiting, review, old).review.isOldNews).toBe(true);
    expect(then(soon(date), review, old).review.isOldNews).toBe(false);
    expect(first(waiting, old, true).review.isOldNews).toBe(false);
  });

  test("plans mails for what is told of and is no old news", () => {
    const request = {
      mediaType: "movie" as const,
      tmdbId: 603,
      tvdbId: null,
      isFourK: false,
      coversAllSeasons: false,
      seasons: [],
    };
    const plan = (verdict: QualityVerdict, knownBefore: boolean) =>
      planReview(
        {
          finding: judged(verdict),
          previous: null,
          request: { ...request, knownBefore },
          people: [{ userId: 1, told: [] }],
        },
        { isNews: false },
        now,
      ).decisions.map(({ decision }) => decision.kind);
    expect(plan(waiting, false)).toEqual(["tell"]);
    expect(plan(waiting, true)).toEqual([]);
    expect(plan({ kind: "there" }, false)).toEqual([]);
    expect(plan({ kind: "unreleased" }, false)).toEqual([]);
  });

  test("that finds the title nowhere says so", () => {
    const finding = { kind: "notInInstance", instance: "Radarr" } as const;
    const { review } = decideReview(finding, null, ours, { isNews: true }, now);
    expect(review).toMatchObject({ verdict: "not_in_instance", because: null, episodes: [] });
  });
});
