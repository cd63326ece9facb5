import { type DomainEvent, describeEvent } from "@/lib/domain/inbound";
import { type Instance, resolveInstance } from "@/lib/domain/instance";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import {
  findInboundEvent,
  finishInboundEvent,
  type InboundEvent,
} from "@/lib/store/inbound-events";
import { noteInstanceSeen } from "@/lib/store/instances";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";
import { applyIssueEvent } from "./apply-issue-event";
import { applyMediaEvent } from "./apply-media-event";
import { applyRequestEvent } from "./apply-request-event";
import { type EventOutcome, type EventScope, handled, ignored } from "./event-outcome";
import { parseInboundEvent } from "./parse-inbound-event";

/** Works off one stored webhook: understands it, writes down what it teaches and queues what follows, at once. */
export async function processInboundEvent(ctx: ServiceContext, eventId: number): Promise<void> {
  const row = await findInboundEvent(ctx.database.db, eventId);
  if (!row || row.outcome === "handled" || row.outcome === "ignored") return;
  const config = await ctx.loadConfig();
  await ctx.database.db.transaction(async (tx) => {
    const result = await applyEvent(tx, row, config, ctx.now());
    await finishInboundEvent(tx, row.id, result, ctx.now());
    await announceChange(tx, "inbound");
  });
}

/** Says what an event would do, and leaves no trace: everything happens in a transaction that is undone. */
export async function rehearseInboundEvent(
  ctx: ServiceContext,
  eventId: number,
): Promise<EventOutcome | null> {
  const row = await findInboundEvent(ctx.database.db, eventId);
  if (!row) return null;
  const config = await ctx.loadConfig();
  const undone = new Undone();
  try {
    await ctx.database.db.transaction(async (tx) => {
      undone.result = await applyEvent(tx, row, config, ctx.now());
      throw undone;
    });
  } catch (error) {
    if (error !== undone) throw error;
  }
  return undone.result;
}

class Undone extends Error {
  result: EventOutcome | null = null;
}

/** Records that an event could not be worked off; `isLast` says that nobody tries again. */
export async function noteEventFailure(
  ctx: ServiceContext,
  eventId: number,
  words: string,
  isLast: boolean,
): Promise<void> {
  await finishInboundEvent(
    ctx.database.db,
    eventId,
    { outcome: isLast ? "failed" : "pending", reason: words },
    ctx.now(),
  );
}

async function applyEvent(
  tx: Executor,
  row: InboundEvent,
  config: Config,
  now: Date,
): Promise<EventOutcome & { eventType: string; title: string; instanceKey: string | null }> {
  const event = parseInboundEvent(row);
  const { type: eventType, title } = describeEvent(event);
  const instance = await findSender(tx, row, event, config);
  const result = await applyByKind(tx, event, { config, instance, row, now });
  return { ...result, eventType, title, instanceKey: instance?.key ?? null };
}

async function applyByKind(
  tx: Executor,
  event: DomainEvent,
  scope: EventScope,
): Promise<EventOutcome> {
  switch (event.kind) {
    case "test":
      return handled([{ words: "The connection works", detail: "A test changes nothing" }]);
    case "ignored":
      return ignored(event.because);
    case "request":
      return applyRequestEvent(tx, event, scope);
    case "issue":
      return applyIssueEvent(tx, event, scope);
    case "health":
      return ignored("Health messages of other services change nothing");
    case "renamed":
      return ignored("A rename brings nothing new to watch");
    case "grabbed":
    case "imported":
    case "file_deleted":
    case "title_added":
    case "title_deleted":
    case "manual_interaction":
      return applyMediaEvent(tx, event, scope);
  }
}

async function findSender(
  tx: Executor,
  row: InboundEvent,
  event: DomainEvent,
  config: Config,
): Promise<Instance | null> {
  if (row.source === "seerr") return null;
  const item = "item" in event ? event.item : null;
  const instance = resolveInstance(config.instances, {
    kind: row.source,
    pathInstance: row.pathInstance,
    instanceName: item?.instanceName ?? null,
    applicationUrl: item?.applicationUrl ?? null,
  });
  if (instance) {
    await noteInstanceSeen(tx, instance, {
      instanceName: item?.instanceName ?? null,
      applicationUrl: item?.applicationUrl ?? null,
      at: row.receivedAt,
    });
  }
  return instance;
}
