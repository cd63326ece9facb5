import "server-only";
import type { BackupsView } from "@/lib/domain/views/backups";
import { itemWords } from "@/lib/domain/words";
import { listBackups } from "@/lib/services/backups/list-backups";
import { listSwallowed } from "@/lib/services/reconcile/swallowed-items";
import { listJobs } from "@/lib/services/runs/list-jobs";
import { webContext } from "../service-context";
import { requireViewer } from "../viewer";

const shownSwallowed = 50;

/** The backups, what is under way, and what the last restore swallowed. */
export async function loadBackups(): Promise<BackupsView> {
  await requireViewer();
  const ctx = webContext();
  const [listed, { settings }, { jobs }, swallowed] = await Promise.all([
    listBackups(ctx),
    ctx.loadConfig(),
    listJobs(ctx),
    listSwallowed(ctx, { before: null, limit: shownSwallowed }),
  ]);
  const job = jobs.find(({ name }) => name === "backup");
  const run = job?.lastRun ?? null;
  return {
    backups: listed.backups.map(({ fileName, kind, at, sizeBytes, check }) => ({
      fileName,
      kind,
      at,
      sizeBytes,
      check: !check
        ? { kind: "unchecked" }
        : check.problem === null
          ? { kind: "whole", rows: check.rows ?? 0 }
          : { kind: "damaged", because: check.problem },
    })),
    restores: listed.restores.map((restore) => ({
      id: restore.id,
      fileName: restore.fileName,
      backupAt: restore.backupAt,
      startedAt: restore.startedAt,
      finishedAt: restore.finishedAt,
      outcome: restore.outcome,
      words: restore.words,
      heldMails: restore.heldMails,
    })),
    freeBytes: listed.freeBytes,
    running: runningOf(run, job?.isQueued ?? false),
    failure: run?.outcome === "failed" ? run.error : null,
    nextAt: job?.nextRunAt ?? null,
    keep: settings.BACKUP_KEEP,
    swallowed: {
      count: swallowed.total,
      rows: swallowed.items.map(({ id, personName, title, mediaKey }) => ({
        id,
        personName,
        title,
        what: itemWords([mediaKey]),
      })),
    },
  };
}

function runningOf(
  run: { finishedAt: Date | null; words: string | null; done: number; total: number | null } | null,
  isQueued: boolean,
): BackupsView["running"] {
  if (run && !run.finishedAt) {
    return { words: run.words ?? "Beginning", done: run.done, total: run.total };
  }
  return isQueued ? { words: "Waiting for a worker", done: 0, total: null } : null;
}
