import { plannedMail } from "@/lib/domain/digest-mail";
import { mailSubject } from "@/lib/domain/mail-words";
import { preferencesOf } from "@/lib/domain/preferences";
import { decideRecipient } from "@/lib/domain/recipients";
import { itemWords, sentence } from "@/lib/domain/words";
import { enqueue } from "@/lib/queue/enqueue";
import type { Batch, BatchItem } from "@/lib/store/batches";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import { claimLedgerKeys, setLedgerNotification } from "@/lib/store/ledger";
import type { MediaItem } from "@/lib/store/media-items";
import { insertNotification, type NewNotification } from "@/lib/store/notifications";
import { findRequest, listWatchers } from "@/lib/store/requests";
import { insertTimeline } from "@/lib/store/timeline";
import { findUser } from "@/lib/store/users";
import { availableKind } from "../batches/gather-collection";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import { mailFrame } from "./build-mail";
import { gatherMail } from "./gather-mail";

/**
 * Makes the mail about items that play. The ledger decides what is in it: only keys claimed here are told, so nobody
 * hears of one twice. Returns the media keys the mail tells of.
 */
export async function planMail(
  tx: Executor,
  ctx: ServiceContext,
  config: Config,
  mail: {
    batch: Batch;
    items: readonly (BatchItem & { item: MediaItem })[];
    mailKind: string;
    kindWords: string;
  },
  now: Date,
): Promise<string[]> {
  const { batch, items } = mail;
  const [first] = items;
  const user = await findUser(tx, batch.userId);
  if (!first || !user) return [];
  const watchers = await listWatchers(tx, [first.requestId]);
  const mutedTitleAt = watchers.find((watcher) => watcher.id === user.id)?.mutedTitleAt ?? null;
  const decision = decideRecipient({ ...user, mutedTitleAt }, mail.mailKind, mail.kindWords);
  const mediaKeys = items.map((entry) => entry.mediaKey);
  const what = itemWords(mediaKeys);
  if (decision.kind !== "tell") {
    if (decision.kind === "notWanted") {
      await claimLedgerKeys(tx, {
        userId: user.id,
        kind: availableKind,
        mediaKeys,
        how: "not_wanted",
        at: now,
      });
    }
    await insertTimeline(tx, [
      {
        requestId: first.requestId,
        userId: user.id,
        at: now,
        kind: "not_told",
        code: decision.code,
        words: `${user.displayName} was not told about ${what}`,
        reason: sentence(decision.because),
        source: "BingeAlert",
        batchId: batch.id,
      },
    ]);
    return [];
  }

  const claim = { userId: user.id, kind: availableKind };
  const won = await claimLedgerKeys(tx, { ...claim, mediaKeys, how: "told", at: now });
  if (won.length === 0) return [];
  const told = items.filter((entry) => won.includes(entry.mediaKey));
  const request = await findRequest(tx, first.requestId);
  const isHeld = batch.heldReason !== null;
  const [firstTold, ...moreTold] = told.map((entry) => entry.item);
  if (!firstTold) return [];
  const own: NewNotification = {
    audience: "user",
    userId: user.id,
    kind: mail.mailKind,
    requestId: first.requestId,
    batchId: batch.id,
    groupKey: batch.groupKey,
    title: first.item.title,
    subject: mailSubject(plannedMail(mailFrame(config, user, now), [[firstTold, ...moreTold]])),
    posterPath: request?.posterPath ?? null,
    status: isHeld ? "held" : "scheduled",
    statusReason: batch.heldReason,
    dueAt: now,
    createdAt: now,
    updatedAt: now,
  };
  const toldItems = told.map(({ mediaKey, requestId }) => ({ mediaKey, requestId }));
  const gathers = !isHeld && preferencesOf(user).frequency === "daily_digest";
  const notification = gathers
    ? await gatherMail(tx, config, user, { own, items: toldItems }, now)
    : await insertNotification(tx, own, toldItems);
  await setLedgerNotification(tx, { ...claim, mediaKeys: won, notificationId: notification.id });
  if (isHeld) {
    await insertTimeline(tx, [
      {
        requestId: first.requestId,
        userId: user.id,
        at: now,
        kind: "decision",
        code: "mail_held",
        words: `Kept the mail to ${user.displayName} about ${itemWords(won)} for the admin to look at`,
        reason: batch.heldReason,
        source: "BingeAlert",
        notificationId: notification.id,
      },
    ]);
  } else if (!gathers) {
    await enqueue(tx, "deliver_notification", { notificationId: notification.id });
  }
  await announceChange(tx, "notifications");
  ctx.log.info("mail planned", {
    notificationId: notification.id,
    userId: user.id,
    items: won.length,
  });
  return won;
}
