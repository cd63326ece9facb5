import { afterAll, beforeAll, expect, test } from "vitest";
import { maintenanceWindows } from "@/drizzle/schema";
import { clockTime, minutesOfDay } from "@/lib/domain/local-time";
import type { Preferences } from "@/lib/domain/preferences";
import { resendNotification } from "@/lib/services/mails/resend-notification";
import { findPause } from "@/lib/services/maintenance/find-pause";
import { rearmLostJobs } from "@/lib/services/runs/recover-interrupted";
import { muteTitle } from "@/lib/services/users/mute-title";
import { savePreferences } from "@/lib/services/users/save-preferences";
import { findUserByContact, type User } from "@/lib/store/users";
import { closeStage, openStage, type Stage, subjectsTo, timelineOf } from "../scenarios/stage";

let stage: Stage;

beforeAll(async () => {
  // Hours pass here: what asks in between is asked less often.
  const env = { NOTIFICATION_CHECK_FREQUENCY_SECONDS: "300", RECONCILIATION_INTERVAL_HOURS: "24" };
  stage = await openStage({ household: { env } });
});
afterAll(() => closeStage(stage));

const usual: Preferences = {
  mutedKinds: [],
  frequency: "every_episode",
  digestHour: 18,
  quietHours: null,
  timeZone: null,
  language: null,
};
/** Quiet hours between so many minutes from now and so many. */
function quietBetween(from: number, until: number): NonNullable<Preferences["quietHours"]> {
  const clock = (minutes: number) =>
    minutesOfDay(new Date(stage.household.now.getTime() + minutes * 60_000), "Europe/Berlin");
  return { from: clock(from), until: clock(until) };
}

/** Somebody who asked for a show that is known here, and chose. */
async function viewerOf(
  name: string,
  show: Parameters<Stage["stack"]["world"]["addShow"]>[0],
  chosen: Partial<Preferences>,
) {
  const email = `${name.toLowerCase()}@example.net`;
  const person = stage.stack.seerr.addUser({ displayName: name, email });
  const title = stage.stack.world.addShow(show);
  const request = await stage.stack.seerr.request({ user: person, title, autoApprove: true });
  await stage.household.settle();
  const user = await findUserByContact(stage.household.ctx.database.db, { email, name: null });
  if (!user) throw new Error("The requester is not known");
  await savePreferences(stage.household.ctx, user.id, { ...usual, ...chosen });
  return { email, person, title, request, user };
}

type Title = Awaited<ReturnType<typeof viewerOf>>["title"];

async function bring(title: Title, season: number, episode: number): Promise<void> {
  stage.stack.plex.show(await stage.stack.sonarr.import(title, season, episode));
  await stage.household.settle();
}

async function stateOf(request: { id: number }) {
  const [row] = await stage.household.ctx.database.raw<{ state: string; until: Date | null }[]>`
    select state, state_until as until from requests where seerr_request_id = ${request.id}`;
  return row;
}

const preferencesOf = (user: User, chosen: Partial<Preferences>) =>
  savePreferences(stage.household.ctx, user.id, { ...usual, ...chosen });

test("what becomes ready in quiet hours comes afterwards, in one mail, and the timeline says so", async () => {
  const quietHours = quietBetween(-5, 120);
  const { email, title, request } = await viewerOf(
    "Ada",
    { title: "Night Watch", seasons: { 1: 4 } },
    { quietHours },
  );
  await bring(title, 1, 1);
  await stage.household.advance({ minutes: 30 });
  await bring(title, 1, 2);
  await stage.household.advance({ minutes: 80 });
  expect(await stateOf(request)).toMatchObject({ state: "gathering" });
  expect(subjectsTo(stage, email)).toEqual([]);
  await stage.household.advance({ minutes: 15 });
  expect(subjectsTo(stage, email)).toEqual(["Night Watch: episodes 1–2 are ready"]);
  const held = (await timelineOf(stage, request)).filter((e) => e.code === "mail_kept_back");
  expect(held).toHaveLength(1);
  const { from, until } = quietHours;
  expect(held[0]?.words).toMatch(
    new RegExp(`^Held the mail to Ada until (\\w+ \\d+ \\w+ )?${clockTime(until)}$`),
  );
  expect(held[0]?.reason).toBe(`Ada’s quiet hours, ${clockTime(from)} to ${clockTime(until)}`);
});

