import { taskCatalog } from "@/lib/queue/catalog";
import type { OpenDatabase } from "@/lib/store/db";
import { type ArrivedWebhook, insertInboundEvents } from "@/lib/store/inbound-events";
import type { ServiceContext } from "./context";

type Waiting = {
  webhook: ArrivedWebhook & { receivedAt: Date };
  stored: (eventId: number) => void;
  failed: (error: unknown) => void;
};

/** At most this much is stored at once: enough for a storm of events, little enough to keep one statement short. */
const mostAtOnce = 64;
const mostBytesAtOnce = 4 * 1024 * 1024;

// Whoever waits here has had no answer yet: what a crash loses, the sender knows to be lost.
const intakes = new WeakMap<OpenDatabase, { waiting: Waiting[]; isStoring: boolean }>();

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
  const intake = intakes.get(database) ?? { waiting: [], isStoring: false };
  intakes.set(database, intake);
  return new Promise((stored, failed) => {
    intake.waiting.push({ webhook: { ...arrived, receivedAt: ctx.now() }, stored, failed });
    if (!intake.isStoring) void storeWaiting(database, intake);
  });
}

async function storeWaiting(
  database: OpenDatabase,
  intake: { waiting: Waiting[]; isStoring: boolean },
): Promise<void> {
  intake.isStoring = true;
  while (intake.waiting.length > 0) {
    const some = takeSome(intake.waiting);
    try {
      await store(database, some);
    } catch (error) {
      // One whose content PostgreSQL refuses must not take the others along.
      if (some.length > 1 && isRefusedContent(error)) {
        for (const one of some) await store(database, [one]).catch(one.failed);
      } else {
        for (const one of some) one.failed(error);
      }
    }
  }
  intake.isStoring = false;
}

/** SQLSTATE class 22: the data is wrong, not the database. */
function isRefusedContent(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^22/.test(String(error.code));
}

function takeSome(waiting: Waiting[]): Waiting[] {
  let bytes = 0;
  let count = 0;
  for (const { webhook } of waiting.slice(0, mostAtOnce)) {
    bytes += webhook.body.length;
    if (count > 0 && bytes > mostBytesAtOnce) break;
    count += 1;
  }
  return waiting.splice(0, count);
}

async function store(database: OpenDatabase, some: readonly Waiting[]): Promise<void> {
  const { maxAttempts, priority } = taskCatalog.process_inbound_event;
  const ids = await insertInboundEvents(
    database.raw,
    some.map((one) => one.webhook),
    { name: "process_inbound_event", maxAttempts, priority: priority ?? 0 },
  );
  some.forEach((one, index) => {
    one.stored(ids[index] ?? 0);
  });
}
