import "server-only";
import { notificationStatuses } from "@/lib/domain/delivery";
import { dayKey, type Reader } from "@/lib/domain/views/moment-words";
import type {
  NotificationListView,
  NotificationRowView,
  NotificationScope,
  NotificationTab,
} from "@/lib/domain/views/notifications";
import type { NotificationStatus } from "@/lib/domain/views/status";
import { encodePlace, type KeysetPlace, keysetWindow } from "@/lib/store/views/keyset";
import {
  countNotifications,
  listLeaving,
  listNotificationPage,
  type NotificationListRow,
  type NotificationPage,
  summarizeHeld,
} from "@/lib/store/views/notification-list";
import { webDatabase } from "../service-context";
import { currentReader, requireViewer } from "../viewer";

export type NotificationQuery = {
  scope: NotificationScope;
  tab: NotificationTab;
  q?: string | undefined;
  status?: string | undefined;
  after?: string | undefined;
  before?: string | undefined;
};

export const NOTIFICATION_PAGE_SIZE = 50;
/** How much of each kind the first tab shows; the other tabs page through all of it. */
const GLANCE = 25;

/** The queue by tab, or the history. */
export async function loadNotificationList(
  query: NotificationQuery,
): Promise<NotificationListView> {
  await requireViewer();
  const reader = await currentReader();
  const { db } = webDatabase();
  const window = keysetWindow(query.after, query.before);
  if (query.scope === "history") {
    const page = await listNotificationPage(
      db,
      {
        kind: "history",
        status: knownStatus(query.status),
        text: query.q?.trim().slice(0, 200) || null,
      },
      window,
      NOTIFICATION_PAGE_SIZE,
    );
    return { ...listView(page), held: null, counts: null };
  }
  const today = startOfDay(reader);
  const showsHeld = (query.tab === "all" || query.tab === "needs_you") && window.kind === "first";
  const [page, counts, held] = await Promise.all([
    queuePage(query.tab, window, today),
    countNotifications(db, today),
    showsHeld ? summarizeHeld(db) : null,
  ]);
  return {
    ...listView(page),
    held,
    counts: { ...counts, all: counts.needsYou + counts.leaving + counts.sentToday },
  };
}

async function queuePage(
  tab: NotificationTab,
  window: ReturnType<typeof keysetWindow>,
  today: Date,
): Promise<NotificationPage> {
  const { db } = webDatabase();
  switch (tab) {
    case "needs_you":
      return listNotificationPage(
        db,
        { kind: "needs_you_but_held" },
        window,
        NOTIFICATION_PAGE_SIZE,
      );
    case "leaving":
      return listLeaving(db, window, NOTIFICATION_PAGE_SIZE);
    case "sent_today":
      return listNotificationPage(
        db,
        { kind: "sent_since", since: today },
        window,
        NOTIFICATION_PAGE_SIZE,
      );
    case "all": {
      const first = { kind: "first" } as const;
      const [leaving, waiting, done] = await Promise.all([
        listLeaving(db, first, GLANCE),
        listNotificationPage(db, { kind: "needs_you_but_held" }, first, GLANCE),
        listNotificationPage(
          db,
          { kind: "done_since", since: today },
          first,
          NOTIFICATION_PAGE_SIZE,
        ),
      ]);
      const rows = [...sendingFirst(leaving.rows), ...waiting.rows, ...done.rows];
      return { rows, newer: null, older: null };
    }
  }
}

const sendingFirst = (rows: NotificationListRow[]) =>
  [...rows].sort((a, b) => Number(b.status === "sending") - Number(a.status === "sending"));

function listView(page: NotificationPage): Pick<NotificationListView, "rows" | "newer" | "older"> {
  const place = (at: KeysetPlace | null) => (at ? encodePlace(at) : null);
  return { rows: page.rows.map(rowView), newer: place(page.newer), older: place(page.older) };
}

/** One mail as a row. */
export function rowView(row: Omit<NotificationListRow, "place">): NotificationRowView {
  const leaves =
    row.status === "scheduled" || row.status === "retrying" || row.status === "sending";
  return {
    id: row.id,
    status: row.status,
    subject: row.subject,
    recipient: recipientName(row),
    posterPath: row.posterPath,
    at: leaves ? row.dueAt : (row.sentAt ?? row.updatedAt),
  };
}

/** Who gets a mail: a person, the admin, or a typed address. */
export function recipientName(row: {
  audience: string;
  userName: string | null;
  toAddress: string | null;
}): string {
  if (row.audience === "admin") return "You";
  return row.userName ?? row.toAddress ?? "Nobody";
}

function knownStatus(text: string | undefined): NotificationStatus | null {
  return notificationStatuses.find((status) => status === text) ?? null;
}

/** Midnight of the reader's today. */
export function startOfDay(reader: Reader): Date {
  const today = dayKey(reader.now, reader.timeZone);
  let guess = new Date(`${today}T00:00:00Z`);
  // Two steps settle any offset, also on the days when clocks change.
  for (let step = 0; step < 2; step += 1) {
    guess = new Date(guess.getTime() - offsetFrom(guess, today, reader.timeZone));
  }
  return guess;
}

function offsetFrom(guess: Date, today: string, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).formatToParts(guess);
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? "00";
  const local = Date.parse(
    `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}:${part("second")}Z`,
  );
  return local - Date.parse(`${today}T00:00:00Z`);
}