test("what Plex shows late in quiet hours joins the mail that follows them", async () => {
  const { email, title } = await viewerOf(
    "Bo",
    { title: "Late Tide", seasons: { 1: 4 } },
    { quietHours: quietBetween(30, 120) },
  );
  await bring(title, 1, 1);
  const late = await stage.stack.sonarr.import(title, 1, 2);
  await stage.household.advance({ minutes: 35 });
  // The first left at the end of its window, the second waits for Plex alone.
  expect(subjectsTo(stage, email)).toEqual(["Late Tide: episode 1 is ready"]);
  stage.stack.plex.show(late);
  await stage.household.advance({ minutes: 25 });
  await bring(title, 1, 3);
  await stage.household.advance({ minutes: 75 });
  expect(subjectsTo(stage, email).slice(1)).toEqual(["Late Tide: episodes 2–3 are ready"]);
});

test("what Plex shows late joins the mail of later episodes that waits for the morning, and the rest follows", async () => {
  const { email, title } = await viewerOf(
    "Jule",
    { title: "Night Train", seasons: { 1: 4 } },
    { quietHours: quietBetween(30, 240) },
  );
  const { stack, household } = stage;
  const [first, second] = await stack.sonarr.import(title, 1, [1, 2]);
  if (!first || !second) throw new Error("Sonarr imported too little");
  // Its window closes without Plex, and what comes in the night opens another.
  await household.advance({ minutes: 60 });
  await bring(title, 1, 3);
  await household.advance({ minutes: 30 });
  const batches = await household.ctx.database.raw<{ status: string }[]>`
    select status from batches where title = ${title.title} order by id`;
  expect(batches).toEqual([{ status: "trailing" }, { status: "open" }]);
  stack.plex.show(first);
  await household.advance({ hours: 4 });
  expect(subjectsTo(stage, email)).toEqual(["Night Train: episodes 1 and 3 are ready"]);
  stack.plex.show(second);
  await household.advance({ minutes: 30 });
  expect(subjectsTo(stage, email)[1]).toBe("Night Train: episode 2 is ready");
});

test("who wants whole seasons gets one mail when the last episode is there", async () => {
  const { email, title, request } = await viewerOf(
    "Cleo",
    { title: "Whole Cloth", seasons: { 1: 3 } },
    { frequency: "season_complete" },
  );
  await bring(title, 1, 1);
  await bring(title, 1, 2);
  await stage.household.advance({ hours: 14 });
  expect(subjectsTo(stage, email)).toEqual([]);
  const held = (await timelineOf(stage, request)).find((e) => e.code === "mail_kept_back");
  expect(held?.words).toMatch(/^Held the mail to Cleo, until .* at the latest$/);
  expect(held?.reason).toBe("Cleo wants whole seasons, and 1 episode of season 1 is not there yet");
  await bring(title, 1, 3);
  await stage.household.advance({ minutes: 20 });
  expect(subjectsTo(stage, email)).toEqual(["Whole Cloth: episodes 1–3 are ready"]);
});

test("a season is not whole while Plex does not show its last episode", async () => {
  const { email, title } = await viewerOf(
    "Ines",
    { title: "Nearly Whole", seasons: { 1: 2 } },
    { frequency: "season_complete" },
  );
  await bring(title, 1, 1);
  const last = await stage.stack.sonarr.import(title, 1, 2);
  await stage.household.advance({ minutes: 60 });
  expect(subjectsTo(stage, email)).toEqual([]);
  stage.stack.plex.show(last);
  await stage.household.advance({ minutes: 30 });
  expect(subjectsTo(stage, email)).toEqual(["Nearly Whole: episodes 1–2 are ready"]);
});

