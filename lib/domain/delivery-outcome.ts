export type DeliveryScope = "address" | "sender" | "server";

/** How an attempt to hand a mail to the mail server ended. `response` is in the server's words. */
export type DeliveryOutcome =
  /** The server took responsibility for the mail. */
  | { kind: "accepted"; response: string }
  /**
   * The server certainly does not have the mail; another attempt is safe. `scope` tells whether this address was put off,
   * or what stands in the way of all mails: the address they come from, or the server and our settings for it.
   */
  | { kind: "tryLater"; code: number | null; response: string; scope: DeliveryScope }
  /** Refused for good: another attempt would get the same answer. */
  | { kind: "refused"; code: number | null; response: string }
  /** The whole mail was handed over and no answer came. It may have arrived. */
  | { kind: "unknown"; response: string };
