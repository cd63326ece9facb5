import "server-only";
import { cache } from "react";
import { plural } from "@/lib/domain/views/count-words";
import {
  type EffectView,
  type InboundOutcome,
  type InboundSource,
  type InboxEventView,
  type InboxListView,
  resultWords,
  sourceNames,
  typeWords,
} from "@/lib/domain/views/inbox";
import { durationWords } from "@/lib/domain/views/moment-words";
import { readableBody } from "@/lib/domain/views/redact-body";
import type { StatusKind } from "@/lib/domain/views/status";
import { findInboxEvent, listInboxPage } from "@/lib/store/views/inbox-list";
import { listInstanceNames } from "@/lib/store/views/instance-names";
import { webDatabase } from "../service-context";
import { currentReader, requireViewer } from "../viewer";
import { startOfDay } from "./notification-list";

export type InboxQuery = {
  q?: string | undefined;
  source?: string | undefined;
  outcome?: string | undefined;
  day?: string | undefined;
  before?: string | undefined;
};

const PAGE_SIZE = 50;

/** One page of events, newest first. */
export const loadInboxList = cache(async (query: InboxQuery): Promise<InboxListView> => {
  await requireViewer();
  const reader = await currentReader();
  const { db } = webDatabase();
  const before = Number(query.before);
  const beforeId = Number.isSafeInteger(before) && before > 0 ? before : null;
  const [page, instances] = await Promise.all([
    listInboxPage(
      db,
      {
        text: query.q?.trim().slice(0, 200) || null,
        source: knownSource(query.source),
        outcome: knownOutcome(query.outcome),
        since: query.day === "today" ? startOfDay(reader) : null,
      },
      beforeId,
      PAGE_SIZE,
    ),
    listInstanceNames(db),
  ]);
  return {
    rows: page.rows.map((row) => ({
      id: row.id,
      receivedAt: row.receivedAt,
      source: row.source,
      sourceName: nameOf(row, instances),
      typeWords: typeWords(row.eventType),
      title: row.title ?? (row.outcome === "ignored" ? row.reason : null),
      result: resultWords(row.outcome, row.effects),
      outcome: row.outcome,
    })),
    older: page.olderThan === null ? null : String(page.olderThan),
    newest: beforeId === null,
  };
});

function nameOf(
  row: { source: InboundSource; instanceKey: string | null },
  instances: Map<string, string>,
): string {
  return (row.instanceKey && instances.get(row.instanceKey)) || sourceNames[row.source];
}

function knownSource(text: string | undefined): InboundSource | null {
  return text === "seerr" || text === "sonarr" || text === "radarr" ? text : null;
}

function knownOutcome(text: string | undefined): InboundOutcome | null {
  return text === "pending" || text === "handled" || text === "ignored" || text === "failed"
    ? text
    : null;
}

/** One event with what it caused and what arrived; null when there is none with this id. */
export const loadInboxEvent = cache(async (eventId: number): Promise<InboxEventView | null> => {
  await requireViewer();
  const { db } = webDatabase();
  const [row, instances] = await Promise.all([findInboxEvent(db, eventId), listInstanceNames(db)]);
  if (!row) return null;
  return {
    id: row.id,
    receivedAt: row.receivedAt,
    source: row.source,
    sourceName: nameOf(row, instances),
    typeWords: typeWords(row.eventType),
    title: row.title,
    remoteAddress: row.remoteAddress,
    outcome: row.outcome,
    reason: row.reason,
    effects: effectsOf(row),
    body: readableBody(Buffer.from(row.bodyStart).toString("utf8")),
    bodyBytes: row.size,
    bodyRemoved: row.bodyRemovedAt ? removedWords(row.receivedAt, row.bodyRemovedAt) : null,
    headers: row.headers,
    replayOf: row.replayOf,
  };
});

/** What retention says in place of a body. */
function removedWords(receivedAt: Date, removedAt: Date): string {
  const days = Math.max(1, Math.round((removedAt.getTime() - receivedAt.getTime()) / 86_400_000));
  return `Removed ${plural(days, "day")} after it arrived, as the settings say. What it caused stays on record.`;
}

function effectsOf(row: {
  receivedAt: Date;
  processedAt: Date | null;
  outcome: InboundOutcome;
  reason: string | null;
  effects: { words: string; detail: string | null }[] | null;
}): EffectView[] {
  const stored: EffectView = {
    status: "sent",
    words: "Stored and acknowledged",
    detail: row.processedAt
      ? `before anything else; ${readWords(row.processedAt.getTime() - row.receivedAt.getTime())}`
      : "before anything else; not read yet",
  };
  const caused = (row.effects ?? []).map(
    (effect): EffectView => ({ ...effect, status: markOf(effect.words) }),
  );
  switch (row.outcome) {
    case "pending":
      return [stored, { status: "waiting", words: "In line to be read", detail: row.reason }];
    case "ignored":
      return [stored, ...caused, { status: "declined", words: "Ignored", detail: row.reason }];
    case "failed":
      return [
        stored,
        ...caused,
        { status: "failed", words: "Could not be read", detail: row.reason },
      ];
    case "handled":
      return caused.length === 0
        ? [stored, { status: "sent", words: "Noted", detail: row.reason }]
        : [stored, ...caused];
  }
}

const readWords = (milliseconds: number) =>
  milliseconds < 1_000 ? "read at once" : `read ${durationWords(milliseconds)} later`;

/** The mark beside an effect: what still waits is amber, what was not done is grey. */
function markOf(words: string): StatusKind {
  if (/\b(wait|planned|moved|asked|later)/i.test(words)) return "waiting";
  if (/^(nobody|not|nothing|no|ignored)\b/i.test(words)) return "declined";
  if (/\b(failed|refused)\b/i.test(words)) return "failed";
  return "sent";
}
