import { type BatchDecision, decideBatch, decideLook } from "@/lib/domain/batching";
import { mailKindOf } from "@/lib/domain/collection";
import { matchRequest } from "@/lib/domain/matching";
import { clockWords, durationWords, itemWords, sentence } from "@/lib/domain/words";
import { UpstreamError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import {
  type Batch,
  type BatchItem,
  findBatch,
  listWaitingItems,
  lockBatch,
  setBatchItemState,
  updateBatch,
} from "@/lib/store/batches";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import { listLedger } from "@/lib/store/ledger";
import { listMediaItems, type MediaItem } from "@/lib/store/media-items";
import { findRequest, listSeasons, lockRequests } from "@/lib/store/requests";
import { insertTimeline, type NewTimelineEntry } from "@/lib/store/timeline";
import { tellAdminNotInPlex } from "../alerts/tell-admin-not-in-plex";
import type { ServiceContext } from "../context";
import { batchTiming, type Config } from "../load-config";
import { planMail } from "../mails/plan-mail";
import { activeMaintenance } from "../maintenance/find-maintenance";
import { checkAvailability } from "../plex/check-availability";
import { refreshRequestStates } from "../requests/refresh-request-state";
import { sonarrOf } from "../upstreams";
import { availableKind } from "./gather-collection";
import { decideHold, type HeldBatch, holdBatch, waitForMaintenance } from "./hold-batch";
import { setBatchAlarm } from "./set-batch-alarm";

/** What Plex and Sonarr said, before anything is decided. */
type Look = {
  /** What still waits, with what is known about it. */
  waiting: (BatchItem & { item: MediaItem })[];
  /** What need not wait any more: told on other account, removed, or no longer asked for. */
  dropped: BatchItem[];
  playing: Set<string>;
  queueBusy: boolean;
};

/**
 * Looks at a batch whose alarm rang. The row is the truth: when it is not due the alarm is set again, when it is,
 * Sonarr's queue and Plex are asked outside any transaction, and the decision is carried out in one.
 */
export async function flushBatch(ctx: ServiceContext, batchId: number): Promise<void> {
  const batch = await findBatch(ctx.database.db, batchId);
  if (!batch || (batch.status !== "open" && batch.status !== "trailing")) return;
  const look = decideLook(
    { status: batch.status, window: batch, nextLookAt: batch.nextLookAt },
    ctx.now(),
  );
  if (look.kind === "notYet") {
    await enqueue(ctx.database.db, "flush_batch", { batchId }, { runAt: look.at });
    return;
  }
  const config = await ctx.loadConfig();
  // The services may be down for it, and what they say then is no news.
  if (await activeMaintenance(ctx.database.db, ctx.now())) {
    await waitForMaintenance(ctx, config, batch.id);
    return;
  }
  try {
    await carryOut(ctx, config, batch, await takeLook(ctx, config, batch));
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    await lookAgainLater(ctx, config, batch, error);
  }
}

async function takeLook(ctx: ServiceContext, config: Config, batch: Batch): Promise<Look> {
  const { db } = ctx.database;
  const rows = await listWaitingItems(db, batch.id);
  const keys = rows.map((row) => row.mediaKey);
  const items = new Map((await listMediaItems(db, keys)).map((item) => [item.mediaKey, item]));
  const settled = new Set(
    (await listLedger(db, { userIds: [batch.userId], kind: availableKind, mediaKeys: keys })).map(
      (l) => l.mediaKey,
    ),
  );
  const waiting: Look["waiting"] = [];
  const dropped: BatchItem[] = [];
  for (const row of rows) {
    const item = items.get(row.mediaKey);
    const isLive =
      item &&
      !item.removedAt &&
      !settled.has(row.mediaKey) &&
      (await isStillAskedFor(db, row.requestId, item));
    if (isLive) waiting.push({ ...row, item });
    else dropped.push(row);
  }
  const isOpen = batch.status === "open" && ctx.now() < batch.closesAt;
  const queueBusy =
    isOpen &&
    (await isQueueBusy(
      ctx,
      config,
      waiting.map((w) => w.item),
    ));
  if (queueBusy) return { waiting, dropped, playing: new Set(), queueBusy };
  const { byKey } = await checkAvailability(
    ctx,
    config,
    waiting.map((w) => w.item),
  );
  const playing = new Set(
    [...byKey].filter(([, answer]) => answer.kind === "plays").map(([key]) => key),
  );
  return { waiting, dropped, playing, queueBusy };
}

async function isStillAskedFor(db: Executor, requestId: number, item: MediaItem): Promise<boolean> {
  const request = await findRequest(db, requestId);
  if (!request) return false;
  const scope = { ...request, seasons: await listSeasons(db, requestId) };
  const { isFourK, tmdbId, tvdbId } = item;
  const coverage = matchRequest(
    scope,
    item.kind === "movie"
      ? { kind: "movie", tmdbId, isFourK }
      : { kind: "episode", tvdbId, tmdbId, season: item.season ?? 0, isFourK },
  );
  return coverage.kind === "covers";
}

/** Whether Sonarr is still downloading or importing episodes of the show. */
async function isQueueBusy(
  ctx: ServiceContext,
  config: Config,
  items: readonly MediaItem[],
): Promise<boolean> {
  const show = items.find((item) => item.kind === "episode" && item.upstreamId !== null);
  const instance = config.instances.find((i) => i.key === show?.instanceKey && i.kind === "sonarr");
  if (!show?.upstreamId || !instance) return false;
  try {
    const queue = await sonarrOf(instance).queueForSeries(show.upstreamId);
    const moving = ["downloading", "importing", "importPending"];
    return queue.some(
      (entry) =>
        moving.includes(entry.trackedState ?? "") &&
        entry.trackedStatus !== "warning" &&
        entry.trackedStatus !== "error",
    );
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    // Not knowing keeps nobody waiting: the window's end bounds the delay either way.
    ctx.log.warn("the queue cannot be read, the mail does not wait for it", {
      instance: instance.key,
      error: error.message,
    });
    return false;
  }
}

async function carryOut(
  ctx: ServiceContext,
  config: Config,
  seen: Batch,
  look: Look,
): Promise<void> {
  const now = ctx.now();
  const timing = batchTiming(config.settings);
  await ctx.database.db.transaction(async (tx) => {
    const batch = await lockBatch(tx, seen.id);
    // Something joined, or another worker was faster, while Plex was asked: look again at what is there now.
    if (!batch || !(await isUnchanged(tx, seen, batch, look))) {
      if (batch)
        await enqueue(tx, "flush_batch", { batchId: batch.id }, { runAt: batch.nextLookAt });
      return;
    }
    // Before the mail: a daily mail is there already, and mails are locked after the requests they tell of.
    await lockRequests(
      tx,
      [...look.waiting, ...look.dropped].map((row) => row.requestId),
    );
    await setBatchItemState(
      tx,
      batch.id,
      look.dropped.map((row) => row.mediaKey),
      "dropped",
    );
    const decision = decideBatch(
      {
        status: batch.status === "open" ? "open" : "trailing",
        window: batch,
        items: look.waiting.map((w) => ({
          ...w,
          addedAt: waitsForPlexSince(w, now),
          plays: look.playing.has(w.mediaKey),
        })),
        queueBusy: look.queueBusy,
      },
      now,
      timing,
    );
    await act(
      tx,
      ctx,
      config,
      batch,
      look,
      await decideHold(tx, config, batch, look.waiting, decision, now),
      now,
    );
    await refreshRequestStates(
      tx,
      [...look.waiting, ...look.dropped].map((row) => row.requestId),
      now,
    );
    await announceChange(tx, "requests");
  });
}

/** Whether the batch is as it was before Plex was asked: an item that joined since must not be passed over. */
async function isUnchanged(tx: Executor, seen: Batch, batch: Batch, look: Look): Promise<boolean> {
  if (batch.status !== seen.status || batch.nextLookAt.getTime() !== seen.nextLookAt.getTime())
    return false;
  const looked = new Set([...look.waiting, ...look.dropped].map((row) => row.mediaKey));
  const rows = await listWaitingItems(tx, batch.id);
  return rows.length === looked.size && rows.every((row) => looked.has(row.mediaKey));
}

/** The deadline counts time in which Plex could be asked: its own outage is not taken for a missing item. */
function waitsForPlexSince({ addedAt, item }: Look["waiting"][number], now: Date): Date {
  const askedSince = new Date(now.getTime() - item.plexWaitedMs);
  return askedSince > addedAt ? askedSince : addedAt;
}

async function act(
  tx: Executor,
  ctx: ServiceContext,
  config: Config,
  batch: Batch,
  look: Look,
  decision: BatchDecision | HeldBatch,
  now: Date,
): Promise<void> {
  const clock = (at: Date) => clockWords(at, now, config.timeZone);
  switch (decision.kind) {
    case "nothingLeft":
      await updateBatch(tx, batch.id, { status: "done", finishedAt: now });
      return;
    case "extend":
      await setBatchAlarm(tx, batch.id, decision.dueAt, { dueAt: decision.dueAt });
      await note(tx, batch, look, now, {
        kind: "decision",
        code: "mail_moved",
        words: `Moved the mail from ${clock(batch.dueAt)} to ${clock(decision.dueAt)}`,
        reason: "Sonarr is still fetching more of it",
        dedupe: `moved:${decision.dueAt.getTime()}`,
      });
      return;
    case "askAgain":
      await setBatchAlarm(tx, batch.id, decision.at);
      await note(tx, batch, look, now, {
        kind: "wait",
        code: "waiting_for_plex",
        words: `Waiting for Plex to show ${itemWords(decision.missing)}`,
        reason: `Plex is asked every ${durationWords(batchTiming(config.settings).checkEveryMs)}; the mail leaves at ${clock(batch.closesAt)} with what plays by then`,
        dedupe: `waiting:${decision.missing.join(",")}`,
      });
      return;
    case "act":
      await tell(tx, ctx, config, batch, look, decision.tell, now);
      await giveUp(tx, config, batch, look, decision.giveUp, now);
      if (decision.at) {
        await setBatchAlarm(tx, batch.id, decision.at, {
          status: "trailing",
          pausedUntil: null,
          pausedBecause: null,
        });
        const deadline = durationWords(batchTiming(config.settings).deadlineMs);
        await note(tx, batch, look, now, {
          kind: "wait",
          code: "waiting_for_plex",
          words: `Waiting for Plex to show ${itemWords(decision.trail)}`,
          reason: `The mail leaves when Plex shows it. After ${deadline} you are told instead`,
          dedupe: `trailing:${decision.trail.join(",")}`,
        });
      } else {
        await updateBatch(tx, batch.id, { status: "done", finishedAt: now });
      }
      return;
    case "hold":
      await giveUp(tx, config, batch, look, decision.giveUp, now);
      await holdBatch(tx, config, batch, look.waiting, decision, now);
  }
}

/** What Plex did not show by the deadline waits no more, and the admin is told with the path. */
async function giveUp(
  tx: Executor,
  config: Config,
  batch: Batch,
  look: Look,
  mediaKeys: readonly string[],
  now: Date,
): Promise<void> {
  await setBatchItemState(tx, batch.id, mediaKeys, "given_up");
  await tellAdminNotInPlex(tx, config, { batch, waiting: look.waiting, mediaKeys }, now);
}

async function tell(
  tx: Executor,
  ctx: ServiceContext,
  config: Config,
  batch: Batch,
  look: Look,
  mediaKeys: readonly string[],
  now: Date,
): Promise<void> {
  if (mediaKeys.length === 0) return;
  const items = look.waiting.filter((w) => mediaKeys.includes(w.mediaKey));
  const kind = mailKindOf[items[0]?.item.kind ?? "episode"];
  const told = await planMail(
    tx,
    ctx,
    config,
    { batch, items, mailKind: kind.kind, kindWords: kind.words },
    now,
  );
  await setBatchItemState(tx, batch.id, told, "told");
  await setBatchItemState(
    tx,
    batch.id,
    mediaKeys.filter((key) => !told.includes(key)),
    "dropped",
  );
}

type Note = Pick<NewTimelineEntry, "kind" | "code" | "words"> & { reason: string; dedupe: string };

/** One entry per request: people who wait for the same thing share it. */
async function note(tx: Executor, batch: Batch, look: Look, now: Date, entry: Note): Promise<void> {
  const { dedupe, ...rest } = entry;
  const requestIds = [...new Set(look.waiting.map((w) => w.requestId))];
  await insertTimeline(
    tx,
    requestIds.map((requestId) => ({
      ...rest,
      requestId,
      at: now,
      source: entry.code === "waiting_for_plex" ? "Plex" : "BingeAlert",
      batchId: batch.id,
      dedupeKey: `${requestId}:${batch.openedAt.getTime()}:${dedupe}`.slice(0, 500),
    })),
  );
}

/** Plex cannot be asked: the mail waits, whatever the clock says, and the timeline says why. */
async function lookAgainLater(
  ctx: ServiceContext,
  config: Config,
  batch: Batch,
  error: UpstreamError,
): Promise<void> {
  const now = ctx.now();
  const at = new Date(now.getTime() + Math.max(batchTiming(config.settings).checkEveryMs, 1000));
  await ctx.database.db.transaction(async (tx) => {
    const current = await lockBatch(tx, batch.id);
    if (!current) return;
    await updateBatch(tx, batch.id, { nextLookAt: at });
    await enqueue(tx, "flush_batch", { batchId: batch.id }, { runAt: at });
    const rows = await listWaitingItems(tx, batch.id);
    await insertTimeline(
      tx,
      [...new Set(rows.map((row) => row.requestId))].map((requestId) => ({
        requestId,
        at: now,
        kind: "trouble" as const,
        code: "plex_unreachable",
        words: "Plex could not be asked",
        reason: sentence(`${error.message}. The mail waits until it can`),
        source: "Plex",
        batchId: batch.id,
        dedupeKey: `${requestId}:${current.openedAt.getTime()}:plex:${error.kind}`,
      })),
    );
  });
}
