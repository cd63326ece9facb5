import { afterEach, expect, test } from "vitest";
import type { Reader } from "@/lib/domain/views/moment-words";
import { recipientState } from "@/lib/domain/views/recipient-state";
import { findUser } from "@/lib/store/users";
import { listTitlesOfUser } from "@/lib/store/views/titles-of-user";
import { closeStage, openStage, type Stage } from "@/test/integration/scenarios/stage";

let stage: Stage;
afterEach(() => closeStage(stage));

test("title by title: what somebody was told, what is on its way, and why they were not told", async () => {
  stage = await openStage();
  const { stack, household } = stage;
  const { db, raw } = household.ctx.database;
  const anna = stack.seerr.addUser({ displayName: "Anna", email: "anna@example.net" });
  const ben = stack.seerr.addUser({ displayName: "Ben", email: "ben@example.net" });
  const show = stack.world.addShow({ title: "Slack Water", seasons: { 1: 4, 2: 4 } });
  const movie = stack.world.addMovie({ title: "The Long Pier" });
  const waited = stack.world.addMovie({ title: "Not Yet" });
  const muted = stack.world.addMovie({ title: "Too Loud" });
  await stack.seerr.request({ user: anna, title: show, seasons: [1], autoApprove: true });
  await stack.seerr.request({ user: ben, title: show, seasons: [2], autoApprove: true });
  for (const title of [movie, waited, muted]) {
    await stack.seerr.request({ user: anna, title, autoApprove: true });
  }
  await household.settle();
  await raw`update request_watchers set muted_at = ${household.now}
    where request_id = (select id from requests where title = 'Too Loud')`;
  for (const [season, episode] of [
    [1, 1],
    [1, 2],
    [2, 1],
  ] as const) {
    stack.plex.show(await stack.sonarr.import(show, season, episode));
  }
  stack.plex.show(await stack.radarr.import(movie));
  stack.plex.show(await stack.radarr.import(muted));
  await household.advance({ minutes: 30 });
  stack.plex.show(await stack.sonarr.import(show, 1, 3));
  await household.settle();

  const [row] = await raw<{ id: number }[]>`select id from users where display_name = 'Anna'`;
  const user = await findUser(db, row?.id ?? 0);
  if (!user) throw new Error("Anna is not known");
  const reader: Reader = { now: household.now, timeZone: "Europe/Berlin" };
  const titles = await listTitlesOfUser(db, user.id, 10);
  const of = (name: string) => {
    const title = titles.find((one) => one.title === name);
    if (!title) throw new Error(`${name} is not among them`);
    return { ...title, state: recipientState({ ...title, request: title, user }, reader) };
  };
  expect(titles).toHaveLength(4);
  // Season 2 is Ben's; nothing of it is told or said here.
  expect(
    of("Slack Water")
      .ledger.map(({ mediaKey }) => mediaKey.slice(-6))
      .sort(),
  ).toEqual(["s01e01", "s01e02"]);
  expect(of("Slack Water").state).toMatchObject({ kind: "waiting", detail: "Told 1–2" });
  expect(of("Slack Water").mail).toMatchObject({ status: "sent" });
  expect(of("Slack Water").batch).toMatchObject({ status: "open" });
  expect(of("The Long Pier").state).toMatchObject({ kind: "told", detail: "Told" });
  expect(of("The Long Pier").mail).toMatchObject({ status: "sent" });
  expect(of("The Long Pier").batch).toBeNull();
  expect(of("Not Yet")).toMatchObject({ ledger: [], mail: null, batch: null, notTold: null });
  expect(of("Not Yet").state.word).toBe("Nothing yet");
  expect(of("Too Loud").state).toMatchObject({ kind: "declined", word: "Off" });
  expect(of("Too Loud").notTold?.words).toMatch(/Anna was not told/);
  // What is not over comes first.
  expect(titles.at(-1)?.title).toBe("The Long Pier");

  const rest = await listTitlesOfUser(db, user.id, 1);
  expect(rest.map(({ title }) => title)).toEqual([titles[0]?.title]);
});
