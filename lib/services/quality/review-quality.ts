import type { Instance } from "@/lib/domain/instance";
import {
  isTellable,
  kindOf,
  noticeScope,
  qualityKinds,
  qualityKindWords,
} from "@/lib/domain/quality-notices";
import { isBeforeRestore, planReview, type ReviewFinding } from "@/lib/domain/quality-review";
import { decideRecipient } from "@/lib/domain/recipients";
import { decideHold } from "@/lib/domain/reconcile";
import { UpstreamError } from "@/lib/errors";
import { findMilestone } from "@/lib/store/milestones";
import { listPendingNotices, listToldNotices, mapSettledKeys } from "@/lib/store/notices";
import { mapQualityReviews, touchQualityReviews } from "@/lib/store/quality-reviews";
import { listLiveRequests, listWatchers, type RequestWithSeasons } from "@/lib/store/requests";
import { tellAdmin } from "../alerts/tell-admin";
import { availableKind } from "../batches/gather-collection";
import type { ServiceContext } from "../context";
import { holdsUntilCutoff } from "../library/cutoff-rule";
import type { Config } from "../load-config";
import type { Progress, RunResult } from "../run-report";
import { type QualityReader, readerOfAll } from "./quality-readers";
import { isReviewed, recordReview } from "./record-review";
import { findVerdict, instancesFor } from "./review-request";

/**
 * Reviews all open requests. Each instance is read once, whatever the number of requests; one that cannot be asked is
 * named in the result and gives no verdict. Would it all be far more mails than usual, they wait for the admin.
 */
export async function reviewQuality(ctx: ServiceContext, report: Progress): Promise<RunResult> {
  const config = await ctx.loadConfig();
  if (!config.settings.QUALITY_MONITOR_ENABLED) {
    return { words: "The quality monitor is switched off", failures: [] };
  }
  const requests = await openRequests(ctx);
  const { found, failures } = await judgeAll(ctx, config, requests, report);
  const { due, mails } = await sortOut(ctx, found);
  const hold = decideHold(mails, config.settings.RECONCILIATION_HOLD_ABOVE);
  let planned = 0;
  for (const [index, { request, finding }] of due.entries()) {
    const words = `${index} of ${due.length} verdicts written down`;
    await report({ done: index, total: due.length, words });
    const cause = { isNews: false, heldReason: hold };
    planned += await recordReview(ctx, config, request.id, finding, cause);
  }
  if (hold && planned > 0) await tellAdminHeld(ctx, config, planned, hold);
  const words = [
    `${found.length} ${found.length === 1 ? "request" : "requests"} reviewed`,
    `${due.length} with news`,
    planned === 0
      ? "no mail planned"
      : `${planned} ${planned === 1 ? "mail" : "mails"} ${hold ? "on hold" : "planned"}`,
  ].join(", ");
  if (failures.length > 0) ctx.log.warn("the quality review was incomplete", { failures });
  return { words, failures };
}

type Judged = { request: RequestWithSeasons; finding: ReviewFinding };

/** Approved requests, those of one show together; a movie everybody was told of has nothing to wait for. */
async function openRequests(ctx: ServiceContext): Promise<RequestWithSeasons[]> {
  const open: RequestWithSeasons[] = [];
  for (let afterId = 0; ; ) {
    const page = await listLiveRequests(ctx.database.db, afterId, 1000);
    const last = page.at(-1);
    if (!last) break;
    afterId = last.id;
    const isOver = (request: RequestWithSeasons) =>
      request.mediaType === "movie" && ["told", "known_before"].includes(request.state);
    open.push(...page.filter((request) => isReviewed(request) && !isOver(request)));
  }
  return open.sort((a, b) => (a.tvdbId ?? 0) - (b.tvdbId ?? 0) || a.id - b.id);
}

/** Reads the instances that some request needs; one that cannot be read says so for each request. */
async function openReaders(
  config: Config,
  requests: readonly RequestWithSeasons[],
  report: Progress,
): Promise<Map<string, QualityReader>> {
  const readers = new Map<string, QualityReader>();
  const isNeeded = (instance: Instance) =>
    requests.some((request) => instancesFor({ instances: [instance] }, request).length > 0);
  const needed = config.instances.filter(isNeeded);
  for (const [index, instance] of needed.entries()) {
    await report({ done: index, total: needed.length, words: `Reading ${instance.name}` });
    readers.set(instance.key, givingUp(await openReader(config, instance)));
  }
  return readers;
}

async function openReader(config: Config, instance: Instance): Promise<QualityReader> {
  try {
    return await readerOfAll(config, instance);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    return { instance, judge: () => Promise.reject(error) };
  }
}

const unreachable: readonly UpstreamError["kind"][] = ["refused", "timeout", "dns"];

