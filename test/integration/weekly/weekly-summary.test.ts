import { afterEach, expect, test } from "vitest";
import { startDueRuns } from "@/lib/services/runs/start-due-runs";
import { sendWeeklySummary } from "@/lib/services/statistics/weekly-summary";
import { openTimedStage, somebody } from "@/test/integration/reconcile/check-stage";
import { closeStage, type Stage } from "@/test/integration/scenarios/stage";

let stage: Stage;
afterEach(() => closeStage(stage));

const admin = "admin@example.net";
const summaries = () =>
  stage.stack.mailbox.to(admin).filter((mail) => mail.subject.startsWith("Your week"));

/** The minute's tick, every hour of so many hours. */
async function live(hours: number): Promise<void> {
  for (let hour = 0; hour < hours; hour++) {
    await stage.household.advance({ hours: 1 });
    await startDueRuns(stage.household.ctx);
    await stage.household.settle();
  }
}

/** Moves to Saturday noon, UTC. */
async function toSaturday(): Promise<void> {
  const { household } = stage;
  const noon = new Date(household.now);
  noon.setUTCHours(12, 0, 0, 0);
  const days = ((6 - noon.getUTCDay() + 7) % 7) + 7;
  const target = noon.getTime() + days * 86_400_000;
  await household.advance({ minutes: (target - household.now.getTime()) / 60_000 });
}

/** Something worth a summary. */
async function tellSomebody(name: string): Promise<void> {
  const { stack, household } = stage;
  const movie = stack.world.addMovie({ title: `Film for ${name}` });
  const user = somebody(stage, name);
  await stack.seerr.request({ user, title: movie, autoApprove: true });
  stack.plex.show(await stack.radarr.import(movie));
  await household.advance({ minutes: 5 });
}

test("one summary on Sunday at 09:00 UTC, however often and by however many workers it is tried, across restarts", async () => {
  stage = await openTimedStage();
  const { household } = stage;
  await toSaturday();
  // The Sunday before is caught up with now; nothing had happened.
  await live(1);
  await tellSomebody("Anna");
  await household.advance({ hours: 18 });
  await live(1);
  expect(summaries()).toHaveLength(0);
  await live(2);
  expect(summaries()).toHaveLength(1);
  const [mail] = summaries();
  expect(mail?.text).toContain("1 person got 1 mail");
  expect(mail?.text).toContain("Anna · Film for Anna · 1 mail");
  expect(mail?.text).toContain("1 request fulfilled (1 made)");

  await household.restart();
  const { runWorker } = await import("@/lib/services/runs/run-worker");
  await Promise.all([1, 2, 3].map(() => runWorker(household.ctx, "weekly-summary", "schedule")));
  await live(3);
  expect(summaries()).toHaveLength(1);

  // Another week, another summary.
  await household.advance({ hours: 24 * 6 });
  await tellSomebody("Jonas");
  await household.advance({ hours: 22 });
  await live(4);
  expect(summaries()).toHaveLength(2);
  expect(summaries()[1]?.text).toContain("1 the week before");
});

test("two workers that sum up one week at the same moment mail it once", async () => {
  stage = await openTimedStage();
  const { household } = stage;
  const { raw } = household.ctx.database;
  await toSaturday();
  await live(1);
  await tellSomebody("Anna");
  await household.advance({ hours: 22 });
  const sendOne = () =>
    sendWeeklySummary(household.ctx, async () => {}, { id: 1, trigger: "schedule" });
  let both: Promise<unknown> = Promise.resolve();
  await raw.begin(async (locking) => {
    // Both have seen that the week is due before either can say that it is theirs.
    await locking`lock table weekly_summaries in exclusive mode`;
    both = Promise.all([sendOne(), sendOne()]);
    for (let waiting = 0; waiting < 2; ) {
      const rows = await raw`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      waiting = rows.length;
    }
  });
  await both;
  await household.settle();
  expect(summaries()).toHaveLength(1);
});

test("a Sunday without BingeAlert is caught up with at the start, once; one of before it was installed is not", async () => {
  stage = await openTimedStage();
  const { household } = stage;
  await startDueRuns(household.ctx);
  await household.settle();
  expect(summaries()).toHaveLength(0);
  await toSaturday();
  await tellSomebody("Anna");
  // Nothing runs from Saturday until Tuesday.
  await household.advance({ hours: 70 });
  await live(2);
  expect(summaries()).toHaveLength(1);
  const [week] = await household.ctx.database.raw<{ until: Date }[]>`
    select until_at as until from weekly_summaries order by week desc limit 1`;
  expect([week?.until.getUTCDay(), week?.until.getUTCHours()]).toEqual([0, 9]);
});

test("a quiet week is no mail unless the admin wants one; by hand there is always one", async () => {
  stage = await openTimedStage({ WEEKLY_SUMMARY_ZONE: "server", WEEKLY_SUMMARY_TIME: "20:00" });
  const { household } = stage;
  await toSaturday();
  await household.advance({ hours: 32 });
  await live(2);
  expect(summaries()).toHaveLength(0);
  const [row] = await household.ctx.database.raw<{ outcome: string; until: Date }[]>`
    select outcome, until_at as until from weekly_summaries order by week desc limit 1`;
  expect(row?.outcome).toBe("quiet");
  // TZ is Berlin: 20:00 there.
  expect([18, 19]).toContain(row?.until.getUTCHours());
  household.configure({ WEEKLY_SUMMARY_WHEN_QUIET: "true" });
  await household.advance({ hours: 24 * 7 });
  await live(2);
  expect(summaries()).toHaveLength(1);
  expect(summaries()[0]?.text).toContain("A quiet week.");
  await household.run("weekly-summary");
  expect(summaries()).toHaveLength(2);
  household.configure({ WEEKLY_SUMMARY_ENABLED: "false" });
  await household.advance({ hours: 24 * 7 });
  await live(2);
  expect(summaries()).toHaveLength(2);
});

test("a summary that failed is tried again after a pause, not at every tick", async () => {
  stage = await openTimedStage();
  const { household } = stage;
  const { raw } = household.ctx.database;
  await toSaturday();
  await household.settle();
  await raw`delete from weekly_summaries`;
  await raw`select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))`;
  const { now } = household;
  await raw`insert into job_runs (name, trigger, started_at, finished_at, outcome, worker_id)
    values ('weekly-summary', 'schedule', ${now}, ${now}, 'failed', 'test')`;
  const queuedAfter = async (minutes: number) => {
    const later = new Date(now.getTime() + minutes * 60_000);
    await startDueRuns({ ...household.ctx, now: () => later });
    return raw`select key from graphile_worker.jobs where key = 'run_worker:weekly-summary'`;
  };
  expect(await queuedAfter(1)).toHaveLength(0);
  expect(await queuedAfter(6)).toHaveLength(1);
});
