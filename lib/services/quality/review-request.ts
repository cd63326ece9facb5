import type { Instance } from "@/lib/domain/instance";
import { bestVerdict, type QualityVerdict } from "@/lib/domain/quality";
import type { ReviewFinding } from "@/lib/domain/quality-review";
import { listWords, sentence } from "@/lib/domain/words";
import { UpstreamError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { mapSettledKeys } from "@/lib/store/notices";
import { mapQualityReviews } from "@/lib/store/quality-reviews";
import { findRequest, listSeasons, type RequestWithSeasons } from "@/lib/store/requests";
import { insertTimeline } from "@/lib/store/timeline";
import { availableKind } from "../batches/gather-collection";
import type { ServiceContext } from "../context";
import { holdsUntilCutoff } from "../library/cutoff-rule";
import type { Config } from "../load-config";
import { lastLookMs } from "../mails/last-look";
import { activeMaintenance } from "../maintenance/find-maintenance";
import { type JudgedRequest, type QualityReader, readerOfTitles } from "./quality-readers";
import { isReviewed, recordReview } from "./record-review";

/** Seerr hands a title over in its own time: one that is not there is looked for once more after this long. */
const notThereYetMs = 10 * 60_000;

/**
 * Reviews one request: is it out, is it there, is it to be had? Asks every instance of its kind and class; one that
 * cannot be asked gives no verdict, and the job comes back; during maintenance it waits for the end.
 */
export async function reviewRequest(ctx: ServiceContext, requestId: number): Promise<void> {
  const { db } = ctx.database;
  const config = await ctx.loadConfig();
  if (!config.settings.QUALITY_MONITOR_ENABLED) return;
  const row = await findRequest(db, requestId);
  if (!row || !isReviewed(row)) return;
  // Services are switched off on purpose: what they say now, or do not, is no verdict. Only what leaves with the end is
  // looked at just before it.
  const maintenance = await activeMaintenance(db, ctx.now());
  if (maintenance && maintenance.endsAt.getTime() - ctx.now().getTime() > lastLookMs) {
    await enqueue(db, "review_request", { requestId }, { runAt: maintenance.endsAt });
    return;
  }
  const request = { ...row, seasons: await listSeasons(db, requestId) };
  const readers = instancesFor(config, request).map((one) => readerOfTitles(config, one));
  if (readers.length === 0) return;
  const settled = holdsUntilCutoff(config.settings)
    ? await mapSettledKeys(db, [requestId], availableKind)
    : new Map<number, Set<string>>();
  const judged = { request, settled: settled.get(requestId) ?? new Set<string>() };
  const isFirst = !(await mapQualityReviews(db, [requestId])).has(requestId);
  let finding: ReviewFinding;
  try {
    finding = await findVerdict(readers, judged, ctx.now());
  } catch (error) {
    if (error instanceof UpstreamError) await noteNoAnswer(ctx, request, error);
    throw error;
  }
  await recordReview(ctx, config, requestId, finding, { isNews: true, heldReason: null });
  if (finding.kind === "notInInstance" && isFirst) {
    const runAt = new Date(ctx.now().getTime() + notThereYetMs);
    await enqueue(db, "review_request", { requestId }, { runAt });
  }
}

/** The instances that may serve a request: those of its kind and class. */
export function instancesFor(
  config: Pick<Config, "instances">,
  request: Pick<RequestWithSeasons, "mediaType" | "isFourK">,
): Instance[] {
  const kind = request.mediaType === "movie" ? "radarr" : "sonarr";
  return config.instances.filter((one) => one.kind === kind && one.isFourK === request.isFourK);
}

/**
 * What the readers, at least one, make of a request. One that cannot be asked might have it: then only that another has
 * or fetches it is believed. Throws UpstreamError where nothing can be said.
 */
export async function findVerdict(
  readers: readonly QualityReader[],
  judged: JudgedRequest,
  now: Date,
): Promise<ReviewFinding> {
  const found: { verdict: QualityVerdict; instance: string }[] = [];
  let failure: UpstreamError | null = null;
  for (const { instance, judge } of readers) {
    try {
      const verdict = await judge(judged, now);
      if (verdict) found.push({ verdict, instance: instance.name });
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      failure = error;
    }
  }
  const verdict = bestVerdict(found.map((one) => one.verdict));
  const isCertain = verdict?.kind === "there" || verdict?.kind === "downloading";
  if (failure && !isCertain) throw failure;
  const instance = found.find((one) => one.verdict === verdict)?.instance;
  if (verdict && instance) return { kind: "judged", verdict, instance };
  return { kind: "notInInstance", instance: listWords(readers.map((one) => one.instance.name)) };
}

/** Not knowing is said, once a day, and is no verdict. */
async function noteNoAnswer(
  ctx: ServiceContext,
  request: RequestWithSeasons,
  error: UpstreamError,
): Promise<void> {
  const now = ctx.now();
  await insertTimeline(ctx.database.db, [
    {
      requestId: request.id,
      at: now,
      kind: "trouble",
      code: "review_no_answer",
      words: "It is not known whether it is out: the server could not be asked",
      reason: `${sentence(error.message)}. It is asked again`,
      source: "BingeAlert",
      dedupeKey: `review_no_answer:${request.id}:${now.toISOString().slice(0, 10)}`,
    },
  ]);
}
