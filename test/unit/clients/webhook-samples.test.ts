import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRadarrWebhook } from "@/lib/clients/radarr-webhook";
import { parseSeerrWebhook } from "@/lib/clients/seerr-webhook";
import { parseSonarrWebhook } from "@/lib/clients/sonarr-webhook";
import { type DomainEvent, describeEvent } from "@/lib/domain/inbound";

// Captures of other projects are read where they are, and only where they are.
const samples = fileURLToPath(new URL("../../../../shared/contracts/payloads/", import.meta.url));
const parsers = {
  seerr: parseSeerrWebhook,
  sonarr: parseSonarrWebhook,
  radarr: parseRadarrWebhook,
};

function parserFor(file: string): ((body: unknown) => DomainEvent) | null {
  if (/^(seerr|jellyseerr|overseerr)-/.test(file)) return parsers.seerr;
  if (/^(radarr|old-v2-radarr|arr)-/.test(file)) return parsers.radarr;
  return /^(sonarr|old-v2-sonarr)-/.test(file) ? parsers.sonarr : null;
}

const files = existsSync(samples)
  ? readdirSync(samples).filter((file) => file.endsWith(".json") && parserFor(file) !== null)
  : [];

/** What PostgreSQL cannot store anywhere in an event. */
function unstorable(value: unknown): unknown[] {
  if (typeof value === "string") return /\0|\p{Surrogate}/u.test(value) ? [value] : [];
  if (typeof value === "number") return Number.isSafeInteger(value) ? [] : [value];
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? [value] : [];
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap(unstorable)
    : [];
}

function expectUsable(event: DomainEvent): void {
  const { type, title } = describeEvent(event);
  expect(type).not.toBe("");
  expect(title).not.toBe("");
  if (event.kind === "ignored") expect(event.because).not.toBe("");
  expect(unstorable(event)).toEqual([]);
}

describe.runIf(files.length > 0)("captured samples", () => {
  it.each(files)("%s is understood, or ignored for a stated reason", (file) => {
    const body: unknown = JSON.parse(readFileSync(samples + file, "utf8"));
    const event = parserFor(file)?.(body);
    expect(event).toBeDefined();
    if (event) expectUsable(event);
  });
});

const names = [
  ...["eventType", "series", "movie", "remoteMovie", "episodes", "episodeFile", "episodeFiles"],
  ...["movieFile", "release", "downloadId", "isUpgrade", "deletedFiles", "downloadStatusMessages"],
  ...["id", "title", "year", "tvdbId", "tmdb_id", "tmdbId", "seasonNumber", "episodeNumber"],
  ...["notification_type", "event", "subject", "image", "media", "request", "issue", "comment"],
  ...["extra", "request_id", "requestedBy_email", "issue_id", "name", "value", "status4k", "path"],
  ...["messages", "airDateUtc", "relativePath", "quality", "size", "folderPath", "level"],
];
const words = [
  ...["Download", "Grab", "Rename", "EpisodeFileDelete", "MovieDelete", "Health", "Upgrade"],
  ...["ManualInteractionRequired", "SeriesAdd", "MEDIA_APPROVED", "MEDIA_AVAILABLE"],
  ...["ISSUE_CREATED", "ISSUE_COMMENT", "", "{{request_id}}", "603", "0", "9999999999999999999"],
  ...["a\0b", "\ud800", "Seasons", "1, 2, x", "+099999-01-01T00:00:00Z", "9999-12-31", "null"],
];
const { json } = fc.letrec((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom<unknown>(...words, null, true, 0, -1, 2 ** 31, 1e308, 603),
    fc.string({ unit: "binary" }),
    fc.double(),
  ),
  json: fc.oneof(
    { maxDepth: 4 },
    tie("leaf"),
    fc.array(tie("json"), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), tie("json"), { maxKeys: 6 }),
  ),
}));
const body = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  json,
  fc.record({ eventType: fc.constantFrom(...words), series: json, movie: json, episodes: json }),
  fc.record({ notification_type: fc.constantFrom(...words), media: json, request: json }),
);

describe("any JSON at all", () => {
  it.each(Object.keys(parsers) as (keyof typeof parsers)[])(
    "%s: gives an event that can be stored and shown",
    (source) => {
      fc.assert(
        fc.property(body, (value) => expectUsable(parsers[source](value))),
        { numRuns: 300 },
      );
    },
  );

  it("also when it is nested a hundred thousand deep", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i += 1) deep = { series: deep, media: [deep], eventType: "Grab" };
    for (const parse of Object.values(parsers)) expectUsable(parse(deep));
  });
});
