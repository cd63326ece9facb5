import type { Task } from "graphile-worker";
import { type TaskName, type TaskPayload, taskCatalog } from "@/lib/queue/catalog";
import type { WorkerContext } from "@/lib/services/context";
import { handlers } from "./handlers";

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
      const parsed = taskCatalog[name].payload.parse(payload) as TaskPayload<N>;
      await handlers[name]({ ...ctx, log }, parsed, attempt);
      log.debug("job done", { ms: Math.round(performance.now() - startedAt) });
    } catch (error) {
      log.warn("job failed", {
        ms: Math.round(performance.now() - startedAt),
        isLast: attempt.attempt >= attempt.maxAttempts,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
      throw error;
    }
  };
}
