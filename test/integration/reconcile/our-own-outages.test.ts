import { afterEach, expect, test } from "vitest";
import { listSwallowed, releaseSwallowed } from "@/lib/services/reconcile/swallowed-items";
import { prepareWorker } from "@/lib/services/runs/prepare-worker";
import { startDueRuns } from "@/lib/services/runs/start-due-runs";
import { renewMilestone } from "@/lib/store/milestones";
import { closeStage, type Stage, subjectsTo, timelineOf } from "@/test/integration/scenarios/stage";
import { check, findings, openTimedStage, somebody } from "./check-stage";

let stage: Stage;
afterEach(() => closeStage(stage));

test("B38: a gap in which BingeAlert did not run is swept at the start: history is read, and what was missed is told", async () => {
  stage = await openTimedStage();
  const { stack, household } = stage;
  const user = somebody(stage, "Anna");
  const show = stack.world.addShow({ title: "Night Shift", seasons: { 1: 4 } });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await household.advance({ minutes: 5 });
  await startDueRuns(household.ctx);
  await household.settle();

  // Six hours of nothing: the webhooks of that time reach nobody.
  stack.disconnect();
  const beganAt = household.now;
  await household.advance({ hours: 3 });
  stack.plex.show(await stack.sonarr.import(show, 1, [1, 2]));
  await household.advance({ hours: 3 });
  await household.restart();
  for (const service of stack.services) service.forgetRequests();
  await prepareWorker(household.ctx);
  await household.advance({ minutes: 5 });

  expect(subjectsTo(stage, user.email)).toEqual(["Night Shift: episodes 1–2 are ready"]);
  expect(stack.sonarr.count("/api/v3/history/since")).toBe(1);
  const [report] = await household.ctx.database.raw<{ gaps: { from: string }[] }[]>`
    select compared -> 'gaps' as gaps from run_reports order by run_id desc limit 1`;
  expect(report?.gaps.map(({ from }) => Date.parse(from) <= beganAt.getTime())).toEqual([true]);
  expect((await findings(stage)).map(({ kind }) => kind)).toContain("seen");

  // Swept once: the next check does not ask again.
  await check(stage);
  expect(stack.sonarr.count("/api/v3/history/since")).toBe(1);
  expect((await findings(stage)).filter(({ kind }) => kind !== "issue")).toEqual([]);
});

test("jobs that were lost are armed again by the check: batches, mails and webhooks", async () => {
  stage = await openTimedStage({ NOTIFICATION_INITIAL_DELAY_SECONDS: "60" });
  const { stack, household } = stage;
  const { raw } = household.ctx.database;
  const user = somebody(stage, "Anna");
  const show = stack.world.addShow({ title: "Lost Alarm", seasons: { 1: 4 } });
  const movie = stack.world.addMovie({ title: "Lost Webhook" });
  await stack.seerr.request({ user, title: show, autoApprove: true });
  await stack.seerr.request({ user, title: movie, autoApprove: true });
  await household.advance({ minutes: 1 });
  stack.plex.show(await stack.sonarr.import(show, 1, 1));
  await household.settle();
  stack.plex.show(await stack.radarr.import(movie));
  const [pending] = await raw`select id from inbound_events where outcome = 'pending'`;
  expect(pending).toBeDefined();
  await raw`select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))`;
  await household.advance({ hours: 1 });
  expect(subjectsTo(stage, user.email)).toEqual([]);
  await check(stage);
  expect(subjectsTo(stage, user.email).sort()).toEqual([
    "Lost Alarm: episode 1 is ready",
    "Lost Webhook is ready",
  ]);
  const left = await raw`select id from inbound_events where outcome = 'pending'`;
  expect(left).toEqual([]);
});

test("after a restore nothing is mailed; what that swallowed is listed, said on the timeline, and leaves when released", async () => {
  stage = await openTimedStage({ RECONCILIATION_HOLD_ABOVE: "10000" });
  const { stack, household } = stage;
  const { ctx } = household;
  stack.disconnect();
  const user = somebody(stage, "Anna");
  const show = stack.world.addShow({ title: "Time Travel", seasons: { 1: 4 } });
  const request = await stack.seerr.request({ user, title: show, autoApprove: true });
  await check(stage);
  // As if the backup were of this moment: what comes now, the restored database does not know of.
  stack.plex.show(await stack.sonarr.import(show, 1, [1, 2]));
  await renewMilestone(ctx.database.db, "restored", household.now);
  await household.restart();
  await prepareWorker(household.ctx);
  await household.advance({ hours: 1 });
  await check(stage);
  expect(stack.mailbox.messages).toEqual([]);
  const { total, items } = await listSwallowed(household.ctx, { before: null, limit: 50 });
  expect(total).toBe(2);
  expect(items.map((item) => [item.personName, item.title])).toEqual([
    ["Anna", "Time Travel"],
    ["Anna", "Time Travel"],
  ]);
  expect((await timelineOf(stage, request)).map((entry) => entry.code)).toContain(
    "swallowed_by_restore",
  );

  const [first] = items;
  expect(await releaseSwallowed(household.ctx, { ids: [first?.id ?? 0], actor: "admin" })).toBe(1);
  await household.advance({ minutes: 5 });
  expect(subjectsTo(stage, user.email)).toHaveLength(1);
  expect(await releaseSwallowed(household.ctx, { ids: "all", actor: "admin" })).toBe(1);
  await household.advance({ minutes: 5 });
  expect(subjectsTo(stage, user.email)).toHaveLength(2);
  expect((await listSwallowed(household.ctx, { before: null, limit: 50 })).total).toBe(0);

  // From then on news is news again, and the marking does not run a second time.
  stack.plex.show(await stack.sonarr.import(show, 1, 3));
  await check(stage);
  expect(subjectsTo(stage, user.email)).toContain("Time Travel: episode 3 is ready");
});
