import { isLasting } from "@/lib/errors";
import type { TaskName, TaskPayload } from "@/lib/queue/catalog";
import { advanceMaintenance } from "@/lib/services/advance-maintenance";
import { atMost } from "@/lib/services/at-most";
import { checkIssue } from "@/lib/services/check-issue";
import { closeIssue } from "@/lib/services/close-issue";
import { collectMovie, collectShow } from "@/lib/services/collect";
import { collectRequest } from "@/lib/services/collect-request";
import { completeIssue } from "@/lib/services/complete-issue";
import { completeRequest } from "@/lib/services/complete-request";
import type { WorkerContext } from "@/lib/services/context";
import { deliverAlert } from "@/lib/services/deliver-alert";
import { deliverNotification } from "@/lib/services/deliver-notification";
import { fixIssue, noteFixTrouble } from "@/lib/services/fix-issue";
import { flushBatch } from "@/lib/services/flush-batch";
import { noteEventFailure, processInboundEvent } from "@/lib/services/process-inbound-event";
import { recoverInterrupted } from "@/lib/services/recover-interrupted";
import { reviewRequest } from "@/lib/services/review-request";
import { runRestore } from "@/lib/services/run-restore";
import { runWorker } from "@/lib/services/run-worker";
import { startDueRuns } from "@/lib/services/start-due-runs";
import { verifyBackup } from "@/lib/services/verify-backup";
import { failureWords } from "@/lib/store/db";

/** Which attempt this is, 1 at first, and of how many. */
export type Attempt = { attempt: number; maxAttempts: number };

type Handler<N extends TaskName> = (
  ctx: WorkerContext,
  payload: TaskPayload<N>,
  job: Attempt,
) => Promise<void>;

/**
 * Each event under way keeps a connection of PostgreSQL busy, next to the one that stores what arrives: more at once
 * are hardly worked off sooner, and let the senders wait.
 */
const takeEvent = atMost(4);

/** One handler per task: a task without one does not compile. */
export const handlers: { [N in TaskName]: Handler<N> } = {
  process_inbound_event: async (ctx, { eventId }, job) => {
    try {
      await takeEvent(() => processInboundEvent(ctx, eventId));
    } catch (error) {
      const isLast = isLasting(error) || job.attempt >= job.maxAttempts;
      await noteEventFailure(ctx, eventId, failureWords(error), isLast);
      throw error;
    }
  },
  complete_request: (ctx, { seerrRequestId }) => completeRequest(ctx, seerrRequestId),
  collect_show: (ctx, { eventId, ...show }, { attempt }) =>
    collectShow(ctx, show, { eventId, attempt }),
  collect_movie: (ctx, { eventId, ...movie }, { attempt }) =>
    collectMovie(ctx, movie, { eventId, attempt }),
  collect_request: (ctx, { requestId }) => collectRequest(ctx, requestId),
  review_request: (ctx, { requestId }) => reviewRequest(ctx, requestId),
  flush_batch: (ctx, { batchId }) => flushBatch(ctx, batchId),
  deliver_notification: (ctx, mail) => deliverNotification(ctx, ctx.smtp, mail),
  advance_maintenance: (ctx, { windowId }) => advanceMaintenance(ctx, windowId ?? null),
  deliver_alert: (ctx, { deliveryId }) => deliverAlert(ctx, deliveryId),
  restore_backup: (ctx, { restoreId }) => runRestore(ctx, restoreId),
  verify_backup: async (ctx, { fileName }) => {
    await verifyBackup(ctx, fileName);
  },
  complete_issue: (ctx, payload, { attempt }) => completeIssue(ctx, payload, attempt),
  fix_issue: async (ctx, payload, job) => {
    try {
      await fixIssue(ctx, payload);
    } catch (error) {
      await noteFixTrouble(ctx, payload, failureWords(error), job.attempt >= job.maxAttempts);
      throw error;
    }
  },
  check_issue: (ctx, { issueId }) => checkIssue(ctx, issueId),
  close_issue: (ctx, { issueId }) => closeIssue(ctx, issueId),
  start_due_runs: (ctx) => startDueRuns(ctx),
  recover_interrupted: (ctx) => recoverInterrupted(ctx, ctx.isAlive),
  run_worker: (ctx, { name, trigger }) => runWorker(ctx, name, trigger),
};
