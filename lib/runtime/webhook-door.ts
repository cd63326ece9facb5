import type { IncomingMessage, ServerResponse } from "node:http";
import { placeOf } from "@/lib/base-path";
import { log } from "@/lib/log";
import type { WebhookPlace, WebhookRequest } from "@/lib/web/webhook-route";

/** The address of a webhook as it is given to senders. Other spellings are left to Next, which knows them all. */
const usualAddress = /^\/webhooks\/([a-z]+)(?:\/([\w.-]+))?(?:\?|$)/;
/** Of a body that is refused so much more is read and thrown away: else its sender would not see the answer. */
const thrownAwayAtMost = 32 * 1024 * 1024;

type TakeWebhook = (request: WebhookRequest, place: WebhookPlace) => Promise<Response>;

/**
 * Hands webhooks to their route handler without Next in between, which takes longer to find the handler than the
 * handler takes to store one. Returns whether the request was one; if not, nothing was done with it.
 */
export function takeAtTheDoor(
  request: IncomingMessage,
  response: ServerResponse,
  takeWebhook: TakeWebhook,
): boolean {
  if (request.method !== "POST") return false;
  const [, source, instance] = usualAddress.exec(placeOf(request.url ?? "")) ?? [];
  if (source === undefined) return false;
  const place = instance === undefined ? { source } : { source, instance };
  answer(request, response, (asked) =>
    takeWebhook(asked, { params: Promise.resolve(place) }),
  ).catch((error: unknown) => {
    log.error("webhook not answered", { error });
    response.destroy();
  });
  return true;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  take: (request: WebhookRequest) => Promise<Response>,
): Promise<void> {
  const given = await take(toWebhookRequest(request));
  const text = await given.text();
  response.writeHead(given.status, Object.fromEntries(given.headers)).end(text);
  let left = thrownAwayAtMost;
  request.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
}

function toWebhookRequest(request: IncomingMessage): WebhookRequest {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  return {
    url: new URL(request.url ?? "/", "http://localhost").href,
    headers,
    // Whoever stops reading has an answer to give, over the same connection.
    body: { [Symbol.asyncIterator]: () => request.iterator({ destroyOnReturn: false }) },
    signal: {
      get aborted() {
        return request.destroyed && !request.complete;
      },
    },
  };
}
