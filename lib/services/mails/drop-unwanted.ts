import { mailKindOf } from "@/lib/domain/collection";
import { newsWords } from "@/lib/domain/delivery";
import { digestKind } from "@/lib/domain/digest-mail";
import { sentence } from "@/lib/domain/words";
import { listMutedItems, removeMedia } from "@/lib/store/gathering-mails";
import { markNotWanted } from "@/lib/store/ledger";
import { lockAttempt, type Notification } from "@/lib/store/notifications";
import { lockRequestsOf } from "@/lib/store/requests";
import { insertTimeline } from "@/lib/store/timeline";
import type { ServiceContext } from "../context";
import { refreshRequestStates } from "../requests/refresh-request-state";
import type { MailFacts } from "./mail-facts";

/**
 * Takes out of a claimed daily mail what its reader does not want any more: a title they muted, a kind they switched
 * off. It is settled, and the timeline says so. Gives the facts that are left, possibly about nothing. Other mails stay
 * as they are: they are wanted or not as a whole.
 */
export async function dropUnwanted(
  ctx: ServiceContext,
  claimed: Notification,
  facts: MailFacts,
): Promise<MailFacts> {
  const { user, media } = facts;
  if (claimed.kind !== digestKind || !user) return facts;
  const now = ctx.now();
  const muted = await listMutedItems(ctx.database.db, { id: claimed.id, userId: user.id });
  const off = media.filter(
    ({ kind, mediaKey }) =>
      user.mutedKinds.includes(mailKindOf[kind].kind) && !muted.includes(mediaKey),
  );
  const unwanted = [...muted, ...off.map((item) => item.mediaKey)];
  if (unwanted.length === 0) return facts;
  await ctx.database.db.transaction(async (tx) => {
    await lockRequestsOf(tx, claimed.id);
    if (!(await lockAttempt(tx, claimed))) return;
    await removeMedia(tx, claimed.id, unwanted);
    await markNotWanted(tx, {
      userId: user.id,
      notificationId: claimed.id,
      mediaKeys: unwanted,
    });
    const dropped = facts.items.filter((item) => unwanted.includes(item.mediaKey));
    const requestIds = [...new Set(dropped.flatMap((item) => item.requestId ?? []))];
    const isMuted = (requestId: number) =>
      dropped.some((item) => item.requestId === requestId && muted.includes(item.mediaKey));
    await insertTimeline(
      tx,
      requestIds.map((requestId) => ({
        requestId,
        userId: user.id,
        at: now,
        kind: "not_told" as const,
        code: "recipient_changed",
        words: `${user.displayName} was not told about ${newsWords(requestId, claimed, dropped)}`,
        reason: sentence(
          isMuted(requestId) ? "muted this title" : "switched off this kind of mail",
        ),
        source: "BingeAlert",
        notificationId: claimed.id,
      })),
    );
    await refreshRequestStates(tx, requestIds, now);
  });
  const isLeft = ({ mediaKey }: { mediaKey: string }) => !unwanted.includes(mediaKey);
  return { ...facts, items: facts.items.filter(isLeft), media: media.filter(isLeft) };
}
