import { runFindings, runReports } from "@/drizzle/schema";
import type { Finding, RunCompared } from "@/lib/domain/run-report";
import type { Executor } from "./db";

/** Writes what a run compared, once, and what it found. */
export async function insertRunReport(
  executor: Executor,
  runId: number,
  report: { compared: RunCompared; findings: readonly Finding[] },
  now: Date,
): Promise<void> {
  await executor
    .insert(runReports)
    .values({ runId, compared: report.compared })
    .onConflictDoUpdate({ target: runReports.runId, set: { compared: report.compared } });
  const rows = report.findings.map((finding) => ({
    ...finding,
    mediaKeys: [...finding.mediaKeys],
    runId,
    at: now,
  }));
  for (let start = 0; start < rows.length; start += 500) {
    await executor.insert(runFindings).values(rows.slice(start, start + 500));
  }
}
