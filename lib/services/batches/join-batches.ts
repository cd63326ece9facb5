import { extendWindow, openWindow, renewWindow } from "@/lib/domain/batching";
import type { CollectionPlan, PlannedJoin, PlannedSkip } from "@/lib/domain/collection";
import { clockWords, durationWords, itemWords, listWords, sentence } from "@/lib/domain/words";
import { enqueue } from "@/lib/queue/enqueue";
import { insertBatch, insertBatchItems, lockOpenBatch, updateBatch } from "@/lib/store/batches";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import { claimLedgerKeys } from "@/lib/store/ledger";
import { lockRequests } from "@/lib/store/requests";
import { insertTimeline, type NewTimelineEntry } from "@/lib/store/timeline";
import type { ServiceContext } from "../context";
import { batchTiming, type Config } from "../load-config";
import { refreshRequestStates } from "../requests/refresh-request-state";
import { availableKind } from "./gather-collection";
import { saveHeldItems } from "./save-items";

/** One person's batch after new items joined it. */
type Joined = {
  join: PlannedJoin;
  added: { mediaKey: string; requestId: number }[];
  batchId: number;
  openedNow: boolean;
  from: Date | null;
  dueAt: Date;
  /** It waits for its reader's time anyway, and why. */
  pause: { until: Date; because: string } | null;
  isHeld: boolean;
};

export type JoinResult = {
  mails: number;
  words: string[];
  /** What was added for whom; `isHeld`: it waits for the admin. */
  joined: (Pick<PlannedJoin, "userId" | "displayName" | "title" | "items"> & {
    isHeld: boolean;
  })[];
};

/**
 * Carries out a collection plan in one transaction: items join the open batch of each person, or open one, and the
 * batch's alarm clock is set. `cause` names the event it came from, and says why mails are held, if they are.
 */
export async function joinBatches(
  ctx: ServiceContext,
  config: Config,
  plan: CollectionPlan,
  cause: { eventId: number | null; heldReason?: string },
): Promise<JoinResult> {
  const now = ctx.now();
  return ctx.database.db.transaction(async (tx) => {
    await saveHeldItems(tx, plan.covered, now);
    const joined: Joined[] = [];
    // Always in one order, so that two transactions cannot wait for each other.
    for (const join of [...plan.joins].sort(byUserThenGroup)) {
      const result = await joinOne(tx, config, join, cause.heldReason ?? null, now);
      if (result) joined.push(result);
    }
    const entries = [
      ...joinedEntries(joined, config, now),
      ...(await recordSkips(tx, plan.skips, now)),
    ].map((entry) => ({ ...entry, eventId: cause.eventId }));
    // Of all at once, so that what is locked below is locked in one order.
    await lockRequests(tx, [
      ...plan.covered.flatMap((covered) => covered.requestIds),
      ...entries.map((entry) => entry.requestId),
    ]);
    await insertTimeline(tx, entries);
    // Reconciliation covers everything at each run: what did not change is not looked at again.
    if (cause.eventId !== null) {
      await refreshRequestStates(
        tx,
        plan.covered.flatMap((covered) => covered.requestIds),
        now,
        "noNews",
      );
    }
    await refreshRequestStates(
      tx,
      entries.map((entry) => entry.requestId),
      now,
    );
    if (entries.length > 0) await announceChange(tx, "requests");
    return {
      mails: joined.length,
      words: joined.map((j) => joinWords(j, config, now)),
      joined: joined.map(({ join, added, isHeld }) => ({ ...join, items: added, isHeld })),
    };
  });
}

async function joinOne(
  tx: Executor,
  config: Config,
  join: PlannedJoin,
  heldReason: string | null,
  now: Date,
): Promise<Joined | null> {
  const timing = batchTiming(config.settings);
  const { userId, groupKey: group, title } = join;
  let batch = await lockOpenBatch(tx, userId, group);
  let openedNow = false;
  if (!batch) {
    const window = openWindow(join.kind, now, timing);
    batch = await insertBatch(tx, { userId, groupKey: group, title, window, heldReason });
    openedNow = batch !== null;
    // Another transaction opened it in between: by now it is committed and can be locked.
    batch ??= await lockOpenBatch(tx, userId, group);
  }
  if (!batch) throw new Error(`No batch could be opened for user ${userId} and ${group}`);
  const batchId = batch.id;
  const addedKeys = new Set(
    await insertBatchItems(
      tx,
      join.items.map((item) => ({ ...item, batchId, userId, addedAt: now })),
    ),
  );
  const added = join.items.filter((item) => addedKeys.has(item.mediaKey));
  if (added.length === 0) {
    if (openedNow) await updateBatch(tx, batchId, { status: "done", finishedAt: now });
    return null;
  }
  const { pausedUntil, pausedBecause } = batch;
  const window = openedNow
    ? batch
    : pausedUntil && pausedUntil > now
      ? renewWindow(join.kind, batch, now, timing)
      : extendWindow(batch, now, timing);
  const { dueAt, closesAt } = window;
  if (!openedNow) await updateBatch(tx, batchId, { dueAt, closesAt, nextLookAt: dueAt });
  await enqueue(tx, "flush_batch", { batchId }, { runAt: dueAt });
  const pause =
    pausedUntil && pausedUntil > dueAt
      ? { until: pausedUntil, because: pausedBecause ?? "kept back" }
      : null;
  const isHeld = batch.heldReason !== null;
  const from = openedNow ? null : batch.dueAt;
  return { join, added, batchId, openedNow, from, dueAt, pause, isHeld };
}

