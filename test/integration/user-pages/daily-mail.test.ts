import { afterAll, beforeAll, expect, test } from "vitest";
import { minutesOfDay } from "@/lib/domain/local-time";
import type { Preferences } from "@/lib/domain/preferences";
import { resendNotification } from "@/lib/services/mails/resend-notification";
import { muteTitle } from "@/lib/services/users/mute-title";
import { savePreferences } from "@/lib/services/users/save-preferences";
import { findUserByContact } from "@/lib/store/users";
import {
  closeStage,
  openStage,
  type Stage,
  subjectsTo,
  timelineOf,
  withoutDelay,
} from "../scenarios/stage";

/** Who wants one mail a day gets one: with everything that became ready, each thing once. */

let stage: Stage;

beforeAll(async () => {
  const env = { ...withoutDelay, RECONCILIATION_INTERVAL_HOURS: "24" };
  stage = await openStage({ household: { env } });
});
afterAll(() => closeStage(stage));

const ctx = () => stage.household.ctx;

/** Somebody who wants their mail a good hour from now, and asked for so many movies that are there already. */
async function reader(name: string, titles: readonly string[], chosen: Partial<Preferences> = {}) {
  const { stack, household } = stage;
  const email = `${name.toLowerCase()}@example.net`;
  const person = stack.seerr.addUser({ displayName: name, email });
  const movies = titles.map((title) => stack.world.addMovie({ title, year: 2024 }));
  const requests = [];
  for (const title of movies) {
    requests.push(await stack.seerr.request({ user: person, title, autoApprove: true }));
  }
  await household.settle();
  const user = await findUserByContact(ctx().database.db, { email, name: null });
  if (!user) throw new Error("The reader is not known");
  const soon = new Date(household.now.getTime() + 2 * 3600_000);
  await savePreferences(ctx(), user.id, {
    mutedKinds: [],
    frequency: "daily_digest",
    digestHour: Math.floor(minutesOfDay(soon, "Europe/Berlin") / 60),
    quietHours: null,
    timeZone: "Europe/Berlin",
    language: null,
    ...chosen,
  });
  for (const movie of movies) stack.plex.show(await stack.radarr.import(movie));
  await household.settle();
  return { email, user, movies, requests };
}

/** To the hour of the mail, and until what is due then was looked up, but not until it leaves. */
async function untilItGathers(): Promise<void> {
  const { household } = stage;
  for (let minute = 0; minute < 130; minute++) {
    await household.advance({ minutes: 1 });
    const [row] = await ctx().database.raw`select from notifications where gathers`;
    if (row) return;
  }
  throw new Error("No mail gathers");
}

async function mailsOf(userId: number) {
  return ctx().database.raw<{ id: number; kind: string; status: string; title: string }[]>`
    select id::int, kind, status, title from notifications where user_id = ${userId} order by id`;
}

async function ledgerOf(userId: number) {
  return ctx().database.raw<{ how: string; mail: number; count: number }[]>`
    select how, notification_id::int as mail, count(*)::int as count from delivery_ledger
    where user_id = ${userId} group by 1, 2 order by 1`;
}

test("many titles at once are one mail, with each title and its way to Plex, told once", async () => {
  const names = Array.from({ length: 9 }, (_, index) => `Harbour ${index + 1}`);
  const { email, user, requests } = await reader("Ada", names);
  await stage.household.advance({ hours: 2, minutes: 10 });
  const mails = stage.stack.mailbox.to(email);
  expect(mails.map((mail) => mail.subject)).toEqual([
    "Harbour 1, Harbour 2 and 7 others are ready",
  ]);
  const [mail] = mails;
  expect(mail?.text).toContain("Nine titles are ready to watch");
  for (const name of names) {
    expect(mail?.text).toContain(`${name}\n2024 · `);
    expect(mail?.html).toContain(`>${name}</div>`);
  }
  expect(mail?.text.match(/Play: https:\/\/app\.plex\.tv/g)).toHaveLength(9);
  const [row, ...others] = await mailsOf(user.id);
  expect(others).toEqual([]);
  expect(row).toMatchObject({ kind: "daily_digest", status: "sent" });
  expect(row?.title).toBe("Harbour 1, Harbour 2, Harbour 3 and 6 more");
  expect(await ledgerOf(user.id)).toEqual([{ how: "told", mail: row?.id, count: 9 }]);
  for (const request of requests) {
    const told = (await timelineOf(stage, request)).filter((entry) => entry.code === "told");
    expect(told.map((entry) => entry.words)).toEqual(["Told Ada: the movie"]);
  }
  const states = await ctx().database.raw<{ state: string }[]>`
    select distinct r.state from requests r where r.title like 'Harbour %'`;
  expect(states).toEqual([{ state: "told" }]);
});

