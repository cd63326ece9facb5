import { afterAll, beforeAll, expect, test } from "vitest";
import { replayInboundEvent } from "@/lib/services/inbound/replay-inbound-event";
import { attachWatcher } from "@/lib/services/requests/attach-watcher";
import { claimLedgerKeys } from "@/lib/store/ledger";
import { closeStage, openStage, type Stage } from "@/test/integration/scenarios/stage";
import { toldByMail } from "./told-by-mail";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => closeStage(stage));

test("promise 3, told once: whatever is delivered twice, reordered, replayed, upgraded, renamed, re-imported, re-synced or reconciled", async () => {
  const { stack, household } = stage;
  const { seerr, sonarr, plex, mailbox } = stack;
  const { raw } = household.ctx.database;
  const anna = seerr.addUser({ displayName: "Anna", email: "anna@example.net" });
  const jonas = seerr.addUser({ displayName: "Jonas", email: "jonas@example.net" });
  const show = stack.world.addShow({ title: "Neap", seasons: { 1: 3, 2: 2 } });
  const first = await seerr.request({ user: anna, title: show, seasons: [1], autoApprove: true });
  const second = await seerr.request({ user: anna, title: show, seasons: [2], autoApprove: true });
  // Seerr may hold two requests that overlap, such as after a season was deleted and asked for again.
  second.seasons.push({ id: 990_001, number: 1 });
  await household.settle();
  const rows = await raw<{ id: number; seerr: number }[]>`
    select id, seerr_request_id as seerr from requests`;
  const [user] = await raw<{ id: number }[]>`select id from users where email = ${jonas.email}`;
  if (!user) {
    await household.run("sync-users");
  }
  const [watcher] = await raw<{ id: number }[]>`select id from users where email = ${jonas.email}`;
  for (const { id, seerr: number } of rows) {
    expect([first.id, second.id]).toContain(number);
    const who = { requestId: id, userId: watcher?.id ?? 0, tellExisting: true, actor: "admin" };
    await attachWatcher(household.ctx, who);
  }
  await household.settle();

  // Nothing is delivered as it happens …
  sonarr.webhooks.lose(Number.POSITIVE_INFINITY);
  plex.show(await sonarr.import(show, 1, "all"));
  plex.show(await sonarr.import(show, 2, 1));
  // … but late, in reverse, and each twice.
  sonarr.webhooks.lose(0);
  const late = [...sonarr.webhooks.deliveries].reverse();
  for (const delivery of [...late, ...late]) await sonarr.webhooks.resend(delivery);
  await household.advance({ minutes: 25 });
  const told = await toldByMail(stage, mailbox.messages);
  const keys = ["s01e01", "s01e02", "s01e03", "s02e01"].map(
    (code) => `episode:tvdb:${show.tvdbId}:${code}`,
  );
  expect(told).toEqual(["anna", "jonas"].flatMap((name) => keys.map((key) => `${name} ${key}`)));

  plex.show(await sonarr.import(show, 1, 1, { upgrade: true, quality: "Bluray-1080p" }));
  await sonarr.rename(show, 1, 2);
  await sonarr.deleteFile(show, 1, 3);
  plex.show(await sonarr.import(show, 1, 3));
  await seerr.markAvailable(show, { seasons: [1, 2] });
  for (const { id } of await raw<{ id: string }[]>`select id from inbound_events order by id`) {
    await replayInboundEvent(household.ctx, Number(id));
  }
  await household.advance({ minutes: 25 });
  await household.run("sync-users");
  await household.run("sync-requests");
  await household.run("reconcile");
  await household.restart();
  await household.run("reconcile");
  await household.advance({ minutes: 25 });
  expect(await toldByMail(stage, mailbox.messages)).toEqual(told);
});

test("promise 3: the ledger keeps its word although all other memory is lost", async () => {
  const { stack, household } = stage;
  const before = stack.mailbox.messages.length;
  const { raw } = household.ctx.database;
  // As retention may: bodies, events, finished batches and notifications go, the ledger stays.
  await raw`delete from batches`;
  await raw`delete from inbound_events`;
  await raw`update delivery_ledger set notification_id = null`;
  await raw`delete from notifications`;
  await raw`delete from media_items`;
  await household.run("reconcile");
  await household.advance({ minutes: 25 });
  expect(stack.mailbox.messages.slice(before).map((mail) => mail.subject)).toEqual([]);
});

test("promise 3: of two that claim the same at the same moment one gets it, and nobody gets it later", async () => {
  const { db, raw } = stage.household.ctx.database;
  const [user] = await raw<{ id: number }[]>`select id from users limit 1`;
  const mediaKeys = ["movie:tmdb:990001", "movie:tmdb:990002"];
  const common = { userId: user?.id ?? 0, kind: "available", at: stage.household.now };
  const claim = { ...common, mediaKeys, how: "told" as const };
  let second: Promise<string[]> = Promise.resolve([]);
  const first = await db.transaction(async (tx) => {
    const won = await claimLedgerKeys(tx, claim);
    second = db.transaction((other) => claimLedgerKeys(other, claim));
    for (let waits = false; !waits; ) {
      const rows = await raw`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      waits = rows.length > 0;
    }
    return won;
  });
  expect(first).toEqual(mediaKeys);
  expect(await second).toEqual([]);
  const again = { ...claim, mediaKeys: [...mediaKeys, "movie:tmdb:990003"] };
  expect(await claimLedgerKeys(db, { ...again, how: "known_before" })).toEqual([
    "movie:tmdb:990003",
  ]);
  const hows = await raw<{ how: string }[]>`
    select how from delivery_ledger where media_key = ${mediaKeys[0] ?? ""}`;
  expect(hows.map(({ how }) => how)).toEqual(["told"]);
});
