import type { JsonObject } from "./fake-server";

export type WebhookTarget = {
  url: string;
  /** Sent with every post, such as a secret. */
  headers?: Record<string, string>;
};

export type DeliveryOutcome =
  | { kind: "answered"; status: number; ms: number; text: string }
  | { kind: "failed"; reason: string; ms: number }
  /** Never sent, as if the network had swallowed it. */
  | { kind: "lost" }
  /** Not sent because earlier failures switched the connection off. */
  | { kind: "muted" };

export type WebhookDelivery = {
  /** The event's own name: `Download`, `MEDIA_APPROVED`. */
  event: string;
  url: string;
  body: JsonObject;
  at: Date;
  outcome: DeliveryOutcome;
};

export type WebhookSenderOptions = {
  userAgent: string;
  /** Sonarr and Radarr take a 3xx for success and do not follow; Seerr follows, and a POST becomes a GET. */
  redirects: "manual" | "follow";
  indent: number;
  now: () => Date;
};

const backOffSteps = [60, 300, 900, 1800, 3600].map((seconds) => seconds * 1000);
const backOffGraceMs = 5 * 60_000;
const patienceMs = 100_000;

/**
 * Posts webhooks the way the real senders do: one try, no queue, waits for the answer. Each try is kept in
 * `deliveries`, also those that were lost on purpose.
 */
export class WebhookSender {
  /** Where to post; null means no webhook is set up and nothing is sent or recorded. */
  target: WebhookTarget | null = null;
  /** Every webhook that was due, oldest first. */
  readonly deliveries: WebhookDelivery[] = [];
  /** Simulates Sonarr's habit of switching a failing connection off for 1, 5, 15, 30, 60 minutes. */
  backOff = false;
  private toLose = 0;
  private firstFailureAt: number | null = null;
  private failureLevel = 0;
  private mutedUntil = 0;
  private readonly options: WebhookSenderOptions;

  constructor(options: WebhookSenderOptions) {
    this.options = options;
  }

  /** The next `count` webhooks are never sent; `Infinity` loses all until `lose(0)`. */
  lose(count: number): void {
    this.toLose = count;
  }

  /** Sends one event and waits for the answer. Null when no target is set. */
  async send(event: string, body: JsonObject): Promise<WebhookDelivery | null> {
    const target = this.target;
    if (!target) return null;
    const at = this.options.now();
    const delivery: WebhookDelivery = {
      event,
      url: target.url,
      body,
      at,
      outcome: { kind: "lost" },
    };
    this.deliveries.push(delivery);
    if (this.toLose > 0) {
      this.toLose -= 1;
      return delivery;
    }
    if (this.backOff && at.getTime() < this.mutedUntil) {
      delivery.outcome = { kind: "muted" };
      return delivery;
    }
    delivery.outcome = await this.post(target, body);
    this.rememberHealth(delivery.outcome);
    return delivery;
  }

  /** Posts the same body once more, as a proxy or an impatient admin would. */
  async resend(delivery: WebhookDelivery): Promise<WebhookDelivery | null> {
    return this.send(delivery.event, delivery.body);
  }

  private async post(target: WebhookTarget, body: JsonObject): Promise<DeliveryOutcome> {
    const startedAt = performance.now();
    try {
      const response = await fetch(target.url, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          "User-Agent": this.options.userAgent,
          ...target.headers,
        },
        body: JSON.stringify(body, null, this.options.indent),
        redirect: this.options.redirects,
        signal: AbortSignal.timeout(patienceMs),
      });
      const text = await response.text();
      const ms = performance.now() - startedAt;
      return { kind: "answered", status: response.status, ms, text };
    } catch (error) {
      const reason = error instanceof Error ? describe(error) : String(error);
      return { kind: "failed", reason, ms: performance.now() - startedAt };
    }
  }

  private rememberHealth(outcome: DeliveryOutcome): void {
    const ok = outcome.kind === "answered" && outcome.status < 400;
    if (ok) {
      this.firstFailureAt = null;
      this.failureLevel = 0;
      return;
    }
    const now = this.options.now().getTime();
    this.firstFailureAt ??= now;
    if (now - this.firstFailureAt < backOffGraceMs) return;
    const step = backOffSteps[Math.min(this.failureLevel, backOffSteps.length - 1)] ?? 0;
    this.failureLevel += 1;
    this.mutedUntil = now + step;
  }
}

function describe(error: Error): string {
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
