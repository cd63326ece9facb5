import type { DeliveryOutcome, DeliveryScope } from "./delivery-outcome";
import { itemWords } from "./words";

/** What happens to a mail after an attempt (PRODUCT section 9). */

/** Every state of a mail. */
export const notificationStatuses = [
  "scheduled",
  "sending",
  "sent",
  "retrying",
  "failed",
  "unknown",
  "cancelled",
  "held",
] as const;

/** The requests a mail tells of: those of its items, or its own when it has none. Each once. */
export function requestIdsOf(
  mail: { requestId: number | null },
  items: readonly { requestId: number | null }[],
): number[] {
  const named = items.length > 0 ? items : [mail];
  return [...new Set(named.flatMap(({ requestId }) => requestId ?? []))];
}

/** What a mail tells of one request, in words: its media, or its subject where it has none. */
export function newsWords(
  requestId: number,
  mail: { subject: string },
  items: readonly { requestId: number | null; mediaKey: string }[],
): string {
  const keys = items.filter((item) => item.requestId === requestId).map((item) => item.mediaKey);
  return keys.length > 0 ? itemWords(keys) : `“${mail.subject}”`;
}

const minute = 60_000;
const hour = 60 * minute;

/** Pauses between attempts: together about a day, so that an outage of hours loses nothing. */
export const retryPauses = [
  1 * minute,
  5 * minute,
  15 * minute,
  30 * minute,
  1 * hour,
  2 * hour,
  4 * hour,
  6 * hour,
  10 * hour,
] as const;

export type AfterAttempt =
  | { status: "sent"; reply: string }
  | { status: "retrying"; at: Date; reason: string; reply: string }
  | { status: "failed"; reason: string; reply: string }
  | { status: "unknown"; reason: string; reply: string };

const laterReasons: Record<DeliveryScope, string> = {
  address: "The mail server asked to try later",
  sender: "The mail server refuses the sender: SMTP_FROM has to be an address the login may use",
  server: "The mail server cannot be used now",
};

/** Decides by the outcome of attempt number `attempt` (1 is the first). */
export function decideAfterAttempt(
  outcome: DeliveryOutcome,
  attempt: number,
  now: Date,
): AfterAttempt {
  switch (outcome.kind) {
    case "accepted":
      return { status: "sent", reply: outcome.response };
    case "refused":
      return {
        status: "failed",
        reason: "The mail server refused it for good",
        reply: outcome.response,
      };
    case "unknown":
      return {
        status: "unknown",
        reason: "The server hung up after taking the mail. It may have arrived",
        reply: outcome.response,
      };
    case "tryLater": {
      const pause = retryPauses[attempt - 1];
      if (pause === undefined) {
        return {
          status: "failed",
          reason: `Given up after ${attempt} attempts over a day`,
          reply: outcome.response,
        };
      }
      return {
        status: "retrying",
        at: new Date(now.getTime() + pause),
        reason: laterReasons[outcome.scope],
        reply: outcome.response,
      };
    }
  }
}

/** A mail found in `sending` although nobody sends it any more: its worker died. */
export function decideAfterCrash(handedOver: boolean, now: Date): AfterAttempt {
  if (!handedOver) {
    return {
      status: "retrying",
      at: now,
      reason: "Interrupted before the server had it",
      reply: "",
    };
  }
  return {
    status: "unknown",
    reason: "Interrupted after the mail was handed to the server. It may have arrived",
    reply: "",
  };
}

/** The Message-ID: the same for every attempt of a notification. */
export function messageId(uid: string, sender: string): string {
  const domain = /@([^>\s]+)>?\s*$/.exec(sender)?.[1] ?? "bingealert.invalid";
  return `<${uid}@${domain}>`;
}

/**
 * When the next mail may leave under an hourly limit. `sentTimes` are the moments of the last hour's mails, oldest
 * first. Null: now.
 */
export function nextFreeSlot(sentTimes: readonly Date[], limitPerHour: number): Date | null {
  if (limitPerHour <= 0 || sentTimes.length < limitPerHour) return null;
  const blocking = sentTimes[sentTimes.length - limitPerHour];
  return blocking ? new Date(blocking.getTime() + hour) : null;
}
