import type { DomainEvent } from "@/lib/domain/inbound";
import { listWords } from "@/lib/domain/words";
import { enqueue } from "@/lib/queue/enqueue";
import type { Executor } from "@/lib/store/db";
import type { InboundEffect } from "@/lib/store/inbound-events";
import { type Issue, listOpenIssuesOf, updateIssue } from "@/lib/store/issues";
import type { EventScope } from "../inbound/event-outcome";
import { noteIssue } from "./note-issue";

type FileEvent = Extract<DomainEvent, { kind: "grabbed" | "imported" }>;

/**
 * A grab or an import may be the replacement somebody waits for. An import makes the library be asked, of the reported
 * episode or season only; a grab is told. Part of the transaction of the event.
 */
export async function checkIssuesOf(
  tx: Executor,
  event: FileEvent,
  scope: EventScope,
): Promise<InboundEffect[]> {
  const issues = await issuesOf(tx, event, scope);
  if (issues.length === 0) return [];
  const named = listWords(issues.map((issue) => `#${issue.seerrIssueId}`));
  if (event.kind === "grabbed") {
    for (const issue of issues) await noteGrab(tx, issue, event, scope);
    return [{ words: `Noted a replacement for issue ${named}`, detail: null }];
  }
  for (const issue of issues) {
    await enqueue(tx, "check_issue", { issueId: issue.id });
  }
  return [
    {
      words: `Issue ${named} is looked at`,
      detail: "It is resolved only if another file is there than when it was reported",
    },
  ];
}

async function issuesOf(tx: Executor, event: FileEvent, scope: EventScope): Promise<Issue[]> {
  const isFourK = scope.instance?.isFourK ?? false;
  const { item } = event;
  if (item.type === "movie") {
    const { tmdbId } = item;
    return tmdbId === null ? [] : listOpenIssuesOf(tx, { mediaType: "movie", tmdbId, isFourK });
  }
  const { tvdbId, tmdbId, episodes } = item;
  return listOpenIssuesOf(tx, { mediaType: "tv", tvdbId, tmdbId, isFourK, episodes });
}

async function noteGrab(
  tx: Executor,
  issue: Issue,
  event: Extract<FileEvent, { kind: "grabbed" }>,
  { row, instance, now }: EventScope,
): Promise<void> {
  if (issue.status !== "fixing") return;
  // A download takes its time: the next repair does not begin meanwhile.
  await updateIssue(tx, issue.id, { steppedAt: now }, now);
  const { title, quality } = event.release;
  const entry = {
    at: row.receivedAt,
    kind: "fact" as const,
    code: "issue_grabbed",
    words: `A replacement was found${quality ? `, ${quality}` : ""}`,
    reason: title,
    source: instance?.name ?? (row.source === "radarr" ? "Radarr" : "Sonarr"),
    eventId: row.id,
    dedupeKey: `grabbed:${row.replayOf ?? row.id}`,
  };
  // The request's timeline has the grab already.
  await noteIssue(tx, { id: issue.id, requestId: null }, [entry], now);
}