/** One entry per request and equal decision, however many people it concerns. */
function joinedEntries(joined: readonly Joined[], config: Config, now: Date): NewTimelineEntry[] {
  const timing = batchTiming(config.settings);
  const clock = (date: Date) => clockWords(date, now, config.timeZone);
  const groups = new Map<
    string,
    { requestId: number; of: Joined; names: string[]; keys: Set<string> }
  >();
  for (const one of joined) {
    for (const item of one.added) {
      const id = `${item.requestId} ${one.join.groupKey} ${one.from?.getTime()} ${one.dueAt.getTime()} ${one.pause?.until.getTime()}`;
      const group = groups.get(id) ?? {
        requestId: item.requestId,
        of: one,
        names: [],
        keys: new Set(),
      };
      if (!group.names.includes(one.join.displayName)) group.names.push(one.join.displayName);
      group.keys.add(item.mediaKey);
      groups.set(id, group);
    }
  }
  return [...groups.values()].map(({ requestId, of, names, keys }) => {
    const what = itemWords([...keys]);
    const common = { requestId, at: now, kind: "decision" as const, source: "BingeAlert" };
    const detail = {
      people: names,
      from: of.from?.toISOString() ?? null,
      to: of.dueAt.toISOString(),
    };
    if (of.join.kind === "movie") {
      return {
        ...common,
        code: "mail_planned",
        words: `Planned a mail to ${listWords(names)}`,
        reason:
          timing.gate === "plex"
            ? `It leaves as soon as Plex shows the movie, first asked at ${clock(of.dueAt)}`
            : `It leaves at ${clock(of.dueAt)}; without Plex the clock alone decides`,
        detail,
      };
    }
    if (of.openedNow) {
      return {
        ...common,
        code: "mail_planned",
        words: `Planned a mail to ${listWords(names)} for ${clock(of.dueAt)}`,
        reason: `It waits ${durationWords(timing.initialDelayMs)} for more after ${what}, ${durationWords(timing.maxWaitMs)} at most`,
        detail,
      };
    }
    if (of.pause) {
      return {
        ...common,
        code: "mail_kept",
        words: `Put ${what} into the mail that is held until ${clock(of.pause.until)}`,
        reason: sentence(of.pause.because),
        detail,
      };
    }
    const moved = of.from !== null && of.from.getTime() !== of.dueAt.getTime();
    return {
      ...common,
      code: moved ? "mail_moved" : "mail_kept",
      words:
        moved && of.from
          ? `Moved the mail from ${clock(of.from)} to ${clock(of.dueAt)}`
          : `Put ${what} into the mail of ${clock(of.dueAt)}`,
      reason: `${sentence(what)} arrived; each adds ${durationWords(timing.extensionMs)}, up to the end of the window`,
      detail,
    };
  });
}

/**
 * Writes down who gets nothing and why. What somebody did not want is settled: a change of mind later brings no
 * flood of old news.
 */
async function recordSkips(
  tx: Executor,
  skips: readonly PlannedSkip[],
  now: Date,
): Promise<NewTimelineEntry[]> {
  const entries: NewTimelineEntry[] = [];
  for (const { userId, displayName, requestId, mediaKeys, decision } of skips) {
    if (decision.kind === "notWanted") {
      await claimLedgerKeys(tx, {
        userId,
        kind: availableKind,
        mediaKeys,
        how: "not_wanted",
        at: now,
      });
    }
    entries.push({
      requestId,
      userId,
      at: now,
      kind: "not_told",
      code: decision.code,
      words: `${displayName} was not told about ${itemWords(mediaKeys)}`,
      reason: sentence(decision.because),
      source: "BingeAlert",
      dedupeKey: `not_told:${requestId}:${userId}:${decision.code}:${mediaKeys.join(",")}`.slice(
        0,
        500,
      ),
    });
  }
  return entries;
}

function joinWords(one: Joined, config: Config, now: Date): string {
  const what = itemWords(one.added.map((item) => item.mediaKey));
  return `${sentence(what)} for ${one.join.displayName}, mail at ${clockWords(one.pause?.until ?? one.dueAt, now, config.timeZone)} at the earliest`;
}

const byUserThenGroup = (a: PlannedJoin, b: PlannedJoin) =>
  a.userId - b.userId || a.groupKey.localeCompare(b.groupKey);
