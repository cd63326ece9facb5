import { afterAll, beforeAll, expect, test } from "vitest";
import { closeStage, type Stage, subjectsTo, timelineOf } from "../scenarios/stage";
import { dayAhead, openMonitored, stateOf, waitingMails } from "./monitor";

let stage: Stage;

beforeAll(async () => {
  stage = await openMonitored();
});
afterAll(() => closeStage(stage));

function somebody(name: string) {
  return stage.stack.seerr.addUser({
    displayName: name,
    email: `${name.toLowerCase()}@example.net`,
  });
}

const longDay = (at: Date) =>
  new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" }).format(at);

test("a movie that is not released is told of once, and again when its date moves", async () => {
  const { stack, household } = stage;
  const user = somebody("Anna");
  const movie = stack.world.addMovie({
    title: "Quiet Harbour",
    inCinemas: dayAhead(stage, -40),
    digitalRelease: dayAhead(stage, 20),
    physicalRelease: dayAhead(stage, 50),
  });
  const request = await stack.seerr.request({ user, title: movie, autoApprove: true });
  await household.settle();
  expect(subjectsTo(stage, user.email)).toEqual([]);

  await household.advance({ seconds: 15 });
  const [mail] = stack.mailbox.to(user.email);
  expect(mail?.subject).toMatch(
    new RegExp(`^Quiet Harbour comes on ${longDay(dayAhead(stage, 20))}`),
  );
  expect(mail?.text).toContain("Digital release: ");
  expect(mail?.text).toContain("in cinemas since");
  expect(await stateOf(stage, request)).toBe("coming_soon");

  await household.advance({ hours: 60 });
  await household.run("review-quality");
  expect(subjectsTo(stage, user.email)).toHaveLength(1);

  movie.digitalRelease = dayAhead(stage, 34);
  await household.run("review-quality");
  await household.run("review-quality");
  const subjects = subjectsTo(stage, user.email);
  expect(subjects).toHaveLength(2);
  expect(subjects[1]).toContain("Quiet Harbour now comes on ");
  expect(stack.mailbox.to(user.email)[1]?.text).toMatch(/The date moved from .+ to .+, Anna\./);

  const entries = (await timelineOf(stage, request)).map((entry) => entry.words);
  expect(entries).toContainEqual(expect.stringMatching(/^Not out yet: digital release on /));
  expect(entries).toContainEqual(expect.stringMatching(/^The date moved from .+ to .+/));
  expect(entries.filter((words) => words === "Planned a “coming soon” mail to Anna")).toHaveLength(
    2,
  );
  expect(entries.filter((words) => words.startsWith("Told Anna: “Quiet Harbour"))).toHaveLength(2);
});

test("the same date is told again after 30 days, not before", async () => {
  const { stack, household } = stage;
  const user = somebody("Kai");
  const movie = stack.world.addMovie({
    title: "Far Away",
    inCinemas: dayAhead(stage, 200),
    digitalRelease: null,
  });
  await stack.seerr.request({ user, title: movie, autoApprove: true });
  await household.advance({ seconds: 15 });
  expect(subjectsTo(stage, user.email)).toEqual([expect.stringContaining("Far Away comes on")]);
  expect(stack.mailbox.to(user.email)[0]?.text).toContain("In cinemas: ");
  const { raw } = household.ctx.database;
  await raw`update delivery_ledger set at = at - interval '29 days' where kind = 'coming_soon'`;
  await household.run("review-quality");
  expect(subjectsTo(stage, user.email)).toHaveLength(1);
  await raw`update delivery_ledger set at = at - interval '1 day' where kind = 'coming_soon'`;
  await household.run("review-quality");
  expect(subjectsTo(stage, user.email)).toHaveLength(2);
});

test("everybody attached is told, except who does not want it, and that is said", async () => {
  const { stack, household } = stage;
  const asker = somebody("Lena");
  const watcher = somebody("Milo");
  const muter = somebody("Ove");
  const movie = stack.world.addMovie({
    title: "Both Wait",
    inCinemas: null,
    digitalRelease: dayAhead(stage, 12),
  });
  const request = await stack.seerr.request({ user: asker, title: movie, autoApprove: true });
  await household.run("sync-users");
  const { raw } = household.ctx.database;
  await raw`
    insert into request_watchers (request_id, user_id, source, muted_at)
    select r.id, u.id, 'admin', case u.display_name when 'Ove' then now() end
    from requests r, users u
    where r.seerr_request_id = ${request.id} and u.display_name in ('Milo', 'Ove')`;
  await raw`update users set muted_kinds = '{coming_soon}' where display_name = 'Lena'`;
  await household.advance({ seconds: 15 });
  expect(subjectsTo(stage, watcher.email)).toHaveLength(1);
  expect(subjectsTo(stage, asker.email)).toEqual([]);
  expect(subjectsTo(stage, muter.email)).toEqual([]);
  expect(await timelineOf(stage, request)).toContainEqual(
    expect.objectContaining({
      kind: "not_told",
      words: "Lena got no “coming soon” mail",
      reason: "Switched off “coming soon”",
    }),
  );
  expect(await timelineOf(stage, request)).toContainEqual(
    expect.objectContaining({ kind: "not_told", words: "Ove got no “coming soon” mail" }),
  );
});

