import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type MediaStack, startMediaStack } from "@/test/support/upstreams/media-stack";

let stack: MediaStack;
let now: Date;

beforeEach(async () => {
  now = new Date("2026-11-22T20:00:00Z");
  stack = await startMediaStack({ now: () => now });
});
afterEach(() => stack.stop());

const later = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1000);
};

async function get(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${stack.plex.url}${path}`, {
    headers: { Accept: "application/json", "X-Plex-Token": stack.plex.token, ...headers },
  });
  expect(answer.status).toBe(200);
  return (await answer.json()).MediaContainer;
}

const importEpisodes = (numbers: number[]) =>
  stack.sonarr.import(stack.titles.tidewaterRoad, 3, numbers, { silent: true });
const importMovie = () => stack.radarr.import(stack.titles.lastFerryNorth, { silent: true });

describe("who may ask", () => {
  test("identity needs no token, a wrong one gets HTML", async () => {
    const open = await fetch(`${stack.plex.url}/identity`, {
      headers: { Accept: "application/json" },
    });
    expect((await open.json()).MediaContainer).toMatchObject({
      size: 0,
      machineIdentifier: stack.plex.machineIdentifier,
    });
    const refused = await fetch(`${stack.plex.url}/library/sections`, {
      headers: { "X-Plex-Token": "wrong" },
    });
    expect(refused.status).toBe(401);
    expect(refused.headers.get("content-type")).toBe("text/html");
    const byQuery = await fetch(`${stack.plex.url}/library/sections?X-Plex-Token=plex-token`);
    expect(byQuery.status).toBe(200);
  });

  test("XML unless JSON is asked for", async () => {
    stack.plex.show(await importMovie());
    const answer = await fetch(`${stack.plex.url}/library/sections/1/all?includeGuids=1`, {
      headers: { "X-Plex-Token": stack.plex.token },
    });
    expect(answer.headers.get("content-type")).toContain("text/xml");
    const xml = await answer.text();
    expect(xml).toContain('<Video ratingKey="5001"');
    expect(xml).toContain('<Guid id="tmdb://1184207"/>');
    expect(xml).toContain("<Part ");
  });
});

describe("when things appear", () => {
  test("an empty library has no Metadata at all", async () => {
    const empty = await get("/library/sections/1/all");
    expect(empty).toMatchObject({ size: 0, totalSize: 0 });
    expect(empty).not.toHaveProperty("Metadata");
  });

  test("a file shows late, with show, season and episode, and its name", async () => {
    stack.plex.show(await importEpisodes([1]), { afterMs: 5000 });
    expect((await get("/library/sections/2/all")).size).toBe(0);
    later(5);
    const [show] = (await get("/library/sections/2/all?includeGuids=1")).Metadata;
    expect(show).toMatchObject({
      type: "show",
      leafCount: 1,
      addedAt: now.getTime() / 1000,
      Guid: expect.arrayContaining([{ id: "tvdb://431207" }, { id: "tmdb://218411" }]),
    });
    const [season] = (await get(`/library/metadata/${show.ratingKey}/children`)).Metadata;
    expect(season).toMatchObject({ type: "season", index: 3 });
    const [episode] = (await get(`/library/metadata/${season.ratingKey}/children?includeGuids=1`))
      .Metadata;
    expect(episode).toMatchObject({
      index: 1,
      parentIndex: 3,
      grandparentRatingKey: show.ratingKey,
      Guid: expect.arrayContaining([
        { id: `tvdb://${stack.titles.tidewaterRoad.episodes.at(12)?.tvdbId}` },
      ]),
      Media: [
        {
          videoResolution: "1080",
          Part: [
            { file: expect.stringMatching(/^\/data\/tv\/Tidewater Road\/Season 03\/.*S03E01/) },
          ],
        },
      ],
    });
    expect(episode.Guid).not.toContainEqual({ id: "tvdb://431207" });
  });

  test("without media first, playable later", async () => {
    const file = await importMovie();
    const [item] = stack.plex.addWithoutMedia(file);
    const path = `/library/metadata/${item?.ratingKey}`;
    expect((await get(path)).Metadata[0]).not.toHaveProperty("Media");
    stack.plex.show(file);
    expect((await get(path)).Metadata[0].Media).toHaveLength(1);
    expect(stack.plex.items).toHaveLength(1);
  });

  test("unmatched first, recognised later", async () => {
    const [file] = await importEpisodes([1]);
    if (!file) throw new Error("nothing imported");
    const items = stack.plex.unmatched(file);
    const path = `/library/metadata/${items[0]?.ratingKey}?includeGuids=1`;
    expect((await get(path)).Metadata[0].guid).toMatch(/^local:/);
    expect((await get(path)).Metadata[0]).not.toHaveProperty("Guid");
    stack.plex.match(items, file);
    expect((await get(path)).Metadata[0].guid).toMatch(/^plex:\/\/episode\//);
  });

  test("gone is 404; a lost file is seen with checkFiles only", async () => {
    const [item] = stack.plex.show(await importMovie());
    if (!item) throw new Error("nothing shown");
    const path = `/library/metadata/${item.ratingKey}`;
    stack.plex.loseFile(item);
    expect((await get(path)).Metadata[0].Media[0].Part[0]).not.toHaveProperty("exists");
    expect((await get(`${path}?checkFiles=1`)).Metadata[0].Media[0].Part[0].exists).toBe(false);
    stack.plex.hide(item);
    const headers = { "X-Plex-Token": stack.plex.token };
    expect((await fetch(`${stack.plex.url}${path}`, { headers })).status).toBe(404);
  });

  test("Plex can follow every import by itself", async () => {
    stack.plexFollows(3000);
    await importEpisodes([1, 2]);
    expect(stack.plex.visible(stack.titles.tidewaterRoad)).toHaveLength(0);
    later(3);
    expect(stack.plex.visible(stack.titles.tidewaterRoad)).toHaveLength(2);
  });
});

