import "server-only";
import { cache } from "react";
import { type AuditArea, auditAreas } from "@/lib/domain/audit";
import { type ActivityView, deedView, type RunListView } from "@/lib/domain/views/activity";
import { jobTitle } from "@/lib/domain/views/health";
import { redactText } from "@/lib/log";
import { runDurationMs } from "@/lib/services/runs/list-jobs";
import { listActors, listAuditEntries } from "@/lib/store/audit";
import { listRuns } from "@/lib/store/job-runs";
import { webDatabase } from "../service-context";
import { requireViewer } from "../viewer";

export type ActivityQuery = {
  q?: string | undefined;
  person?: string | undefined;
  area?: string | undefined;
  before?: string | undefined;
};

const PAGE_SIZE = 50;
/** More people than one picks from a menu; the text search finds the rest. */
const MOST_ACTORS = 60;

/** What people did here, the newest first. */
export const loadActivity = cache(async (query: ActivityQuery): Promise<ActivityView> => {
  await requireViewer();
  const { db } = webDatabase();
  const before = placeOf(query.before);
  const filter = {
    actor: query.person?.slice(0, 200) || null,
    area: knownArea(query.area),
    text: query.q?.replaceAll("\0", "").trim().slice(0, 200) || null,
  };
  const [entries, actors] = await Promise.all([
    listAuditEntries(db, filter, { before, limit: PAGE_SIZE + 1 }),
    listActors(db, MOST_ACTORS),
  ]);
  return {
    deeds: entries.slice(0, PAGE_SIZE).map(deedView),
    older: nextPlace(entries),
    isNewest: before === null,
    actors,
  };
});

const causes = { schedule: "by itself", start: "at the start", admin: "by hand" } as const;
const outcomes = { ok: "sent", failed: "failed", interrupted: "slow" } as const;

/** What BingeAlert did by itself, the newest first. */
export const loadRuns = cache(
  async (query: { before?: string | undefined }): Promise<RunListView> => {
    await requireViewer();
    const before = placeOf(query.before);
    const runs = await listRuns(webDatabase().db, { before, limit: PAGE_SIZE + 1 });
    return {
      runs: runs.slice(0, PAGE_SIZE).map((run) => ({
        runId: run.id,
        title: jobTitle(run.name),
        startedAt: run.startedAt,
        tookMs: runDurationMs(run),
        status: run.outcome ? outcomes[run.outcome] : "sending",
        words: run.words ?? (run.outcome === null ? "At work" : "Done"),
        error: run.error && redactText(run.error),
        because: causes[run.trigger],
      })),
      older: nextPlace(runs),
      isNewest: before === null,
    };
  },
);

function placeOf(text: string | undefined): number | null {
  const id = Number(text);
  return Number.isSafeInteger(id) && id > 0 ? id : null;
}

function nextPlace(rows: readonly { id: number }[]): string | null {
  return rows.length > PAGE_SIZE ? String(rows[PAGE_SIZE - 1]?.id) : null;
}

const knownArea = (text: string | undefined): AuditArea | null =>
  auditAreas.find((area) => area === text) ?? null;
