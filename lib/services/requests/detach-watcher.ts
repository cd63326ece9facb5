import { itemWords } from "@/lib/domain/words";
import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { removeWaitingItems } from "@/lib/store/batches";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import { forgetTold, releaseLedgerKeys } from "@/lib/store/ledger";
import { moveNotification } from "@/lib/store/notifications";
import { deleteWatcher, lockRequests } from "@/lib/store/requests";
import { insertTimeline } from "@/lib/store/timeline";
import { findUser } from "@/lib/store/users";
import {
  listOtherRequests,
  lockWaitingMails,
  removeMailItems,
  type WaitingMail,
} from "@/lib/store/waiting-mails";
import { availableKind } from "../batches/gather-collection";
import type { ServiceContext } from "../context";
import { refreshRequestStates } from "./refresh-request-state";

/**
 * Detaches a watcher, by the admin or by themselves: what waits for them on account of this request does not leave any
 * more. The requester stays attached. Throws `not_found` when there is nobody to detach.
 */
export async function detachWatcher(
  ctx: ServiceContext,
  watcher: { requestId: number; userId: number; actor: string },
): Promise<void> {
  const { requestId, userId, actor } = watcher;
  const now = ctx.now();
  await ctx.database.db.transaction(async (tx) => {
    await lockRequests(tx, [requestId]);
    if (!(await deleteWatcher(tx, requestId, userId))) {
      throw new AppError("not_found", "This person is not attached, or asked for it themselves");
    }
    await removeWaitingItems(tx, { requestId, userId });
    const user = await findUser(tx, userId);
    const name = user?.displayName ?? "Somebody";
    const mails = await lockWaitingMails(tx, { requestId, userId });
    for (const mail of mails) await stopMail(tx, mail, { requestId, userId, actor, name }, now);
    await insertTimeline(tx, [
      {
        requestId,
        userId,
        at: now,
        kind: "fact",
        code: "watcher_detached",
        words: `${name} detached`,
        reason:
          mails.length > 0
            ? "What waited for them does not leave"
            : "They get nothing more about it",
        source: actor,
      },
    ]);
    // What they also get on account of another request of theirs is collected for that one.
    for (const otherId of await listOtherRequests(tx, { requestId, userId })) {
      await enqueue(tx, "collect_request", { requestId: otherId });
    }
    await refreshRequestStates(tx, [requestId], now, "noNews");
    await announceChange(tx, "requests");
  });
}

/** Stops a mail that is about this request only; one about other requests, too, leaves without it. */
async function stopMail(
  tx: Executor,
  mail: WaitingMail,
  by: { requestId: number; userId: number; actor: string; name: string },
  now: Date,
): Promise<void> {
  const { requestId, userId, actor, name } = by;
  if (mail.isAboutOthers) {
    await forgetTold(tx, {
      userId,
      kind: availableKind,
      mediaKeys: mail.mediaKeys,
      notificationId: mail.id,
    });
    await removeMailItems(tx, { notificationId: mail.id, requestId });
  } else {
    await releaseLedgerKeys(tx, { userId, notificationId: mail.id });
    await moveNotification(
      tx,
      mail.id,
      ["scheduled", "retrying", "held"],
      { status: "cancelled", statusReason: `${name} was detached by ${actor}` },
      now,
    );
  }
  await insertTimeline(tx, [
    {
      requestId,
      userId,
      at: now,
      kind: "not_told",
      code: "cancelled",
      words:
        mail.mediaKeys.length > 0
          ? `${name} was not told about ${itemWords(mail.mediaKeys)}`
          : `A mail to ${name} was stopped`,
      reason: "Detached before the mail left",
      source: actor,
      notificationId: mail.id,
    },
  ]);
  await announceChange(tx, "notifications");
}
