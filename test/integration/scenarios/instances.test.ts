import { afterAll, beforeAll, expect, test } from "vitest";
import {
  closeStage,
  eventsOf,
  openStage,
  type Stage,
  subjectsTo,
  toldOf,
  withoutDelay,
} from "./stage";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({
    stack: {
      sonarr: [
        { name: "" },
        { name: "anime", firstSeriesId: 1 },
        { name: "4k", firstSeriesId: 1, rootFolder: "/tv-4k" },
      ],
    },
    household: { env: withoutDelay },
  });
});
afterAll(() => closeStage(stage));

function somebody(name: string) {
  const email = `${name.toLowerCase()}@example.net`;
  return stage.stack.seerr.addUser({ displayName: name, email });
}

test("B17: two Sonarr with the same series id for different shows tell each requester of their own show", async () => {
  const { stack, household } = stage;
  const lea = somebody("Lea");
  const mo = somebody("Mo");
  const plain = stack.world.addShow({ title: "Plain Show", seasons: { 1: 3 } });
  const anime = stack.world.addShow({
    title: "Drawn Show",
    seriesType: "anime",
    seasons: { 1: 3 },
  });
  await stack.seerr.request({ user: lea, title: plain, autoApprove: true });
  await stack.seerr.request({ user: mo, title: anime, autoApprove: true });
  await household.settle();
  expect(stack.sonarr.findSeries(plain)?.id).toBe(stack.sonarrAnime.findSeries(anime)?.id);

  stack.plex.show(await stack.sonarrAnime.import(anime, 1, 1));
  await household.advance({ minutes: 3 });
  expect(subjectsTo(stage, mo.email)).toEqual(["Drawn Show: episode 1 is ready"]);
  expect(subjectsTo(stage, lea.email)).toEqual([]);

  stack.plex.show(await stack.sonarr.import(plain, 1, 2));
  await household.advance({ minutes: 3 });
  expect(subjectsTo(stage, lea.email)).toEqual(["Plain Show: episode 2 is ready"]);
  expect(subjectsTo(stage, mo.email)).toHaveLength(1);
});

test("B17: one show on an HD and a 4K Sonarr tells the HD and the 4K request apart", async () => {
  const { stack, household } = stage;
  const hd = somebody("Nils");
  const uhd = somebody("Olga");
  const show = stack.world.addShow({ title: "Both Ways", seasons: { 1: 3 } });
  const sonarr4k = stack.sonarrs.find((s) => s.key === "sonarr-4k");
  if (!sonarr4k) throw new Error("There is no 4K Sonarr");
  await stack.seerr.request({ user: hd, title: show, autoApprove: true });
  await stack.seerr.request({ user: uhd, title: show, is4k: true, autoApprove: true });
  await household.settle();

  stack.plex.show(await sonarr4k.import(show, 1, 1));
  await household.advance({ minutes: 3 });
  expect(subjectsTo(stage, uhd.email)).toHaveLength(1);
  expect(stack.mailbox.to(uhd.email)[0]?.text).toContain("4K");
  expect(subjectsTo(stage, hd.email)).toEqual([]);

  // The HD copy is imported, but Plex plays only the 4K one so far.
  const copy = await stack.sonarr.import(show, 1, 1);
  await household.advance({ minutes: 3 });
  expect(subjectsTo(stage, hd.email)).toEqual([]);
  stack.plex.show(copy);
  await household.advance({ minutes: 3 });
  expect(subjectsTo(stage, hd.email)).toEqual(["Both Ways: episode 1 is ready"]);
  expect(subjectsTo(stage, uhd.email)).toHaveLength(1);
  expect((await toldOf(stage, show.title)).map((row) => `${row.name} ${row.mediaKey}`)).toEqual([
    `Nils episode:tvdb:${show.tvdbId}:s01e01`,
    `Olga episode:tvdb:${show.tvdbId}:s01e01:4k`,
  ]);
});

