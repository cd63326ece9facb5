import { and, eq, inArray, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import { issueEntries, issues } from "@/drizzle/schema";
import type { IssueScope } from "@/lib/domain/issue-files";
import type { Executor } from "./db";

export type Issue = typeof issues.$inferSelect;
export type IssueEntry = typeof issueEntries.$inferSelect;
export type NewIssueEntry = Pick<IssueEntry, "at" | "kind" | "code" | "words" | "source"> &
  Partial<Omit<IssueEntry, "id" | "issueId">>;

export async function findIssue(executor: Executor, issueId: number): Promise<Issue | null> {
  const [row] = await executor.select().from(issues).where(eq(issues.id, issueId));
  return row ?? null;
}

export async function findIssueBySeerrId(
  executor: Executor,
  seerrIssueId: number,
): Promise<Issue | null> {
  const [row] = await executor.select().from(issues).where(eq(issues.seerrIssueId, seerrIssueId));
  return row ?? null;
}

/** Reads an issue so that nobody else changes it until the transaction ends. */
export async function lockIssue(tx: Executor, issueId: number): Promise<Issue | null> {
  const [row] = await tx.select().from(issues).where(eq(issues.id, issueId)).for("update");
  return row ?? null;
}

/** The same by Seerr's number. */
export async function lockIssueBySeerrId(
  tx: Executor,
  seerrIssueId: number,
): Promise<Issue | null> {
  const [row] = await tx
    .select()
    .from(issues)
    .where(eq(issues.seerrIssueId, seerrIssueId))
    .for("update");
  return row ?? null;
}

/** Stores an issue; null when another transaction was faster with the same number. */
export async function insertIssue(
  executor: Executor,
  issue: typeof issues.$inferInsert,
): Promise<Issue | null> {
  const [row] = await executor.insert(issues).values(issue).onConflictDoNothing().returning();
  return row ?? null;
}

export async function updateIssue(
  executor: Executor,
  issueId: number,
  changes: Partial<typeof issues.$inferInsert>,
  now: Date,
): Promise<Issue> {
  const [row] = await executor
    .update(issues)
    .set({ ...changes, updatedAt: now })
    .where(eq(issues.id, issueId))
    .returning();
  if (!row) throw new Error(`There is no issue ${issueId}`);
  return row;
}

/** Writes what happened to an issue; one whose `dedupeKey` is there already is left out. */
export async function insertIssueEntries(
  executor: Executor,
  issueId: number,
  entries: readonly NewIssueEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  await executor
    .insert(issueEntries)
    .values(entries.map((entry) => ({ ...entry, issueId })))
    .onConflictDoNothing();
}

/** Issues that are not resolved, in the order of their ids. */
export async function listOpenIssues(executor: Executor): Promise<Issue[]> {
  return executor.select().from(issues).where(ne(issues.status, "resolved")).orderBy(issues.id);
}

export async function listIssuesBySeerrIds(
  executor: Executor,
  seerrIssueIds: readonly number[],
): Promise<Issue[]> {
  if (seerrIssueIds.length === 0) return [];
  return executor
    .select()
    .from(issues)
    .where(sql`${issues.seerrIssueId} = any(${sql.param([...seerrIssueIds])}::int[])`);
}

/** Issues that Seerr has still to be told are closed. */
export async function listClosingIssues(executor: Executor): Promise<Issue[]> {
  return executor.select().from(issues).where(eq(issues.closing, "pending"));
}

/** Unresolved issues of a title in one class that some files may concern: by ids, never by title. */
export async function listOpenIssuesOf(
  executor: Executor,
  title:
    | { mediaType: "movie"; tmdbId: number; isFourK: boolean }
    | {
        mediaType: "tv";
        tvdbId: number | null;
        tmdbId: number | null;
        isFourK: boolean;
        episodes: readonly { season: number; episode: number }[];
      },
): Promise<Issue[]> {
  const isTitle: SQL | undefined =
    title.mediaType === "movie"
      ? eq(issues.tmdbId, title.tmdbId)
      : or(
          title.tvdbId === null ? undefined : eq(issues.tvdbId, title.tvdbId),
          title.tmdbId === null
            ? undefined
            : and(isNull(issues.tvdbId), eq(issues.tmdbId, title.tmdbId)),
        );
  if (!isTitle) return [];
  const rows = await executor
    .select()
    .from(issues)
    .where(
      and(
        isTitle,
        eq(issues.mediaType, title.mediaType),
        eq(issues.isFourK, title.isFourK),
        inArray(issues.status, ["reported", "fixing", "failed", "abandoned"]),
      ),
    )
    .orderBy(issues.id);
  if (title.mediaType === "movie") return rows;
  return rows.filter(
    ({ season, episode }) =>
      season !== null &&
      title.episodes.some(
        (e) => e.season === season && (episode === null || e.episode === episode),
      ),
  );
}

/** Ids of the requests for a title, of either class, with who asked. */
export type RelatedRequest = {
  id: number;
  userId: number | null;
  isFourK: boolean;
  coversScope: boolean;
};

/** Requests an issue may belong to: of its title, not deleted, oldest first. */
export async function listRelatedRequests(
  executor: Executor,
  issue: Pick<Issue, "mediaType" | "tmdbId" | "tvdbId">,
  scope: IssueScope,
): Promise<RelatedRequest[]> {
  if (issue.tmdbId === null && issue.tvdbId === null) return [];
  const season = scope.kind === "episode" || scope.kind === "season" ? scope.season : null;
  const rows = await executor.execute<{
    id: number;
    user_id: number | null;
    is_4k: boolean;
    covers: boolean;
  }>(sql`
    select r.id, r.user_id, r.is_4k,
      (r.media_type = 'movie' or ${season}::int is null or r.covers_all_seasons
        or exists (select 1 from request_seasons s where s.request_id = r.id and s.season = ${season}::int)) as covers
    from requests r
    where r.media_type = ${issue.mediaType} and r.status <> 'deleted'
      and ((${issue.tvdbId}::int is not null and r.media_type = 'tv' and r.tvdb_id = ${issue.tvdbId}::int)
        or (${issue.tmdbId}::int is not null and r.tmdb_id = ${issue.tmdbId}::int))
    order by r.id
  `);
  return rows.map((row) => ({
    id: row.id,
    userId: row.user_id,
    isFourK: row.is_4k,
    coversScope: row.covers,
  }));
}
