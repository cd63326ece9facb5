import { createHash, randomBytes, randomInt } from "node:crypto";
import { namesAllConnections, plainToken } from "@/lib/domain/setup";
import { announceChange } from "@/lib/store/changes";
import type { Database, Executor } from "@/lib/store/db";
import { findMilestones, reachMilestone } from "@/lib/store/milestones";
import {
  claimSetupToken,
  deleteSetupPasses,
  hasServedBefore,
  insertSetupPass,
  isSetupVisitor,
} from "@/lib/store/setup-passes";
import type { ServiceContext } from "../context";

/** How long a token of the log may be used, and a browser that did may go on. */
const passMs = 7 * 24 * 60 * 60_000;

/** Signs that cannot be taken for one another, five at a time: 32^20 tokens. */
const tokenSigns = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const tokenGroups = 4;

/**
 * Whether the wizard is open. It is only by a row that says so, and one that says it is over outweighs it: neither a
 * lost file nor an emptied table opens it.
 */
export async function isSetupOpen(executor: Executor): Promise<boolean> {
  const reached = await findMilestones(executor, ["setup_open", "setup_complete"]);
  return reached.has("setup_open") && !reached.has("setup_complete");
}

/**
 * Decides at a start, before anybody can ask, whether set-up is over. It is when this database served before there was
 * a wizard, or when everything needed is named; the `.env` counts only until somebody began with the wizard, which
 * writes into it.
 */
export async function settleSetup(
  db: Database,
  given: { environment: Partial<Record<string, string>>; file: Partial<Record<string, string>> },
  now: Date,
): Promise<"open" | "complete"> {
  return db.transaction(async (tx) => {
    const reached = await findMilestones(tx, ["setup_open", "setup_begun", "setup_complete"]);
    if (reached.has("setup_complete")) return "complete";
    const isNamed = namesAllConnections(
      reached.has("setup_begun") ? given.environment : { ...given.file, ...given.environment },
    );
    const isOlder = !reached.has("setup_open") && (await hasServedBefore(tx));
    if (isNamed || isOlder) {
      await endSetup(tx, now);
      return "complete";
    }
    await reachMilestone(tx, "setup_open", now);
    return "open";
  });
}

/** Makes the token for the log, kept only as its hash. */
export async function makeSetupToken(db: Database, now: Date): Promise<string> {
  const groups = Array.from({ length: tokenGroups }, () =>
    Array.from({ length: 5 }, () => tokenSigns.charAt(randomInt(tokenSigns.length))).join(""),
  );
  const hash = hashOf(groups.join(""));
  await db.transaction((tx) =>
    insertSetupPass(tx, { hash, kind: "token", createdAt: now, expiresAt: inAWeek(now) }),
  );
  return groups.join("-");
}

/** Takes a token; what the browser is to keep instead of it, or null when the token is wrong. */
export async function redeemSetupToken(
  ctx: Pick<ServiceContext, "database" | "now">,
  typed: string,
): Promise<{ pass: string; expiresAt: Date } | null> {
  const now = ctx.now();
  return ctx.database.db.transaction(async (tx) => {
    if (!(await isSetupOpen(tx))) return null;
    if (!(await claimSetupToken(tx, hashOf(plainToken(typed)), now))) return null;
    const pass = randomBytes(32).toString("base64url");
    const expiresAt = inAWeek(now);
    await insertSetupPass(tx, { hash: hashOf(pass), kind: "visitor", createdAt: now, expiresAt });
    return { pass, expiresAt };
  });
}

/** Whether a cookie is that of a browser that used a token. */
export function holdsSetupPass(executor: Executor, pass: string, now: Date): Promise<boolean> {
  return isSetupVisitor(executor, hashOf(pass), now);
}

/** Writes down that a step of the wizard was done: it is gone on with after it. */
export function noteSetupStep(
  ctx: Pick<ServiceContext, "database" | "now">,
  step: "setup_begun" | "setup_mail" | "setup_behaviour",
): Promise<void> {
  return reachMilestone(ctx.database.db, step, ctx.now());
}

/** Closes the wizard for ever. */
export async function completeSetup(ctx: Pick<ServiceContext, "database" | "now">): Promise<void> {
  await ctx.database.db.transaction(async (tx) => {
    await endSetup(tx, ctx.now());
    await announceChange(tx, "settings");
  });
}

async function endSetup(tx: Executor, now: Date): Promise<void> {
  await reachMilestone(tx, "setup_complete", now);
  await deleteSetupPasses(tx);
}

const inAWeek = (now: Date) => new Date(now.getTime() + passMs);
const hashOf = (text: string) => createHash("sha256").update(text).digest("base64url");
