/** Everything a status mark can say; icon and tone belong to it, the word is its own. */
export type StatusKind =
  | "scheduled"
  | "sending"
  | "sent"
  | "retrying"
  | "failed"
  | "unknown"
  | "cancelled"
  | "held"
  | "waiting"
  | "not_out"
  | "downloading"
  | "looking"
  | "told"
  | "declined"
  | "up"
  | "slow"
  | "down";

/** The colour family of a mark. */
export type Tone =
  | "scheduled"
  | "sending"
  | "sent"
  | "retrying"
  | "failed"
  | "unknown"
  | "cancelled"
  | "held";

/** The tone a status borrows. */
export const toneOfStatus = {
  scheduled: "scheduled",
  sending: "sending",
  sent: "sent",
  retrying: "retrying",
  failed: "failed",
  unknown: "unknown",
  cancelled: "cancelled",
  held: "held",
  waiting: "sending",
  not_out: "scheduled",
  downloading: "scheduled",
  looking: "retrying",
  told: "sent",
  declined: "cancelled",
  up: "sent",
  slow: "retrying",
  down: "failed",
} satisfies Record<StatusKind, Tone>;

/** The states of a mail, as they are stored. */
export type NotificationStatus =
  | "scheduled"
  | "sending"
  | "sent"
  | "retrying"
  | "failed"
  | "unknown"
  | "cancelled"
  | "held";

/** The word beside the mark of a mail. */
export const wordOfNotificationStatus = {
  scheduled: "Scheduled",
  sending: "Sending",
  sent: "Sent",
  retrying: "Retrying",
  failed: "Failed",
  unknown: "Unknown",
  cancelled: "Cancelled",
  held: "Held",
} satisfies Record<NotificationStatus, string>;
