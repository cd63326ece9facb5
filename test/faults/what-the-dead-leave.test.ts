import { afterAll, beforeAll, expect, test } from "vitest";
import { recoverInterrupted } from "@/lib/services/runs/recover-interrupted";
import { Household } from "@/test/support/household";
import { type MediaStack, startMediaStack } from "@/test/support/upstreams/media-stack";

let stack: MediaStack;
let household: Household;
let movies = 0;

beforeAll(async () => {
  stack = await startMediaStack();
  stack.plexFollows(0);
  stack.seerr.addUser({ displayName: "Anna Lindqvist", email: "anna@example.net" });
  household = await Household.open(stack);
  await workerOnRecord("the living", { lockKey: 1, pools: ["pool-living"] });
});

afterAll(async () => {
  await household?.close();
  await stack?.stop();
});

/** Only the worker with lock 1 lives. */
const recover = () => recoverInterrupted(household.ctx, async (lockKey) => lockKey === 1n);

async function workerOnRecord(name: string, worker: { lockKey: number; pools: string[] }) {
  await household.ctx.database.raw`
    insert into worker_heartbeats (worker_id, lock_key, graphile_worker_ids, started_at, beat_at, version)
    values (${name}, ${worker.lockKey}, ${worker.pools}, now(), now(), '0')`;
}

/** A mail found in the middle of its sending. Returns its id; its body and items are those of a real one. */
async function mailInHand(state: {
  claimedBy: string;
  handedOver: boolean;
  minutesAgo?: number;
}): Promise<number> {
  const title = `Movie ${++movies}`;
  const user = stack.seerr.users.at(-1) ?? stack.seerr.owner;
  await stack.seerr.request({ user, title: stack.world.addMovie({ title }), autoApprove: true });
  const movie = stack.world.titles.at(-1);
  if (movie?.kind !== "movie") throw new Error("The movie is not there");
  await stack.radarr.import(movie);
  await household.advance({ minutes: 2 });
  const claimedAt = new Date(household.now.getTime() - (state.minutesAgo ?? 0) * 60_000);
  const [row] = await household.ctx.database.raw<{ id: number }[]>`
    update notifications set status = 'sending', sent_at = null, claimed_by = ${state.claimedBy},
      claimed_at = ${claimedAt.toISOString()},
      handed_over_at = ${state.handedOver ? claimedAt.toISOString() : null}
    where title = ${title} and status = 'sent' returning id::int`;
  if (!row) throw new Error("No mail was sent");
  return row.id;
}

async function statusOf(id: number): Promise<string | undefined> {
  const [row] = await household.ctx.database.raw<{ status: string }[]>`
    select status from notifications where id = ${id}`;
  return row?.status;
}

async function lockedJob(lockedBy: string, secondsAgo: number): Promise<string> {
  const [job] = await household.ctx.database.raw<{ id: string }[]>`
    select id from graphile_worker.add_job('start_due_runs', '{}', run_at => now() + interval '9 days')`;
  if (!job) throw new Error("The job was not taken");
  await household.ctx.database.raw`
    update graphile_worker._private_jobs set locked_by = ${lockedBy},
      locked_at = now() - make_interval(secs => ${secondsAgo})
    where id = ${job.id}`;
  return job.id;
}

test("jobs of the dead are released, also of one that died before it gave its name", async () => {
  await workerOnRecord("the dead", { lockKey: 2, pools: ["pool-dead"] });
  const jobs = {
    ofTheDead: await lockedJob("pool-dead", 1),
    ofNobody: await lockedJob("pool-nameless", 61),
    ofOneJustStarting: await lockedJob("pool-starting", 5),
    ofTheLiving: await lockedJob("pool-living", 3600),
  };
  await recover();
  const left = await household.ctx.database.raw<{ id: string }[]>`
    select id from graphile_worker._private_jobs where locked_by is not null order by id`;
  expect(left.map(({ id }) => id)).toEqual([jobs.ofOneJustStarting, jobs.ofTheLiving]);
  const workers = await household.ctx.database.raw`select worker_id from worker_heartbeats`;
  expect(workers.map((row) => row.worker_id)).toEqual(["the living"]);
  await household.ctx.database.raw`delete from graphile_worker._private_jobs`;
});

test("a mail the dead had not handed over is sent again, one they had is unknown", async () => {
  const before = await mailInHand({ claimedBy: "the dead", handedOver: false });
  const after = await mailInHand({ claimedBy: "the dead", handedOver: true });
  const { length } = stack.mailbox.messages;
  await recover();
  expect([await statusOf(before), await statusOf(after)]).toEqual(["retrying", "unknown"]);
  await household.advance({ minutes: 5 });
  expect([await statusOf(before), await statusOf(after)]).toEqual(["sent", "unknown"]);
  expect(stack.mailbox.messages).toHaveLength(length + 1);
});

test("a mail in the hands of the living is left to them, unless no attempt lasts that long", async () => {
  const fresh = await mailInHand({ claimedBy: "the living", handedOver: false, minutesAgo: 6 });
  const stale = await mailInHand({ claimedBy: "the living", handedOver: true, minutesAgo: 20 });
  await recover();
  expect([await statusOf(fresh), await statusOf(stale)]).toEqual(["sending", "unknown"]);
});
