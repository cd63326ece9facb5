import "server-only";
import { redactText } from "@/lib/log";
import { type JobStanding, listJobs, runDurationMs } from "@/lib/services/list-jobs";
import { runJob } from "@/lib/services/run-job";
import { settleFailingJob } from "@/lib/services/settle-failing-job";
import { webContext } from "../../service-context";
import { apiRoute } from "../api-route";
import { getJobs, postFailingDiscard, postFailingRetry, postRun } from "../contracts/jobs";
import { iso } from "../moments";

export const jobList = apiRoute(getJobs, async () => {
  const { jobs, failing } = await listJobs(webContext());
  return {
    jobs: jobs.map((job) => ({
      name: job.name,
      standing: standingOf(job),
      lastRun: job.lastRun && {
        trigger: job.lastRun.trigger,
        startedAt: iso(job.lastRun.startedAt),
        finishedAt: iso(job.lastRun.finishedAt),
        durationMs: runDurationMs(job.lastRun),
        outcome: job.lastRun.outcome,
        done: job.lastRun.done,
        total: job.lastRun.total,
        words: job.lastRun.words,
        error: job.lastRun.error === null ? null : redactText(job.lastRun.error),
      },
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

export const jobRun = apiRoute(postRun, async ({ params }) => {
  await runJob(webContext(), params.name);
  return { name: params.name, standing: "queued" as const };
});

export const failingJobRetry = apiRoute(postFailingRetry, async ({ params }) => {
  await settleFailingJob(webContext(), params.id, "retry");
  return null;
});

export const failingJobDiscard = apiRoute(postFailingDiscard, async ({ params }) => {
  await settleFailingJob(webContext(), params.id, "discard");
  return null;
});

function standingOf({ lastRun, isQueued }: JobStanding): "idle" | "queued" | "running" {
  if (lastRun && !lastRun.finishedAt) return "running";
  return isQueued ? "queued" : "idle";
}
