import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import {
  boundedPlural,
  boundedWords,
  countWords,
  listWords,
  sizeWords,
} from "@/lib/domain/views/count-words";
import {
  columnMoment,
  countdownWords,
  dayHead,
  exactMoment,
  exactSpan,
  type Reader,
  sentenceZoneNote,
} from "@/lib/domain/views/moment-words";
import { initialsOf } from "@/lib/domain/views/person";
import { readableBody } from "@/lib/domain/views/redact-body";
import { type LiveBatchFacts, requestWaits } from "@/lib/domain/views/request-waits";
import { type EpisodeView, seasonsLabel, stripPieces } from "@/lib/domain/views/requests";
import { foldTimeline, type TimelineRowView } from "@/lib/domain/views/timeline";
import { isSameOrigin } from "@/lib/web/same-origin";

const reader: Reader = { now: new Date("2026-11-22T19:21:48Z"), timeZone: "Europe/Berlin" };
const at = (text: string) => new Date(text);

describe("moments in the reader's zone", () => {
  it("writes today as a time and other days by name or date", () => {
    expect(columnMoment(at("2026-11-22T19:16:00Z"), reader)).toBe("20:16");
    expect(columnMoment(at("2026-11-21T23:30:00Z"), reader)).toBe("00:30");
    expect(columnMoment(at("2026-11-21T12:00:00Z"), reader)).toBe("Yesterday");
    expect(columnMoment(at("2026-11-20T17:32:00Z"), reader)).toBe("Fri 18:32");
    expect(columnMoment(at("2026-11-13T12:00:00Z"), reader)).toBe("13 Nov");
    expect(columnMoment(at("2025-11-13T12:00:00Z"), reader)).toBe("13 Nov 2025");
    expect(dayHead(at("2026-11-14T08:12:00Z"), reader)).toBe("Saturday 14 November");
  });
  it("names the zone in the exact moment", () => {
    expect(exactMoment(at("2026-11-22T19:13:04Z"), "Europe/Berlin")).toBe(
      "Sunday 22 November 2026, 20:13:04 CET",
    );
  });
  it("says the day of a span once, and both when there are two", () => {
    const span = (to: string) => exactSpan(at("2026-12-04T19:00:00Z"), at(to), "Europe/Berlin");
    expect(span("2026-12-04T21:30:00Z")).toBe("Friday 4 December 2026, 20:00–22:30 CET");
    expect(span("2026-12-04T23:30:00Z")).toBe(
      "Friday 4 December 2026, 20:00 CET to Saturday 5 December 2026, 00:30 CET",
    );
  });
  it("counts down", () => {
    expect(countdownWords(252_000)).toBe("4:12");
    expect(countdownWords(-5)).toBe("0:00");
    expect(countdownWords(72 * 60_000)).toBe("1 h 12");
  });
});

describe("counts and names", () => {
  it("groups thousands and bounds totals", () => {
    expect(countWords(1204)).toBe("1\u202f204");
    expect(boundedWords({ kind: "more_than", count: 10_000 })).toBe("more than 10\u202f000");
    expect(boundedPlural({ kind: "exact", count: 1 }, "request")).toBe("1 request");
    expect(boundedPlural({ kind: "more_than", count: 1 }, "request")).toBe("more than 1 requests");
    expect(boundedPlural({ kind: "exact", count: 2 }, "person", "people")).toBe("2 people");
    expect(sizeWords(4_100)).toBe("4.1 kB");
    expect(listWords(["Anna", "Jonas", "Mira"])).toBe("Anna, Jonas and Mira");
    expect(listWords(["A", "B", "C", "D", "E"])).toBe("A, B, C and 2 more");
  });
  it("takes initials of any script", () => {
    expect(initialsOf("Anna Lindqvist")).toBe("AL");
    expect(initialsOf("山田 太郎")).toBe("山太");
    expect(initialsOf("")).toBe("?");
  });
  it("labels seasons", () => {
    expect(seasonsLabel("tv", [3], false)).toBe("Season 3");
    expect(seasonsLabel("tv", [3, 1, 2], false)).toBe("Seasons 1–3");
    expect(seasonsLabel("tv", [1, 4], false)).toBe("Seasons 1, 4");
    expect(seasonsLabel("tv", [], true)).toBe("All seasons");
  });
});

describe("the strip of a long season", () => {
  it("folds runs, keeps the last eight, and never folds a single episode", () => {
    const episodes = Array.from(
      { length: 30 },
      (_, index): EpisodeView => ({
        number: index + 1,
        title: null,
        airsAt: null,
        state: index < 6 ? "told" : index === 6 ? "plays" : "not_aired",
      }),
    );
    const pieces = stripPieces(episodes);
    expect(pieces.slice(0, 3)).toEqual([
      { kind: "run", from: 1, to: 6, state: "told" },
      { kind: "episode", episode: episodes[6] },
      { kind: "run", from: 8, to: 22, state: "not_aired" },
    ]);
    expect(pieces).toHaveLength(11);
  });
});

