import { z } from "zod";

/**
 * Every job there is: its name, what it carries, how often it is tried. Payloads are ids and small facts; the rest
 * is read when the job runs. Names are final and new fields optional: jobs of an earlier version may be waiting.
 */

type TaskDefinition<P extends z.ZodType> = {
  payload: P;
  /** 12 attempts reach about 16 hours, 8 about half an hour (graphile-worker's own table). */
  maxAttempts: number;
  /** Jobs with one key exist once; a new one moves the waiting one to its own time. */
  key?: (payload: z.infer<P>) => string;
  /** Lower runs first. */
  priority?: number;
  /** Jobs of one queue run one after the other. */
  queue?: string;
};

const task = <P extends z.ZodType>(definition: TaskDefinition<P>) => definition;
const id = z.number().int().positive();

/** The workers an admin can start by hand, by the names of the API. */
export const runNames = [
  "sync-users",
  "sync-requests",
  "reconcile",
  "refresh-plex",
  "backup",
  "clean-up",
  "review-quality",
  "weekly-summary",
  "check-health",
  "check-stuck",
  "read-calendar",
] as const;
export type RunName = (typeof runNames)[number];
export const runTriggers = ["schedule", "start", "admin"] as const;
export type RunTrigger = (typeof runTriggers)[number];

export const taskCatalog = {
  process_inbound_event: task({
    payload: z.object({ eventId: id }),
    maxAttempts: 12,
    priority: -5,
  }),
  complete_request: task({
    payload: z.object({ seerrRequestId: id }),
    maxAttempts: 14,
    key: (p) => `complete_request:${p.seerrRequestId}`,
  }),
  collect_show: task({
    payload: z.object({
      instanceKey: z.string(),
      seriesId: id.nullable(),
      tvdbId: id.nullable(),
      eventId: id.nullable(),
    }),
    maxAttempts: 14,
  }),
  collect_movie: task({
    payload: z.object({ instanceKey: z.string(), tmdbId: id, eventId: id.nullable() }),
    maxAttempts: 14,
  }),
  collect_request: task({
    payload: z.object({ requestId: id }),
    maxAttempts: 14,
    key: (p) => `collect_request:${p.requestId}`,
  }),
  review_request: task({
    payload: z.object({
      requestId: id,
      /** Shortly before a mail leaves: a job of its own, so that neither moves the other. */
      isLastLook: z.boolean().optional(),
    }),
    maxAttempts: 14,
    key: (p) => `review_request:${p.requestId}${p.isLastLook ? ":last_look" : ""}`,
  }),
  flush_batch: task({
    payload: z.object({ batchId: id }),
    maxAttempts: 25,
    key: (p) => `flush_batch:${p.batchId}`,
    priority: -2,
  }),
  deliver_notification: task({
    payload: z.object({
      notificationId: id,
      /** The admin said "now": neither quiet hours nor maintenance keep it back. */
      isUrgent: z.boolean().optional(),
    }),
    maxAttempts: 25,
    key: (p) => `deliver_notification:${p.notificationId}`,
  }),
  advance_maintenance: task({
    /** Without an id all windows that are not over: the minute's tick makes up for a lost alarm clock. */
    payload: z.object({ windowId: id.optional() }),
    maxAttempts: 12,
    key: (p) => `advance_maintenance:${p.windowId ?? "all"}`,
    priority: -2,
  }),
  deliver_alert: task({
    payload: z.object({ deliveryId: id }),
    maxAttempts: 25,
    key: (p) => `deliver_alert:${p.deliveryId}`,
  }),
  complete_issue: task({
    /** `act`: the report itself came, so its mails and its repair follow. */
    payload: z.object({ seerrIssueId: id, act: z.boolean() }),
    maxAttempts: 14,
    // A comment's look must not take the place of the report's.
    key: (p) => `complete_issue:${p.seerrIssueId}:${p.act ? "act" : "look"}`,
  }),
  fix_issue: task({
    payload: z.object({ issueId: id, number: id }),
    maxAttempts: 14,
    key: (p) => `fix_issue:${p.issueId}:${p.number}`,
  }),
  check_issue: task({
    payload: z.object({ issueId: id }),
    maxAttempts: 14,
    key: (p) => `check_issue:${p.issueId}`,
  }),
  close_issue: task({
    payload: z.object({ issueId: id }),
    maxAttempts: 14,
    key: (p) => `close_issue:${p.issueId}`,
  }),
  start_due_runs: task({ payload: z.object({}), maxAttempts: 1 }),
  recover_interrupted: task({ payload: z.object({}), maxAttempts: 1 }),
  restore_backup: task({
    payload: z.object({ restoreId: id }),
    maxAttempts: 1,
    key: () => "restore_backup",
    queue: "runs",
  }),
  verify_backup: task({
    payload: z.object({ fileName: z.string() }),
    maxAttempts: 3,
    key: (p) => `verify_backup:${p.fileName}`,
  }),
  run_worker: task({
    payload: z.object({ name: z.enum(runNames), trigger: z.enum(runTriggers) }),
    maxAttempts: 1,
    key: (p) => `run_worker:${p.name}`,
    queue: "runs",
  }),
} as const;

export type TaskName = keyof typeof taskCatalog;
export type TaskPayload<N extends TaskName> = z.infer<(typeof taskCatalog)[N]["payload"]>;
