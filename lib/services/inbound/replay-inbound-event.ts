import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import { copyInboundEvent, findInboundEvent } from "@/lib/store/inbound-events";
import type { ServiceContext } from "../context";
import type { EventOutcome } from "./event-outcome";
import { rehearseInboundEvent } from "./process-inbound-event";
import { rehearseCollection } from "./rehearse-collection";

/** Works an event off once more, as if it had arrived now. Returns the id of the new event. */
export async function replayInboundEvent(ctx: ServiceContext, eventId: number): Promise<number> {
  return ctx.database.db.transaction(async (tx) => {
    const event = await findInboundEvent(tx, eventId);
    if (event?.bodyRemovedAt) throw noBodyLeft();
    const copyId = await copyInboundEvent(tx, eventId, ctx.now());
    if (copyId === null) throw new AppError("not_found", "There is no such event");
    await enqueue(tx, "process_inbound_event", { eventId: copyId });
    await announceChange(tx, "inbound");
    return copyId;
  });
}

/** Says what a replay would do, without doing any of it. */
export async function dryReplayInboundEvent(
  ctx: ServiceContext,
  eventId: number,
): Promise<EventOutcome> {
  const event = await findInboundEvent(ctx.database.db, eventId);
  if (event?.bodyRemovedAt) throw noBodyLeft();
  const outcome = await rehearseInboundEvent(ctx, eventId);
  if (!event || !outcome) throw new AppError("not_found", "There is no such event");
  return { ...outcome, effects: [...outcome.effects, ...(await rehearseCollection(ctx, event))] };
}

const noBodyLeft = () =>
  new AppError(
    "conflict",
    "The body of this event is no longer kept, so there is nothing to replay",
  );
