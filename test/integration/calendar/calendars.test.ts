import { afterAll, beforeAll, expect, test } from "vitest";
import {
  findCalendarPath,
  householdFeed,
  makeCalendarLink,
  revokeCalendarLink,
} from "@/lib/services/users/household-calendar";
import { readCalendarLink } from "@/lib/services/users/signed-links";
import { listCalendarReads } from "@/lib/store/calendar";
import { listUpcoming, type UpcomingFilter } from "@/lib/store/views/upcoming";
import { listPeopleWaiting } from "@/lib/store/views/upcoming-people";
import type { MovieTitle } from "@/test/support/upstreams/world";
import { closeStage, openStage, type Stage } from "../scenarios/stage";

let stage: Stage;
let harbour: MovieTitle;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => closeStage(stage));

const day = (days: number, hour = 20) => {
  const at = new Date(stage.household.now.getTime() + days * 86_400_000);
  at.setUTCHours(hour, 0, 0, 0);
  return at;
};

async function upcoming(part: Partial<UpcomingFilter> = {}) {
  const window = { from: day(0, 0), until: day(61, 0) };
  const none = { type: null, isFourK: null, personId: null };
  return listUpcoming(stage.household.ctx.database.db, { ...window, ...none, ...part }, 500);
}
const words = (rows: Awaited<ReturnType<typeof upcoming>>) =>
  rows.map(({ title, season, episode, release }) =>
    release === "air" ? `${title} ${season}x${episode}` : `${title} ${release}`,
  );

test("what somebody waits for is listed with who waits, and nothing else", async () => {
  const { stack, household } = stage;
  const [anna, ben, idle] = ["Anna", "Ben", "Idle"].map((name) =>
    stack.seerr.addUser({ displayName: name, email: `${name.toLowerCase()}@example.net` }),
  );
  if (!anna || !ben || !idle) throw new Error("nobody");
  const show = stack.world.addShow({
    title: "Harbour Lights",
    seasons: {
      1: [{ airsAt: day(-30) }],
      2: [{ airsAt: day(1) }, { airsAt: day(8) }],
      3: [{ airsAt: day(9) }],
    },
  });
  harbour = stack.world.addMovie({
    title: "Quiet Harbour",
    inCinemas: day(-40, 0),
    digitalRelease: day(5, 0),
    physicalRelease: day(30, 0),
  });
  const other = stack.world.addMovie({
    title: "Idle Hours",
    digitalRelease: day(6, 0),
    inCinemas: null,
    physicalRelease: null,
  });
  const unasked = stack.world.addShow({ title: "Unasked", seasons: { 1: [{ airsAt: day(2) }] } });
  const ofAnna = await stack.seerr.request({
    user: anna,
    title: show,
    seasons: [2],
    autoApprove: true,
  });
  await stack.seerr.request({ user: ben, title: harbour, autoApprove: true });
  await stack.seerr.request({ user: idle, title: other, autoApprove: true });
  stack.sonarrs[0]?.addSeries(unasked);
  await household.settle();
  await household.run("read-calendar");

  expect(words(await upcoming())).toEqual([
    "Harbour Lights 2x1",
    "Quiet Harbour digital",
    "Idle Hours digital",
    "Harbour Lights 2x2",
    "Quiet Harbour physical",
  ]);
  const [first] = await upcoming();
  expect(first).toMatchObject({ peopleCount: 1, people: [{ name: "Anna" }], hasFile: false });
  expect(words(await upcoming({ type: "movie", until: day(10, 0) }))).toEqual([
    "Quiet Harbour digital",
    "Idle Hours digital",
  ]);
  expect(await upcoming({ isFourK: true })).toEqual([]);

  const { raw, db } = household.ctx.database;
  const [person] = await raw<{ id: number }[]>`select id from users where display_name = 'Ben'`;
  expect(words(await upcoming({ personId: person?.id ?? 0 }))).toEqual([
    "Quiet Harbour digital",
    "Quiet Harbour physical",
  ]);
  // Nobody waits for what was muted, or with mails switched off.
  await raw`update users set is_active = false where display_name = 'Idle'`;
  await raw`update request_watchers set muted_at = now() where request_id =
    (select id from requests where seerr_request_id = ${ofAnna.id})`;
  expect(words(await upcoming())).toEqual(["Quiet Harbour digital", "Quiet Harbour physical"]);
  const people = await listPeopleWaiting(db, { from: day(0, 0), until: day(61, 0) }, 10);
  expect(people.map(({ name }) => name)).toEqual(["Ben"]);
  await raw`update request_watchers set muted_at = null`;
});

test("a calendar that cannot be read keeps what it said, with its age; the others go on", async () => {
  const { stack, household } = stage;
  const { db } = household.ctx.database;
  const before = await upcoming();
  const readAt = household.now;
  await household.advance({ hours: 1 });
  await stack.radarrs[0]?.down();
  await household.run("read-calendar").catch(() => undefined);
  expect(words(await upcoming())).toEqual(words(before));
  const reads = new Map((await listCalendarReads(db)).map((read) => [read.instanceKey, read]));
  expect(reads.get("radarr")?.trouble).toMatch(/Nothing answers/);
  expect(reads.get("radarr")?.readAt?.getTime()).toBeLessThanOrEqual(
    readAt.getTime() + 3_600_000 - 1,
  );
  expect(reads.get("sonarr")).toMatchObject({ trouble: null });
  await stack.radarrs[0]?.up();
});

test("each calendar is read with one call, and says what moved and what is gone", async () => {
  const { stack, household } = stage;
  harbour.digitalRelease = day(12, 0);
  harbour.physicalRelease = null;
  for (const service of stack.services) service.forgetRequests();
  await household.run("read-calendar");
  for (const instance of [...stack.sonarrs, ...stack.radarrs]) {
    expect(instance.requests.map(({ path }) => path)).toEqual(["/api/v3/calendar"]);
  }
  const rows = await upcoming({ type: "movie" });
  expect(words(rows)).toEqual(["Quiet Harbour digital"]);
  expect(rows[0]?.at).toEqual(day(12, 0));
});

test("a title of which the file is there is waited for no more", async () => {
  const { household } = stage;
  const [movie] = await upcoming({ type: "movie" });
  await household.ctx.database.raw`insert into media_items
    (media_key, group_key, kind, title, imported_at) values
    (${movie?.mediaKey ?? ""}, ${movie?.mediaKey ?? ""}, 'movie', 'Quiet Harbour', now())`;
  expect(await upcoming({ type: "movie" })).toEqual([]);
});

test("the calendar link shows it all until it is revoked; a new one ends the old", async () => {
  const { ctx } = stage.household;
  expect(await findCalendarPath(ctx)).toBeNull();
  await makeCalendarLink(ctx);
  const path = (await findCalendarPath(ctx)) ?? "";
  const config = await ctx.loadConfig();
  const madeAt = readCalendarLink(config, path.replace(/^\/calendar\/|\.ics$/g, ""));
  if (!madeAt) throw new Error("not a link");
  expect((await householdFeed(ctx, madeAt))?.episodes.map(({ episode }) => episode)).toEqual([
    1, 2,
  ]);
  expect(readCalendarLink({ secretKey: "another" }, path.slice(10, -4))).toBeNull();
  await stage.household.advance({ seconds: 1 });
  await makeCalendarLink(ctx);
  expect(await householdFeed(ctx, madeAt)).toBeNull();
  await revokeCalendarLink(ctx);
  expect(await findCalendarPath(ctx)).toBeNull();
});
