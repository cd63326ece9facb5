import { readClientAddress } from "@/lib/runtime/peer-address";

type Sent = { get: (name: string) => string | null };

/** The host the browser used. A forwarded one is left in a stamped request only if its proxy is listed. */
export function requestHost(headers: Sent): string | null {
  const forwarded = readClientAddress(headers) ? headers.get("x-forwarded-host") : null;
  return forwarded ?? headers.get("host");
}

/**
 * Whether a state-changing request of a browser comes from our own page: its `Origin` names the host it was sent
 * to. Requests without an origin are refused; browsers send one with every POST.
 */
export function isSameOrigin(headers: Sent): boolean {
  const origin = headers.get("origin");
  const host = requestHost(headers);
  if (!origin || !host) return false;
  try {
    return new URL(origin).host.toLowerCase() === host.toLowerCase();
  } catch {
    return false;
  }
}

/**
 * Whether a request may change something: browsers say where it comes from, and that must be our own page. Programs
 * say nothing and pass.
 */
export function isFromOurselves(headers: Sent): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") return false;
  return headers.get("origin") === null || isSameOrigin(headers);
}

/** Whether the browser reached us by https: through a listed proxy that says so, or under the public address. */
export function isHttps(headers: Sent, publicBaseUrl: string): boolean {
  if (headers.get("x-forwarded-proto") === "https") return true;
  if (!URL.canParse(publicBaseUrl)) return false;
  const url = new URL(publicBaseUrl);
  return url.protocol === "https:" && url.host === requestHost(headers)?.toLowerCase();
}
