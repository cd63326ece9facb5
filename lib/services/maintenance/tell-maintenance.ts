import { mailSubject } from "@/lib/domain/mail-words";
import {
  type MaintenanceMailKind,
  maintenanceFacts,
  maintenanceKey,
  maintenanceKindWords,
} from "@/lib/domain/maintenance";
import type { Executor } from "@/lib/store/db";
import { releaseLedgerKeys } from "@/lib/store/ledger";
import { type MaintenanceWindow, retractWindowMails } from "@/lib/store/maintenance";
import type { User } from "@/lib/store/users";
import type { Config } from "../load-config";
import { maintenanceMail } from "../mails/build-mail";
import { planNotice } from "../mails/plan-notice";

/**
 * Plans one mail about a window to each of `people`, in the caller's transaction. The ledger keeps each kind to one
 * mail per person and, for announcements and reminders, per times announced. Returns how many mails that makes.
 */
export async function tellMaintenance(
  tx: Executor,
  config: Config,
  news: {
    kind: MaintenanceMailKind;
    window: MaintenanceWindow;
    people: readonly User[];
    /** Times announced before, and who heard of them. */
    before?: { startsAt: Date; endsAt: Date; toldUserIds: ReadonlySet<number> };
  },
  now: Date,
): Promise<number> {
  const { kind, window, before } = news;
  let mails = 0;
  for (const user of news.people) {
    const facts = maintenanceFacts.parse({
      windowId: window.id,
      title: window.title,
      text: window.text,
      startsAt: window.startsAt,
      endsAt: window.endsAt,
      finishedAt: window.finishedAt,
      before: before?.toldUserIds.has(user.id)
        ? { startsAt: before.startsAt, endsAt: before.endsAt }
        : null,
    });
    const notification = await planNotice(
      tx,
      {
        user,
        kind,
        kindWords: maintenanceKindWords[kind],
        request: null,
        title: window.title,
        subject: mailSubject(maintenanceMail(config, user, kind, facts, now)),
        facts,
        dueAt: now,
        onceKey: maintenanceKey(kind, window),
      },
      now,
    );
    if (notification) mails += 1;
  }
  return mails;
}

/** Takes back what has not left of some kinds; whoever is spared it counts as not told. */
export async function retractMaintenance(
  tx: Executor,
  windowId: number,
  kinds: readonly MaintenanceMailKind[],
  retraction: { reason: string; at: Date },
): Promise<void> {
  for (const { id, userId } of await retractWindowMails(tx, windowId, kinds, retraction)) {
    if (userId !== null) await releaseLedgerKeys(tx, { userId, notificationId: id });
  }
}