describe("lists", () => {
  test("are paged by header or query", async () => {
    stack.plex.show(await importEpisodes([1, 2, 3, 4, 5]));
    const byHeader = await get("/library/sections/2/all?type=4", {
      "X-Plex-Container-Start": "2",
      "X-Plex-Container-Size": "2",
    });
    expect(byHeader).toMatchObject({ size: 2, totalSize: 5, offset: 2 });
    const path = "/library/sections/2/all?type=4&X-Plex-Container-Start=4&X-Plex-Container-Size=2";
    expect(await get(path)).toMatchObject({ size: 1, totalSize: 5 });
    const [show] = (await get("/library/sections/2/all")).Metadata;
    const leaves = await get(
      `/library/metadata/${show.ratingKey}/allLeaves?X-Plex-Container-Size=3`,
    );
    expect(leaves.Metadata.map((m: { index: number }) => m.index)).toEqual([1, 2, 3]);
  });

  test("know what is new", async () => {
    stack.plex.show(await importEpisodes([1]));
    const first = now.getTime() / 1000;
    later(60);
    stack.plex.show(await importEpisodes([2]));
    const newest = await get("/library/sections/2/all?type=4&sort=addedAt:desc");
    expect(newest.Metadata.map((m: { index: number }) => m.index)).toEqual([2, 1]);
    expect((await get(`/library/sections/2/all?type=4&addedAt>>=${first}`)).size).toBe(1);
    expect((await get(`/library/sections/2/all?type=4&addedAt>=${first}`)).size).toBe(2);
    expect((await get("/library/sections/2/recentlyAdded")).Metadata[0].index).toBe(2);
    expect((await get("/library/recentlyAdded?includeGuids=1")).Metadata[0].Guid).toBeDefined();
  });

  test("guid= compares the primary guid only", async () => {
    stack.plex.show(await importMovie());
    expect((await get("/library/sections/1/all?guid=tmdb://1184207")).size).toBe(0);
    const [movie] = (await get("/library/sections/1/all")).Metadata;
    const found = await get(`/library/sections/1/all?guid=${encodeURIComponent(movie.guid)}`);
    expect(found.size).toBe(1);
  });

  test("several seasons bring an entry for all episodes without a key of its own", async () => {
    stack.plex.show(await importEpisodes([1]));
    stack.plex.show(await stack.sonarr.import(stack.titles.tidewaterRoad, 2, 1, { silent: true }));
    const [show] = (await get("/library/sections/2/all")).Metadata;
    const { Metadata } = await get(`/library/metadata/${show.ratingKey}/children`);
    expect(Metadata).toHaveLength(3);
    expect(Metadata[0]).not.toHaveProperty("ratingKey");
  });

  test("search finds titles but no guids", async () => {
    stack.plex.show(await importMovie());
    const { Hub } = await get("/hubs/search?query=ferry&includeGuids=1");
    expect(Hub[0].Metadata).toMatchObject([{ title: "Last Ferry North" }]);
    expect(Hub[0].Metadata[0]).not.toHaveProperty("Guid");
    expect(Hub[1]).not.toHaveProperty("Metadata");
  });
});

describe("libraries", () => {
  test("4K goes to its own library, with keys of its own", async () => {
    const hd = stack.plex.show(await importMovie());
    const fourK = stack.plex.show(
      await stack.radarr4k.import(stack.titles.lastFerryNorth, { silent: true }),
    );
    expect([hd[0]?.libraryKey, fourK[0]?.libraryKey]).toEqual(["1", "3"]);
    expect(hd[0]?.guid).toBe(fourK[0]?.guid);
    const [movie] = (await get("/library/sections/3/all")).Metadata;
    expect(movie.Media[0].videoResolution).toBe("4k");
  });

  test("one item may hold both versions", async () => {
    stack.plex.show(await importMovie());
    stack.plex.show(await stack.radarr4k.import(stack.titles.lastFerryNorth, { silent: true }), {
      library: "Movies",
    });
    const { Metadata } = await get("/library/sections/1/all");
    expect(Metadata).toHaveLength(1);
    expect(Metadata[0].Media.map((m: { videoResolution: string }) => m.videoResolution)).toEqual([
      "1080",
      "4k",
    ]);
  });

  test("a legacy agent has one id inside the guid and no list", async () => {
    stack.plex.addLibrary({
      type: "show",
      title: "Old shows",
      path: "/data/old",
      agent: "com.plexapp.agents.thetvdb",
    });
    stack.plex.show(await importEpisodes([6]), { library: "Old shows" });
    const { Metadata } = await get("/library/sections/5/all?type=4&includeGuids=1");
    expect(Metadata[0].guid).toBe("com.plexapp.agents.thetvdb://431207/3/6?lang=en");
    expect(Metadata[0]).not.toHaveProperty("Guid");
    expect((await get("/library/sections")).Directory.at(-1)).toMatchObject({ key: "5" });
  });
});
