import { byTitle, digestKind, gatherMs, plannedMail } from "@/lib/domain/digest-mail";
import { clampLine } from "@/lib/domain/mail-characters";
import { mailSubject } from "@/lib/domain/mail-words";
import { listWords } from "@/lib/domain/words";
import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import type { Executor } from "@/lib/store/db";
import {
  insertGatheringMail,
  joinGatheringMail,
  lockGatheringMail,
} from "@/lib/store/gathering-mails";
import { listMediaItems, type MediaItem } from "@/lib/store/media-items";
import {
  insertNotification,
  listNotificationItems,
  type NewNotification,
  type Notification,
} from "@/lib/store/notifications";
import type { User } from "@/lib/store/users";
import type { Config } from "../load-config";
import { mailFrame } from "./build-mail";

type Items = readonly { mediaKey: string; requestId: number }[];

/** Lists name so many titles of a daily mail, and count the rest. */
const namedTitles = 3;

/**
 * Puts news into the daily mail of its reader: into the one that gathers, else into a new one that waits a moment for
 * others. `own` is the mail as it would be alone. Part of the caller's transaction, which has locked the requests.
 */
export async function gatherMail(
  tx: Executor,
  config: Config,
  user: User,
  { own, items }: { own: NewNotification; items: Items },
  now: Date,
): Promise<Notification> {
  const dueAt = new Date(now.getTime() + gatherMs);
  const mail =
    (await join(tx, config, user, items, now)) ??
    (await insertGatheringMail(tx, { ...own, dueAt }, items)) ??
    // Another title began one at the same moment.
    (await join(tx, config, user, items, now)) ??
    // Which has left already.
    (await insertNotification(tx, own, items));
  await enqueue(tx, "deliver_notification", { notificationId: mail.id }, { runAt: mail.dueAt });
  return mail;
}

async function join(
  tx: Executor,
  config: Config,
  user: User,
  items: Items,
  now: Date,
): Promise<Notification | null> {
  const mail = await lockGatheringMail(tx, user.id);
  if (!mail) return null;
  const all = [...(await listNotificationItems(tx, mail.id)), ...items];
  const keys = all.map((item) => item.mediaKey);
  const [first, ...others] = byTitle(await listMediaItems(tx, keys));
  if (!first) throw new AppError("internal", "The mail names nothing to watch");
  const subject = mailSubject(plannedMail(mailFrame(config, user, now), [first, ...others]));
  const about = others.length > 0 ? severalTitles([first, ...others]) : {};
  await joinGatheringMail(tx, mail.id, items, { ...about, subject }, now);
  return mail;
}

/** What a mail is about once it tells of several titles: no request, batch or poster is the mail's own any more. */
function severalTitles(titles: readonly (readonly [MediaItem, ...MediaItem[]])[]) {
  const names = titles.map(([first]) => first.title).sort((a, b) => a.localeCompare(b));
  const shown = names.slice(0, names.length > namedTitles + 1 ? namedTitles : namedTitles + 1);
  const more = names.length - shown.length;
  return {
    kind: digestKind,
    requestId: null,
    batchId: null,
    groupKey: null,
    posterPath: null,
    title: clampLine(listWords([...shown, ...(more > 0 ? [`${more} more`] : [])]), 200),
  };
}
