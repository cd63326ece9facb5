import { and, eq, sql } from "drizzle-orm";
import { issueAttempts } from "@/drizzle/schema";
import type { Executor } from "./db";

export type IssueAttempt = typeof issueAttempts.$inferSelect;

export async function insertAttempt(
  executor: Executor,
  attempt: typeof issueAttempts.$inferInsert,
): Promise<void> {
  await executor.insert(issueAttempts).values(attempt);
}

export async function findAttempt(
  executor: Executor,
  issueId: number,
  number: number,
): Promise<IssueAttempt | null> {
  const [row] = await executor
    .select()
    .from(issueAttempts)
    .where(and(eq(issueAttempts.issueId, issueId), eq(issueAttempts.number, number)));
  return row ?? null;
}

/** Repairs of some issues, first one first. */
export async function listAttempts(
  executor: Executor,
  issueIds: readonly number[],
): Promise<IssueAttempt[]> {
  if (issueIds.length === 0) return [];
  return executor
    .select()
    .from(issueAttempts)
    .where(sql`${issueAttempts.issueId} = any(${sql.param([...issueIds])}::int[])`)
    .orderBy(issueAttempts.issueId, issueAttempts.number);
}

/** Whether a repair of the issue was begun and has not come to its search yet. */
export async function isAttemptRunning(executor: Executor, issueId: number): Promise<boolean> {
  const rows = await executor
    .select({ id: issueAttempts.id })
    .from(issueAttempts)
    .where(
      and(
        eq(issueAttempts.issueId, issueId),
        sql`${issueAttempts.state} in ('begun', 'searching')`,
      ),
    )
    .limit(1);
  return rows.length > 0;
}

export async function updateAttempt(
  executor: Executor,
  attemptId: number,
  changes: Partial<typeof issueAttempts.$inferInsert>,
): Promise<void> {
  await executor.update(issueAttempts).set(changes).where(eq(issueAttempts.id, attemptId));
}

/** Ends what is not over of an issue's repairs: another file came, or somebody resolved it. */
export async function endAttempts(
  executor: Executor,
  issueId: number,
  end: { state: "replaced" | "stopped" | "failed"; outcome: string; at: Date },
): Promise<void> {
  await executor
    .update(issueAttempts)
    .set({ state: end.state, outcome: end.outcome, finishedAt: end.at })
    .where(
      and(
        eq(issueAttempts.issueId, issueId),
        sql`${issueAttempts.state} in ('begun', 'searching', 'searched')`,
      ),
    );
}
