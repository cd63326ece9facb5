import { randomBytes } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { beginStamping, decideClient, formatStamp } from "./peer-address";

/** Headers by which a proxy, or a liar, says who the client is. */
const forwardingHeaders = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-forwarded-server",
  "x-real-ip",
  "x-client-ip",
  "cf-connecting-ip",
  "true-client-ip",
  "fastly-client-ip",
];

/** Never from outside, whoever sends it: Next takes these for its own. */
const internalHeaders = /^x-middleware-/;

/** What a listed proxy may tell besides the address. */
const keptFromProxies = ["x-forwarded-host", "x-forwarded-proto", "x-forwarded-port"];

/**
 * From now on every request to an HTTP server of this process carries the address of its TCP peer
 * in a header nobody outside can name, and no forwarding header from a peer that is not listed.
 * Must be called before the server is loaded: it sees each request before any handler does.
 */
export function stampRequests(
  trustedProxies: string,
  onRequest?: (request: IncomingMessage, response: ServerResponse) => void,
): void {
  const state = beginStamping(`x-peer-${randomBytes(16).toString("hex")}`, trustedProxies);
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    stamp(request, state.headerName, state.trusted);
    request.url = withSingleSlashes(request.url ?? "/");
    onRequest?.(request, response);
  });
}

/**
 * An address put together with one slash too many means the same. Next would redirect it, and senders of webhooks
 * take a redirect for an answer: the event would be lost.
 */
function withSingleSlashes(url: string): string {
  if (!url.startsWith("/")) return url;
  const queryAt = url.indexOf("?");
  const path = queryAt < 0 ? url : url.slice(0, queryAt);
  return path.replace(/\/{2,}/g, "/") + url.slice(path.length);
}

function stamp(
  request: IncomingMessage,
  headerName: string,
  trusted: Parameters<typeof decideClient>[0]["trusted"],
): void {
  const { headers } = request;
  const peer = request.socket.remoteAddress ?? "unknown";
  const address = decideClient({
    peer,
    forwardedFor: [headers["x-forwarded-for"]].flat().join(",") || undefined,
    forwarded: forwardingHeaders.some((name) => headers[name] !== undefined),
    trusted,
  });

  const kept = new Map<string, string>();
  if (trusted.contains(peer)) {
    for (const name of keptFromProxies) {
      // In a list, the last entry is the one our own proxy wrote.
      const value = [headers[name]].flat().join(",").split(",").at(-1)?.trim();
      if (value) kept.set(name, value);
    }
    kept.set("x-forwarded-for", address.client);
  }

  for (const name of Object.keys(headers)) {
    if (forwardingHeaders.includes(name) || internalHeaders.test(name)) delete headers[name];
  }
  kept.set(headerName, formatStamp(address));
  for (const [name, value] of kept) headers[name] = value;
  request.rawHeaders = withoutHeaders(request.rawHeaders, kept);
}

/** The raw list says the same as the parsed headers, for whoever reads that one. */
function withoutHeaders(raw: string[], added: Map<string, string>): string[] {
  const result: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const [name = "", value = ""] = [raw[index], raw[index + 1]];
    const lower = name.toLowerCase();
    if (forwardingHeaders.includes(lower) || internalHeaders.test(lower) || added.has(lower))
      continue;
    result.push(name, value);
  }
  for (const [name, value] of added) result.push(name, value);
  return result;
}
