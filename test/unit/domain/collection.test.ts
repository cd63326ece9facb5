import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Holding,
  type PlannedRequest,
  type PlannedWatcher,
  planCollection,
  type Settled,
} from "@/lib/domain/collection";
import { matchRequest } from "@/lib/domain/matching";
import { mediaKey } from "@/lib/domain/media";

const holding = (episode: number, season = 3): Holding => ({
  identity: { kind: "episode", tvdbId: 121361, season, episode, isFourK: false },
  title: "Tidewater Road",
  year: 2023,
  tmdbId: 1399,
  tvdbId: 121361,
  imdbId: null,
  episodeTitle: null,
  episodeTvdbId: null,
  runtimeMinutes: null,
  airsAt: null,
  instanceKey: "sonarr",
  upstreamId: 1,
  fileId: episode,
  filePath: null,
  quality: null,
  addedAt: null,
});
const request = (id: number, changes: Partial<PlannedRequest> = {}): PlannedRequest => ({
  id,
  mediaType: "tv",
  tmdbId: 1399,
  tvdbId: 121361,
  isFourK: false,
  status: "approved",
  seasons: [3],
  coversAllSeasons: false,
  ...changes,
});
const watcher = (
  id: number,
  requestId: number,
  changes: Partial<PlannedWatcher> = {},
): PlannedWatcher => ({
  id,
  requestId,
  displayName: `User ${id}`,
  email: `user${id}@example.net`,
  isActive: true,
  deactivatedAt: null,
  goneFromSeerrAt: null,
  unsubscribedAt: null,
  mutedKinds: [],
  mutedTitleAt: null,
  ...changes,
});
const key = (episode: number) => `episode:tvdb:121361:s03e0${episode}`;
const plan = (facts: Partial<Parameters<typeof planCollection>[0]>) =>
  planCollection({
    holdings: [holding(1)],
    requests: [request(1)],
    watchers: [watcher(7, 1)],
    settled: [],
    ...facts,
  });

test("requester and watcher each join a batch of the show with all that is new", () => {
  const { joins } = plan({
    holdings: [holding(1), holding(2)],
    watchers: [watcher(7, 1), watcher(8, 1)],
  });
  expect(joins.map((join) => [join.userId, join.groupKey, join.items.length])).toEqual([
    [7, "show:tvdb:121361", 2],
    [8, "show:tvdb:121361", 2],
  ]);
});

test("somebody who asked twice, or asks and watches, is one recipient", () => {
  const { joins } = plan({
    requests: [request(1), request(2, { seasons: [3, 4] })],
    watchers: [watcher(7, 1), watcher(7, 2)],
  });
  expect(joins).toHaveLength(1);
  expect(joins[0]?.items).toEqual([{ mediaKey: key(1), requestId: 1 }]);
});

test.each(["told", "known_before", "not_wanted", "waiting"] as const)(
  "what is settled as %s is not news",
  (how) => {
    const { joins, settled } = plan({ settled: [{ userId: 7, mediaKey: key(1), how }] });
    expect(joins).toEqual([]);
    expect(settled).toEqual([{ requestId: 1, userId: 7, mediaKey: key(1), how }]);
  },
);

test("who muted one request but asks by another is told, and not skipped", () => {
  const { joins, skips } = plan({
    requests: [request(1), request(2)],
    watchers: [watcher(7, 1, { mutedTitleAt: new Date() }), watcher(7, 2)],
  });
  expect(joins[0]?.items).toEqual([{ mediaKey: key(1), requestId: 2 }]);
  expect(skips).toEqual([]);
});

test("who is not told is skipped with the reason, once per request", () => {
  const { skips } = plan({
    holdings: [holding(1), holding(2)],
    watchers: [watcher(7, 1, { isActive: false }), watcher(8, 1, { email: "" })],
  });
  expect(skips.map((skip) => [skip.userId, skip.decision.code, skip.mediaKeys.length])).toEqual([
    [7, "inactive", 2],
    [8, "no_address", 2],
  ]);
});

test("a pending request is named, what nobody asks for is nobody's news", () => {
  expect(plan({ requests: [request(1, { status: "pending" })] })).toMatchObject({
    joins: [],
    notApproved: [1],
    covered: [],
  });
  expect(plan({ holdings: [holding(1, 2)] })).toMatchObject({ joins: [], covered: [] });
});

test("a show is found by its TMDB id where a request has no other", () => {
  expect(plan({ requests: [request(1, { tvdbId: null })] }).joins).toHaveLength(1);
});

