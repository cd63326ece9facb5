import { createHash } from "node:crypto";
import { checkTurnstile } from "@/lib/clients/turnstile";
import { addressGroup } from "@/lib/domain/access";
import { rateLimits } from "@/lib/domain/rate-limit";
import { deleteExpiredSessions } from "@/lib/store/admin-sessions";
import { type Admin, findAdminByName, rememberAddress } from "@/lib/store/admins";
import { insertAuditEntry } from "@/lib/store/audit";
import { resetLimit, type Taken, takeFromLimit } from "@/lib/store/rate-limits";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import { isPasswordOf } from "./passwords";

export type SignIn =
  | { kind: "signed_in"; admin: Admin }
  /** Wrong name or wrong password: whoever tries cannot tell which. */
  | { kind: "wrong" }
  | { kind: "too_many"; retryAfterMs: number }
  | { kind: "check_refused" }
  | { kind: "check_unreachable" };

export type Attempt = {
  name: string;
  password: string;
  turnstileToken: string;
  /** Of the person, decided from the connection; null when unknown. */
  address: string | null;
};

/** Turnstile guards the sign-in when both keys are set; one alone would lock everybody out. */
export function turnstileOf({
  settings,
}: Pick<Config, "settings">): { siteKey: string; secret: string } | null {
  const { TURNSTILE_SITE_KEY: siteKey, TURNSTILE_SECRET_KEY: secret } = settings;
  return siteKey !== "" && secret !== "" ? { siteKey, secret } : null;
}

/**
 * Decides about one try to sign in: limits first, then Turnstile, then the password. A try counts before it is
 * looked at, so that many at once gain nothing.
 */
export async function signIn(ctx: ServiceContext, attempt: Attempt): Promise<SignIn> {
  const { db } = ctx.database;
  const now = ctx.now();
  const admin = attempt.name.length <= 200 ? await findAdminByName(db, plain(attempt.name)) : null;
  const from = addressGroup(attempt.address ?? "unknown");
  const keys = {
    address: `login:address:${from}`,
    account: `login:account:${accountKey(attempt)}`,
  };

  const taken = await takeTry(ctx, keys, admin, from, now);
  if (taken.kind === "exhausted") {
    ctx.log.warn("sign-in refused: too many tries", { from: attempt.address });
    return { kind: "too_many", retryAfterMs: taken.retryAfterMs };
  }

  const waived = admin?.checkWaivedUntil != null && admin.checkWaivedUntil > now;
  if (!waived) {
    const refused = await turnstileTrouble(ctx, attempt);
    if (refused) return refused;
  }

  const fits = await isPasswordOf(attempt.password, admin?.passwordHash ?? null);
  if (!fits || !admin) {
    ctx.log.warn("sign-in refused: wrong name or password", { from: attempt.address });
    return { kind: "wrong" };
  }
  await Promise.all([resetLimit(db, keys.address), resetLimit(db, keys.account)]);
  await rememberAddress(db, admin.id, from);
  await deleteExpiredSessions(db, now);
  await insertAuditEntry(
    db,
    { actor: admin.name, address: attempt.address, area: "security", action: "Signed in" },
    now,
  );
  ctx.log.info("signed in", { admin: admin.name, from: attempt.address });
  return { kind: "signed_in", admin };
}

/** The limit of an account does not count for addresses it signed in from: strangers cannot lock its owner out. */
async function takeTry(
  ctx: ServiceContext,
  keys: { address: string; account: string },
  admin: Admin | null,
  from: string,
  now: Date,
): Promise<Taken> {
  const { db } = ctx.database;
  const byAddress = await takeFromLimit(db, keys.address, rateLimits.loginAddress, now);
  if (byAddress.kind === "exhausted" || admin?.knownAddresses.includes(from)) return byAddress;
  return takeFromLimit(db, keys.account, rateLimits.loginAccount, now);
}

async function turnstileTrouble(ctx: ServiceContext, attempt: Attempt): Promise<SignIn | null> {
  const config = await ctx.loadConfig();
  const turnstile = turnstileOf(config);
  if (!turnstile) return null;
  const answer = await checkTurnstile(
    { verifyUrl: config.turnstileVerifyUrl, secret: turnstile.secret },
    attempt.turnstileToken,
    attempt.address,
  );
  switch (answer.kind) {
    case "passed":
      return null;
    case "refused":
      ctx.log.warn("sign-in refused by Turnstile", { from: attempt.address, codes: answer.codes });
      return { kind: "check_refused" };
    case "unreachable":
      ctx.log.error("Turnstile cannot be asked, so nobody can sign in", {
        because: answer.because,
      });
      return { kind: "check_unreachable" };
  }
}

/** Names nobody has share 256 limits, so that guessing them fills no table and looks the same. */
function accountKey({ name }: Attempt): string {
  return createHash("sha256").update(plain(name).toLowerCase()).digest("hex").slice(0, 2);
}

/** PostgreSQL compares no NUL. */
const plain = (text: string) => text.replaceAll("\0", "").trim();
