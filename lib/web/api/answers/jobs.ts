import "server-only";
import { AppError } from "@/lib/errors";
import { redactText } from "@/lib/log";
import { type JobStanding, listJobs, runDurationMs } from "@/lib/services/runs/list-jobs";
import { runJob } from "@/lib/services/runs/run-job";
import { settleFailingJob } from "@/lib/services/runs/settle-failing-job";
import type { JobRun } from "@/lib/store/job-runs";
import { findRunWithReport, listFindingsOfRun } from "@/lib/store/views/run-report";
import { failingJobDeed } from "../../deeds";
import { webContext } from "../../service-context";
import { apiRoute } from "../api-route";
import { getJobs, getRun, postFailingDiscard, postFailingRetry, postRun } from "../contracts/jobs";
import { idPage } from "../id-page";
import { iso } from "../moments";

export const jobList = apiRoute(getJobs, async () => {
  const { jobs, failing } = await listJobs(webContext());
  return {
    jobs: jobs.map((job) => ({
      name: job.name,
      standing: standingOf(job),
      lastRun: job.lastRun && runOf(job.lastRun),
      nextRunAt: iso(job.nextRunAt),
    })),
    failing: failing.map((job) => ({
      ...job,
      lastError: redactText(job.lastError),
      nextTryAt: iso(job.nextTryAt),
      failedAt: iso(job.failedAt),
    })),
  };
});

export const jobRun = apiRoute(postRun, async ({ params, note }) => {
  note({ subject: `job ${params.name}` });
  await runJob(webContext(), params.name);
  return { name: params.name, standing: "queued" as const };
});

export const failingJobRetry = apiRoute(postFailingRetry, async ({ params, note }) => {
  note(await failingJobDeed(params.id, { verdict: "retry" }));
  await settleFailingJob(webContext(), params.id, "retry");
  return null;
});

export const failingJobDiscard = apiRoute(postFailingDiscard, async ({ params, note }) => {
  note(await failingJobDeed(params.id, { verdict: "discard" }));
  await settleFailingJob(webContext(), params.id, "discard");
  return null;
});

export const runDetail = apiRoute(getRun, async ({ params, query }) => {
  const { db } = webContext().database;
  const [found, rows] = await Promise.all([
    findRunWithReport(db, params.id),
    listFindingsOfRun(db, params.id, { after: query.after ?? null, limit: query.limit + 1 }),
  ]);
  if (!found) throw new AppError("not_found", "There is no such run");
  const page = idPage(
    rows.map(({ finding, requestTitle }) => ({ ...finding, requestTitle })),
    query.limit,
  );
  return {
    name: found.run.name,
    run: runOf(found.run),
    findings: page.rows.map(({ requestTitle, ...finding }) => ({
      id: finding.id,
      kind: finding.kind,
      requestId: finding.requestId,
      userId: finding.userId,
      title: requestTitle ?? finding.title,
      words: finding.words,
      reason: finding.reason === null ? null : redactText(finding.reason),
      mediaKeys: finding.mediaKeys,
      at: iso(finding.at),
    })),
    next: page.next,
  };
});

function runOf(run: JobRun) {
  return {
    id: run.id,
    trigger: run.trigger,
    startedAt: iso(run.startedAt),
    finishedAt: iso(run.finishedAt),
    durationMs: runDurationMs(run),
    outcome: run.outcome,
    done: run.done,
    total: run.total,
    words: run.words,
    error: run.error === null ? null : redactText(run.error),
  };
}

function standingOf({ lastRun, isQueued }: JobStanding): "idle" | "queued" | "running" {
  if (lastRun && !lastRun.finishedAt) return "running";
  return isQueued ? "queued" : "idle";
}
