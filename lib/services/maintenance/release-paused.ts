import { enqueue } from "@/lib/queue/enqueue";
import type { Executor } from "@/lib/store/db";
import {
  type MaintenanceWindow,
  releasePausedBatches,
  releasePausedNotifications,
} from "@/lib/store/maintenance";

/**
 * Lets what waited for the end of a window look at the clock again: batches first, so that what gathered meanwhile
 * leaves in one mail. What waits for another reason finds that out by itself and waits on.
 */
export async function releasePaused(
  tx: Executor,
  window: Pick<MaintenanceWindow, "endsAt">,
  now: Date,
): Promise<void> {
  for (const batchId of await releasePausedBatches(tx, window.endsAt, now)) {
    await enqueue(tx, "flush_batch", { batchId });
  }
  for (const notificationId of await releasePausedNotifications(tx, window.endsAt, now)) {
    await enqueue(tx, "deliver_notification", { notificationId });
  }
}