test("one title is the mail it always was, with its poster and its own words", async () => {
  const { email, user } = await reader("Bo", ["Lone Lantern"]);
  await stage.household.advance({ hours: 2, minutes: 10 });
  expect(subjectsTo(stage, email)).toEqual(["Lone Lantern is ready"]);
  expect(await mailsOf(user.id)).toMatchObject([{ kind: "movie_available", status: "sent" }]);
});

test("the hour is one of the reader's own zone, not of the server's", async () => {
  const timeZone = "America/St_Johns";
  const soon = new Date(stage.household.now.getTime() + 2 * 3600_000);
  const digestHour = Math.floor(minutesOfDay(soon, timeZone) / 60);
  const { email } = await reader("Zoe", ["Far Lantern"], { timeZone, digestHour });
  await untilItGathers();
  expect(minutesOfDay(stage.household.now, timeZone)).toBe(digestHour * 60);
  await stage.household.advance({ minutes: 5 });
  expect(subjectsTo(stage, email)).toEqual(["Far Lantern is ready"]);
});

test("a title muted while the mail gathers is left out and settled", async () => {
  const { email, user, requests } = await reader("Cleo", ["Keep This", "Mute This"]);
  await untilItGathers();
  const [row] = await ctx().database.raw<{ id: number }[]>`
    select id from requests where seerr_request_id = ${requests[1]?.id ?? 0}`;
  await muteTitle(ctx(), user, row?.id ?? 0, "muted");
  await stage.household.advance({ minutes: 5 });
  expect(subjectsTo(stage, email)).toEqual(["Keep This is ready"]);
  expect((await ledgerOf(user.id)).map(({ how, count }) => [how, count])).toEqual([
    ["not_wanted", 1],
    ["told", 1],
  ]);
  const muted = await timelineOf(stage, requests[1] ?? { id: 0 });
  expect(muted.at(-1)).toMatchObject({
    code: "recipient_changed",
    words: "Cleo was not told about the movie",
    reason: "Muted this title",
  });
});

test("a kind switched off while the mail gathers leaves nothing, and no mail goes out", async () => {
  const { email, user } = await reader("Dora", ["First Reel", "Second Reel"]);
  await untilItGathers();
  await savePreferences(ctx(), user.id, {
    mutedKinds: ["movie_available"],
    frequency: "daily_digest",
    digestHour: 3,
    quietHours: null,
    timeZone: "Europe/Berlin",
    language: null,
  });
  await stage.household.advance({ minutes: 5 });
  expect(subjectsTo(stage, email)).toEqual([]);
  expect(await mailsOf(user.id)).toMatchObject([{ kind: "daily_digest", status: "cancelled" }]);
  expect((await ledgerOf(user.id)).map(({ how, count }) => [how, count])).toEqual([
    ["not_wanted", 2],
  ]);
});

test("a server that says “later” gets the same mail again, and what came meanwhile is a new one", async () => {
  const { email, user, movies } = await reader("Emil", ["North Pier", "South Pier"]);
  stage.stack.mailbox.behave(email, { kind: "defer-message" }, { times: 1 });
  await untilItGathers();
  // It leaves two minutes after it began, and is tried again a minute later.
  await stage.household.advance({ minutes: 2 });
  expect(await mailsOf(user.id)).toMatchObject([{ kind: "daily_digest", status: "retrying" }]);
  // Once it was on its way nothing joins it any more.
  expect(await ctx().database.raw`select from notifications where gathers`).toHaveLength(0);
  const late = stage.stack.world.addMovie({ title: "West Pier", year: 2024 });
  const person = stage.stack.seerr.users.find((one) => one.email === email);
  if (!person) throw new Error("Emil is missing");
  await stage.stack.seerr.request({ user: person, title: late, autoApprove: true });
  await stage.household.settle();
  stage.stack.plex.show(await stage.stack.radarr.import(late));
  await stage.household.settle();
  await stage.household.advance({ hours: 26 });
  expect(subjectsTo(stage, email).sort()).toEqual([
    "North Pier and South Pier are ready",
    "West Pier is ready",
  ]);
  expect(movies).toHaveLength(2);
});

test("sent again by the admin it tells of the same titles", async () => {
  const { email, user } = await reader("Fia", ["East Quay", "Old Quay"], { language: "de" });
  await stage.household.advance({ hours: 2, minutes: 10 });
  expect(subjectsTo(stage, email)).toEqual(["East Quay und Old Quay sind da"]);
  const [first] = await mailsOf(user.id);
  await resendNotification(ctx(), first?.id ?? 0, "Marta");
  await stage.household.settle();
  expect(subjectsTo(stage, email)).toEqual([
    "East Quay und Old Quay sind da",
    "East Quay und Old Quay sind da",
  ]);
});
