import { afterAll, beforeAll, expect, test } from "vitest";
import { Household } from "@/test/support/household";
import { type MediaStack, startMediaStack } from "@/test/support/upstreams/media-stack";

let stack: MediaStack;
let household: Household;

beforeAll(async () => {
  stack = await startMediaStack();
  const { seerr, sonarr, plex, titles } = stack;
  const tove = seerr.addUser({ displayName: "Tove Holm", email: "tove@example.net" });
  await seerr.request({
    user: tove,
    title: titles.sableAndFinch,
    seasons: [4],
    autoApprove: true,
    silent: true,
  });
  plex.show(await sonarr.import(titles.sableAndFinch, 4, "all", { silent: true }));
  household = await Household.open(stack);
});

afterAll(async () => {
  await household?.close();
  await stack?.stop();
});

test("a show and a movie are asked for, imported bit by bit, and told in one mail each", async () => {
  const { seerr, sonarr, radarr, plex, titles, mailbox } = stack;
  expect(mailbox.messages).toHaveLength(0);
  const anna = seerr.addUser({ displayName: "Anna Lindqvist", email: "anna@example.net" });
  await seerr.request({ user: anna, title: titles.tidewaterRoad, seasons: [3], autoApprove: true });
  await seerr.request({ user: anna, title: titles.lastFerryNorth, autoApprove: true });
  await household.settle();

  await sonarr.grab(titles.tidewaterRoad, 3, [1, 2, 3], { release: "each" });
  const files = await sonarr.import(titles.tidewaterRoad, 3, [1, 2]);
  await household.settle();
  await household.advance({ minutes: 3 });
  const third = await sonarr.import(titles.tidewaterRoad, 3, 3);
  const movie = await radarr.import(titles.lastFerryNorth);
  await household.advance({ minutes: 3 });
  expect(mailbox.messages).toHaveLength(0);

  plex.show(files);
  plex.show(movie);
  await household.advance({ minutes: 2 });
  expect(mailbox.messages.map((mail) => mail.subject)).toEqual(["Last Ferry North is ready"]);

  plex.show(third);
  await household.advance({ minutes: 5 });
  expect(mailbox.messages.map((mail) => mail.subject)).toEqual([
    "Last Ferry North is ready",
    "Tidewater Road: episodes 1–3 are ready",
  ]);
  await household.advance({ hours: 6 });
  expect(mailbox.messages).toHaveLength(2);
  expect(stack.unexpected).toEqual([]);
});
