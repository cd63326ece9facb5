import "server-only";
import { listBackups } from "@/lib/services/backups/list-backups";
import { removeBackup } from "@/lib/services/backups/remove-backup";
import { requestRestore } from "@/lib/services/backups/run-restore";
import { listSwallowed, releaseSwallowed } from "@/lib/services/reconcile/swallowed-items";
import { runJob } from "@/lib/services/runs/run-job";
import { writeAudit } from "../../audit";
import { receiveBackup, sendBackup } from "../../backup-transfer";
import { backupDeed, swallowedDeed } from "../../deeds";
import { webContext } from "../../service-context";
import { apiRoute } from "../api-route";
import { requireCaller } from "../caller";
import {
  deleteBackup,
  getBackupFile,
  getBackups,
  getSwallowed,
  postBackup,
  postBackupUpload,
  postRestore,
  postSwallowedRelease,
} from "../contracts/backups";
import { idPage } from "../id-page";
import { iso } from "../moments";
import { refusalOf } from "../refusal";

export const backupList = apiRoute(getBackups, async () => {
  const { backups, restores } = await listBackups(webContext());
  return {
    backups: backups.map(({ fileName, kind, at, sizeBytes, check }) => ({
      id: fileName,
      kind,
      at: iso(at),
      sizeBytes,
      checkedAt: iso(check?.checkedAt ?? null),
      rows: check?.rows ?? null,
      problem: check?.problem ?? null,
    })),
    restores: restores.map((restore) => ({
      id: restore.id,
      backup: restore.fileName,
      startedAt: iso(restore.startedAt),
      swappedAt: iso(restore.swappedAt),
      finishedAt: iso(restore.finishedAt),
      outcome: restore.outcome,
      words: restore.words,
      heldMails: restore.heldMails,
    })),
  };
});

export const backupMake = apiRoute(postBackup, async ({ note }) => {
  note({ subject: "job backup" });
  await runJob(webContext(), "backup");
  return { standing: "queued" as const };
});

export const backupRestore = apiRoute(postRestore, async ({ params, actor, note }) => {
  note({ subject: params.id });
  return { restoreId: await requestRestore(webContext(), params.id, actor) };
});

export const swallowedList = apiRoute(getSwallowed, async ({ query }) => {
  const { total, items } = await listSwallowed(webContext(), {
    before: query.after ?? null,
    limit: query.limit + 1,
  });
  const { rows, next } = idPage(items, query.limit);
  return {
    total,
    next,
    rows: rows.map(({ id, userId, personName, requestId, title, mediaKey, at }) => ({
      ...{ id, userId, name: personName, requestId, title, mediaKey },
      at: iso(at),
    })),
  };
});

export const swallowedRelease = apiRoute(
  postSwallowedRelease,
  async ({ body: { ids }, actor, note }) => {
    const deed = await swallowedDeed(ids);
    const released = await releaseSwallowed(webContext(), { ids, actor });
    note({ ...deed, after: { ids, released } });
    return { released };
  },
);

export const backupDelete = apiRoute(deleteBackup, async ({ params, note }) => {
  note(await backupDeed(params.id));
  await removeBackup(webContext(), params.id);
  return null;
});

/** Streamed, and so not through `apiRoute`, which deals in JSON. */
export async function backupFile(
  request: Request,
  place: { params: Promise<{ id: string }> },
): Promise<Response> {
  try {
    const { actor, address } = await requireCaller(request, getBackupFile.needs);
    const { id } = await place.params;
    const answer = await sendBackup(id);
    await writeAudit({
      actor,
      address,
      area: "backups",
      action: "Downloaded a backup",
      subject: id,
    });
    return answer;
  } catch (error) {
    return refusalOf(error, getBackupFile);
  }
}

/** Streamed likewise. */
export async function backupUpload(request: Request): Promise<Response> {
  try {
    const { actor, address } = await requireCaller(request);
    const id = await receiveBackup(request);
    await writeAudit({
      ...{ actor, address, area: "backups", action: postBackupUpload.summary },
      subject: id,
    });
    return Response.json({ id }, { status: 201, headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    return refusalOf(error, postBackupUpload);
  }
}
