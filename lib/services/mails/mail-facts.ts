import type { Executor } from "@/lib/store/db";
import {
  listMediaItems,
  listNextEpisodes,
  type MediaItem,
  type NextEpisode,
} from "@/lib/store/media-items";
import { listItemsOf, type Notification, type NotificationItem } from "@/lib/store/notifications";
import { findMachineId } from "@/lib/store/plex-index";
import { findRequests, listWatchers, type Request, type Watcher } from "@/lib/store/requests";
import { findUsers, type User } from "@/lib/store/users";
import { activeMaintenance } from "../maintenance/find-maintenance";

/** What is known about a mail's reader and its news, as it is now. */
export type MailFacts = {
  user: User | null;
  /** How the user is attached to the request; null when they are not. */
  watcher: Watcher | null;
  request: Request | null;
  items: NotificationItem[];
  /** The media the items name, in order of season and episode. */
  media: MediaItem[];
  /** The episode that comes next in what the request covers; null for films, and when none is announced. */
  next: NextEpisode | null;
  /** The Plex server links lead to; null when none was ever read. */
  machineId: string | null;
  /** The maintenance window under way, if there is one. */
  maintenance: { title: string; endsAt: Date } | null;
};

/** Reads the facts of some mails, each table once for all of them; in the order given. */
export async function readMailFacts(
  executor: Executor,
  notifications: readonly Notification[],
  now: Date,
): Promise<MailFacts[]> {
  const requestIds = present(notifications.map((notification) => notification.requestId));
  const [maintenance, machineId, users, requests, watchers, items] = await Promise.all([
    activeMaintenance(executor, now),
    findMachineId(executor),
    findUsers(executor, present(notifications.map((notification) => notification.userId))),
    findRequests(executor, requestIds),
    listWatchers(executor, requestIds),
    listItemsOf(
      executor,
      notifications.map((notification) => notification.id),
    ),
  ]);
  const media = await listMediaItems(executor, [...new Set(items.map((item) => item.mediaKey))]);
  const userById = new Map(users.map((user) => [user.id, user]));
  const requestById = new Map(requests.map((request) => [request.id, request]));
  const facts = notifications.map(({ id, userId, requestId }) => {
    const own = items.filter((item) => item.notificationId === id);
    const keys = new Set(own.map((item) => item.mediaKey));
    return {
      user: userById.get(userId ?? 0) ?? null,
      watcher: watchers.find((w) => w.requestId === requestId && w.id === userId) ?? null,
      request: requestById.get(requestId ?? 0) ?? null,
      items: own,
      media: media.filter((item) => keys.has(item.mediaKey)),
      machineId,
      maintenance,
    };
  });
  const shows = facts.flatMap(({ request, media: [first] }) =>
    request && first?.kind === "episode"
      ? [{ requestId: request.id, groupKey: first.groupKey }]
      : [],
  );
  const coming = await listNextEpisodes(executor, shows, now);
  return facts.map((known) => ({
    ...known,
    next:
      coming.find(
        ({ requestId, groupKey }) =>
          requestId === known.request?.id && groupKey === known.media[0]?.groupKey,
      )?.next ?? null,
  }));
}

const present = (ids: readonly (number | null)[]) => [
  ...new Set(ids.filter((id): id is number => id !== null)),
];
