import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { requests } from "@/drizzle/schema";
import { readStatistics } from "@/lib/services/statistics/read-statistics";
import { openDatabase } from "@/lib/store/db";
import { closeStage, openStage, type Stage } from "@/test/integration/scenarios/stage";
import { createTestDatabase, type TestDatabase } from "@/test/support/postgres";

const hour = 3_600_000;

describe("through a household", () => {
  let stage: Stage;
  let later: () => Promise<void>;
  afterEach(() => closeStage(stage));

  test("a wait is over when the first of it can be watched, and later episodes leave it at that", async () => {
    stage = await openStage();
    const { stack, household } = stage;
    const user = stack.seerr.addUser({ displayName: "Anna", email: "anna@example.net" });
    const show = stack.world.addShow({ title: "Slack Water", seasons: { 1: 3 } });
    const movie = stack.world.addMovie({ title: "The Long Pier" });
    await stack.seerr.request({ user, title: show, autoApprove: true });
    await stack.seerr.request({ user, title: movie, autoApprove: true });
    await household.settle();
    // The household's clock is its own; Seerr's is not.
    await household.ctx.database.db.update(requests).set({ requestedAt: household.now });
    const read = () => readStatistics(household.ctx.database.db, household.now, "Europe/Berlin");
    expect((await read()).all).toMatchObject({ watchable: 0, medianHours: null });
    expect((await read()).waiting.reduce((sum, { count }) => sum + count, 0)).toBe(2);
    // Both were asked for at the same moment.
    const waiting = (await read()).longest.map(({ title }) => title);
    expect(waiting.sort()).toEqual(["Slack Water", "The Long Pier"]);

    await household.advance({ hours: 30 });
    stack.plex.show(await stack.sonarr.import(show, 1, 1));
    await household.settle();
    expect((await read()).queue.mails).toMatchObject({ gathering: 1, scheduled: 0 });
    await household.advance({ minutes: 20 });
    const { all, weeks, longest } = await read();
    expect(all).toMatchObject({ watchable: 1, lengths: { hour: 0, day: 0, week: 1 } });
    expect(all.medianHours).toBeGreaterThan(30);
    expect(all.medianHours).toBeLessThan(30.5);
    expect(weeks.reduce((sum, { watchable }) => sum + watchable, 0)).toBe(1);
    expect(longest.map(({ title }) => title)).toEqual(["The Long Pier"]);

    await household.advance({ hours: 50 });
    stack.plex.show(await stack.sonarr.import(show, 1, 2));
    await household.advance({ minutes: 20 });
    expect((await read()).all.medianHours).toBe(all.medianHours);
  });

  test("of what the first sync found, only what was not there yet is a wait", async () => {
    stage = await openStage({
      prepare: async (stack) => {
        const user = stack.seerr.addUser({ displayName: "Ben", email: "ben@example.net" });
        const show = stack.world.addShow({ title: "Half There", seasons: { 1: 3 } });
        const movie = stack.world.addMovie({ title: "Long Expected" });
        for (const title of [show, movie]) {
          await stack.seerr.request({ user, title, autoApprove: true, silent: true });
        }
        stack.plex.show(await stack.sonarr.import(show, 1, 1, { silent: true }));
        later = async () => {
          stack.plex.show(await stack.sonarr.import(show, 1, 2));
          stack.plex.show(await stack.radarr.import(movie));
        };
      },
    });
    const { household, stack } = stage;
    await later();
    await household.advance({ minutes: 20 });
    expect(stack.mailbox.to("ben@example.net")).toHaveLength(2);
    const rows = await household.ctx.database.db.select().from(requests).orderBy(requests.title);
    expect(rows.map(({ title, watchableAt }) => [title, watchableAt !== null])).toEqual([
      ["Half There", false],
      ["Long Expected", true],
    ]);
  });
});

describe("over rows", () => {
  let database: TestDatabase;
  let opened: ReturnType<typeof openDatabase>;
  beforeAll(async () => {
    database = await createTestDatabase();
    opened = openDatabase(database.url, { max: 2, name: "statistics" });
  });
  afterAll(async () => {
    await opened.close();
    await database.drop();
  });

  test("counts by the week of the reader's zone, each wait once by its length, nothing from before", async () => {
    const { db } = opened;
    const now = new Date("2026-11-29T12:00:00Z");
    // Sunday 23:30 UTC is Monday in Berlin.
    const border = new Date("2026-11-15T23:30:00Z");
    const row = (id: number, watchableAt: Date, waited: number) => ({
      ...{ seerrRequestId: id, mediaType: "movie" as const, title: `Film ${id}`, tmdbId: id },
      ...{ status: "approved" as const, origin: "sync" as const, state: "told", watchableAt },
      requestedAt: new Date(watchableAt.getTime() - waited * hour),
    });
    await db.insert(requests).values([
      row(1, border, 1),
      row(2, border, 5),
      row(3, border, 24 * 7),
      row(4, new Date("2026-11-10T12:00:00Z"), 24 * 30 + 1),
      row(5, new Date("2026-09-08T12:00:00Z"), 24 * 29),
      // There already when it was asked for.
      row(6, border, -3),
      { ...row(7, border, 24 * 400), watchableAt: null },
      row(8, new Date("2026-09-06T12:00:00Z"), 2),
      { ...row(9, border, 1), watchableAt: null, state: "coming_soon" },
      { ...row(10, border, 1), watchableAt: null, state: "declined" },
    ]);

    const berlin = await readStatistics(db, now, "Europe/Berlin");
    expect(berlin.weeks.map(({ week }) => week)).toEqual([
      ...["2026-09-07", "2026-09-14", "2026-09-21", "2026-09-28", "2026-10-05", "2026-10-12"],
      ...["2026-10-19", "2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23"],
    ]);
    const of = (monday: string) => berlin.weeks.find(({ week }) => week === monday);
    expect(of("2026-11-16")).toMatchObject({
      watchable: 4,
      medianHours: 3,
      lengths: { hour: 2, day: 1, week: 1, month: 0, longer: 0 },
    });
    expect(of("2026-11-09")).toMatchObject({ watchable: 1, lengths: { longer: 1 } });
    expect(of("2026-09-07")).toMatchObject({ watchable: 1, lengths: { month: 1 } });
    expect(of("2026-11-23")).toMatchObject({ watchable: 0, medianHours: null });
    expect(berlin.all).toMatchObject({ watchable: 6, medianHours: (5 + 24 * 7) / 2 });
    expect(berlin.waiting).toEqual([{ state: "coming_soon", count: 1 }]);

    const utc = await readStatistics(db, now, "UTC");
    expect(utc.weeks.find(({ week }) => week === "2026-11-09")).toMatchObject({ watchable: 5 });
  });
});
