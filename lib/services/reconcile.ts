import type { CollectionPlan } from "@/lib/domain/collection";
import type { Instance } from "@/lib/domain/instance";
import { decideHold } from "@/lib/domain/reconcile";
import { UpstreamError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { findInstance, type InstanceRow, saveInstances } from "@/lib/store/instances";
import { listMediaItems } from "@/lib/store/media-items";
import { findMilestone } from "@/lib/store/milestones";
import {
  listIncompleteRequests,
  listLiveRequests,
  type RequestWithSeasons,
} from "@/lib/store/requests";
import { checkAvailability } from "./check-availability";
import type { ServiceContext } from "./context";
import { establishBaseline } from "./establish-baseline";
import { gatherCollection } from "./gather-collection";
import { joinBatches } from "./join-batches";
import type { Config } from "./load-config";
import { readInstanceHoldings } from "./read-instance";
import { rearmLostJobs } from "./recover-interrupted";

import type { Progress, RunResult } from "./run-report";
import { saveExpectedItems } from "./save-items";
import { syncRequests } from "./sync-requests";
import { syncUsers } from "./sync-users";

/**
 * Compares what is asked for with what the instances hold and what people were told, and makes up for what is missing
 * through the same pipeline. Each instance is read once. A service that cannot be asked is named in the result and
 * its part is left for the next run: it is never taken for "nothing there".
 */
export async function reconcile(ctx: ServiceContext, report: Progress): Promise<RunResult> {
  const config = await ctx.loadConfig();
  const failures: string[] = [];
  await report({ done: 0, words: "Reading people and requests from Seerr" });
  await attempt(failures, async () => {
    await syncUsers(ctx, async () => {});
    await syncRequests(ctx, async () => {});
  });
  await requeueIncomplete(ctx);
  await rearmLostJobs(ctx);
  await saveInstances(ctx.database.db, config.instances, ctx.now());

  const requests = await allLiveRequests(ctx);
  const firstSyncAt = await findMilestone(ctx.database.db, "first_sync");
  const plans: CollectionPlan[] = [];
  let known = 0;
  for (const [index, instance] of config.instances.entries()) {
    await report({
      done: index,
      total: config.instances.length,
      words: `Comparing with ${instance.name}`,
    });
    await attempt(failures, async () => {
      const row = await findInstance(ctx.database.db, instance.key);
      if (row?.baselineAt) plans.push(await planMakingUp(ctx, config, instance, requests));
      else if (firstSyncAt) {
        const past = requests.filter((request) => isOfThePast(request, row, firstSyncAt));
        known += await establishBaseline(ctx, instance, past);
      }
      // Before Seerr was read once no request is known, and all it asks for would be news later.
    });
  }
  const mails = await makeUp(ctx, config, plans);
  const words = [
    `${requests.length} requests compared`,
    mails === 0
      ? "nothing was missed"
      : `${mails} missed ${mails === 1 ? "mail" : "mails"} made up for`,
    ...(known > 0 ? [`${known} things were there before`] : []),
  ].join(", ");
  if (failures.length > 0) ctx.log.warn("reconciliation was incomplete", { failures });
  return { words, failures };
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

async function planMakingUp(
  ctx: ServiceContext,
  config: Config,
  instance: Instance,
  requests: readonly RequestWithSeasons[],
): Promise<CollectionPlan> {
  const { holdings, expected } = await readInstanceHoldings(instance, requests);
  await saveExpectedItems(ctx.database.db, expected, requests, ctx.now());
  return withoutGivenUp(ctx, config, await gatherCollection(ctx.database.db, holdings, requests));
}

/** Carries out the plans of all instances. Whether too many mails would leave is asked of the whole check. */
async function makeUp(
  ctx: ServiceContext,
  config: Config,
  plans: readonly CollectionPlan[],
): Promise<number> {
  const planned = plans.reduce((sum, plan) => sum + plan.joins.length, 0);
  const hold = decideHold(planned, config.settings.RECONCILIATION_HOLD_ABOVE);
  const cause = { eventId: null, ...(hold ? { heldReason: hold } : {}) };
  let mails = 0;
  for (const plan of plans) mails += (await joinBatches(ctx, config, plan, cause)).mails;
  return mails;
}

/** What the admin was told about, because Plex does not show it, waits until Plex does: no second deadline runs. */
async function withoutGivenUp(
  ctx: ServiceContext,
  config: Config,
  plan: CollectionPlan,
): Promise<CollectionPlan> {
  const keys = [...new Set(plan.joins.flatMap((join) => join.items.map((item) => item.mediaKey)))];
  const givenUp = (await listMediaItems(ctx.database.db, keys)).filter(
    (item) => item.adminToldAt !== null,
  );
  const hidden = new Set<string>();
  for (const group of new Set(givenUp.map((item) => item.groupKey))) {
    const items = givenUp.filter((item) => item.groupKey === group);
    const { byKey } = await checkAvailability(ctx, config, items);
    for (const [key, answer] of byKey) if (answer.kind !== "plays") hidden.add(key);
  }
  return {
    ...plan,
    joins: plan.joins
      .map((join) => ({ ...join, items: join.items.filter((item) => !hidden.has(item.mediaKey)) }))
      .filter((join) => join.items.length > 0),
  };
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

async function attempt(failures: string[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    failures.push(error.message);
  }
}
