import { enqueue } from "@/lib/queue/enqueue";
import { updateBatch } from "@/lib/store/batches";
import type { Executor } from "@/lib/store/db";

/** Sets when a batch is looked at next, in the row and in the alarm clock that only repeats it. */
export async function setBatchAlarm(
  tx: Executor,
  batchId: number,
  at: Date,
  changes: Parameters<typeof updateBatch>[2] = {},
): Promise<void> {
  await updateBatch(tx, batchId, { ...changes, nextLookAt: at });
  await enqueue(tx, "flush_batch", { batchId }, { runAt: at });
}
