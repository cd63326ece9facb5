import { afterAll, beforeAll, expect, test } from "vitest";
import {
  dryReplayInboundEvent,
  replayInboundEvent,
} from "@/lib/services/inbound/replay-inbound-event";
import { recoverInterrupted } from "@/lib/services/runs/recover-interrupted";
import {
  closeStage,
  eventsOf,
  openStage,
  type Stage,
  subjectsTo,
  timelineOf,
  toldOf,
  withoutDelay,
} from "./stage";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ household: { env: withoutDelay } });
});
afterAll(() => closeStage(stage));

function somebody(name: string) {
  const email = `${name.toLowerCase()}@example.net`;
  return stage.stack.seerr.addUser({ displayName: name, email });
}

async function lastEventId(): Promise<number> {
  return (await eventsOf(stage)).at(-1)?.id ?? 0;
}

test("B22: an import-complete that promises more episodes than files tells only of what is there", async () => {
  const { stack, household } = stage;
  const user = somebody("Lars");
  const show = stack.world.addShow({ title: "Whole Season", seasons: { 1: 6 } });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await household.settle();
  const before = await lastEventId();
  const files = await stack.sonarr.import(show, 1, [1, 2], { mode: "complete", promised: [3, 4] });
  stack.plex.show(files);
  await household.advance({ minutes: 3 });
  expect(subjectsTo(stage, user.email)).toEqual(["Whole Season: episodes 1–2 are ready"]);
  expect(await eventsOf(stage, before)).toMatchObject([
    { outcome: "handled", eventType: "Import complete" },
  ]);
  expect(await toldOf(stage, show.title)).toHaveLength(2);
});

test("B22: a pack that sends one event per file and one more makes one mail", async () => {
  const { stack, household } = stage;
  const user = somebody("Mona");
  const show = stack.world.addShow({ title: "Every File", seasons: { 1: 4 } });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  stack.plex.show(await stack.sonarr.import(show, 1, "all"));
  await household.advance({ minutes: 3 });
  expect(subjectsTo(stage, user.email)).toEqual(["Every File: episodes 1–4 are ready"]);
});

test("B22: a manual import without a download id is told", async () => {
  const { stack, household } = stage;
  const user = somebody("Nele");
  const show = stack.world.addShow({ title: "By Hand", seasons: { 1: 4 } });
  const movie = stack.world.addMovie({ title: "By Hand, the Movie" });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await stack.seerr.request({ user, title: movie, autoApprove: true });
  await household.settle();
  stack.plex.show(await stack.sonarr.import(show, 1, [1, 2], { manual: true }));
  stack.plex.show(await stack.radarr.import(movie, { manual: true }));
  await household.advance({ minutes: 3 });
  expect(subjectsTo(stage, user.email).sort()).toEqual([
    "By Hand, the Movie is ready",
    "By Hand: episodes 1–2 are ready",
  ]);
});

test("B23: health, update and rename events are stored and ignored with a reason; deletions tell nobody", async () => {
  const { stack, household } = stage;
  const user = somebody("Oskar");
  const show = stack.world.addShow({ title: "Housekeeping", seasons: { 1: 3 } });
  const movie = stack.world.addMovie({ title: "Housekeeping, the Movie" });
  const request = await stack.seerr.request({ user, title: show, autoApprove: true });
  await stack.seerr.request({ user, title: movie, autoApprove: true });
  stack.plex.show(await stack.sonarr.import(show, 1, 1));
  stack.plex.show(await stack.radarr.import(movie));
  await household.advance({ minutes: 3 });
  expect(subjectsTo(stage, user.email)).toHaveLength(2);
  const before = await lastEventId();

  await stack.sonarr.health();
  await stack.sonarr.health({ restored: true });
  await stack.radarr.health();
  const update = { previousVersion: "4.0.1", newVersion: "4.0.2", eventType: "ApplicationUpdate" };
  await household.receive("sonarr", { ...update, message: "Sonarr updated from 4.0.1 to 4.0.2" });
  await household.receive("radarr", update);
  await household.receive("sonarr", { eventType: "SomethingNew", series: { id: 1 } });
  await stack.sonarr.rename(show, 1, 1);
  await stack.radarr.rename(movie);
  await household.advance({ minutes: 3 });
  const ignored = await eventsOf(stage, before);
  expect(ignored).toHaveLength(8);
  for (const event of ignored) {
    expect(event.outcome).toBe("ignored");
    expect(event.reason).toMatch(/\w/);
  }

  await stack.sonarr.deleteFile(show, 1, 1);
  await stack.radarr.deleteFile(movie, "missingFromDisk");
  await stack.sonarr.deleteSeries(show);
  await stack.radarr.deleteMovie(movie);
  await household.advance({ minutes: 30 });
  const deletions = await eventsOf(stage, ignored.at(-1)?.id);
  expect(deletions.map((event) => event.outcome)).toEqual(Array(4).fill("handled"));
  expect(subjectsTo(stage, user.email)).toHaveLength(2);
  const codes = (await timelineOf(stage, request)).map((entry) => entry.code);
  expect(codes).toEqual(expect.arrayContaining(["file_deleted", "title_deleted"]));
});

