import { type BatchDecision, type BatchHold, keepBack } from "@/lib/domain/batching";
import { mailKindOf } from "@/lib/domain/collection";
import { decideRecipient } from "@/lib/domain/recipients";
import { clockWords, sentence } from "@/lib/domain/words";
import { enqueue } from "@/lib/queue/enqueue";
import {
  type Batch,
  type BatchItem,
  listWaitingItems,
  lockBatch,
  lockOpenBatch,
  moveBatchItems,
  updateBatch,
} from "@/lib/store/batches";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import { listMediaItems, type MediaItem } from "@/lib/store/media-items";
import { listWatchers } from "@/lib/store/requests";
import { insertTimeline } from "@/lib/store/timeline";
import { findUser, type User } from "@/lib/store/users";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import { refreshRequestStates } from "../requests/refresh-request-state";
import { type BatchPause, findBatchPause } from "./find-batch-pause";
import { setBatchAlarm } from "./set-batch-alarm";

type Waiting = BatchItem & { item: MediaItem };

export type HeldBatch = BatchHold & { user: User; pause: BatchPause };

/**
 * The decision, or a hold when a mail would leave that its reader wants later. Who wants none is no reason to wait, and
 * what the admin is to look at is shown to him at once.
 */
export async function decideHold(
  tx: Executor,
  config: Config,
  batch: Batch,
  waiting: readonly Waiting[],
  decision: BatchDecision,
  now: Date,
): Promise<BatchDecision | HeldBatch> {
  if (decision.kind !== "act" || decision.tell.length === 0 || batch.heldReason) return decision;
  const user = await findUser(tx, batch.userId);
  const [first] = waiting;
  if (!user || !first) return decision;
  const watchers = await listWatchers(tx, [first.requestId]);
  const mutedTitleAt = watchers.find((watcher) => watcher.id === user.id)?.mutedTitleAt ?? null;
  const { kind, words } = mailKindOf[first.item.kind];
  if (decideRecipient({ ...user, mutedTitleAt }, kind, words).kind !== "tell") return decision;
  const unseen = new Set(decision.trail);
  const pause = await findBatchPause(tx, config, { batch, user, waiting, unseen }, now);
  return pause ? { ...keepBack(decision, pause.lookAt), user, pause } : decision;
}

/**
 * Keeps what is ready in an open batch, so that what comes meanwhile goes into the same mail. A batch past its window
 * hands it to the open one of the same user and show or, when there is none, is open again.
 */
export async function holdBatch(
  tx: Executor,
  config: Config,
  batch: Batch,
  waiting: readonly Waiting[],
  held: HeldBatch,
  now: Date,
): Promise<void> {
  const { pause, user } = held;
  const open =
    batch.status === "trailing" ? await lockOpenBatch(tx, batch.userId, batch.groupKey) : null;
  if (open) {
    await moveBatchItems(tx, batch.id, open.id, held.ready);
    await updateBatch(tx, open.id, { nextLookAt: now });
    await enqueue(tx, "flush_batch", { batchId: open.id }, { runAt: now });
    if (held.trail.length > 0) await setBatchAlarm(tx, batch.id, held.at);
    else await updateBatch(tx, batch.id, { status: "done", finishedAt: now });
    return;
  }
  const { until: pausedUntil, because: pausedBecause } = pause;
  await setBatchAlarm(tx, batch.id, held.at, { status: "open", pausedUntil, pausedBecause });
  await notePause(tx, config, { batch, waiting, user, pause }, now);
}

/** Says on the timeline of each request until when its mail is kept back, and why. */
async function notePause(
  tx: Executor,
  config: Config,
  of: { batch: Batch; waiting: readonly BatchItem[]; user: User; pause: BatchPause },
  now: Date,
): Promise<void> {
  const { batch, user, pause } = of;
  const clock = clockWords(pause.until, now, config.timeZone);
  await insertTimeline(
    tx,
    [...new Set(of.waiting.map((row) => row.requestId))].map((requestId) => ({
      requestId,
      userId: user.id,
      at: now,
      kind: "wait" as const,
      code: "mail_kept_back",
      words: pause.isLatest
        ? `Held the mail to ${user.displayName}, until ${clock} at the latest`
        : `Held the mail to ${user.displayName} until ${clock}`,
      reason: sentence(pause.because),
      source: "BingeAlert",
      batchId: batch.id,
      dedupeKey: `${requestId}:${user.id}:kept:${pause.until.getTime()}:${pause.because}`.slice(
        0,
        500,
      ),
    })),
  );
}

/** During maintenance nobody is asked and nobody is told: the batch waits for its end. */
export async function waitForMaintenance(
  ctx: ServiceContext,
  config: Config,
  batchId: number,
): Promise<void> {
  const now = ctx.now();
  await ctx.database.db.transaction(async (tx) => {
    const batch = await lockBatch(tx, batchId);
    const user = batch && (await findUser(tx, batch.userId));
    if (!batch || !user) return;
    const rows = await listWaitingItems(tx, batchId);
    const keys = rows.map((row) => row.mediaKey);
    const items = new Map((await listMediaItems(tx, keys)).map((item) => [item.mediaKey, item]));
    const waiting = rows.flatMap((row) => {
      const item = items.get(row.mediaKey);
      return item ? [{ ...row, item }] : [];
    });
    const pause = await findBatchPause(
      tx,
      config,
      { batch, user, waiting, unseen: new Set() },
      now,
    );
    const {
      until: pausedUntil,
      because: pausedBecause,
      lookAt,
    } = pause ?? {
      until: null,
      because: null,
      lookAt: now,
    };
    await setBatchAlarm(tx, batchId, lookAt, { pausedUntil, pausedBecause });
    if (pause) await notePause(tx, config, { batch, waiting, user, pause }, now);
    await refreshRequestStates(
      tx,
      rows.map((row) => row.requestId),
      now,
      "noNews",
    );
    await announceChange(tx, "requests");
  });
}