/** A server that went away while it was asked is not asked again for each further request. */
function givingUp({ instance, judge }: QualityReader): QualityReader {
  let gone: UpstreamError | null = null;
  return {
    instance,
    judge: async (judged, now) => {
      if (gone) throw gone;
      try {
        return await judge(judged, now);
      } catch (error) {
        if (error instanceof UpstreamError && unreachable.includes(error.kind)) gone = error;
        throw error;
      }
    },
  };
}

async function judgeAll(
  ctx: ServiceContext,
  config: Config,
  requests: readonly RequestWithSeasons[],
  report: Progress,
): Promise<{ found: Judged[]; failures: string[] }> {
  const readers = await openReaders(config, requests, report);
  const settled = holdsUntilCutoff(config.settings)
    ? await mapSettledKeys(
        ctx.database.db,
        requests.map((request) => request.id),
        availableKind,
      )
    : new Map<number, Set<string>>();
  const found: Judged[] = [];
  const failures = new Set<string>();
  for (const [index, request] of requests.entries()) {
    const words = `${index} of ${requests.length} requests reviewed`;
    await report({ done: index, total: requests.length, words });
    const asked = instancesFor(config, request).flatMap((one) => readers.get(one.key) ?? []);
    if (asked.length === 0) continue;
    try {
      const judged = { request, settled: settled.get(request.id) ?? new Set<string>() };
      found.push({ request, finding: await findVerdict(asked, judged, ctx.now()) });
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      failures.add(error.message);
    }
  }
  return { found, failures: [...failures] };
}

/**
 * Which findings change something, and how many mails they would plan; the rest is only noted as seen. What is read
 * here decides whether mails are held: what is done is decided again when it is written.
 */
async function sortOut(
  ctx: ServiceContext,
  found: readonly Judged[],
): Promise<{ due: Judged[]; mails: number }> {
  const { db } = ctx.database;
  const now = ctx.now();
  const ids = found.map(({ request }) => request.id);
  const [restoredAt, reviews, watchers, pending] = await Promise.all([
    findMilestone(db, "restored"),
    mapQualityReviews(db, ids),
    listWatchers(db, ids),
    listPendingNotices(db, ids, qualityKinds),
  ]);
  const told = await listToldNotices(
    db,
    [...new Set(watchers.map((watcher) => watcher.id))],
    qualityKinds,
  );
  const peopleOf = groupBy(watchers, (watcher) => watcher.requestId);
  const toldOf = groupBy(told, (one) => one.userId);
  const withPending = new Set(pending.map((notification) => notification.requestId));
  const due: Judged[] = [];
  const unchanged: number[] = [];
  let mails = 0;
  for (const { request, finding } of found) {
    const verdict = finding.kind === "judged" ? finding.verdict : null;
    const kind = verdict && isTellable(verdict) ? kindOf(verdict) : null;
    const prefix = `${noticeScope(request)}@`;
    // Nothing is claimed for who cannot be mailed: they would count as news at every review.
    const reachable = (peopleOf.get(request.id) ?? []).flatMap((watcher) => {
      const choice = kind && decideRecipient(watcher, kind, qualityKindWords[kind]).kind;
      return choice === null || choice === "notPossible" ? [] : [{ userId: watcher.id, choice }];
    });
    const people = reachable.map(({ userId }) => ({
      userId,
      told: (toldOf.get(userId) ?? []).filter(
        (one) => one.kind === kind && one.mediaKey.startsWith(prefix),
      ),
    }));
    const previous = reviews.get(request.id) ?? null;
    const isOld = isBeforeRestore(request, previous?.reviewedAt ?? null, restoredAt);
    const facts = { finding, previous, request: { ...request, isBeforeRestore: isOld }, people };
    const plan = planReview(facts, { isNews: false }, now);
    const news = plan.decisions.filter(({ decision }) => decision.kind === "tell");
    const wanted = new Set(reachable.flatMap((r) => (r.choice === "tell" ? [r.userId] : [])));
    mails += news.filter(({ userId }) => wanted.has(userId)).length;
    const isDue = plan.isChanged || isOld || news.length > 0 || withPending.has(request.id);
    if (isDue) due.push({ request, finding });
    else unchanged.push(request.id);
  }
  await touchQualityReviews(db, unchanged, now);
  return { due, mails };
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => number): Map<number, Item[]> {
  const groups = new Map<number, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

async function tellAdminHeld(
  ctx: ServiceContext,
  config: Config,
  mails: number,
  hold: string,
): Promise<void> {
  await ctx.database.db.transaction((tx) =>
    tellAdmin(
      tx,
      config,
      {
        event: "mails_held",
        subject: `${mails} mails are on hold`,
        headline: `${mails} mails wait for you`,
        lines: [`${hold}.`, "They tell people what is not released yet or not found."],
        rows: [],
        action: { path: "/notifications", label: "Look at them" },
      },
      { title: "Mails on hold" },
      ctx.now(),
    ),
  );
}
