import { isToldByMail } from "@/lib/domain/alerts";
import { itemWords, listWords, sentence } from "@/lib/domain/words";
import { enqueue } from "@/lib/queue/enqueue";
import type { Batch, BatchItem } from "@/lib/store/batches";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import { claimAdminTold, type MediaItem } from "@/lib/store/media-items";
import { insertNotification } from "@/lib/store/notifications";
import { findRequest, listWatchers } from "@/lib/store/requests";
import { insertTimeline } from "@/lib/store/timeline";
import type { Config } from "../load-config";
import { adminAddress } from "../mails/mail-addresses";
import { queueAlerts } from "./queue-alerts";

/**
 * Plex did not show these files by the deadline: the admin is told once, with the paths, and nobody else is misled.
 * The requester's mail leaves when Plex shows them after all.
 */
export async function tellAdminNotInPlex(
  tx: Executor,
  config: Config,
  late: {
    batch: Batch;
    waiting: readonly (BatchItem & { item: MediaItem })[];
    mediaKeys: readonly string[];
  },
  now: Date,
): Promise<void> {
  const rows = late.waiting.filter((row) => late.mediaKeys.includes(row.mediaKey));
  const requestIds = [...new Set(rows.map((row) => row.requestId))];
  const watchers = await listWatchers(tx, requestIds);
  await insertTimeline(
    tx,
    rows.map((row) => ({
      requestId: row.requestId,
      mediaKey: row.mediaKey,
      at: now,
      kind: "trouble" as const,
      code: "not_in_plex",
      words: `Plex does not show ${itemWords([row.mediaKey])}`,
      reason: sentence(
        `${row.item.filePath ?? "its file"} was imported, but Plex cannot see it. The admin was told`,
      ),
      source: "Plex",
      dedupeKey: `not_in_plex:${row.requestId}:${row.mediaKey}:${row.item.fileId ?? 0}`,
    })),
  );
  const claimed = await claimAdminTold(tx, late.mediaKeys, now);
  const [first] = claimed;
  if (!first) return;
  const request = requestIds[0] === undefined ? null : await findRequest(tx, requestIds[0]);
  const instance =
    config.instances.find((i) => i.key === first.instanceKey)?.name ??
    first.instanceKey ??
    "Sonarr";
  const subject = `${first.title}: ${itemWords(claimed.map((item) => item.mediaKey))} imported but not in Plex`;
  const waiting = [...new Set(watchers.map((watcher) => watcher.displayName))];
  await queueAlerts(
    tx,
    config,
    {
      event: "not_in_plex",
      subject,
      headline: `Plex does not show ${first.title}`,
      lines: [
        `${instance} imported it, but Plex cannot see it. Nobody was misled; their mail leaves when Plex shows it.`,
      ],
      rows: [
        ...claimed
          .slice(0, 5)
          .map((item) => ({ label: "File", value: item.filePath ?? "not known" })),
        ...(waiting.length > 0 ? [{ label: "Waiting", value: listWords(waiting) }] : []),
      ],
      action: request ? { path: `/requests/${request.id}`, label: "Open the request" } : null,
    },
    now,
  );
  const toAddress = adminAddress(config.settings);
  if (!toAddress || !isToldByMail("not_in_plex", config.settings)) return;
  const notification = await insertNotification(
    tx,
    {
      audience: "admin",
      toAddress,
      kind: "not_in_plex",
      requestId: request?.id ?? null,
      batchId: late.batch.id,
      groupKey: late.batch.groupKey,
      title: first.title,
      subject,
      posterPath: request?.posterPath ?? null,
      facts: { instance, waiting },
      status: "scheduled",
      dueAt: now,
      createdAt: now,
      updatedAt: now,
    },
    claimed.map((item) => ({ mediaKey: item.mediaKey, requestId: request?.id ?? null })),
  );
  await enqueue(tx, "deliver_notification", { notificationId: notification.id });
  await announceChange(tx, "notifications");
}
