import { isLasting } from "@/lib/errors";
import type { TaskName, TaskPayload } from "@/lib/queue/catalog";
import { deliverAlert } from "@/lib/services/alerts/deliver-alert";
import { atMost } from "@/lib/services/at-most";
import { runRestore } from "@/lib/services/backups/run-restore";
import { verifyBackup } from "@/lib/services/backups/verify-backup";
import { collectMovie, collectShow } from "@/lib/services/batches/collect";
import { collectRequest } from "@/lib/services/batches/collect-request";
import { flushBatch } from "@/lib/services/batches/flush-batch";
import type { WorkerContext } from "@/lib/services/context";
import {
  noteEventFailure,
  processInboundEvent,
} from "@/lib/services/inbound/process-inbound-event";
import { checkIssue } from "@/lib/services/issues/check-issue";
import { closeIssue } from "@/lib/services/issues/close-issue";
import { completeIssue } from "@/lib/services/issues/complete-issue";
import { fixIssue, noteFixTrouble } from "@/lib/services/issues/fix-issue";
import { deliverNotification } from "@/lib/services/mails/deliver-notification";
import { advanceMaintenance } from "@/lib/services/maintenance/advance-maintenance";
import { reviewRequest } from "@/lib/services/quality/review-request";
import { completeRequest } from "@/lib/services/requests/complete-request";
import { recoverInterrupted } from "@/lib/services/runs/recover-interrupted";
import { runWorker } from "@/lib/services/runs/run-worker";
import { startDueRuns } from "@/lib/services/runs/start-due-runs";
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
