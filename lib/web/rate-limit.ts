import "server-only";
import { addressGroup } from "@/lib/domain/access";
import { type RateLimitName, rateLimits } from "@/lib/domain/rate-limit";
import { log } from "@/lib/log";
import { readClientAddress } from "@/lib/runtime/peer-address";
import { isKnownSender } from "@/lib/store/inbound-events";
import { findMilestone } from "@/lib/store/milestones";
import { deleteFreeLimits, takeFromLimit } from "@/lib/store/rate-limits";
import { webContext } from "./service-context";

export type Limited = { kind: "allowed" } | { kind: "limited"; retryAfterSeconds: number };

/**
 * What this process has already taken from a limit and not used yet, and limits known to be exhausted: so a busy
 * sender costs one statement in a hundred, and a flood that is refused costs none.
 */
type Share = { left: number; refusedUntil: number; usedAt: number };

const shares = new Map<string, Share>();
/** Addresses kept in mind at most; the one unused for longest goes. */
const mostShares = 2_000;
const shareSize = 100;
/** What was taken and not used is let go after this long. */
const shareKeptMs = 10 * 60_000;

const allowed: Limited = { kind: "allowed" };

/** One more webhook from this address. Cheap: one statement for its first, and for each hundredth. */
export function limitWebhook(address: string | null): Promise<Limited> {
  return takeFromShare("webhook", addressGroup(address ?? "unknown"));
}

/** One more webhook with a wrong secret from this address. */
export function limitWrongSecret(address: string | null): Promise<Limited> {
  return takeOne("webhookSecret", addressGroup(address ?? "unknown"));
}

/**
 * Whether a right secret is refused because its address has just sent too many wrong ones: the limit would stop no
 * guess that is right. An address that delivered before is no guesser, however many wrong ones a neighbour behind it
 * sends.
 */
export async function refusedAsGuess(address: string | null): Promise<Limited> {
  const share = shares.get(`webhookSecret:${addressGroup(address ?? "unknown")}`);
  const refused = share ? stillRefused(share, Date.now()) : null;
  if (!refused) return allowed;
  if (address === null) return refused;
  const { db } = webContext().database;
  const since = await findMilestone(db, "webhook_secret_set");
  return since && (await isKnownSender(db, address, since)) ? allowed : refused;
}

/** One more opening of a signed link from the address of this request. */
export function limitSignedLink(sent: Headers): Promise<Limited> {
  return takeFromShare("signedLink", groupOf(sent), 10);
}

/** One more poster that TMDB has to be asked for, from the address of this request. */
export function limitNewPoster(sent: Headers): Promise<Limited> {
  return takeFromShare("newPoster", groupOf(sent), 20);
}

/** One more wrong API key from the address of this request. */
export function limitWrongApiKey(sent: Headers): Promise<Limited> {
  return takeOne("apiKeyWrong", groupOf(sent));
}

/** One more set-up token tried from the address of this request, right or wrong. */
export function limitSetupToken(sent: Headers): Promise<Limited> {
  return takeOne("setupToken", groupOf(sent));
}

/** One more call with this API key. */
export function limitApiKey(keyId: number): Promise<Limited> {
  return takeFromShare("apiKey", String(keyId));
}

const groupOf = (sent: Headers) => addressGroup(readClientAddress(sent)?.client ?? "unknown");

async function takeFromShare(name: RateLimitName, who: string, size = shareSize): Promise<Limited> {
  const share = shareOf(`${name}:${who}`);
  const now = Date.now();
  if (now - share.usedAt > shareKeptMs) share.left = 0;
  share.usedAt = now;
  if (share.left > 0) {
    share.left -= 1;
    return allowed;
  }
  // Counted before it is asked for: what arrives meanwhile must not ask for a share each.
  const refused = stillRefused(share, now);
  if (refused) return refused;
  share.left += size - 1;
  const taken = await take(name, who, size);
  if (taken.kind === "limited") {
    share.left = 0;
    share.refusedUntil = now + taken.retryAfterSeconds * 1000;
  }
  return taken;
}

async function takeOne(name: RateLimitName, who: string): Promise<Limited> {
  const share = shareOf(`${name}:${who}`);
  const now = Date.now();
  share.usedAt = now;
  const refused = stillRefused(share, now);
  if (refused) return refused;
  const taken = await take(name, who, 1);
  if (taken.kind === "limited") share.refusedUntil = now + taken.retryAfterSeconds * 1000;
  return taken;
}

function stillRefused(share: Share, now: number): Limited | null {
  if (share.refusedUntil <= now) return null;
  return { kind: "limited", retryAfterSeconds: Math.ceil((share.refusedUntil - now) / 1000) };
}

/** A limit that cannot be read limits nobody: what it guards wants the database as well, and says so better. */
async function take(name: RateLimitName, who: string, count: number): Promise<Limited> {
  const ctx = webContext();
  const { db } = ctx.database;
  const now = ctx.now();
  try {
    const taken = await takeFromLimit(db, `${name}:${who}`, rateLimits[name], now, count);
    if (taken.kind === "taken") return allowed;
    log.warn("too many requests", { limit: name, from: who });
    await deleteFreeLimits(db, now);
    return { kind: "limited", retryAfterSeconds: Math.ceil(taken.retryAfterMs / 1000) };
  } catch (error) {
    log.warn("a limit could not be read", { limit: name, error });
    return allowed;
  }
}

function shareOf(key: string): Share {
  const known = shares.get(key);
  if (known) {
    // Moves to the end, so that the first one is the one unused for longest.
    shares.delete(key);
    shares.set(key, known);
    return known;
  }
  if (shares.size >= mostShares) {
    const [oldest] = shares.keys();
    if (oldest !== undefined) shares.delete(oldest);
  }
  const fresh = { left: 0, refusedUntil: 0, usedAt: 0 };
  shares.set(key, fresh);
  return fresh;
}
