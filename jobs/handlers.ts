import type { TaskName, TaskPayload } from "@/lib/queue/catalog";
import { collectMovie, collectShow } from "@/lib/services/collect";
import { collectRequest } from "@/lib/services/collect-request";
import { completeRequest } from "@/lib/services/complete-request";
import type { WorkerContext } from "@/lib/services/context";
import { deliverNotification } from "@/lib/services/deliver-notification";
import { flushBatch } from "@/lib/services/flush-batch";
import { noteEventFailure, processInboundEvent } from "@/lib/services/process-inbound-event";
import { recoverInterrupted } from "@/lib/services/recover-interrupted";
import { runWorker } from "@/lib/services/run-worker";
import { startDueRuns } from "@/lib/services/start-due-runs";
import { failureWords } from "@/lib/store/db";

/** Which attempt this is, 1 at first, and of how many. */
export type Attempt = { attempt: number; maxAttempts: number };

type Handler<N extends TaskName> = (
  ctx: WorkerContext,
  payload: TaskPayload<N>,
  job: Attempt,
) => Promise<void>;

/** One handler per task: a task without one does not compile. */
export const handlers: { [N in TaskName]: Handler<N> } = {
  process_inbound_event: async (ctx, { eventId }, job) => {
    try {
      await processInboundEvent(ctx, eventId);
    } catch (error) {
      await noteEventFailure(ctx, eventId, failureWords(error), job.attempt >= job.maxAttempts);
      throw error;
    }
  },
  complete_request: (ctx, { seerrRequestId }) => completeRequest(ctx, seerrRequestId),
  collect_show: (ctx, { eventId, ...show }, { attempt }) =>
    collectShow(ctx, show, { eventId, attempt }),
  collect_movie: (ctx, { eventId, ...movie }, { attempt }) =>
    collectMovie(ctx, movie, { eventId, attempt }),
  collect_request: (ctx, { requestId }) => collectRequest(ctx, requestId),
  flush_batch: (ctx, { batchId }) => flushBatch(ctx, batchId),
  deliver_notification: (ctx, { notificationId }) =>
    deliverNotification(ctx, ctx.smtp, notificationId),
  start_due_runs: (ctx) => startDueRuns(ctx),
  recover_interrupted: (ctx) => recoverInterrupted(ctx, ctx.isAlive),
  run_worker: (ctx, { name, trigger }) => runWorker(ctx, name, trigger),
};