test("B17: what the 4K Sonarr deletes is still there in HD, although both files have one id", async () => {
  const { stack, household } = stage;
  const hd = somebody("Rut");
  const show = stack.world.addShow({ title: "Half Deleted", seasons: { 1: 3 } });
  const sonarr4k = stack.sonarrs.find((s) => s.key === "sonarr-4k");
  if (!sonarr4k) throw new Error("There is no 4K Sonarr");
  await stack.seerr.request({ user: hd, title: show, autoApprove: true });
  await stack.seerr.request({ user: hd, title: show, is4k: true, autoApprove: true });
  const copy = await stack.sonarr.import(show, 1, 1);
  await sonarr4k.import(show, 1, 1);
  await household.settle();
  await household.ctx.database.raw`
    update media_items set file_id = ${sonarr4k.findSeries(show)?.files[0]?.id ?? null}
    where media_key = ${`episode:tvdb:${show.tvdbId}:s01e01`}`;
  await sonarr4k.deleteFile(show, 1, 1);
  stack.plex.show(copy);
  await household.advance({ minutes: 3 });
  expect(subjectsTo(stage, hd.email)).toEqual(["Half Deleted: episode 1 is ready"]);
});

test("a second Sonarr is known by the path, and without a suffix by its own address or name", async () => {
  const { stack, household } = stage;
  const user = somebody("Pia");
  const show = stack.world.addShow({
    title: "Drawn Lines",
    seriesType: "anime",
    seasons: { 1: ["One", "Two", "Three"] },
  });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await household.settle();
  const { target } = stack.sonarrAnime.webhooks;
  if (!target) throw new Error("Sonarr has no webhook");
  const plain = { ...target, url: target.url.replace(/\/anime$/, "") };

  const senderOf = async (change: (body: Record<string, unknown>) => Record<string, unknown>) => {
    const body = stack.sonarrAnime.webhooks.deliveries.at(-1)?.body ?? {};
    const id = await household.receive("sonarr", change({ ...body }));
    await household.settle();
    return (await eventsOf(stage, id - 1))[0]?.instanceKey;
  };
  stack.plex.show(await stack.sonarrAnime.import(show, 1, 1));
  await household.settle();
  expect((await eventsOf(stage)).at(-1)?.instanceKey).toBe("sonarr-anime");

  stack.sonarrAnime.webhooks.target = plain;
  stack.plex.show(await stack.sonarrAnime.import(show, 1, 2));
  stack.sonarrAnime.webhooks.target = target;
  await household.settle();
  expect((await eventsOf(stage)).at(-1)?.instanceKey).toBe("sonarr-anime");
  const applicationUrl = `${stack.sonarrAnime.url}/`;
  const byUrl = await senderOf((body) => ({ ...body, applicationUrl, instanceName: "Sonarr" }));
  expect(byUrl).toBe("sonarr-anime");
  const byName = await senderOf((body) => ({ ...body, applicationUrl: "" }));
  expect(byName).toBe("sonarr-anime");
  const unnamed = await senderOf((body) => ({ ...body, applicationUrl: "", instanceName: "" }));
  expect(unnamed).toBe("sonarr");

  await household.advance({ minutes: 3 });
  const texts = stack.mailbox.to(user.email).map((mail) => mail.text);
  expect(texts.filter((text) => text.includes("One"))).toHaveLength(1);
  expect(texts.filter((text) => text.includes("Two"))).toHaveLength(1);
});

test("B18: a TVDB id that equals another title's TMDB id matches neither", async () => {
  const { stack, household } = stage;
  const asked = somebody("Quin");
  const others = somebody("Rosa");
  const show = stack.world.addShow({ title: "Right Number", tvdbId: 777_001, seasons: { 1: 2 } });
  const other = stack.world.addShow({ title: "Wrong Number", tmdbId: 777_001, seasons: { 1: 2 } });
  const movie = stack.world.addMovie({ title: "Number, the Movie", tmdbId: 777_001 });
  await stack.seerr.request({ user: asked, title: show, autoApprove: true });
  await stack.seerr.request({ user: others, title: other, autoApprove: true });
  await household.settle();

  stack.plex.show(await stack.sonarr.import(other, 1, 1));
  stack.plex.show(await stack.radarr.import(movie));
  await household.advance({ minutes: 3 });
  expect(subjectsTo(stage, others.email)).toEqual(["Wrong Number: episode 1 is ready"]);
  expect(subjectsTo(stage, asked.email)).toEqual([]);

  // Plex shows the other show's first episode, not this one's.
  const files = await stack.sonarr.import(show, 1, 1);
  await household.advance({ minutes: 3 });
  expect(subjectsTo(stage, asked.email)).toEqual([]);
  stack.plex.show(files);
  await household.advance({ minutes: 3 });
  expect(subjectsTo(stage, asked.email)).toEqual(["Right Number: episode 1 is ready"]);
  expect(subjectsTo(stage, others.email)).toHaveLength(1);
});
