import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startFirstRuns } from "@/lib/services/runs/start-due-runs";
import { importEarlier } from "@/lib/services/setup/import-earlier";
import { setUserActive } from "@/lib/services/users/set-user-active";
import {
  closeStage,
  openStage,
  type Stage,
  subjectsTo,
  withoutDelay,
} from "@/test/integration/scenarios/stage";
import {
  type EarlierRows,
  fillEarlierServer,
  writeEarlierFile,
} from "@/test/support/earlier-system";
import { createEmptyDatabase, type TestDatabase } from "@/test/support/postgres";
import type { MediaStack } from "@/test/support/upstreams/media-stack";
import type { SeerrUser } from "@/test/support/upstreams/seerr-model";
import type { MovieTitle, ShowTitle } from "@/test/support/upstreams/world";

let folder: string;
let file: string;
let server: TestDatabase;
let stage: Stage;
let home: Home;

type Home = {
  anna: SeerrUser;
  ben: SeerrUser;
  cleo: SeerrUser;
  show: ShowTitle;
  movie: MovieTitle;
  lost: MovieTitle;
  rows: EarlierRows;
};

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "bingealert-earlier-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function open(firstSync: boolean): Promise<void> {
  stage = await openStage({
    household: { env: withoutDelay, firstSync },
    prepare: async (stack) => {
      home = await fillServices(stack);
    },
  });
  file = path.join(folder, "bingealert.db");
  await writeEarlierFile(file, home.rows);
  server = await createEmptyDatabase();
  const { notification_delivery_log: _, ...earlier } = home.rows;
  await fillEarlierServer(server.url, earlier);
}

afterEach(async () => {
  await closeStage(stage);
  await server?.drop();
});

/**
 * Anna asked for a show of which she was told two episodes, a third waited there; for a movie she was told of and that
 * was deleted since; and for one that the earlier system wrongly called available. Ben and Cleo share the show, and
 * Cleo was switched off.
 */
async function fillServices(stack: MediaStack): Promise<Home> {
  const [anna, ben, cleo] = ["Anna", "Ben", "Cleo"].map((displayName) =>
    stack.seerr.addUser({ displayName, email: `${displayName.toLowerCase()}@example.net` }),
  ) as [SeerrUser, SeerrUser, SeerrUser];
  const show = stack.world.addShow({ title: "Tidewater Road", seasons: { 1: 6 } });
  const movie = stack.world.addMovie({ title: "Kestrel Down" });
  const lost = stack.world.addMovie({ title: "A Quiet Orbit" });
  const before = { autoApprove: true, silent: true } as const;
  const ofShow = await stack.seerr.request({ ...before, user: anna, title: show });
  const ofMovie = await stack.seerr.request({ ...before, user: anna, title: movie });
  const ofLost = await stack.seerr.request({ ...before, user: anna, title: lost });
  stack.plex.show(await stack.sonarr.import(show, 1, [1, 2, 3], { silent: true }));

  const at = { sent_at: "2026-05-01 10:00:00.123", created_at: "2026-05-01 09:50:00" };
  const episode = (
    number: number,
    more: Record<string, string | number | boolean | null> = {},
  ) => ({
    user_id: 1,
    request_id: 1,
    notification_type: "episode",
    subject: `New Episode: ${show.title} S01E0${number}`,
    body: "<html></html>",
    sent: true,
    series_id: 77,
    ...at,
    ...more,
  });
  const rows: EarlierRows = {
    users: [anna, ben, cleo].map((user) => ({
      jellyseerr_id: user.id,
      email: user.email ?? "",
      username: user.displayName ?? "",
      is_active: user !== cleo,
      deactivated_at: user === cleo ? "2026-04-01 08:00:00" : null,
    })),
    media_requests: [
      [1, ofShow.id, "tv", show, "approved"],
      [1, ofMovie.id, "movie", movie, "available"],
      [1, ofLost.id, "movie", lost, "available"],
      [1, 9001, "movie", { tmdbId: 424242, title: "Deleted in Seerr" }, "available"],
    ].map((row) => {
      const [user, request, type, title, status] = row as [
        number,
        number,
        string,
        { tmdbId: number; title: string },
        string,
      ];
      return {
        user_id: user,
        jellyseerr_request_id: request,
        media_type: type,
        tmdb_id: title.tmdbId,
        title: title.title,
        status,
      };
    }),
    shared_requests: [2, 3].map((user_id) => ({
      request_id: 1,
      user_id,
      added_at: "2026-04-20 12:00:00",
    })),
    episode_tracking: [
      { request_id: 1, series_id: 77, season_number: 1, episode_number: 5, notified: true },
      { request_id: 1, series_id: 77, season_number: 1, episode_number: 6, notified: false },
    ],
    notifications: [
      episode(1),
      episode(2, { error_message: "SMTP send failed" }),
      episode(3, { sent: false, sent_at: null }),
      episode(1, { user_id: 2 }),
      episode(1, { user_id: 3, sent_at: null, error_message: "skipped: inactive" }),
      {
        ...episode(1),
        request_id: 2,
        notification_type: "movie",
        subject: `Movie Available: ${movie.title}`,
      },
      { ...episode(1), notification_type: "coming_soon", subject: `Coming Soon: ${movie.title}` },
    ],
    notification_delivery_log: [
      {
        user_id: 1,
        request_id: 1,
        notification_type: "episode",
        dedupe_key: "episode:unknown:S01E04",
        series_id: null,
        season_number: 1,
        episode_number: 4,
        created_at: "2026-05-02 10:00:00",
      },
    ],
  };
  return { anna, ben, cleo, show, movie, lost, rows };
}

