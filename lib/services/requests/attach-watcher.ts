import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import { claimLedgerKeys } from "@/lib/store/ledger";
import { listThereAlready } from "@/lib/store/media-items";
import { findRequest, insertWatcher } from "@/lib/store/requests";
import { insertTimeline } from "@/lib/store/timeline";
import { findUser } from "@/lib/store/users";
import { availableKind } from "../batches/gather-collection";
import type { ServiceContext } from "../context";

type Attachment = {
  requestId: number;
  /** Also told of what is there already; otherwise that is settled as known before for them. */
  tellExisting: boolean;
  /** Who did it, as the timeline and the audit name them. */
  actor: string;
  /** `link`: the person followed by a signed link. Default: the admin attached them. */
  source?: "admin" | "link";
};

/**
 * Attaches a person to a request: they get everything that follows, and what is there already only when `tellExisting`
 * says so. Throws `not_found` or, when they are attached already, `conflict`.
 */
export async function attachWatcher(
  ctx: ServiceContext,
  watcher: Attachment & { userId: number },
): Promise<void> {
  await ctx.database.db.transaction(async (tx) => {
    const { name, isNew } = await attachOne(tx, watcher, watcher.userId, ctx.now());
    if (!isNew) throw new AppError("conflict", `${name} is attached already`);
    await lookAtRequest(tx, watcher.requestId);
  });
}

/**
 * Attaches several people at once, or none. Those attached already are passed over and counted. Throws `not_found`
 * when the request or one of the people is not there.
 */
export async function attachWatchers(
  ctx: ServiceContext,
  watchers: Attachment & { userIds: readonly number[] },
): Promise<{ attached: number; already: number }> {
  const userIds = [...new Set(watchers.userIds)].sort((a, b) => a - b);
  return ctx.database.db.transaction(async (tx) => {
    let attached = 0;
    for (const userId of userIds) {
      const { isNew } = await attachOne(tx, watchers, userId, ctx.now());
      if (isNew) attached += 1;
    }
    if (attached > 0) await lookAtRequest(tx, watchers.requestId);
    return { attached, already: userIds.length - attached };
  });
}

async function attachOne(
  tx: Executor,
  { requestId, tellExisting, actor, source = "admin" }: Attachment,
  userId: number,
  now: Date,
): Promise<{ name: string; isNew: boolean }> {
  const [request, user] = await Promise.all([findRequest(tx, requestId), findUser(tx, userId)]);
  if (!request) throw new AppError("not_found", "There is no such request");
  if (!user) throw new AppError("not_found", "There is no such person");
  const name = user.displayName;
  const watcher = {
    requestId,
    userId,
    source,
    addedAt: now,
    addedBy: actor,
    toldExisting: tellExisting,
  };
  if (!(await insertWatcher(tx, watcher))) return { name, isNew: false };
  if (!tellExisting) {
    const mediaKeys = await listThereAlready(tx, requestId);
    const claim = { userId, kind: availableKind, mediaKeys, how: "known_before" as const, at: now };
    await claimLedgerKeys(tx, claim);
  }
  await insertTimeline(tx, [
    {
      requestId,
      userId,
      at: now,
      kind: "fact",
      code: "watcher_attached",
      words: source === "link" ? `${name} follows it by a link in a mail` : `${name} attached`,
      reason: tellExisting
        ? "Told about what is there already, too"
        : "Told about what comes from now on",
      source: actor,
    },
  ]);
  return { name, isNew: true };
}

/** What waits for others, or is there and wanted, is theirs as well. */
async function lookAtRequest(tx: Executor, requestId: number): Promise<void> {
  await enqueue(tx, "collect_request", { requestId });
  await announceChange(tx, "requests");
}
