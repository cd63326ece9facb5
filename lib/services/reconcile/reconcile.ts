import type { Instance } from "@/lib/domain/instance";
import type { ComparedService, Finding, RunCompared } from "@/lib/domain/run-report";
import { plural } from "@/lib/domain/views/count-words";
import { AppError, UpstreamError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { findInstance, type InstanceRow, saveInstances } from "@/lib/store/instances";
import { findMilestone } from "@/lib/store/milestones";
import { listUnsweptOutages, markOutagesSwept, type OwnOutage } from "@/lib/store/own-outages";
import {
  listIncompleteRequests,
  listLiveRequests,
  type RequestWithSeasons,
} from "@/lib/store/requests";
import { insertRunReport } from "@/lib/store/run-findings";
import { countUsers } from "@/lib/store/users";
import type { ServiceContext } from "../context";
import { advanceIssues } from "../issues/advance-issues";
import type { Config } from "../load-config";
import { syncRequests } from "../requests/sync-requests";
import type { Progress, Run, RunResult } from "../run-report";
import { type RearmedJobs, rearmLostJobs } from "../runs/recover-interrupted";
import { syncUsers } from "../users/sync-users";
import { compareInstance } from "./compare-instance";
import { establishBaseline, markAfterRestore } from "./establish-baseline";
import { makeUp } from "./make-up";
import { sweepOutages } from "./sweep-outages";

/** What one check learns on its way. */
type Check = {
  ctx: ServiceContext;
  config: Config;
  report: Progress;
  failures: string[];
  findings: Finding[];
  services: ComparedService[];
};

/**
 * Compares what is asked for with what the instances hold, what Plex shows and what people were told, and makes up for
 * what is missing through the same pipeline. Each service is read once. A service that cannot be asked is named in the
 * report and its part is left for the next run: it is never taken for "nothing there".
 */
export async function reconcile(
  ctx: ServiceContext,
  report: Progress,
  run: Run,
): Promise<RunResult> {
  const config = await ctx.loadConfig();
  const { db } = ctx.database;
  const check: Check = { ctx, config, report, failures: [], findings: [], services: [] };
  await markAfterRestore(ctx);
  await readSeerr(check);
  await requeueIncomplete(ctx);
  check.findings.push(...rearmedFindings(await rearmLostJobs(ctx)));
  await saveInstances(db, config.instances, ctx.now());

  const requests = await allLiveRequests(ctx);
  const outages = await listUnsweptOutages(db);
  const comparable: string[] = [];
  let known = 0;
  let swept = true;
  for (const instance of config.instances) {
    await report({ done: 0, words: `Comparing with ${instance.name}` });
    const done = await attempt(check, instance.name, async () => {
      const row = await findInstance(db, instance.key);
      if (row?.baselineAt) {
        await compareOne(check, instance, requests, outages);
        comparable.push(instance.key);
      } else known += await learn(check, instance, row, requests);
    });
    if (!done) swept = false;
  }
  await report({ done: 0, words: "Looking for what nobody was told of" });
  const madeUp = await makeUp(ctx, config, comparable, new Map(requests.map((r) => [r.id, r])));
  for (const [message, name] of madeUp.failures) noteFailure(check, name, message);
  check.findings.push(...madeUp.findings);
  await report({ done: 0, words: "Looking at reported issues" });
  await attempt(check, "Issues", async () => {
    check.findings.push(...(await advanceIssues(ctx, config)).map(issueFinding));
  });
  const sweptNow = swept ? outages : [];
  await markOutagesSwept(
    db,
    sweptNow.map((outage) => outage.id),
    ctx.now(),
  );
  await insertRunReport(
    db,
    run.id,
    { compared: await comparedOf(check, requests.length, sweptNow), findings: check.findings },
    ctx.now(),
  );
  if (check.failures.length > 0) {
    ctx.log.warn("reconciliation was incomplete", { failures: check.failures });
  }
  return { words: resultWords(requests.length, madeUp, known), failures: check.failures };
}

async function readSeerr(check: Check): Promise<void> {
  const { ctx, report } = check;
  await report({ done: 0, words: "Reading people from Seerr" });
  const words: string[] = [];
  const people = await attempt(check, "Seerr", async () => {
    words.push(await syncUsers(ctx, report));
  });
  if (!people) return;
  await report({ done: 0, words: "Reading requests from Seerr" });
  const requests = await attempt(check, "Seerr", async () => {
    words.push(await syncRequests(ctx, report));
  });
  if (requests) check.services.push({ name: "Seerr", outcome: "read", words: words.join(", ") });
}

async function compareOne(
  check: Check,
  instance: Instance,
  requests: readonly RequestWithSeasons[],
  outages: readonly OwnOutage[],
): Promise<void> {
  const { ctx, config, report } = check;
  check.findings.push(...(await sweepOutages(ctx, config, instance, outages)));
  const { service, findings } = await compareInstance(ctx, instance, requests, report);
  check.services.push(service);
  check.findings.push(...findings);
}

/** An instance without a baseline: what it holds of the past is put into the ledger. Returns how much that was. */
async function learn(
  check: Check,
  instance: Instance,
  row: InstanceRow | null,
  requests: readonly RequestWithSeasons[],
): Promise<number> {
  const { ctx, report } = check;
  const firstSyncAt = await findMilestone(ctx.database.db, "first_sync");
  // Before Seerr was read once no request is known, and all it asks for would be news later.
  if (!firstSyncAt) return 0;
  const restoredAt = await findMilestone(ctx.database.db, "restore_marked");
  const isRestored = restoredAt !== null && row !== null && row.createdAt < restoredAt;
  // After a restore all requests are of the past: which of them the backup missed nobody can tell.
  const past = isRestored
    ? requests
    : requests.filter((request) => isOfThePast(request, row, firstSyncAt));
  const cause = isRestored && firstSyncAt < restoredAt ? "restored" : "first";
  const baseline = await establishBaseline(ctx, instance, past, cause, report);
  check.services.push(baseline.service);
  check.findings.push(...baseline.findings);
  return baseline.marked;
}

/** Whether a request is of the past for this instance: those made after it and the first sync were there are news. */
function isOfThePast(
  request: RequestWithSeasons,
  row: InstanceRow | null,
  firstSyncAt: Date,
): boolean {
  const until = Math.max(row?.createdAt.getTime() ?? 0, firstSyncAt.getTime());
  return request.createdAt.getTime() <= until;
}

async function requeueIncomplete(ctx: ServiceContext): Promise<void> {
  for (const seerrRequestId of await listIncompleteRequests(ctx.database.db)) {
    await enqueue(ctx.database.db, "complete_request", { seerrRequestId });
  }
}

async function allLiveRequests(ctx: ServiceContext): Promise<RequestWithSeasons[]> {
  const requests: RequestWithSeasons[] = [];
  for (let afterId = 0; ; ) {
    const page = await listLiveRequests(ctx.database.db, afterId, 1000);
    requests.push(...page);
    const last = page.at(-1);
    if (!last) return requests;
    afterId = last.id;
  }
}

/** Does one part of the check. False when it could not be done: the others are not kept from theirs. */
async function attempt(check: Check, name: string, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    const isTheirs =
      error instanceof UpstreamError ||
      (error instanceof AppError &&
        (error.code === "unavailable" || error.code === "not_configured"));
    if (!isTheirs) throw error;
    noteFailure(check, name, error.message);
    return false;
  }
}

