import "server-only";
import { AppError } from "@/lib/errors";
import { readClientAddress } from "@/lib/runtime/peer-address";
import { readApiKey } from "@/lib/services/access/api-keys";
import { limitApiKey, limitWrongApiKey } from "../rate-limit";
import { isFromOurselves } from "../same-origin";
import { webContext } from "../service-context";
import { findViewer } from "../viewer";

/** Who calls the API, as the audit names them. */
export type Caller = {
  actor: string;
  address: string | null;
  /** Through an API key, which may be in wrong hands until it is revoked. */
  byKey: boolean;
};

/**
 * What a call needs. Mostly it follows from the method: `read` or `admin`. `read_all` reads what may not be read with a
 * key that only reads. `no_key` changes what would outlive a key.
 */
export type CallNeeds = "read" | "read_all" | "admin" | "no_key";

/**
 * The one gate of the API: who may call it, and whether it may change something, is decided here and nowhere else. A
 * key counts whatever else is sent, and is refused when it is wrong; without one, it is as for pages: nothing while
 * login is off, else a session or the local network. Throws `unauthorized`, `forbidden`, `rate_limited`.
 */
export async function requireCaller(
  request: Request,
  needs: CallNeeds = /^(GET|HEAD)$/.test(request.method) ? "read" : "admin",
): Promise<Caller> {
  const key = request.headers.get("x-api-key");
  if (key !== null) return callerByKey(request.headers, key, needs);
  const entry = await findViewer(request.headers);
  switch (entry.kind) {
    case "admitted":
      // A key is sent on purpose; a cookie or an address goes with what any page sends.
      if (needs !== "read" && !isFromOurselves(request.headers)) {
        throw new AppError("forbidden", "This came from another site. Nothing was changed.");
      }
      return { actor: entry.viewer.actor, address: entry.viewer.address, byKey: false };
    case "sign_in_needed":
      throw new AppError("unauthorized", "Send an API key as X-Api-Key, or sign in");
    case "token_needed":
      throw new AppError("unauthorized", "Set-up is not complete: open /setup in a browser");
    case "foreign_host":
      throw new AppError(
        "forbidden",
        "This name of the server is not known to it: add it to ALLOWED_HOSTS, or set PUBLIC_BASE_URL",
      );
  }
}

async function callerByKey(sent: Headers, key: string, needs: CallNeeds): Promise<Caller> {
  const address = readClientAddress(sent)?.client ?? null;
  const holder = await readApiKey(webContext(), key, address);
  const limit = holder ? await limitApiKey(holder.keyId) : await limitWrongApiKey(sent);
  if (limit.kind === "limited") {
    throw new AppError("rate_limited", `Too many calls. Try again in ${limit.retryAfterSeconds} s`);
  }
  if (!holder) throw new AppError("unauthorized", "This API key is not known, or was revoked");
  if (needs !== "read" && holder.scope === "read") {
    throw new AppError("forbidden", "This API key may only read");
  }
  if (needs === "no_key") {
    throw new AppError("forbidden", "No API key may do this, as it would outlive the key: sign in");
  }
  return { actor: `key ${holder.name}`, address, byKey: true };
}
