import { afterAll, beforeAll, expect, test } from "vitest";
import { removeInboundEvents, removeMailBodies } from "@/lib/store/retention";
import { findInboxEvent } from "@/lib/store/views/inbox-list";
import { closeStage, subjectsTo } from "../scenarios/stage";
import { openToldStage, type Stage } from "./backup-stage";

let stage: Stage;
let email: string;

beforeAll(async () => {
  const opened = await openToldStage();
  stage = opened.stage;
  email = opened.user.email;
});
afterAll(() => closeStage(stage));

test("B13: purged bodies leave ledger, lists and reasons; a later check repeats nothing", async () => {
  const { household } = stage;
  const { raw } = household.ctx.database;
  const told = subjectsTo(stage, email);
  const [before] = await raw<{ ledger: number; mails: number; events: number }[]>`
    select (select count(*)::int from delivery_ledger) as ledger,
      (select count(*)::int from notifications) as mails,
      (select count(*)::int from inbound_events) as events`;
  await household.advance({ hours: 24 * 100 });
  const words = await household.run("clean-up");
  expect(words).toMatch(/mail bod(y|ies)/);
  expect(words).toMatch(/webhook bodies/);
  const [after] = await raw`
    select (select count(*)::int from delivery_ledger) as ledger,
      (select count(*)::int from notifications) as mails,
      (select count(*)::int from inbound_events) as events`;
  expect(after).toEqual(before);
  const [bodies] = await raw<{ mails: number; events: number }[]>`
    select (select count(*)::int from notification_bodies) as mails,
      (select count(*)::int from inbound_events where length(body) > 0) as events`;
  expect(bodies).toEqual({ mails: 0, events: 0 });
  await household.run("reconcile");
  await household.advance({ hours: 3 });
  expect(subjectsTo(stage, email)).toEqual(told);
});

test("what has not left and what is not worked off keeps its body, however old", async () => {
  const { household } = stage;
  const { raw } = household.ctx.database;
  const [live] = await raw<{ id: string }[]>`
    insert into notifications (audience, to_address, kind, title, subject, status, due_at)
    values ('address', 'x@example.net', 'test', 'T', 'T', 'retrying', now() + interval '900 days')
    returning id`;
  const id = live?.id ?? 0;
  await raw`
    insert into notification_bodies (notification_id, subject, html, text, headers, rendered_at)
    values (${id}, 'T', '', '', '{}', now() - interval '900 days')`;
  await household.run("clean-up");
  const rows = await raw`select from notification_bodies where notification_id = ${id}`;
  expect(rows).toHaveLength(1);
});

test("a walk in small steps takes every old row once and none that is young", async () => {
  const { household } = stage;
  const { raw } = household.ctx.database;
  await raw`
    with mails as (
      insert into notifications (audience, to_address, kind, title, subject, status, due_at)
      select 'address', 'x@example.net', 'test', 'T', 'T' || n, 'sent', now()
      from generate_series(1, 25) n returning id, subject
    )
    insert into notification_bodies (notification_id, subject, html, text, headers, rendered_at)
    select id, subject, '', '', '{}',
      case when id % 5 = 0 then now() else now() - interval '900 days' end
    from mails`;
  const before = new Date(Date.now() - 24 * 3600 * 1000);
  let steps = 0;
  let removed = 0;
  for (let afterId: number | null = 0; afterId !== null; steps++) {
    const walk = { before, afterId, limit: 4 };
    const step = await removeMailBodies(household.ctx.database.db, walk);
    removed += step.changed;
    afterId = step.afterId;
  }
  expect(removed).toBe(20);
  expect(steps).toBeGreaterThanOrEqual(5);
});

test("a webhook that is not kept any more leaves the inbox, its timeline says what it caused without a link to it", async () => {
  const { household } = stage;
  const { raw, db } = household.ctx.database;
  const waiting = await household.receive("sonarr", { eventType: "Test" });
  await raw`update inbound_events set outcome = 'pending' where id = ${waiting}`;
  const [original] = await raw<{ id: string }[]>`
    insert into inbound_events (source, body, outcome, received_at) values
      ('sonarr', '', 'handled', now() - interval '900 days') returning id`;
  const [replay] = await raw<{ id: string }[]>`
    insert into inbound_events (source, body, outcome, received_at, replay_of) values
      ('sonarr', '', 'handled', now() + interval '900 days', ${original?.id ?? 0}) returning id`;
  const words = async () =>
    (await raw`select words from timeline_entries order by id`).map((row) => row.words);
  const said = await words();
  const [linked] = await raw`
    select count(*)::int as count from timeline_entries where event_id is not null`;
  expect(linked?.count).toBeGreaterThan(0);
  await raw`update inbound_events set received_at = now() - interval '900 days' where replay_of is null`;

  let removed = 0;
  let steps = 0;
  for (let afterId: number | null = 0; afterId !== null; steps++) {
    const step = await removeInboundEvents(db, { before: new Date(), afterId, limit: 2 });
    removed += step.changed;
    afterId = step.afterId;
  }
  expect(removed).toBeGreaterThan(2);
  expect(steps).toBeGreaterThan(1);
  const left = await raw<{ id: string }[]>`select id from inbound_events order by id`;
  expect(left.map(({ id }) => Number(id))).toEqual([waiting, Number(replay?.id)]);
  expect((await findInboxEvent(db, Number(replay?.id)))?.replayOf).toBeNull();
  expect(await words()).toEqual(said);
  const links = await raw`select from timeline_entries where event_id is not null`;
  expect(links).toHaveLength(0);
});
