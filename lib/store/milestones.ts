import { eq, inArray } from "drizzle-orm";
import { milestones } from "@/drizzle/schema";
import type { Executor } from "./db";

export type MilestoneName =
  | "first_sync"
  | "first_admin"
  | "login_switched_on"
  /** Webhooks need a secret since then: losing the file it is kept in does not open them. */
  | "webhook_secret_set"
  /** The wizard is open since then, until `setup_complete`. Without this row it never is. */
  | "setup_open"
  /** Somebody began with the wizard: what it writes into the `.env` does not close it half-way. */
  | "setup_begun"
  /** A test mail of the wizard arrived. */
  | "setup_mail"
  /** How it behaves was chosen in the wizard. */
  | "setup_behaviour"
  /** Set-up is over, for ever. */
  | "setup_complete"
  /** The database is that of a backup since then. */
  | "restored"
  /** What the backup did not know was put into the ledger since then. */
  | "restore_marked"
  /** The open issues of Seerr were first read then: those were there before. */
  | "issues_known"
  /** The calendar link of the dashboard was made then; it is valid as long as this stays the same. */
  | "calendar_link"
  /** The history of the earlier system came over. */
  | "earlier_imported"
  /** The last sign of life of any worker. */
  | "alive";

/** When something happened for the first time; null when it has not. */
export async function findMilestone(executor: Executor, name: MilestoneName): Promise<Date | null> {
  const [row] = await executor.select().from(milestones).where(eq(milestones.name, name));
  return row?.at ?? null;
}

/** When each of these happened; those that have not are left out. */
export async function findMilestones(
  executor: Executor,
  names: readonly MilestoneName[],
): Promise<Map<MilestoneName, Date>> {
  const rows = await executor
    .select()
    .from(milestones)
    .where(inArray(milestones.name, [...names]));
  return new Map(rows.map(({ name, at }) => [name as MilestoneName, at]));
}

/** Records a milestone; the first time stays. */
export async function reachMilestone(
  executor: Executor,
  name: MilestoneName,
  at: Date,
): Promise<void> {
  await executor.insert(milestones).values({ name, at }).onConflictDoNothing();
}

/** Moves a milestone to `at`; returns when it was before, null when it never was. */
export async function renewMilestone(
  executor: Executor,
  name: MilestoneName,
  at: Date,
): Promise<Date | null> {
  const [before] = await executor
    .select()
    .from(milestones)
    .where(eq(milestones.name, name))
    .for("update");
  await executor
    .insert(milestones)
    .values({ name, at })
    .onConflictDoUpdate({ target: milestones.name, set: { at } });
  return before?.at ?? null;
}

/** Takes a milestone back. */
export async function forgetMilestone(executor: Executor, name: MilestoneName): Promise<void> {
  await executor.delete(milestones).where(eq(milestones.name, name));
}
