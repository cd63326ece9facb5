import type { Task } from "graphile-worker";
import { z } from "zod";
import { AppError, isLasting } from "@/lib/errors";
import { type TaskName, type TaskPayload, taskCatalog } from "@/lib/queue/catalog";
import { makeLastAttempt } from "@/lib/queue/last-attempt";
import { atMost } from "@/lib/services/at-most";
import type { WorkerContext } from "@/lib/services/context";
import { handlers } from "./handlers";

/**
 * Jobs other than mails that run at once. Each may hold a connection of PostgreSQL and ask for a second one, so they
 * are fewer than the pool has.
 */
export const otherJobsAtOnce = 16;
const takeOther = atMost(otherJobsAtOnce);

/** The task list graphile-worker runs: payloads are parsed again, and each job leaves one line in the log. */
export function defineTasks(ctx: WorkerContext): Record<TaskName, Task> {
  const names = Object.keys(taskCatalog) as TaskName[];
  return Object.fromEntries(names.map((name) => [name, defineTask(name, ctx)])) as Record<
    TaskName,
    Task
  >;
}

function defineTask<N extends TaskName>(name: N, ctx: WorkerContext): Task {
  return async (payload, { job }) => {
    const startedAt = performance.now();
    const log = ctx.log.child({ task: name, jobId: job.id, attempt: job.attempts });
    const attempt = { attempt: job.attempts, maxAttempts: job.max_attempts };
    try {
      const work = () => handlers[name]({ ...ctx, log }, parsePayload(name, payload), attempt);
      await (name === "deliver_notification" ? work() : takeOther(work));
      log.debug("job done", { ms: Math.round(performance.now() - startedAt) });
    } catch (error) {
      const isForGood = isLasting(error);
      if (isForGood) await makeLastAttempt(ctx.database.db, job.id);
      log.warn("job failed", {
        ms: Math.round(performance.now() - startedAt),
        isLast: isForGood || attempt.attempt >= attempt.maxAttempts,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
      throw error;
    }
  };
}

/** A payload that does not fit will not fit later either. */
function parsePayload<N extends TaskName>(name: N, payload: unknown): TaskPayload<N> {
  const parsed = taskCatalog[name].payload.safeParse(payload);
  if (parsed.success) return parsed.data as TaskPayload<N>;
  throw new AppError(
    "bad_request",
    `What the job carries does not fit: ${z.prettifyError(parsed.error)}`,
  );
}
