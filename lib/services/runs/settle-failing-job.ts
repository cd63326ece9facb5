import { AppError } from "@/lib/errors";
import { announceChange } from "@/lib/store/changes";
import { removeQueueJob, retryQueueJob } from "@/lib/store/queue-jobs";
import type { ServiceContext } from "../context";

/** Tries a failing job of the queue again now, or gives it up. Throws AppError when it is gone or under way. */
export async function settleFailingJob(
  ctx: ServiceContext,
  jobId: string,
  verdict: "retry" | "discard",
): Promise<void> {
  const { db } = ctx.database;
  const isSettled = await (verdict === "retry"
    ? retryQueueJob(db, jobId)
    : removeQueueJob(db, jobId));
  if (!isSettled) {
    throw new AppError("not_found", "This job is done by now, or it is tried at this moment");
  }
  await announceChange(db, "jobs");
}
