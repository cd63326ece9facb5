import "server-only";
import { decideWindow, type MaintenanceMailKind, reminderTime } from "@/lib/domain/maintenance";
import { mailAddress } from "@/lib/domain/recipients";
import type {
  MaintenanceMailView,
  MaintenanceView,
  MaintenanceWindowView,
} from "@/lib/domain/views/maintenance";
import {
  countWindowMails,
  listActiveUsers,
  listLiveWindows,
  listPastWindows,
  type MaintenanceWindow,
} from "@/lib/store/maintenance";
import { webDatabase } from "../service-context";
import { requireViewer } from "../viewer";

type MailCounts = Awaited<ReturnType<typeof countWindowMails>>;

/** Windows that are to come, go on or are over, each with its four mails. */
export async function loadMaintenance(now: Date): Promise<MaintenanceView> {
  await requireViewer();
  const { db } = webDatabase();
  const [live, past, users] = await Promise.all([
    listLiveWindows(db),
    listPastWindows(db, 30),
    listActiveUsers(db),
  ]);
  const counts = await countWindowMails(
    db,
    [...live, ...past].map((window) => window.id),
  );
  return {
    live: live.map((window) => viewOf(window, counts, now)),
    past: past.map((window) => viewOf(window, counts, now)),
    reached: users.filter((user) => !user.unsubscribedAt && mailAddress(user.email)).length,
    zones: Intl.supportedValuesOf("timeZone"),
  };
}

function viewOf(window: MaintenanceWindow, counts: MailCounts, now: Date): MaintenanceWindowView {
  const { id, title, text, startsAt, endsAt, zone, finishedAt } = window;
  const step = decideWindow(window, now);
  const goesOn = step.kind === "begin" || (window.status === "active" && step.kind === "wait");
  return {
    id,
    title,
    text,
    startsAt,
    endsAt,
    zone,
    finishedAt,
    status: goesOn ? "active" : window.status,
    mails: mailsOf(window, counts),
  };
}

function mailsOf(window: MaintenanceWindow, counts: MailCounts): MaintenanceMailView[] {
  const of = (kind: MaintenanceMailKind) => {
    const row = counts.find((count) => count.windowId === window.id && count.kind === kind);
    return { sent: row?.sent ?? 0, waiting: row?.waiting ?? 0, note: null };
  };
  const announced = { label: "Announced", at: window.announcedAt, ...of("maintenance_announced") };
  if (window.status === "cancelled") {
    const cancelled = of("maintenance_cancelled");
    return [announced, { label: "Cancelled", at: window.finishedAt, ...cancelled }];
  }
  const reminder = window.remindedAt ?? reminderTime(window);
  return [
    announced,
    {
      label: "Reminder",
      at: reminder,
      ...of("maintenance_reminder"),
      note: reminder ? null : "Announced less than an hour before",
    },
    { label: "Done", at: window.finishedAt ?? window.endsAt, ...of("maintenance_done") },
  ];
}
