import "server-only";
import { groupFindings, type RunReportView, runTitle } from "@/lib/domain/views/run-report";
import { redactText } from "@/lib/log";
import { findRunWithReport, listFindingsOfRun } from "@/lib/store/views/run-report";
import { webDatabase } from "../service-context";
import { requireViewer } from "../viewer";

/** More findings than these are counted, not shown. */
const SHOWN = 500;

/** One run: when, what was compared, what was found and done. Null when there is no such run. */
export async function loadRunReport(runId: number): Promise<RunReportView | null> {
  await requireViewer();
  const { db } = webDatabase();
  const [found, rows] = await Promise.all([
    findRunWithReport(db, runId),
    listFindingsOfRun(db, runId, { after: null, limit: SHOWN + 1 }),
  ]);
  if (!found) return null;
  const { run, compared } = found;
  return {
    id: run.id,
    name: runTitle(run.name),
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    trigger: run.trigger,
    outcome: run.outcome,
    words: run.words,
    error: run.error === null ? null : redactText(run.error),
    progress: { done: run.done, total: run.total },
    compared: compared && {
      ...compared,
      gaps: compared.gaps.map(({ from, until }) => ({
        from: new Date(from),
        until: new Date(until),
      })),
    },
    groups: groupFindings(
      rows.slice(0, SHOWN).map(({ finding, posterPath, requestTitle }) => ({
        id: finding.id,
        kind: finding.kind,
        title: requestTitle ?? finding.title,
        posterPath,
        words: finding.words,
        reason: finding.reason === null ? null : redactText(finding.reason),
        href: finding.requestId === null ? null : `/requests/${finding.requestId}`,
      })),
    ),
    more: Math.max(0, rows.length - SHOWN),
  };
}
