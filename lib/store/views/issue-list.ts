import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import { issueEntries, issues, users } from "@/drizzle/schema";
import type { IssueStatus, IssueType } from "@/lib/domain/issue";
import type { Executor } from "../db";
import type { Issue } from "../issues";
import { cutPage, type KeysetPlace, type KeysetWindow } from "./keyset";
import { containsPattern } from "./people-search";

export type IssueFilter = {
  text: string | null;
  statuses: readonly IssueStatus[] | null;
  type: IssueType | null;
  isFourK: boolean | null;
};

export type IssueListRow = Issue & { reporter: string | null; place: KeysetPlace };

/** One page of issues by their last news, newest first. */
export async function listIssuePage(
  executor: Executor,
  filter: IssueFilter,
  window: KeysetWindow,
  size: number,
): Promise<{ rows: IssueListRow[]; newer: KeysetPlace | null; older: KeysetPlace | null }> {
  const where = conditions(filter);
  if (window.kind !== "first") {
    const key = sql`(${issues.lastNewsAt}, ${issues.id})`;
    const place = sql`(${window.place.at}::timestamptz, ${window.place.id}::int)`;
    where.push(window.kind === "after" ? sql`${key} < ${place}` : sql`${key} > ${place}`);
  }
  const order =
    window.kind === "before"
      ? [sql`${issues.lastNewsAt} asc`, sql`${issues.id} asc`]
      : [desc(issues.lastNewsAt), desc(issues.id)];
  const rows = await executor
    .select({
      issue: issues,
      reporter: users.displayName,
      at: sql<string>`${issues.lastNewsAt}::text`,
    })
    .from(issues)
    .leftJoin(users, eq(users.id, issues.reporterId))
    .where(and(...where))
    .orderBy(...order)
    .limit(size + 1);
  return cutPage(
    rows.map(({ issue, reporter, at }) => ({
      ...issue,
      reporter: reporter ?? issue.reporterName,
      place: { at: at.replace(" ", "T"), id: issue.id },
    })),
    window,
    size,
  );
}

function conditions(filter: IssueFilter): SQL[] {
  const where: SQL[] = [];
  if (filter.statuses) {
    where.push(sql`${issues.status} = any(${sql.param([...filter.statuses])}::text[])`);
  }
  if (filter.type) where.push(eq(issues.type, filter.type));
  if (filter.isFourK !== null) where.push(eq(issues.isFourK, filter.isFourK));
  if (filter.text) {
    const pattern = containsPattern(filter.text);
    const number = /^#?(\d{1,9})$/.exec(filter.text)?.[1];
    const byNumber = number ? sql`or ${issues.seerrIssueId} = ${Number(number)}` : sql``;
    where.push(
      sql`(${issues.title} ilike ${pattern} or ${issues.message} ilike ${pattern}
        or ${issues.reporterName} ilike ${pattern} ${byNumber})`,
    );
  }
  return where;
}

// What was there before BingeAlert is listed, but asks for nothing.
const needsYou = sql`(${issues.status} = 'failed' or (${issues.status} = 'reported' and not ${issues.knownBefore}))`;

/** Numbers beside the tabs. */
export async function countIssues(
  executor: Executor,
): Promise<{ open: number; needsYou: number; fixing: number }> {
  const [row] = await executor
    .select({
      open: sql<number>`count(*)`.mapWith(Number),
      needsYou: sql<number>`count(*) filter (where ${needsYou})`.mapWith(Number),
      fixing: sql<number>`count(*) filter (where ${issues.status} = 'fixing')`.mapWith(Number),
    })
    .from(issues)
    .where(sql`${issues.status} in ('reported', 'fixing', 'failed', 'abandoned')`);
  return row ?? { open: 0, needsYou: 0, fixing: 0 };
}

/** How many issues wait for the admin, up to 99: the number in the sidebar. */
export async function countIssuesNeedingYou(executor: Executor): Promise<number> {
  const bounded = executor
    .select({ one: sql`1` })
    .from(issues)
    .where(sql`${needsYou} and ${issues.status} in ('reported', 'failed')`)
    .limit(99)
    .as("bounded");
  const [row] = await executor
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(bounded);
  return row?.count ?? 0;
}

/** Issues that wait for the admin, newest news first. */
export async function listIssuesNeedingYou(executor: Executor, limit: number) {
  return executor
    .select({ issue: issues, reporter: users.displayName })
    .from(issues)
    .leftJoin(users, eq(users.id, issues.reporterId))
    .where(sql`${needsYou} and ${issues.status} in ('reported', 'failed')`)
    .orderBy(desc(issues.lastNewsAt), desc(issues.id))
    .limit(limit);
}

/** One issue with its reporter's name; null when there is none with this id. */
export async function findIssueRow(
  executor: Executor,
  issueId: number,
): Promise<(Issue & { reporter: string | null }) | null> {
  const [row] = await executor
    .select({ issue: issues, reporter: users.displayName })
    .from(issues)
    .leftJoin(users, eq(users.id, issues.reporterId))
    .where(eq(issues.id, issueId));
  return row ? { ...row.issue, reporter: row.reporter ?? row.issue.reporterName } : null;
}

/** What happened to an issue, newest first. */
export async function listIssueEntries(executor: Executor, issueId: number, limit: number) {
  return executor
    .select()
    .from(issueEntries)
    .where(eq(issueEntries.issueId, issueId))
    .orderBy(desc(issueEntries.at), desc(issueEntries.id))
    .limit(limit);
}
