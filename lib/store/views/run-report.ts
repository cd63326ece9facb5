import { and, asc, eq, gt } from "drizzle-orm";
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

/** What a run found, in its order, with the titles and people it is about; `after` is the id of the last one seen. */
export async function listFindingsOfRun(
  executor: Executor,
  runId: number,
  page: { after: number | null; limit: number },
) {
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
    .where(
      and(
        eq(runFindings.runId, runId),
        page.after === null ? undefined : gt(runFindings.id, page.after),
      ),
    )
    .orderBy(asc(runFindings.id))
    .limit(page.limit);
}
