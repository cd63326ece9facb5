import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import type { InboundSource } from "@/lib/domain/inbound";
import { log } from "@/lib/log";
import { readClientAddress } from "@/lib/runtime/peer-address";
import { receiveWebhook } from "@/lib/services/inbound/receive-webhook";
import { limitWebhook, limitWrongSecret, refusedAsGuess } from "./rate-limit";
import { type RequestBody, readBody } from "./read-body";
import { webContext } from "./service-context";
import { formatName, isOtherFormat, readWebhookBody } from "./webhook-body";
import { decideGate, readGate } from "./webhook-gate";

/** What is needed of a request; a `Request` of Next is one. */
export type WebhookRequest = Pick<Request, "url" | "headers"> & {
  body: RequestBody;
  signal: Pick<AbortSignal, "aborted">;
};

/** Sender and instance, as the address names them. */
export type WebhookPlace = { params: Promise<{ source: string; instance?: string }> };

const sources: ReadonlyMap<string, InboundSource> = new Map([
  ["jellyseerr", "seerr"],
  ["overseerr", "seerr"],
  ["seerr", "seerr"],
  ["sonarr", "sonarr"],
  ["radarr", "radarr"],
]);

const largestBody = 5 * 1024 * 1024;
/** Senders post once and wait long: a database that starts again is worth waiting for. */
const databasePatienceMs = 4000;
const betweenTriesMs = 200;

/** Takes one webhook: checks who sends it, stores it, and only then says so. Asks nobody outside. */
export async function takeWebhook(request: WebhookRequest, place: WebhookPlace): Promise<Response> {
  const { source: name, instance } = await place.params;
  const source = sources.get(name.toLowerCase());
  if (!source) return unknownSource(name);
  const address = readClientAddress(request.headers);
  try {
    const gate = await patiently(readGate);
    const decision = decideGate(gate, request, address);
    if (decision.kind !== "open") {
      log.warn("webhook refused", {
        source,
        from: address?.client,
        peer: address?.peer,
        because: decision.because,
      });
      if (decision.kind === "wrong_address") {
        return refuse(403, "wrong_address", decision.because);
      }
      if (decision.kind === "lost_secret") return refuse(401, "lost_secret", decision.because);
      const guesses = await limitWrongSecret(address?.client ?? null);
      if (guesses.kind === "limited") return tooMany(guesses.retryAfterSeconds);
      return refuse(401, "wrong_secret", decision.because, {
        "WWW-Authenticate": 'Basic realm="webhooks"',
      });
    }
    if (gate.secret !== "") {
      const guesses = await refusedAsGuess(address?.client ?? null);
      if (guesses.kind === "limited") return tooMany(guesses.retryAfterSeconds);
    }
    const limit = await limitWebhook(address?.client ?? null);
    if (limit.kind === "limited") return tooMany(limit.retryAfterSeconds);
    const contentType = request.headers.get("content-type");
    if (/^\s*multipart\//i.test(contentType ?? "")) return otherFormat(contentType);
    const read = await readBody(request, largestBody);
    if (read.kind === "too_large") {
      return refuse(413, "too_large", "The body is larger than 5 MB");
    }
    const body = readWebhookBody(read.bytes, contentType);
    switch (body.kind) {
      case "other_format":
        return otherFormat(contentType);
      case "not_json":
      case "not_an_object":
        return refuse(400, body.kind, body.because);
      case "object": {
        const webhook = {
          source,
          pathInstance: instance === undefined ? null : plainText(instance, 100) || null,
          remoteAddress: address?.client ?? null,
          headers: keptHeaders(request.headers),
          body: body.bytes,
        };
        const id = await patiently(() => receiveWebhook(webContext(), webhook));
        const message = body.isTest
          ? "The connection works. BingeAlert has this test in its inbox."
          : "Stored";
        return Response.json({ ok: true, id, message });
      }
    }
  } catch (error) {
    if (request.signal.aborted) return refuse(400, "broken_off", "The body did not arrive in full");
    log.error("webhook not stored", { source, error });
    return refuse(
      503,
      "unavailable",
      "BingeAlert cannot reach its database, so this event is not stored",
      { "Retry-After": "30" },
    );
  }
}

/** Answers whoever looks at a webhook's address in a browser, or was redirected to it. */
export async function explainWebhook(_request: Request, place: WebhookPlace): Promise<Response> {
  const { source: name } = await place.params;
  if (!sources.get(name.toLowerCase())) return unknownSource(name);
  return refuse(
    405,
    "method",
    "This is the right address for webhooks, but it wants POST. If a webhook ended here, a redirect turned its POST into a GET: enter this very address, with the right http or https, in the sender.",
    { Allow: "POST, PUT" },
  );
}

function unknownSource(name: string): Response {
  return refuse(
    404,
    "unknown_source",
    `There are no webhooks of ${plainText(name, 40) || "this name"} here: use jellyseerr, seerr, overseerr, sonarr or radarr`,
  );
}

function tooMany(retryAfterSeconds: number): Response {
  return refuse(429, "too_many", "Too many webhooks from this address", {
    "Retry-After": String(retryAfterSeconds),
  });
}

function otherFormat(contentType: string | null): Response {
  const format = isOtherFormat(contentType) ? formatName(contentType) : "in another format";
  return refuse(415, "not_json", `The body is ${format}, not JSON`);
}

function refuse(
  status: number,
  code: string,
  error: string,
  headers: Record<string, string> = {},
): Response {
  return Response.json({ error, code }, { status, headers });
}

/** What helps to understand an event later; nothing that could be a secret. */
function keptHeaders(headers: Headers): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of ["user-agent", "content-type", "content-length"]) {
    const value = headers.get(name);
    if (value !== null) kept[name] = plainText(value, 300);
  }
  return kept;
}

/** PostgreSQL refuses NUL and lone surrogates in texts; neither means anything in a name. */
function plainText(text: string, longest: number): string {
  const shortened = text.replace(/\p{Cc}/gu, "").slice(0, longest);
  // Through UTF-8, which has no lone surrogates.
  return Buffer.from(shortened).toString().trim();
}

async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
  const until = performance.now() + databasePatienceMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isConnectionTrouble(error) || performance.now() + betweenTriesMs > until) throw error;
      await wait(betweenTriesMs);
    }
  }
}

/** The connection failed, or PostgreSQL is starting or stopping: as good as new in a moment. */
function isConnectionTrouble(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
    if (/^(ECONN\w+|EPIPE|CONNECT(ION)?_\w+|57P0[123]|08\w{3}|53300)$/.test(code)) return true;
  }
  return false;
}