test("a season that is never complete is told of after 14 days without news", async () => {
  const { email, title, user } = await viewerOf(
    "Dora",
    { title: "Loose Ends", seasons: { 1: 3 } },
    { frequency: "season_complete" },
  );
  await bring(title, 1, 1);
  await stage.household.advance({ hours: 1 });
  const { raw } = stage.household.ctx.database;
  for (const [days, subjects] of [
    [13, []],
    [1, ["Loose Ends: episode 1 is ready"]],
  ] as const) {
    // As if it had been there for so much longer; saving lets what waits be decided anew.
    await raw`update batch_items set added_at = added_at - make_interval(days => ${days})
      where user_id = ${user.id}`;
    await preferencesOf(user, { frequency: "season_complete" });
    await stage.household.advance({ minutes: 1 });
    expect(subjectsTo(stage, email)).toEqual(subjects);
  }
});

test("once a day means all at the chosen hour, and what comes after it on the next day", async () => {
  const soon = new Date(stage.household.now.getTime() + 2 * 3600_000);
  const digestHour = Math.floor(minutesOfDay(soon, "Europe/Berlin") / 60);
  const { email, title, person, user } = await viewerOf(
    "Edda",
    { title: "Evening Post", seasons: { 1: 4 } },
    { frequency: "daily_digest", digestHour },
  );
  const movie = stage.stack.world.addMovie({ title: "The Evening Film" });
  await stage.stack.seerr.request({ user: person, title: movie, autoApprove: true });
  await bring(title, 1, 1);
  stage.stack.plex.show(await stage.stack.radarr.import(movie));
  await stage.household.advance({ minutes: 30 });
  await bring(title, 1, 2);
  await stage.household.advance({ minutes: 25 });
  expect(subjectsTo(stage, email)).toEqual([]);
  await stage.household.advance({ minutes: 69 });
  expect(subjectsTo(stage, email)).toEqual(["Evening Post and The Evening Film are ready"]);
  expect(stage.stack.mailbox.to(email).at(-1)?.text).toContain("Season 1, episodes 1–2");
  await bring(title, 1, 3);
  await stage.household.advance({ minutes: 10 });
  const [waits] = await stage.household.ctx.database.raw<{ until: Date }[]>`
    select paused_until as until from batches where user_id = ${user.id} and status = 'open'`;
  const until = waits?.until ?? stage.household.now;
  expect(clockTime(minutesOfDay(until, "Europe/Berlin"))).toBe(clockTime(digestHour * 60));
  expect(until.getTime() - stage.household.now.getTime()).toBeGreaterThan(21 * 3600_000);
});

test("a change of mind applies at once to what waits", async () => {
  const { email, title, user } = await viewerOf(
    "Finn",
    { title: "Second Thoughts", seasons: { 1: 2 } },
    { quietHours: quietBetween(-5, 120) },
  );
  await bring(title, 1, 1);
  await stage.household.advance({ minutes: 30 });
  expect(subjectsTo(stage, email)).toEqual([]);
  await preferencesOf(user, {});
  await stage.household.advance({ minutes: 1 });
  expect(subjectsTo(stage, email)).toEqual(["Second Thoughts: episode 1 is ready"]);
});

test("“now” stays now when the job is late and made anew", async () => {
  const { email, title, user } = await viewerOf(
    "Uta",
    { title: "Sent Again", seasons: { 1: 2 } },
    {},
  );
  await bring(title, 1, 1);
  await stage.household.advance({ minutes: 30 });
  expect(subjectsTo(stage, email)).toHaveLength(1);
  await preferencesOf(user, { quietHours: quietBetween(-5, 120) });
  const { ctx } = stage.household;
  const [mail] = await ctx.database.raw<{ id: string }[]>`
    select id from notifications where title = 'Sent Again'`;
  await resendNotification(ctx, Number(mail?.id), "mika");
  const late = new Date(ctx.now().getTime() + 2 * 60_000);
  expect((await rearmLostJobs({ ...ctx, now: () => late })).mails).toBe(1);
  await stage.household.settle();
  expect(subjectsTo(stage, email)).toHaveLength(2);
});