const ledger = () =>
  stage.household.ctx.database.raw`
    select u.display_name as name, l.media_key as key, l.how, l.at from delivery_ledger l
    join users u on u.id = l.user_id order by 1, 2`;

const short = async () =>
  (await ledger()).map(({ name, key, how }) => `${name} ${key.split(":").slice(-1)} ${how}`);

const bring = (source: string, isMeant = true) =>
  importEarlier(stage.household.ctx, { source, isMeant });

describe("before the first sync", () => {
  beforeEach(() => open(false));

  test("it first only says what would come over", async () => {
    const words = await bring(file, false);
    expect(words).toContain("3 people, of them 1 switched off there");
    expect(words).toContain("5 things that people were told");
    expect(words).toContain("Left out: 1 request: no longer in Seerr under that number");
    expect(words).toContain("(Deleted in Seerr)");
    expect(words).toContain("Left out: 1 mail: never sent there");
    expect(words).toContain("Add --yes");
    const [row] = await stage.household.ctx.database.raw`
      select (select count(*) from users) + (select count(*) from requests) as n`;
    expect(Number(row?.n)).toBe(0);
  });

  test.each([
    ["the SQLite file of version 2", () => file, "told"],
    ["the PostgreSQL of version 1, which had no ledger", () => server.url, null],
  ])("nobody is told twice after moving with %s", async (_name, source, fourth) => {
    const { stack, household } = stage;
    const { show, movie, lost } = home;
    const hash = () => createHash("sha256").update(readFileSync(file)).digest("hex");
    const before = hash();
    await bring(source());
    const movieKey = `${movie.tmdbId}`;
    expect(await short()).toEqual([
      "Anna s01e01 told",
      "Anna s01e02 told",
      ...(fourth ? ["Anna s01e04 told"] : []),
      "Anna s01e05 known_before",
      `Anna ${movieKey} told`,
      "Ben s01e01 told",
      "Ben s01e05 known_before",
      "Cleo s01e01 not_wanted",
      "Cleo s01e05 known_before",
    ]);
    const imported = await ledger();
    expect(imported[0]?.at).toEqual(new Date("2026-05-01T10:00:00.123Z"));

    await bring(source());
    expect(await ledger()).toEqual(imported);
    expect(hash()).toBe(before);
    expect(readdirSync(folder)).toEqual(["bingealert.db"]);

    await startFirstRuns(household.ctx);
    await household.advance({ minutes: 30 });
    await household.run("reconcile");
    await household.advance({ hours: 3 });
    expect(stack.mailbox.accepted).toBe(0);

    // What was told there and comes again is no news; what was not is, wherever that system had put it.
    stack.plex.show(await stack.radarr.import(movie));
    stack.plex.show(await stack.radarr.import(lost));
    stack.plex.show(await stack.sonarr.import(show, 1, [4, 5, 6]));
    await household.advance({ minutes: 30 });
    await household.run("reconcile");
    await household.advance({ minutes: 30 });
    const told = await household.ctx.database.raw`
      select u.display_name || ' ' || i.media_key as words from notification_items i
      join notifications n on n.id = i.notification_id join users u on u.id = n.user_id order by 1`;
    const episodeKey = (number: number) => `episode:tvdb:${show.tvdbId}:s01e0${number}`;
    expect(told.map(({ words }) => words)).toEqual([
      ...(fourth ? [] : [`Anna ${episodeKey(4)}`]),
      `Anna ${episodeKey(6)}`,
      `Anna movie:tmdb:${lost.tmdbId}`,
      `Ben ${episodeKey(4)}`,
      `Ben ${episodeKey(6)}`,
    ]);
    expect(subjectsTo(stage, "cleo@example.net")).toEqual([]);
    const [timeline] = await household.ctx.database.raw`
      select words, reason from timeline_entries where code = 'told_earlier' and words like 'Ben %'`;
    expect(timeline?.words).toBe("Ben was told about episode 1");
  });
});

