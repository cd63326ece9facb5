import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { changesChannel } from "@/lib/store/changes";
import { hearsOf, isToldItMissed } from "@/test/support/live-updates";
import { createEmptyDatabase, type TestDatabase } from "@/test/support/postgres";
import {
  type RunningApp,
  type StartedProcess,
  startApp,
  startWorker,
  temporaryConfigFolder,
} from "@/test/support/running-app";
import { type MediaStack, startMediaStack } from "@/test/support/upstreams/media-stack";
import type { SeerrUser } from "@/test/support/upstreams/seerr-model";

/** Two web processes and two workers on one PostgreSQL, all started in the same moment on an empty database. */

let stack: MediaStack;
let database: TestDatabase;
let sql: postgres.Sql;
let webs: RunningApp[];
let workers: StartedProcess[];
let anna: SeerrUser;
const folders = [1, 2, 3, 4].map(() => temporaryConfigFolder());

beforeAll(async () => {
  [stack, database] = await Promise.all([startMediaStack(), createEmptyDatabase()]);
  stack.plexFollows(0);
  anna = stack.seerr.addUser({ displayName: "Anna Lindqvist", email: "anna@example.net" });
  const env = (index: number) => ({
    ...stack.env(),
    DATABASE_URL: database.url,
    CONFIG_DIR: folders[index]?.folder ?? "",
    APP_SECRET_KEY: "one-key-for-all-of-them",
    NOTIFICATION_CHECK_FREQUENCY_SECONDS: "1",
    MOVIE_FIRST_CHECK_SECONDS: "0",
    NOTIFICATION_INITIAL_DELAY_SECONDS: "2",
    NOTIFICATION_EXTENSION_DELAY_SECONDS: "1",
  });
  const startedWorkers = Promise.all([startWorker(env(0)), startWorker(env(1))]);
  const startedWebs = Promise.all([
    startApp({ ...env(2), ROLE: "web" }),
    startApp({ ...env(3), ROLE: "web" }),
  ]);
  [workers, webs] = await Promise.all([startedWorkers, startedWebs]);
  sql = postgres(database.url, { max: 2, onnotice: () => {} });
  await until("the first sync is over", async () => {
    const [row] = await sql<{ n: number }[]>`
      select count(*)::int as n from milestones where name = 'first_sync'`;
    return row?.n === 1;
  });
  stack.connect(webs[0]?.url ?? "");
});

afterAll(async () => {
  await Promise.all([...(webs ?? []), ...(workers ?? [])].map((one) => one.stop()));
  await sql?.end({ timeout: 5 });
  await stack?.stop();
  await database?.drop();
  for (const folder of folders) folder.remove();
});

/** Asks for movies and imports them, the webhooks alternating between the web processes. */
async function tellAbout(titles: readonly string[]): Promise<void> {
  for (const [index, title] of titles.entries()) {
    stack.disconnect();
    stack.connect(webs[index % webs.length]?.url ?? "");
    const movie = stack.world.addMovie({ title });
    await stack.seerr.request({ user: anna, title: movie, autoApprove: true });
    await stack.radarr.import(movie);
  }
}

const subjects = () =>
  stack.mailbox
    .to(anna.email ?? "")
    .map((mail) => mail.subject)
    .sort();

test("all of them serve one household, and each mail leaves once", async () => {
  const titles = Array.from({ length: 8 }, (_, index) => `Harbour ${index + 1}`);
  await tellAbout(titles);
  await stack.mailbox.waitFor(titles.length, 60_000);
  expect(subjects()).toEqual(titles.map((title) => `${title} is ready`));
  const [claims] = await sql<{ workers: number }[]>`
    select count(distinct worker_id)::int as workers from worker_heartbeats`;
  expect(claims?.workers).toBe(2);
});

test("a settings change reaches every process", async () => {
  await sql`insert into settings (name, value) values ('MAIL_SERVER_NAME', 'The Attic Cinema')`;
  await new Promise((resolve) => setTimeout(resolve, 600));
  await tellAbout(["Attic 1", "Attic 2", "Attic 3", "Attic 4"]);
  await stack.mailbox.waitFor(12, 60_000);
  const told = stack.mailbox
    .to(anna.email ?? "")
    .filter((mail) => mail.subject.startsWith("Attic"));
  expect(told).toHaveLength(4);
  for (const mail of told) expect(mail.text).toContain("The Attic Cinema");
});

test("episodes that come to all of them at once leave in one mail", async () => {
  const show = stack.world.addShow({
    title: "Lantern Street",
    seasons: { 1: 6 },
  });
  await stack.seerr.request({ user: anna, title: show, seasons: [1], autoApprove: true });
  stack.disconnect();
  const halves = [
    [1, 2, 3],
    [4, 5, 6],
  ];
  for (const [index, episodes] of halves.entries()) {
    stack.connect(webs[index]?.url ?? "");
    await stack.sonarr.import(show, 1, episodes);
  }
  await stack.mailbox.waitFor((mail) => mail.subject.startsWith("Lantern Street"), 60_000);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(subjects().filter((subject) => subject.startsWith("Lantern Street"))).toHaveLength(1);
  const [told] = await sql<{ n: number }[]>`
    select count(*)::int as n from notification_items join notifications n on n.id = notification_id
    where n.subject like 'Lantern Street%'`;
  expect(told?.n).toBe(6);
});

test("a change reaches the open pages of every web process", async () => {
  for (const web of webs) {
    const cause = () => sql.notify(changesChannel, "requests");
    expect(await hearsOf("requests", { port: web.port, cause })).toBe(true);
  }
});

test("a page is told what changed between its reading and its stream, or while that was broken", async () => {
  for (const { port } of webs) {
    const before = Date.now();
    await hearsOf("requests", { port, cause: () => sql.notify(changesChannel, "requests") });
    // Far enough that no other change comes after it.
    const after = Date.now() + 60_000;
    expect(await isToldItMissed({ port, since: before })).toBe(true);
    expect(await isToldItMissed({ port, since: after })).toBe(false);
    expect(await isToldItMissed({ port, since: after, lastEventId: before })).toBe(true);
    expect(await isToldItMissed({ port, since: before, lastEventId: after })).toBe(false);
  }
});

test("one killed worker and one killed web process leave the others at work", async () => {
  workers[0]?.process.kill("SIGKILL");
  webs[0]?.process.kill("SIGKILL");
  webs = webs.slice(1);
  workers = workers.slice(1);
  const titles = ["After 1", "After 2", "After 3"];
  await tellAbout(titles);
  await stack.mailbox.waitFor(16, 60_000);
  expect(subjects().filter((subject) => subject.startsWith("After"))).toEqual(
    titles.map((title) => `${title} is ready`),
  );
});

test("no recurring work ran twice in one minute", async () => {
  const rows = await sql<{ identifier: string; n: number }[]>`
    select identifier, count(*)::int as n from graphile_worker._private_known_crontabs group by identifier`;
  expect(rows.every(({ n }) => n === 1)).toBe(true);
  const twice = await sql`
    select name from job_runs where trigger = 'schedule'
    group by name, date_trunc('minute', started_at) having count(*) > 1`;
  expect(twice).toEqual([]);
});

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`Not within a minute: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