test("muting a title settles what waits of it, and following it again tells only what comes then", async () => {
  const { email, title, user, request } = await viewerOf(
    "Gwen",
    { title: "Hushed", seasons: { 1: 3 } },
    { quietHours: quietBetween(-5, 120) },
  );
  await bring(title, 1, 1);
  await stage.household.advance({ minutes: 30 });
  const { raw } = stage.household.ctx.database;
  const [row] = await raw`select id from requests where seerr_request_id = ${request.id}`;
  await muteTitle(stage.household.ctx, user, row?.id, "muted");
  await stage.household.advance({ minutes: 1 });
  const timeline = await timelineOf(stage, request);
  expect(timeline.map((entry) => entry.words)).toContain("Gwen muted this title");
  expect(timeline.at(-1)?.words).toBe("Gwen was not told about episode 1");
  await preferencesOf(user, {});
  await bring(title, 1, 2);
  await stage.household.advance({ minutes: 30 });
  expect(subjectsTo(stage, email)).toEqual([]);
  await muteTitle(stage.household.ctx, user, row?.id, "followed");
  await bring(title, 1, 3);
  await stage.household.advance({ minutes: 30 });
  expect(subjectsTo(stage, email)).toEqual(["Hushed: episode 3 is ready"]);
});

test("a title muted while its mail is tried again is not told any more", async () => {
  const { email, title, user, request } = await viewerOf(
    "Hedda",
    { title: "Hushed Late", seasons: { 1: 3 } },
    {},
  );
  stage.stack.mailbox.behave(email, { kind: "defer-message" }, { times: 1 });
  await bring(title, 1, 1);
  await stage.household.advance({ minutes: 7 });
  const { raw } = stage.household.ctx.database;
  const mails = () => raw<{ status: string }[]>`
    select status from notifications where user_id = ${user.id}`;
  expect(await mails()).toEqual([{ status: "retrying" }]);
  const [row] = await raw`select id from requests where seerr_request_id = ${request.id}`;
  await muteTitle(stage.household.ctx, user, row?.id, "muted");
  await stage.household.advance({ minutes: 30 });
  expect(await mails()).toEqual([{ status: "cancelled" }]);
  expect(subjectsTo(stage, email)).toEqual([]);
  expect((await timelineOf(stage, request)).at(-1)).toMatchObject({
    code: "recipient_changed",
    words: "Hedda was not told about episode 1",
  });
});

test("during maintenance nobody is asked and nobody is told; afterwards everything is", async () => {
  const { email, title, request, user } = await viewerOf(
    "Hugo",
    { title: "Dry Dock", seasons: { 1: 3 } },
    {},
  );
  const { now, ctx } = stage.household;
  const endsAt = new Date(now.getTime() + 2 * 3600_000);
  await ctx.database.db.insert(maintenanceWindows).values({
    title: "New disks",
    startsAt: now,
    endsAt,
    zone: "Europe/Berlin",
    status: "active",
    announcedAt: now,
    createdBy: "admin",
  });
  const config = await ctx.loadConfig();
  const pauseOf = (kind: string) => findPause(ctx.database.db, config, user, kind, now);
  expect(await pauseOf("coming_soon")).toEqual({
    until: endsAt,
    because: "maintenance “New disks”",
  });
  for (const kind of ["maintenance_reminder", "issue_resolved", "personal_link"]) {
    expect(await pauseOf(kind)).toBeNull();
  }
  await bring(title, 1, 1);
  const asked = stage.stack.plex.requests.length;
  await stage.household.advance({ minutes: 60 });
  await bring(title, 1, 2);
  await stage.household.advance({ minutes: 59 });
  expect(subjectsTo(stage, email)).toEqual([]);
  expect(stage.stack.plex.requests.length).toBe(asked);
  const held = (await timelineOf(stage, request)).filter((e) => e.code === "mail_kept_back");
  expect(held.map((entry) => entry.reason)).toEqual(["Maintenance “New disks”"]);
  await stage.household.advance({ minutes: 10 });
  expect(subjectsTo(stage, email)).toEqual(["Dry Dock: episodes 1–2 are ready"]);
});
