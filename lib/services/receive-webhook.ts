import { taskCatalog } from "@/lib/queue/catalog";
import { type ArrivedWebhook, insertInboundEvent } from "@/lib/store/inbound-events";
import type { ServiceContext } from "./context";

/**
 * Stores a webhook and the job that will look into it. When this returns, both are committed and the sender may be
 * told so. Nothing outside PostgreSQL is asked.
 */
export async function receiveWebhook(
  ctx: Pick<ServiceContext, "database" | "now">,
  webhook: ArrivedWebhook,
): Promise<number> {
  const { maxAttempts, priority } = taskCatalog.process_inbound_event;
  return insertInboundEvent(ctx.database.raw, webhook, ctx.now(), {
    name: "process_inbound_event",
    maxAttempts,
    priority: priority ?? 0,
  });
}
