import type { AlertMessage, AlertOutcome } from "@/lib/domain/alerts";
import { deliver } from "./post";

/** A receiver of the admin's own making. */
export type WebhookTarget = { url: string; secret: string };

/**
 * Posts the message as plain JSON, every text as it is. `id` stays the same when it is tried again, so that a receiver
 * can tell; the secret goes into `Authorization`.
 */
export function sendToWebhook(
  { url, secret }: WebhookTarget,
  message: AlertMessage,
): Promise<AlertOutcome> {
  return deliver({
    service: "webhook",
    name: "The webhook",
    url,
    headers: secret === "" ? {} : { authorization: `Bearer ${secret}` },
    body: {
      id: message.id,
      event: message.event,
      server: message.serverName,
      subject: message.subject,
      headline: message.headline,
      lines: message.lines,
      rows: message.rows,
      url: message.link?.url ?? null,
      at: message.at.toISOString(),
    },
  });
}
