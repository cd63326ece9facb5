import { asc, eq } from "drizzle-orm";
import { jobRuns, requests, runFindings, runReports, users } from "@/drizzle/schema";
import type { Executor } from "../db";

/** One run with what it compared; null when there is no such run. */
export async function findRunWithReport(executor: Executor, runId: number) {
  const [row] = await executor
    .select({ run: jobRuns, compared: runReports.compared })
    .from(jobRuns)
    .leftJoin(runReports, eq(runReports.runId, jobRuns.id))
    .where(eq(jobRuns.id, runId));
  return row ?? null;
}

/** What a run found, in its order, with the titles and people it is about. */
export async function listFindingsOfRun(executor: Executor, runId: number, limit: number) {
  return executor
    .select({
      finding: runFindings,
      posterPath: requests.posterPath,
      requestTitle: requests.title,
      personName: users.displayName,
    })
    .from(runFindings)
    .leftJoin(requests, eq(requests.id, runFindings.requestId))
    .leftJoin(users, eq(users.id, runFindings.userId))
    .where(eq(runFindings.runId, runId))
    .orderBy(asc(runFindings.id))
    .limit(limit);
}