test("a poisoned event does not hold up the next one, and ends visibly as failed", async () => {
  const { stack, household } = stage;
  const { raw } = household.ctx.database;
  const user = somebody("Paul");
  const show = stack.world.addShow({ title: "Behind Poison", seasons: { 1: 3 } });
  const poisonous = stack.world.addShow({ title: "Poison", seasons: { 1: 3 } });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await stack.seerr.request({ user, title: poisonous, autoApprove: true });
  await household.settle();
  // Whatever the reason: writing down what this event teaches fails.
  await raw.unsafe(`
    create function poison() returns trigger language plpgsql as
      $$ begin raise exception 'this event cannot be written down'; end $$;
    create trigger poison before insert on timeline_entries for each row
      when (new.code = 'grabbed')
      execute function poison()`);
  const before = await lastEventId();
  await stack.sonarr.grab(poisonous, 1, 2);
  stack.plex.show(await stack.sonarr.import(show, 1, 1, { mode: "file" }));
  await household.advance({ minutes: 3 });
  const [poisoned, next] = await eventsOf(stage, before);
  expect(poisoned?.outcome).toBe("pending");
  expect(next?.outcome).toBe("handled");
  expect(subjectsTo(stage, user.email)).toEqual(["Behind Poison: episode 1 is ready"]);

  await household.advance({ hours: 24 });
  const [end] = await eventsOf(stage, before);
  expect(end?.outcome).toBe("failed");
  expect(end?.reason).toContain("this event cannot be written down");
  expect(end?.reason).not.toContain("insert into");

  await raw.unsafe("drop trigger poison on timeline_entries; drop function poison()");
  const again = await replayInboundEvent(household.ctx, end?.id ?? 0);
  await household.settle();
  expect(await eventsOf(stage, again - 1)).toMatchObject([{ outcome: "handled" }]);
});

test("an event is given up when no attempt can follow, not while attempts last", async () => {
  const { ctx } = stage.household;
  const before = await lastEventId();
  for (const hours of [37, 20]) {
    const at = new Date(ctx.now().getTime() - hours * 3_600_000);
    await ctx.database.raw`
      insert into inbound_events (received_at, source, headers, body)
      values (${at}, 'sonarr', '{}', convert_to('{"eventType":"Test"}', 'UTF8'))`;
  }
  await recoverInterrupted(ctx, async () => true);
  const [lost, lasting] = await eventsOf(stage, before);
  expect(lost).toMatchObject({ outcome: "failed", reason: expect.stringContaining("interrupted") });
  expect(lasting?.outcome).toBe("pending");
});

test("a dry replay says what would happen and changes nothing; a replay does it", async () => {
  const { stack, household } = stage;
  const user = somebody("Rune");
  const show = stack.world.addShow({ title: "Once More", seasons: { 1: 3 } });
  stack.plex.show(await stack.sonarr.import(show, 1, 1, { mode: "file" }));
  await household.settle();
  const [event] = (await eventsOf(stage)).slice(-1);
  if (!event) throw new Error("Nothing arrived");
  await stack.seerr.request({ user, title: show, autoApprove: true, silent: true });
  await household.run("sync-requests");

  const before = await rowCounts();
  const dry = await dryReplayInboundEvent(household.ctx, event.id);
  expect(await rowCounts()).toEqual(before);
  expect(dry.outcome).toBe("handled");
  expect(dry.effects.map((effect) => effect.words)).toContain("A mail would be planned");
  expect(dry.effects.at(-1)?.detail).toBe("Rune: episode 1");
  await household.advance({ minutes: 3 });
  expect(subjectsTo(stage, user.email)).toEqual([]);

  const copy = await replayInboundEvent(household.ctx, event.id);
  await household.advance({ minutes: 3 });
  expect(await eventsOf(stage, copy - 1)).toMatchObject([{ outcome: "handled" }]);
  expect(subjectsTo(stage, user.email)).toEqual(["Once More: episode 1 is ready"]);

  await replayInboundEvent(household.ctx, event.id);
  const third = await dryReplayInboundEvent(household.ctx, event.id);
  expect(third.effects.map((effect) => effect.words)).toContain("No mail");
  await household.advance({ minutes: 3 });
  expect(subjectsTo(stage, user.email)).toHaveLength(1);
});

/** Rows of every table of ours, and of the queue. */
async function rowCounts(): Promise<Record<string, number>> {
  const { raw } = stage.household.ctx.database;
  const tables = await raw<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'graphile_worker') order by 1`;
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await raw.unsafe<{ n: string }[]>(`select count(*) n from ${name}`);
    counts[name] = Number(row?.n);
  }
  return counts;
}
