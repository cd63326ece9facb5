import { z } from "zod";

/** What the admin is told beyond the dashboard: one kind of news for the mail and for every alert channel. */

export const adminEvents = [
  "issue_reported",
  "stuck_downloads",
  "repairs_made",
  "not_in_plex",
  "service_down",
  "service_recovered",
  "queue_not_draining",
  "webhook_silence",
  "disk_low",
  "worker_silent",
  "mails_held",
  "backup_failed",
] as const;
export type AdminEvent = (typeof adminEvents)[number];

/** Each event in two or three words: kicker of its mail, name in lists. */
export const adminEventWords: Record<AdminEvent, string> = {
  issue_reported: "Issue reported",
  stuck_downloads: "Stuck downloads",
  repairs_made: "Repairs made",
  not_in_plex: "Imported, not in Plex",
  service_down: "Service down",
  service_recovered: "Service recovered",
  queue_not_draining: "Jobs are waiting",
  webhook_silence: "Webhooks missing",
  disk_low: "Disk nearly full",
  worker_silent: "Worker silent",
  mails_held: "Mails on hold",
  backup_failed: "Backup failed",
};

/** One piece of news, in words: nothing in it is HTML. */
export type AdminNews = {
  event: AdminEvent;
  /** Subject of the mail and first line of a message: one line. */
  subject: string;
  headline: string;
  /** Paragraphs. */
  lines: readonly string[];
  /** Facts as a small table. */
  rows: readonly { label: string; value: string }[];
  /** Where to act, as a path of the dashboard such as `/issues/3`, with the words of the button. */
  action: { path: string; label: string } | null;
  /** News that mail itself does not work goes to the other channels only. */
  notByMail?: boolean;
};

/** What a notification keeps of the news, to draw its mail from. */
export const adminNewsFacts = z.object({
  subject: z.string(),
  headline: z.string(),
  lines: z.array(z.string()),
  rows: z.array(z.object({ label: z.string(), value: z.string() })),
  action: z.object({ path: z.string(), label: z.string() }).nullable(),
});

/** Whether a kind of notification is news of this shape; "not in Plex" has a mail of its own. */
export function isNewsKind(kind: string): kind is Exclude<AdminEvent, "not_in_plex"> {
  return kind !== "not_in_plex" && (adminEvents as readonly string[]).includes(kind);
}
