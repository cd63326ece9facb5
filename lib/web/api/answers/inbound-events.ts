import "server-only";
import type { z } from "zod";
import { readableBody } from "@/lib/domain/views/redact-body";
import { AppError } from "@/lib/errors";
import {
  dryReplayInboundEvent,
  replayInboundEvent,
} from "@/lib/services/inbound/replay-inbound-event";
import { findInboxEvent, type InboxListRow, listInboxPage } from "@/lib/store/views/inbox-list";
import { webContext } from "../../service-context";
import { apiRoute } from "../api-route";
import { getInboundEvent, getInboundEvents, postReplay } from "../contracts/inbound-events";
import { iso } from "../moments";

export const inboundEventList = apiRoute(getInboundEvents, async ({ query }) => {
  const { rows, olderThan } = await listInboxPage(
    webContext().database.db,
    {
      text: query.q || null,
      source: query.source ?? null,
      outcome: query.outcome ?? null,
      since: null,
    },
    query.after ?? null,
    query.limit,
  );
  return { rows: rows.map(summary), next: olderThan === null ? null : String(olderThan) };
});

export const inboundEventDetail = apiRoute(getInboundEvent, async ({ params }) => {
  const row = await findInboxEvent(webContext().database.db, params.id);
  if (!row) throw new AppError("not_found", "There is no such event");
  return {
    ...summary(row),
    headers: row.headers,
    body: readableBody(Buffer.from(row.bodyStart).toString("utf8")),
    bodyBytes: row.size,
    isBodyCut: row.size > row.bodyStart.length,
  };
});

export const inboundEventReplay = apiRoute(postReplay, async ({ params, query, note }) => {
  const ctx = webContext();
  if (!query.dry) {
    const eventId = await replayInboundEvent(ctx, params.id);
    note({ subject: `event ${params.id}`, after: { eventId: params.id, replayedAs: eventId } });
    return { dry: false as const, eventId };
  }
  note(null);
  const { outcome, reason, effects } = await dryReplayInboundEvent(ctx, params.id);
  return { dry: true as const, outcome, reason, effects };
});

function summary(row: InboxListRow): z.input<typeof getInboundEvents.response>["rows"][number] {
  return {
    id: row.id,
    receivedAt: iso(row.receivedAt),
    source: row.source,
    instance: row.instanceKey,
    pathInstance: row.pathInstance,
    remoteAddress: row.remoteAddress,
    eventType: row.eventType,
    title: row.title,
    outcome: row.outcome,
    reason: row.reason,
    effects: row.effects ?? [],
    processedAt: iso(row.processedAt),
    replayOf: row.replayOf,
  };
}
