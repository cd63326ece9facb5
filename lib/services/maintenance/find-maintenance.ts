import type { Executor } from "@/lib/store/db";
import { findCoveringWindow } from "@/lib/store/maintenance";

/**
 * The maintenance window under way at a moment, or null. The row's times decide, not the job that marks it: a late or
 * lost job neither lets mails out early nor holds them longer. Of several the one that ends last.
 */
export async function activeMaintenance(
  executor: Executor,
  now: Date,
): Promise<{ id: number; title: string; endsAt: Date } | null> {
  const window = await findCoveringWindow(executor, now);
  return window && { id: window.id, title: window.title, endsAt: window.endsAt };
}
