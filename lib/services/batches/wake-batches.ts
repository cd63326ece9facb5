import { enqueue } from "@/lib/queue/enqueue";
import { endPauses } from "@/lib/store/batches";
import type { Executor } from "@/lib/store/db";

/** Lets what is kept back be decided anew, for one user or for all: what kept it back has changed. */
export async function wakeBatches(tx: Executor, userId: number | null, now: Date): Promise<void> {
  for (const batchId of await endPauses(tx, userId, now)) {
    await enqueue(tx, "flush_batch", { batchId }, { runAt: now });
  }
}
