import { z } from "zod";
import { findingKinds } from "@/lib/domain/run-report";
import { jobNames } from "@/lib/services/runs/list-jobs";
import { endpoint } from "../endpoint";
import { idCursor, limit, longIdInAddress, moment } from "../fields";

const jobRun = z
  .strictObject({
    id: z.number().int().meta({ description: "For `GET /runs/{id}`" }),
    trigger: z.enum(["schedule", "start", "admin"]),
    startedAt: moment,
    finishedAt: moment.nullable().meta({ description: "Null while it runs" }),
    durationMs: z.number().int().nullable().meta({ description: "Null while it runs" }),
    outcome: z.enum(["ok", "failed", "interrupted"]).nullable(),
    done: z.number().int(),
    total: z.number().int().nullable().meta({ description: "Null while it is not known" }),
    words: z.string().nullable().meta({ description: "What it does, or did" }),
    error: z.string().nullable(),
  })
  .meta({ id: "JobRun" });

const job = z
  .strictObject({
    name: z.enum(jobNames),
    standing: z.enum(["idle", "queued", "running"]),
    lastRun: jobRun.nullable(),
    nextRunAt: moment.nullable().meta({ description: "Null when it does not run by itself" }),
  })
  .meta({ id: "Job" });

const failingJob = z
  .strictObject({
    id: z.string(),
    task: z.string(),
    key: z.string().nullable(),
    attempts: z.number().int(),
    maxAttempts: z.number().int(),
    nextTryAt: moment
      .nullable()
      .meta({ description: "Null when it was tried as often as it may be" }),
    lastError: z.string(),
    failedAt: moment,
  })
  .meta({ id: "FailingJob" });

export const getJobs = endpoint({
  method: "get",
  path: "/jobs",
  tag: "Jobs",
  summary: "Workers with their last and next run, and what fails in the queue",
  response: z.strictObject({ jobs: z.array(job), failing: z.array(failingJob) }),
});

export const postRun = endpoint({
  method: "post",
  path: "/jobs/{name}/run",
  tag: "Jobs",
  summary: "Start a worker",
  description: "It is queued; one that waits already is not queued twice.",
  params: z.strictObject({ name: z.enum(jobNames) }),
  response: z.strictObject({ name: z.enum(jobNames), standing: z.literal("queued") }),
  status: 202,
});

const failingJobInAddress = z.strictObject({
  id: z
    .string()
    .regex(/^[1-9]\d{0,18}$/, "is no id of a job")
    .meta({ description: "Id of the failing job" }),
});
const gone = { 404: "It is done by now, or tried at this moment" };

export const postFailingRetry = endpoint({
  method: "post",
  path: "/jobs/failing/{id}/retry",
  tag: "Jobs",
  summary: "Try a failing job of the queue again now",
  params: failingJobInAddress,
  response: z.null(),
  status: 204,
  refusals: gone,
});

export const postFailingDiscard = endpoint({
  method: "post",
  path: "/jobs/failing/{id}/discard",
  tag: "Jobs",
  summary: "Give up a failing job of the queue",
  params: failingJobInAddress,
  response: z.null(),
  status: 204,
  refusals: gone,
});

export const getRun = endpoint({
  method: "get",
  path: "/runs/{id}",
  tag: "Jobs",
  summary: "One run with what it found and did",
  description: "The findings come page by page, in their order.",
  params: z.strictObject({ id: longIdInAddress("run") }),
  query: z.strictObject({ after: idCursor.optional(), limit }),
  response: z.strictObject({
    name: z.string(),
    run: jobRun,
    findings: z.array(
      z
        .strictObject({
          id: z.number().int(),
          kind: z.enum(findingKinds),
          requestId: z.number().int().nullable(),
          userId: z.number().int().nullable(),
          title: z.string().nullable(),
          words: z.string(),
          reason: z.string().nullable(),
          mediaKeys: z.array(z.string()),
          at: moment,
        })
        .meta({ id: "Finding" }),
    ),
    next: z
      .string()
      .nullable()
      .meta({ description: "Give it as `after` for further findings; null when these are all" }),
  }),
  refusals: { 404: "There is no such run" },
});
