import { afterAll, beforeAll, expect, test } from "vitest";
import { closeStage, openStage, type Stage } from "@/test/integration/scenarios/stage";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => closeStage(stage));

const sql = () => stage.household.ctx.database.raw;

async function stored(): Promise<{ events: number; jobs: number }> {
  const [row] = await sql()<{ events: number; jobs: number }[]>`
    select (select count(*)::int from inbound_events) as events,
      (select count(*)::int from graphile_worker.jobs
        where task_identifier = 'process_inbound_event') as jobs`;
  if (!row) throw new Error("PostgreSQL counted nothing");
  return row;
}

async function send(): Promise<number | string> {
  const delivery = await stage.stack.sonarr.webhooks.send("Test", { eventType: "Test" });
  const outcome = delivery?.outcome;
  return outcome?.kind === "answered" ? outcome.status : (outcome?.kind ?? "none");
}

test("promise 1, durable before acknowledged: the event and its job are there when the answer is", async () => {
  const before = await stored();
  expect(await send()).toBe(200);
  expect(await stored()).toEqual({ events: before.events + 1, jobs: before.jobs + 1 });
  const [row] = await sql()`
    select e.id from inbound_events e join graphile_worker._private_jobs j
      on (j.payload ->> 'eventId')::bigint = e.id where e.outcome = 'pending'`;
  expect(row).toBeDefined();
});

test("promise 1: without a job there is no event and no 200", async () => {
  const before = await stored();
  await sql().unsafe("alter function graphile_worker.add_job rename to add_job_gone");
  try {
    expect(await send()).toBe(500);
  } finally {
    await sql().unsafe("alter function graphile_worker.add_job_gone rename to add_job");
  }
  expect(await stored()).toEqual(before);
});

test("promise 1: a connection killed between the event and its job leaves neither, and the sender is told", async () => {
  const before = await stored();
  let answer: Promise<number | string> | null = null;
  await sql().begin(async (locking) => {
    // The job cannot be written while this lock is held: the statement stops between the two.
    await locking`lock table graphile_worker._private_jobs in access exclusive mode`;
    answer = send();
    for (let killed = false; !killed; ) {
      const rows = await sql()`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'
          and query like '%into inbound_events%' and pid <> pg_backend_pid()`;
      killed = rows.length > 0;
    }
  });
  expect(await answer).toBe(500);
  expect(await stored()).toEqual(before);
  expect(await send()).toBe(200);
  await stage.household.settle();
  const [row] = await sql()<{ pending: number }[]>`
    select count(*)::int as pending from inbound_events where outcome <> 'handled'`;
  expect(row?.pending).toBe(0);
});