test("after the first sync what was there stays nobody's news, and a person switched on again stays on", async () => {
  await open(true);
  const { stack, household } = stage;
  await bring(file);
  const [cleo] = await household.ctx.database.raw`
    select id, is_active as "isActive" from users where display_name = 'Cleo'`;
  expect(cleo?.isActive).toBe(false);
  expect(await short()).toContain("Anna s01e01 told");
  expect(await short()).toContain("Ben s01e03 known_before");
  await setUserActive(household.ctx, cleo?.id, true);
  await bring(file);
  const [again] = await household.ctx.database.raw`
    select is_active as "isActive" from users where id = ${cleo?.id}`;
  expect(again?.isActive).toBe(true);
  await household.run("reconcile");
  await household.advance({ hours: 3 });
  expect(stack.mailbox.accepted).toBe(0);
});

describe("what cannot be read is told in words, and nothing changes", () => {
  beforeEach(() => open(false));

  test("bad sources", async () => {
    const text = path.join(folder, "notes.txt");
    writeFileSync(text, "not a database".repeat(100));
    const cut = path.join(folder, "cut.db");
    writeFileSync(cut, readFileSync(file).subarray(0, 3000));
    const other = path.join(folder, "other.db");
    await writeEarlierFile(other, {});
    const foreign = await createEmptyDatabase();
    const expected: [string, string][] = [
      [path.join(folder, "nowhere.db"), "There is no file"],
      [folder, "is a folder"],
      [text, "is no SQLite database"],
      [cut, "is damaged"],
      [foreign.url, "it has no table users, media_requests, notifications"],
      [stage.household.ctx.database.url, "of this version, not of the earlier one"],
      ["postgresql://nobody:wrong@127.0.0.1:1/x", "The database 127.0.0.1:1/x could not be read"],
    ];
    for (const [source, words] of expected) await expect(bring(source)).rejects.toThrow(words);
    await foreign.drop();
    for (const name of ["notes.txt", "cut.db", "other.db"]) rmSync(path.join(folder, name));
    stage.household.configure({ JELLYSEERR_URL: "", JELLYSEERR_API_KEY: "" });
    await expect(bring(file)).rejects.toThrow(/Seerr/);
    expect(await ledger()).toEqual([]);
  });
});