function noteFailure(check: Check, name: string, message: string): void {
  check.failures.push(message);
  check.services.push({ name, outcome: "failed", words: message });
  check.findings.push({
    kind: "failed",
    requestId: null,
    userId: null,
    title: name,
    words: `${name} could not be compared`,
    reason: message,
    mediaKeys: [],
  });
}

const issueFinding = (words: string): Finding => ({
  kind: "issue",
  requestId: null,
  userId: null,
  title: null,
  words,
  reason: null,
  mediaKeys: [],
});

function rearmedFindings({ batches, mails, events }: RearmedJobs): Finding[] {
  const parts = [
    ...(batches.length > 0 ? [plural(batches.length, "batch", "batches")] : []),
    ...(mails > 0 ? [plural(mails, "mail")] : []),
    ...(events > 0 ? [plural(events, "webhook")] : []),
  ];
  if (parts.length === 0) return [];
  return [
    {
      kind: "rearmed",
      requestId: null,
      userId: null,
      title: null,
      words: `${parts.join(", ")} overdue without anybody at work on ${parts.length === 1 ? "it" : "them"}`,
      reason: "Queued again",
      mediaKeys: [],
    },
  ];
}

async function comparedOf(
  check: Check,
  requests: number,
  outages: readonly OwnOutage[],
): Promise<RunCompared> {
  return {
    requests,
    people: await countUsers(check.ctx.database.db),
    services: check.services,
    gaps: outages.map(({ beganAt, endedAt }) => ({
      from: beganAt.toISOString(),
      until: endedAt.toISOString(),
    })),
  };
}

function resultWords(
  requests: number,
  madeUp: { mails: number; held: boolean },
  known: number,
): string {
  return [
    `${plural(requests, "request")} compared`,
    madeUp.mails === 0
      ? "nothing was missed"
      : `${plural(madeUp.mails, "missed mail")} ${madeUp.held ? "held for you to look at" : "made up for"}`,
    ...(known > 0 ? [`${plural(known, "thing was", "things were")} there before`] : []),
  ].join(", ");
}
