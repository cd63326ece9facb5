import { taskCatalog } from "@/lib/queue/catalog";
import type { OpenDatabase } from "@/lib/store/db";
import { type ArrivedWebhook, insertInboundEvents } from "@/lib/store/inbound-events";
import type { ServiceContext } from "../context";
import { together } from "../together";

type Arrival = ArrivedWebhook & { receivedAt: Date };

// Whoever waits here has had no answer yet: what a crash loses, the sender knows to be lost.
const intakes = new WeakMap<OpenDatabase, (webhook: Arrival) => Promise<number>>();

/**
 * Stores a webhook and the job that will look into it. When this returns, both are committed and the sender may be
 * told so. Nothing outside PostgreSQL is asked. Those that arrive while others are being stored go together in the
 * next transaction: a commit costs the same for one as for many.
 */
export async function receiveWebhook(
  ctx: Pick<ServiceContext, "database" | "now">,
  arrived: ArrivedWebhook,
): Promise<number> {
  const { database } = ctx;
  const take = intakes.get(database) ?? openIntake(database);
  intakes.set(database, take);
  return take({ ...arrived, receivedAt: ctx.now() });
}

function openIntake(database: OpenDatabase): (webhook: Arrival) => Promise<number> {
  const { maxAttempts, priority } = taskCatalog.process_inbound_event;
  const job = { name: "process_inbound_event", maxAttempts, priority: priority ?? 0 };
  return together(
    (webhooks: readonly Arrival[]) => insertInboundEvents(database.raw, webhooks, job),
    {
      // Enough for a storm of events, little enough to keep one statement short.
      largest: 64,
      weigh: { one: (webhook) => webhook.body.length, most: 4 * 1024 * 1024 },
      isWorthSplitting: isRefusedContent,
    },
  );
}

/** SQLSTATE class 22: the data is wrong, not the database, and the others' may be right. */
function isRefusedContent(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^22/.test(String(error.code));
}
