import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeStage, eventsOf, openStage, type Stage, troubledJobs, withoutDelay } from "./stage";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ household: { env: withoutDelay } });
});
afterAll(() => closeStage(stage));

const fixtures = path.join(process.cwd(), "test/fixtures");
const samples = path.join(process.cwd(), "../shared/contracts/payloads");
type Sample = { name: string; source: "seerr" | "sonarr" | "radarr"; text: string };

/** Webhook bodies in a folder; answers of APIs and events of Plex are none. */
function webhooksIn(folder: string): Sample[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json") && !/(^|[/\\])(rest|plex)[-/\\]/.test(name))
    .flatMap((name): Sample[] => {
      const source = /(seerr|sonarr|radarr|^arr)/.exec(path.basename(name))?.[1];
      if (!source) return [];
      const text = readFileSync(path.join(folder, name), "utf8");
      if (source === "arr") return [sampleOf(name, "sonarr", text), sampleOf(name, "radarr", text)];
      return [sampleOf(name, source as Sample["source"], text)];
    });
}

const sampleOf = (name: string, source: Sample["source"], text: string): Sample => ({
  name,
  source,
  text,
});

/** Works off all of them; each must end as handled, or as ignored for a reason, and leave no job in trouble. */
async function expectUnderstood(all: readonly Sample[]): Promise<void> {
  const names = new Map<number, string>();
  for (const sample of all) {
    names.set(await stage.household.receive(sample.source, sample.text), sample.name);
  }
  await stage.household.advance({ minutes: 2 });
  const events = (await eventsOf(stage)).filter((event) => names.has(event.id));
  expect(events).toHaveLength(all.length);
  const wrong = events.filter(
    (event) => event.outcome !== "handled" && !(event.outcome === "ignored" && event.reason),
  );
  expect(wrong.map((event) => `${names.get(event.id)}: ${event.outcome} ${event.reason}`)).toEqual(
    [],
  );
  expect(await troubledJobs(stage)).toEqual([]);
}

test("every webhook among the fixtures is handled, or ignored for a reason", async () => {
  const found = webhooksIn(fixtures);
  expect(found.length).toBeGreaterThan(25);
  await expectUnderstood(found);
});

test.skipIf(!existsSync(samples))("so is every sample of the contracts", async () => {
  const found = webhooksIn(samples);
  expect(found.length).toBeGreaterThan(80);
  await expectUnderstood(found);
});

test("bodies that are odd in every way are handled or ignored, and hold nothing up", async () => {
  const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
  const texts = [
    "{}",
    "[]",
    "null",
    "1e999",
    '"Download"',
    "{",
    "",
    "\u0000",
    '{"eventType":"Download\\u0000","series":{"id":"1","title":"a\\u0000b"}}',
    '{"eventType":"\\ud800","notification_type":"\\udfff"}',
    '{"eventType":"Download","series":{"id":1,"tvdbId":4,"title":"\\ud83d"},"episodes":[{"seasonNumber":1,"episodeNumber":1,"title":"\\udc00\\u0000"}]}',
    '{"eventType":"Download","movie":{"id":1e400,"tmdbId":99999999999999999999,"title":"Huge"},"movieFile":{"size":1e308}}',
    '{"notification_type":"MEDIA_APPROVED","request":{"request_id":"99999999999"},"media":{"tmdbId":"1e3"}}',
    '{"notification_type":"MEDIA_APPROVED","subject":"A\\u0000 (2020)","request":{"request_id":"2147483647"},"media":{"media_type":"movie","tmdbId":"2147483647"}}',
    '{"__proto__":{"eventType":"Download"},"constructor":{"prototype":{}},"eventType":"__proto__"}',
    `{"eventType":"Download","series":${nested(20_000)}}`,
    `{"eventType":"Download","series":{"id":1},"episodes":${nested(20_000)}}`,
    `{"notification_type":"MEDIA_PENDING","media":${nested(20_000)},"extra":${nested(20_000)}}`,
    nested(100_000),
  ];
  await expectUnderstood(
    texts.flatMap((text) => [
      sampleOf(text.slice(0, 60), "seerr", text),
      sampleOf(text.slice(0, 60), "sonarr", text),
      sampleOf(text.slice(0, 60), "radarr", text),
    ]),
  );
});

const wrongValues = [
  null,
  true,
  -1,
  1.5,
  "9".repeat(30),
  "\u0000",
  "\ud800x",
  "x".repeat(5000),
  [],
  {},
  [[{}]],
  { id: { id: [] } },
];

test("wrong types in every field are handled or ignored, one field at a time and all at once", async () => {
  const bodies = webhooksIn(fixtures).filter((sample) =>
    /download|grab|approved|multi-season|delete/.test(sample.name),
  );
  expect(bodies.length).toBeGreaterThan(8);
  const odd: Sample[] = [];
  let turn = 0;
  for (const { name, source, text } of bodies) {
    const body: unknown = JSON.parse(text);
    for (const at of pathsOf(body)) {
      const value = wrongValues[turn++ % wrongValues.length];
      const one = JSON.stringify(replaceAt(body, at, () => value));
      odd.push(
        sampleOf(`${name} ${at.join(".")} = ${JSON.stringify(value)?.slice(0, 20)}`, source, one),
      );
    }
    const kinds = new Set(["eventType", "notification_type"]);
    const all = pathsOf(body)
      .filter((at) => !kinds.has(at.at(-1) ?? ""))
      .reduce<unknown>(
        (mutated, at) => replaceAt(mutated, at, () => wrongValues[turn++ % wrongValues.length]),
        body,
      );
    odd.push(sampleOf(`${name} all over`, source, JSON.stringify(all)));
  }
  // Some of them, so that it takes seconds: the values go round, so every kind meets every level.
  await expectUnderstood(odd.filter((_, i) => i % 7 === 0));
}, 60_000);

/** Where the values are: every key on every level, of lists the first entry. */
function pathsOf(value: unknown, at: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [];
  const entries = Array.isArray(value) ? Object.entries(value).slice(0, 1) : Object.entries(value);
  return entries.flatMap(([key, inner]) => [[...at, key], ...pathsOf(inner, [...at, key])]);
}

function replaceAt(value: unknown, at: readonly string[], change: () => unknown): unknown {
  const [key, ...rest] = at;
  if (key === undefined) return change();
  if (typeof value !== "object" || value === null || !(key in value)) return value;
  const inner: unknown = Reflect.get(value, key);
  if (Array.isArray(value)) {
    return value.map((entry, i) => (String(i) === key ? replaceAt(entry, rest, change) : entry));
  }
  return { ...value, [key]: replaceAt(inner, rest, change) };
}
