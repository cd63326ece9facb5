import "server-only";
import type { HeldReviewView } from "@/lib/domain/views/notifications";
import { listHeld, summarizeHeld } from "@/lib/store/views/notification-list";
import { webDatabase } from "../service-context";
import { requireViewer } from "../viewer";
import { rowView } from "./notification-list";

/** More than these are counted, not shown; "release all" takes them, too. */
const SHOWN = 300;

/** Mails on hold, grouped by person; null when there are none. */
export async function loadHeldReview(): Promise<HeldReviewView | null> {
  await requireViewer();
  const { db } = webDatabase();
  const [summary, rows] = await Promise.all([summarizeHeld(db), listHeld(db, SHOWN)]);
  if (!summary) return null;
  const groups = new Map<string, HeldReviewView["groups"][number]>();
  for (const row of rows) {
    const mail = rowView(row);
    const key = `${row.userId ?? row.toAddress ?? row.audience}`;
    const group = groups.get(key) ?? { recipient: mail.recipient, mails: [] };
    group.mails.push(mail);
    groups.set(key, group);
  }
  return { ...summary, groups: [...groups.values()] };
}
