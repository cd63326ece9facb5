import { readClientAddress } from "@/lib/runtime/peer-address";
import { isSameOrigin } from "../same-origin";

/**
 * Whether a request may change something: browsers say where it comes from, and that must be our
 * own page. Programs say nothing and pass.
 */
export function isFromOurselves(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") return false;
  const origin = headers.get("origin");
  return origin === null || isSameOrigin(origin, hostOf(headers));
}

/** The host the browser used. A forwarded one is left in a stamped request only if its proxy is listed. */
function hostOf(headers: Headers): string | null {
  const forwarded = readClientAddress(headers) ? headers.get("x-forwarded-host") : null;
  return forwarded ?? headers.get("host");
}
