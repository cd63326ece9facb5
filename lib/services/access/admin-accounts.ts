import { accountNameProblem, addressGroup, passwordProblem } from "@/lib/domain/access";
import { rateLimits } from "@/lib/domain/rate-limit";
import { AppError } from "@/lib/errors";
import { revokeAdminSessions } from "@/lib/store/admin-sessions";
import {
  type Admin,
  findAdminByName,
  insertAdmin,
  listAdmins,
  setAdminPassword,
  waiveCheck,
} from "@/lib/store/admins";
import { insertAuditEntry } from "@/lib/store/audit";
import type { Database, Executor } from "@/lib/store/db";
import { findMilestone, reachMilestone } from "@/lib/store/milestones";
import { resetLimit, resetLimits, takeFromLimit } from "@/lib/store/rate-limits";
import { hashPassword, isPasswordOf } from "./passwords";

/** Who changes an account, for the audit. */
type By = { actor: string; address: string | null };

const onTheHost: By = { actor: "command line", address: null };

/** How long after a reset on the host a sign-in needs no Turnstile. */
const waivedMs = 30 * 60_000;

/** Makes an account. Throws `bad_request` for a name or password that cannot be used, `conflict` for a taken name. */
export async function createAdmin(
  db: Database,
  account: { name: string; password: string },
  by: By,
  now: Date,
): Promise<void> {
  const problem = accountNameProblem(account.name) ?? passwordProblem(account.password);
  if (problem) throw new AppError("bad_request", problem);
  const passwordHash = await hashPassword(account.password);
  await db.transaction(async (tx) => {
    if (!(await insertAdmin(tx, { name: account.name, passwordHash }, now))) {
      throw new AppError("conflict", `There is an account named ${account.name} already`);
    }
    await reachMilestone(tx, "first_admin", now);
    await insertAuditEntry(
      tx,
      { ...by, area: "security", action: "Made an account", subject: `account ${account.name}` },
      now,
    );
  });
}

/**
 * Changes a password and signs the account out everywhere. A try counts like one to sign in. Throws `forbidden` for a
 * wrong current password, `rate_limited` after too many.
 */
export async function changePassword(
  db: Database,
  change: { name: string; current: string; fresh: string },
  by: By,
  now: Date,
): Promise<void> {
  const limit = `login:address:${addressGroup(by.address ?? "unknown")}`;
  const taken = await takeFromLimit(db, limit, rateLimits.loginAddress, now);
  if (taken.kind === "exhausted") {
    const seconds = Math.ceil(taken.retryAfterMs / 1000);
    throw new AppError("rate_limited", `Too many tries. Try again in ${seconds} s`);
  }
  const admin = await findAdminByName(db, change.name);
  // The same words for both, so that names cannot be found out.
  if (!(await isPasswordOf(change.current, admin?.passwordHash ?? null)) || !admin) {
    throw new AppError("forbidden", "Name or current password is wrong");
  }
  const problem = passwordProblem(change.fresh);
  if (problem) throw new AppError("bad_request", problem);
  await resetLimit(db, limit);
  await givePassword(db, admin, change.fresh, by, now);
}

/**
 * The way back in, from the host: another password, everybody signed out, all sign-in limits emptied, and no Turnstile
 * for half an hour. Throws `not_found` when there is no such account.
 */
export async function resetPassword(
  db: Database,
  account: { name: string | null; password: string },
  now: Date,
): Promise<{ name: string }> {
  const problem = passwordProblem(account.password);
  if (problem) throw new AppError("bad_request", problem);
  const admin = await pickAdmin(db, account.name);
  await givePassword(db, admin, account.password, onTheHost, now);
  await waiveCheck(db, admin.id, new Date(now.getTime() + waivedMs));
  await resetLimits(db, "login:");
  return { name: admin.name };
}

/** The account of this name, or the only one there is. Throws `not_found`. */
export async function pickAdmin(executor: Executor, name: string | null): Promise<Admin> {
  if (name !== null) {
    const admin = await findAdminByName(executor, name);
    if (!admin) throw new AppError("not_found", `There is no account named ${name}`);
    return admin;
  }
  const [only, ...others] = await listAdmins(executor);
  if (!only) throw new AppError("not_found", "There is no account yet: use create");
  if (others.length > 0) throw new AppError("not_found", "There are several accounts: name one");
  return only;
}

/** Names of all accounts, with when each was made. */
export async function listAccounts(
  executor: Executor,
): Promise<{ name: string; createdAt: Date; passwordChangedAt: Date }[]> {
  return (await listAdmins(executor)).map(({ name, createdAt, passwordChangedAt }) => ({
    name,
    createdAt,
    passwordChangedAt,
  }));
}

/** Makes an account from the command line. */
export async function createAdminOnHost(
  db: Database,
  account: { name: string; password: string },
  now: Date,
): Promise<void> {
  await createAdmin(db, account, onTheHost, now);
}

/**
 * Makes the first account of ADMIN_USERNAME and ADMIN_PASSWORD; does nothing when there ever was one, so that an
 * emptied table lets nobody back in. Throws `bad_request` when they cannot be used.
 */
export async function ensureFirstAdmin(
  db: Database,
  given: { name: string; password: string },
  now: Date,
): Promise<"made" | "not_needed"> {
  if (await findMilestone(db, "first_admin")) return "not_needed";
  try {
    await createAdmin(db, given, { actor: "first start", address: null }, now);
    return "made";
  } catch (error) {
    // Another process that starts at the same moment made it.
    if (error instanceof AppError && error.code === "conflict") return "not_needed";
    throw error;
  }
}

async function givePassword(
  db: Database,
  admin: Admin,
  password: string,
  by: By,
  now: Date,
): Promise<void> {
  const passwordHash = await hashPassword(password);
  await db.transaction(async (tx) => {
    await setAdminPassword(tx, admin.id, passwordHash, now);
    const signedOut = await revokeAdminSessions(tx, { adminId: admin.id });
    await insertAuditEntry(
      tx,
      {
        ...by,
        area: "security",
        action: "Changed a password and signed out everywhere",
        subject: `account ${admin.name}`,
        before: { lastChange: admin.passwordChangedAt },
        after: { lastChange: now, sessionsEnded: signedOut },
      },
      now,
    );
  });
}
