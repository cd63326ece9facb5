import { expect, test } from "vitest";
import {
  decideHold,
  decideOutage,
  decideSeriesRead,
  isSuddenlyEmpty,
  seriesFingerprint,
} from "@/lib/domain/reconcile";

test("a check that would send more mails than the limit holds them and says how many", () => {
  expect(decideHold(0, 25)).toBeNull();
  expect(decideHold(25, 25)).toBeNull();
  expect(decideHold(26, 25)).toContain("26 mails");
});

test("a silence of more than five minutes was an outage of our own, a first start is none", () => {
  const now = new Date("2026-11-22T12:00:00Z");
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  expect(decideOutage(null, now)).toBeNull();
  expect(decideOutage(ago(5), now)).toBeNull();
  expect(decideOutage(ago(6), now)).toEqual({ beganAt: ago(6), endedAt: now });
  // A clock that was put back is no outage.
  expect(decideOutage(ago(-60), now)).toBeNull();
});

const season = {
  season: 1,
  monitored: true,
  episodeFileCount: 3,
  episodeCount: 4,
  totalEpisodeCount: 8,
  sizeOnDisk: 9_000_000_000,
  nextAiring: null,
};
const request = { id: 7, seasons: [1], coversAllSeasons: false, tvdbId: 1 };
const of = (changes: object, requests = [request]) =>
  seriesFingerprint({ tvdbId: 1, seasons: [{ ...season, ...changes }] }, requests);

test("a show looks different as soon as its files, what is to come or who asks for it do", () => {
  const looks = [
    of({}),
    of({ episodeFileCount: 4 }),
    // One file deleted and another imported: only the size tells.
    of({ sizeOnDisk: 9_000_000_001 }),
    of({ totalEpisodeCount: 9 }),
    of({ nextAiring: new Date("2026-12-01T20:00:00Z") }),
    of({}, [{ ...request, seasons: [1, 2] }]),
    of({}, [request, { ...request, id: 8 }]),
    of({}, [{ ...request, coversAllSeasons: true }]),
  ];
  expect(new Set(looks).size).toBe(looks.length);
  expect(of({}, [request, { ...request, id: 8 }])).toBe(of({}, [{ ...request, id: 8 }, request]));
  expect(of({ monitored: false, episodeCount: 5 })).toBe(of({}));
  expect(of({ sizeOnDisk: null })).toBeNull();
});

test("episodes are read when a show looks different, when that cannot be told, and once a day", () => {
  const now = new Date("2026-11-22T12:00:00Z");
  const read = (hours: number) => ({
    fingerprint: "a",
    readAt: new Date(now.getTime() - hours * 3_600_000),
  });
  expect(decideSeriesRead("a", null, now)).toBe("changed");
  expect(decideSeriesRead(null, read(1), now)).toBe("changed");
  expect(decideSeriesRead("b", read(1), now)).toBe("changed");
  expect(decideSeriesRead("a", read(1), now)).toBeNull();
  expect(decideSeriesRead("a", read(24), now)).toBe("stale");
});

test("a server that held something and now names nothing at all is not believed", () => {
  expect(isSuddenlyEmpty(0, 0)).toBe(false);
  expect(isSuddenlyEmpty(1, 500)).toBe(false);
  expect(isSuddenlyEmpty(0, 1)).toBe(true);
});