const ids = fc.constantFrom(1, 2, 3, null);
const requestsOf = fc
  .array(
    fc.record({
      mediaType: fc.constantFrom("movie" as const, "tv" as const),
      tmdbId: ids,
      tvdbId: ids,
      isFourK: fc.boolean(),
      status: fc.constantFrom("approved" as const, "pending" as const, "declined" as const),
      seasons: fc.subarray([0, 1, 2]),
      coversAllSeasons: fc.boolean(),
    }),
    { maxLength: 8 },
  )
  .map((rows) => rows.map((row, i) => ({ ...row, id: i + 1 })));
const holdingsOf = fc.uniqueArray(
  fc.record({ season: fc.nat({ max: 2 }), tvdb: fc.integer({ min: 1, max: 3 }), tmdb: ids }),
  { maxLength: 8, selector: (h) => `${h.season} ${h.tvdb}` },
);
const userId = fc.integer({ min: 1, max: 3 });

test("for any household: nobody joins twice, nor what is settled, and all that is covered is accounted for", () => {
  fc.assert(
    fc.property(
      requestsOf,
      holdingsOf,
      fc.array(fc.tuple(userId, fc.nat({ max: 8 }), fc.boolean()), { maxLength: 12 }),
      fc.array(fc.tuple(userId, fc.nat({ max: 7 })), { maxLength: 6 }),
      (requests, rows, attached, done) => {
        const holdings = rows.map(({ season, tvdb, tmdb }) => ({
          ...holding(1),
          identity: { kind: "episode" as const, tvdbId: tvdb, season, episode: 1, isFourK: false },
          tvdbId: tvdb,
          tmdbId: tmdb,
        }));
        const active = new Map(attached.map(([id, , isActive]) => [id, isActive]));
        const watchers = attached.map(([id, requestId]) =>
          watcher(id, requestId, { isActive: active.get(id) ?? true }),
        );
        const settled: Settled[] = done.flatMap(([id, n]) => {
          const at = holdings[n];
          return at ? [{ userId: id, mediaKey: mediaKey(at.identity), how: "told" as const }] : [];
        });
        const result = planCollection({ holdings, requests, watchers, settled });

        const expected = new Set<string>();
        for (const held of holdings) {
          for (const one of requests) {
            const scope = {
              kind: "episode" as const,
              tvdbId: held.tvdbId,
              tmdbId: held.tmdbId,
              season: held.identity.season,
              isFourK: false,
            };
            if (matchRequest(one, scope).kind !== "covers") continue;
            for (const w of watchers.filter((x) => x.requestId === one.id)) {
              expected.add(`${w.id} ${mediaKey(held.identity)}`);
            }
          }
        }
        for (const s of settled) expected.delete(`${s.userId} ${s.mediaKey}`);
        const joined = result.joins.flatMap((j) => j.items.map((i) => `${j.userId} ${i.mediaKey}`));
        const skipped = result.skips.flatMap((s) => s.mediaKeys.map((k) => `${s.userId} ${k}`));
        expect(new Set(joined).size).toBe(joined.length);
        expect(new Set([...joined, ...skipped])).toEqual(expected);
      },
    ),
  );
});

test("a file that waits for its cutoff is told to nobody and not taken as held, unless everybody was told of it", () => {
  const holdings = [{ ...holding(1), waitsForCutoff: true }, holding(2)];
  const watchers = [watcher(1, 10), watcher(2, 10)];
  const facts = { holdings, requests: [request(10)], watchers };
  const held = plan(facts);
  expect(held.joins.flatMap((join) => join.items.map((item) => item.mediaKey))).toEqual([
    key(2),
    key(2),
  ]);
  expect(held.covered.map((one) => one.holding.fileId)).toEqual([2]);
  expect(held.belowCutoff).toEqual([{ holding: holdings[0], requestIds: [10] }]);

  const told = (userId: number) => ({ userId, mediaKey: key(1), how: "told" as const });
  expect(plan({ ...facts, settled: [told(1)] }).belowCutoff).toHaveLength(1);
  const all = plan({ ...facts, settled: [told(1), told(2)] });
  expect(all.belowCutoff).toEqual([]);
  expect(all.covered).toHaveLength(2);
});

test("what nobody asks for is not held for anybody", () => {
  const holdings = [{ ...holding(1, 7), waitsForCutoff: true }];
  expect(
    plan({ holdings, requests: [request(10)], watchers: [watcher(1, 10)] }).belowCutoff,
  ).toEqual([]);
});
