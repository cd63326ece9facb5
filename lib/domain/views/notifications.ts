import { adminEventWords } from "../admin-news";
import type { NotificationStatus } from "./status";
import type { TimelineRowView } from "./timeline";

export type NotificationTab = "all" | "needs_you" | "leaving" | "sent_today";
export type NotificationScope = "queue" | "history";

export type NotificationRowView = {
  id: number;
  status: NotificationStatus;
  subject: string;
  recipient: string;
  posterPath: string | null;
  /** Leaving: when it is due. Otherwise when it was sent or last changed. */
  at: Date;
};

/** Mails on hold, in one row of the list. */
export type HeldSummaryView = { count: number; people: number; reason: string | null; since: Date };

/** Mails on hold, by person. */
export type HeldReviewView = HeldSummaryView & {
  /** Those after it came while one was looking. */
  newestId: number;
  groups: { recipient: string; mails: NotificationRowView[] }[];
};

export type NotificationListView = {
  rows: NotificationRowView[];
  held: HeldSummaryView | null;
  counts: { all: number; needsYou: number; leaving: number; sentToday: number } | null;
  newer: string | null;
  older: string | null;
};

export type AttemptView = {
  attempt: number;
  startedAt: Date;
  outcome: "accepted" | "try_later" | "refused" | "unknown" | null;
  reply: string | null;
};

export type NotificationDetailView = {
  id: number;
  status: NotificationStatus;
  statusReason: string | null;
  subject: string;
  recipient: string;
  address: string | null;
  kindWords: string;
  requestId: number | null;
  dueAt: Date;
  createdAt: Date;
  sentAt: Date | null;
  smtpReply: string | null;
  attempts: AttemptView[];
  why: TimelineRowView[];
};

/** What an admin may do with a mail in a state; outgoing ones ask first. */
export type NotificationAction = "send_now" | "resend" | "cancel";

/** Actions that fit a state, the main one first. */
export function actionsFor(status: NotificationStatus): NotificationAction[] {
  switch (status) {
    case "scheduled":
    case "retrying":
    case "held":
      return ["send_now", "cancel"];
    case "unknown":
    case "failed":
      return ["resend", "cancel"];
    case "sent":
    case "cancelled":
      return ["resend"];
    case "sending":
      return [];
  }
}

const KIND_WORDS: Record<string, string> = {
  ...adminEventWords,
  episodes_available: "Episodes available",
  movie_available: "Movie available",
  daily_digest: "Daily mail",
  coming_soon: "Coming soon",
  quality_waiting: "Quality waiting",
  issue_resolved: "Issue resolved",
  issue_received: "Issue received",
  maintenance_announced: "Maintenance announced",
  maintenance_reminder: "Maintenance reminder",
  maintenance_done: "Maintenance done",
  maintenance_cancelled: "Maintenance cancelled",
  personal_link: "Their own link",
  not_in_plex: "Imported, not in Plex",
  weekly_summary: "Weekly summary",
  test: "Test mail",
  sample: "Sample mail",
  test_mail: "Test mail",
};

/** A mail kind in words. */
export function kindWords(kind: string): string {
  return KIND_WORDS[kind] ?? kind.replaceAll("_", " ").replace(/^./, (c) => c.toUpperCase());
}