test("a show whose requested season has not aired names its first air date, one that has aired does not", async () => {
  const { stack, household } = stage;
  const user = somebody("Nora");
  const other = somebody("Olaf");
  const airs = new Date(household.now.getTime() + 25 * 86_400_000);
  const show = stack.world.addShow({
    title: "Second Season",
    seasons: {
      1: [{ airsAt: dayAhead(stage, -400) }],
      2: [{ airsAt: airs }, { airsAt: new Date(airs.getTime() + 7 * 86_400_000) }],
    },
  });
  const request = await stack.seerr.request({ user, title: show, seasons: [2], autoApprove: true });
  await stack.seerr.request({ user: other, title: show, seasons: [1], autoApprove: true });
  await household.advance({ seconds: 15 });
  expect(subjectsTo(stage, user.email)).toEqual([
    expect.stringMatching(/^Second Season: season 2 begins on /),
  ]);
  expect(stack.mailbox.to(user.email)[0]?.text).toMatch(
    /First episode of season 2: \w+ \d+ \w+ \d{4} at \d\d:\d\d CET/,
  );
  expect(await stateOf(stage, request)).toBe("coming_soon");
  expect(await waitingMails(stage, "Second Season")).toEqual([
    expect.objectContaining({ kind: "coming_soon", name: "Nora" }),
    expect.objectContaining({ kind: "quality_waiting", name: "Olaf", status: "scheduled" }),
  ]);
});

test("a 4K request is judged by the 4K instance, an HD one by the other", async () => {
  const { stack, household } = stage;
  const hd = somebody("Pia");
  const uhd = somebody("Quin");
  const movie = stack.world.addMovie({
    title: "Two Releases",
    inCinemas: null,
    digitalRelease: dayAhead(stage, 30),
  });
  await stack.seerr.request({ user: hd, title: movie, autoApprove: true });
  await stack.seerr.request({ user: uhd, title: movie, is4k: true, autoApprove: true });
  // The HD file leaked; in 4K there is nothing.
  stack.plex.show(await stack.radarr.import(movie));
  await household.advance({ minutes: 2 });
  expect(subjectsTo(stage, hd.email)).toEqual(["Two Releases is ready"]);
  expect(subjectsTo(stage, uhd.email)).toEqual([
    expect.stringMatching(/^Two Releases in 4K comes on /),
  ]);
});

test("a request that is not approved is not judged; its approval is", async () => {
  const { stack, household } = stage;
  const user = somebody("Rosa");
  const movie = stack.world.addMovie({
    title: "Not Approved",
    inCinemas: null,
    digitalRelease: dayAhead(stage, 30),
  });
  const request = await stack.seerr.request({ user, title: movie });
  await household.advance({ minutes: 1 });
  await household.run("review-quality");
  expect(subjectsTo(stage, user.email)).toEqual([]);
  await stack.seerr.approve(request);
  await household.advance({ seconds: 15 });
  expect(subjectsTo(stage, user.email)).toHaveLength(1);
});

test("a movie nobody has a date for says so and mails nobody", async () => {
  const { stack, household } = stage;
  const user = somebody("Sven");
  const movie = stack.world.addMovie({ title: "No Date", inCinemas: null, digitalRelease: null });
  const request = await stack.seerr.request({ user, title: movie, autoApprove: true });
  await household.advance({ minutes: 10 });
  expect(await waitingMails(stage, "No Date")).toEqual([]);
  expect(await timelineOf(stage, request)).toContainEqual(
    expect.objectContaining({ words: "Not out yet", reason: "Radarr knows no date" }),
  );
  expect(await stateOf(stage, request)).toBe("coming_soon");
});

test("a title that Seerr has not handed over is said to be missing there, and looked for again", async () => {
  const { stack, household } = stage;
  const user = somebody("Tove");
  const movie = stack.world.addMovie({
    title: "Late Arrival",
    inCinemas: null,
    digitalRelease: dayAhead(stage, 30),
  });
  const handOver = stack.seerr.onApproved;
  stack.seerr.onApproved = null;
  const request = await stack.seerr.request({ user, title: movie, autoApprove: true });
  stack.seerr.onApproved = handOver;
  await household.advance({ seconds: 15 });
  expect(await timelineOf(stage, request)).toContainEqual(
    expect.objectContaining({ kind: "trouble", words: "Radarr does not have it" }),
  );
  expect(await waitingMails(stage, "Late Arrival")).toEqual([]);
  await stack.radarr.addMovie(movie, { silent: true });
  await household.advance({ minutes: 11 });
  expect(subjectsTo(stage, user.email)).toHaveLength(1);
});
