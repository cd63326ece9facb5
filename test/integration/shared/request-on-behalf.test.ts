import { afterAll, beforeAll, expect, test } from "vitest";
import {
  readTitleToAsk,
  requestOnBehalf,
  searchTitles,
} from "@/lib/services/requests/request-on-behalf";
import { listSeasons } from "@/lib/store/requests";
import { closeStage, openStage, type Stage, subjectsTo, withoutDelay } from "../scenarios/stage";

let stage: Stage;
const idOf = async (name: string): Promise<number> => {
  const [row] = await stage.household.ctx.database.raw<{ id: number }[]>`
    select id from users where display_name = ${name}`;
  return row?.id ?? 0;
};
const common = { isFourK: false, watcherIds: [], actor: "marta" };

beforeAll(async () => {
  stage = await openStage({
    household: { env: withoutDelay },
    prepare: async ({ seerr }) => {
      for (const name of ["Anna", "Jonas", "Greedy"]) {
        seerr.addUser({ displayName: name, email: `${name.toLowerCase()}@example.net` });
      }
    },
  });
});
afterAll(() => closeStage(stage));

test("a search finds movies and shows by their names and leaves people out", async () => {
  const { stack, household } = stage;
  const show = stack.world.addShow({
    title: "Granite & <b>Son</b>",
    seasons: { 0: 1, 1: 2, 2: 2 },
  });
  const found = await searchTitles(household.ctx, "granite & <b>");
  expect(found).toMatchObject([
    { mediaType: "tv", tmdbId: show.tmdbId, title: "Granite & <b>Son</b>", hd: "none" },
  ]);
});

test("a request is there at once, says who made it, and goes on like any other", async () => {
  const { stack, household } = stage;
  const show = stack.world.addShow({ title: "Slow Harbour", seasons: { 1: 2, 2: 2 } });
  const anna = stack.seerr.users.find((user) => user.displayName === "Anna");
  if (!anna) throw new Error("Anna is missing");
  await stack.seerr.request({ user: anna, title: show, seasons: [1], autoApprove: true });
  await household.settle();
  const title = await readTitleToAsk(household.ctx, "tv", show.tmdbId);
  expect(title.seasons.map(({ season, hd }) => [season, hd])).toEqual([
    [1, "asked"],
    [2, "none"],
  ]);

  const requestId = await requestOnBehalf(household.ctx, {
    ...common,
    mediaType: "tv",
    tmdbId: show.tmdbId,
    // The first is asked for already and left out.
    seasons: [1, 2],
    userId: await idOf("Jonas"),
    watcherIds: [await idOf("Anna")],
  });
  const { db, raw } = household.ctx.database;
  expect(await listSeasons(db, requestId)).toEqual([2]);
  expect(
    await raw`select words, source from timeline_entries
      where request_id = ${requestId} and code = 'asked_on_behalf'`,
  ).toEqual([{ words: "Asked for it in the name of Jonas", source: "marta" }]);
  await household.settle();
  expect(
    await raw`select count(*)::int as rows from requests where title = 'Slow Harbour'`,
  ).toEqual([{ rows: 2 }]);
  expect(subjectsTo(stage, "jonas@example.net")).toEqual([]);

  stack.plex.show(await stack.sonarr.import(show, 2, 1));
  await household.advance({ minutes: 8 });
  const news = ["Slow Harbour: episode 1 is ready"];
  expect(subjectsTo(stage, "jonas@example.net")).toEqual(news);
  expect(subjectsTo(stage, "anna@example.net")).toEqual(news);
});

test("what Seerr refuses is told in words, and nothing is stored", async () => {
  const { stack, household } = stage;
  const movie = stack.world.addMovie({ title: "The Narrow Lock" });
  const show = stack.world.addShow({ title: "One Season", seasons: { 1: 2 } });
  const greedy = stack.seerr.users.find((user) => user.displayName === "Greedy");
  stack.seerr.quotaReached.add(greedy?.id ?? 0);
  const ask = async (name: string, more: object = {}) =>
    requestOnBehalf(household.ctx, {
      ...common,
      mediaType: "movie",
      tmdbId: movie.tmdbId,
      seasons: [],
      userId: await idOf(name),
      ...more,
    });
  await expect(ask("Greedy")).rejects.toThrow(/Greedy has used up the requests/);
  await expect(ask("Anna", { isFourK: true })).rejects.toThrow(/Anna may not ask for this in 4K/);
  await expect(ask("Nobody")).rejects.toThrow(/no such person/);
  const { raw } = household.ctx.database;
  expect(await raw`select id from requests where title = 'The Narrow Lock'`).toEqual([]);
  await ask("Anna");
  await expect(ask("Jonas")).rejects.toThrow(/was asked for already\. Add Jonas to that request/);

  const tv = { mediaType: "tv", tmdbId: show.tmdbId };
  await expect(ask("Anna", tv)).rejects.toThrow(/Choose at least one season/);
  await ask("Anna", { ...tv, seasons: [1] });
  await expect(ask("Jonas", { ...tv, seasons: [1] })).rejects.toThrow(/No request was made/);
  household.configure({ JELLYSEERR_API_KEY: "wrong" });
  await expect(ask("Jonas")).rejects.toThrow(/refused the key/);
  household.configure({ JELLYSEERR_API_KEY: stack.seerr.apiKey });
});
