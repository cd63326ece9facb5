import { afterAll, beforeAll, expect, test } from "vitest";
import { enqueue } from "@/lib/queue/enqueue";
import { listFailingJobs } from "@/lib/store/views/api-jobs";
import { Household } from "@/test/support/household";
import { type MediaStack, startMediaStack } from "@/test/support/upstreams/media-stack";

let stack: MediaStack;
let household: Household;

beforeAll(async () => {
  stack = await startMediaStack();
  household = await Household.open(stack);
});

afterAll(async () => {
  await household.close();
  await stack.stop();
});

const failing = async () => listFailingJobs(household.ctx.database.db, 10);

test("a job that cannot ever work is listed as failed after one attempt", async () => {
  await household.ctx.database.raw`
    select graphile_worker.add_job(
      'collect_movie', json_build_object('instanceKey', 'radarr'), max_attempts => 14)`;
  await household.settle();
  const [job] = await failing();
  expect(job).toMatchObject({ task: "collect_movie", attempts: 14, nextTryAt: null });
  expect(job?.lastError).toContain("What the job carries does not fit");
  expect(job?.lastError).toContain("tmdbId");
});

test("a job that another time may work is tried again", async () => {
  const { db } = household.ctx.database;
  const job = { instanceKey: "no-such-instance", tmdbId: 603, eventId: null };
  await enqueue(db, "collect_movie", job);
  await household.settle();
  const found = (await failing()).find((one) => one.lastError.includes("no-such-instance"));
  expect(found?.attempts).toBeLessThan(found?.maxAttempts ?? 0);
  expect(found?.nextTryAt).not.toBeNull();
});