describe("folding the timeline", () => {
  const row = (id: number, more: Partial<TimelineRowView>): TimelineRowView => ({
    id: String(id),
    at: new Date(Date.UTC(2026, 10, 22, 19, 30 - id)),
    kind: "wait",
    code: "plex_asked",
    words: "Plex asked for episode 5",
    reason: null,
    source: "Plex",
    people: [],
    href: null,
    ...more,
  });
  const sameDay = () => true;
  it("folds equal neighbours and says how often", () => {
    const folded = foldTimeline([row(1, {}), row(2, {}), row(3, {})], sameDay);
    expect(folded).toHaveLength(1);
    expect(folded[0]?.words).toBe("Plex asked for episode 5, 3 times");
  });
  it("keeps what people were told apart", () => {
    const told = { kind: "told", code: "told", words: "Told Anna" } as const;
    expect(foldTimeline([row(1, told), row(2, told), row(3, told)], sameDay)).toHaveLength(3);
  });
  it("does not fold over the end of a day", () => {
    expect(foldTimeline([row(1, {}), row(2, {}), row(3, {})], () => false)).toHaveLength(3);
  });
});

describe("what a request waits for", () => {
  const batch = {
    status: "open" as const,
    userName: "Anna Lindqvist",
    openedAt: at("2026-11-22T19:06:00Z"),
    dueAt: at("2026-11-22T19:16:00Z"),
    closesAt: at("2026-11-22T19:26:00Z"),
    nextLookAt: at("2026-11-22T19:22:00Z"),
    pausedUntil: null,
    pausedBecause: null,
    items: [
      {
        mediaKey: "episode:tvdb:412905:s03e05",
        episode: 5,
        addedAt: at("2026-11-22T19:13:00Z"),
        playableAt: null,
        plexAskCount: 6,
        plexFirstAskedAt: at("2026-11-22T19:16:00Z"),
      },
    ],
  };
  const waitsOf = (...batches: LiveBatchFacts[]) =>
    requestWaits({ mediaType: "tv", batches, mails: [], toldSoFar: null }, reader);
  it("names the episode, the people and the latest time", () => {
    const waits = waitsOf(batch, { ...batch, userName: "Mira Okafor" });
    expect(waits?.verdict).toBe(
      "Waiting for episode 5. Anna and Mira get one mail at 20:26 at the latest.",
    );
    expect(waits?.wait.detail).toBe("Asked 6 times since 20:16, next at 20:22.");
    expect(waits?.wait.window?.ticks).toEqual([{ at: batch.items[0]?.addedAt, label: "E5" }]);
  });
  it("is nothing when nothing is pending", () => {
    const held = {
      ...batch,
      pausedUntil: at("2026-11-23T06:00:00Z"),
      pausedBecause: "Anna’s quiet hours, 22:00 to 07:00",
    };
    expect(waitsOf(held)?.verdict).toBe(
      "Held until Mon 23 Nov 07:00: Anna’s quiet hours, 22:00 to 07:00.",
    );
    expect(waitsOf(held, batch)?.verdict).toMatch(/^Waiting for/);
    expect(waitsOf()).toBeNull();
  });
});

describe("clock times inside sentences", () => {
  const now = new Date("2026-11-22T19:26:00Z");
  it("are explained to whoever's clock shows another time, and to nobody else", () => {
    const note = (server: string, reader: string) =>
      sentenceZoneNote(server, { now, timeZone: reader });
    expect(note("America/New_York", "Europe/Berlin")).toBe(
      "Clock times inside sentences are those of the server (America/New York).",
    );
    expect(note("Europe/Paris", "Europe/Berlin")).toBeNull();
    // The same time of another day.
    expect(note("Pacific/Kiritimati", "Pacific/Honolulu")).not.toBeNull();
  });
});

/** What work gives; throws when it is at it for ever. */
const endsSoon = (work: () => string): string =>
  runInNewContext("work()", { work }, { timeout: 8_000 });

describe("bodies for reading", () => {
  it("redacts secrets at any depth and leaves the rest", () => {
    const body = readableBody('{"a":{"apiKey":"k1","list":[{"token":"t"}]},"title":"x"}');
    expect(body).not.toContain("k1");
    expect(body).not.toContain('"t"');
    expect(body).toContain('"title": "x"');
  });
  it("shows what is not JSON as it came, without secrets", () => {
    expect(readableBody('{"apiKey": "k1", broken')).toBe('{"apiKey": "redacted", broken');
    const cut = '{"authorization" : "k1\\"k2", "title": "the token", "webhookKey": "k3';
    expect(readableBody(cut)).toBe(
      '{"authorization" : "redacted", "title": "the token", "webhookKey": "redacted"',
    );
  });
  it("is done with the beginning of a body that was made to take long", () => {
    for (const piece of ["token", '\\"', '"token" ', '"":', "[", " "]) {
      const text = `{"${piece.repeat(200_000 / piece.length)}`;
      expect(endsSoon(() => readableBody(text)) === text, piece).toBe(true);
    }
  });
});

describe("the origin of an action", () => {
  it("must be the host it was sent to", () => {
    const isOurs = (origin: string | null) =>
      isSameOrigin(new Headers({ host: "nas:8000", ...(origin === null ? {} : { origin }) }));
    expect(isOurs("http://nas:8000")).toBe(true);
    expect(isOurs("https://evil.example")).toBe(false);
    expect(isOurs(null)).toBe(false);
    expect(isOurs("null")).toBe(false);
  });
});
