import { statfs } from "node:fs/promises";
import { readImports } from "@/lib/clients/servarr-history";
import {
  type Finding,
  judgeDisk,
  judgeQueue,
  judgeWebhooks,
  judgeWorkers,
} from "@/lib/domain/health";
import type { Instance } from "@/lib/domain/instance";
import { UpstreamError } from "@/lib/errors";
import { listImportWebhookTimes } from "@/lib/store/inbound-events";
import { findInstance } from "@/lib/store/instances";
import { findWaitingJobs, findWaitingMails, listWorkerSilences } from "@/lib/store/queue-standing";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";

const hour = 60 * 60_000;

/** Whether what is due gets done. */
export async function watchQueue(ctx: ServiceContext, { settings }: Config): Promise<Finding> {
  const { db } = ctx.database;
  const [jobs, mails] = await Promise.all([findWaitingJobs(db), findWaitingMails(db, ctx.now())]);
  return judgeQueue(
    {
      waitingJobs: jobs.count,
      oldestJobMs: jobs.oldestMs,
      waitingMails: mails.count,
      oldestMailMs: mails.oldestMs,
    },
    settings.QUEUE_STALLED_MINUTES * 60_000,
  );
}

/** Whether every worker process beats. */
export async function watchWorkers(ctx: ServiceContext): Promise<Finding> {
  return judgeWorkers(await listWorkerSilences(ctx.database.db));
}

/** Whether the disk of the config folder has room; the database usually lives there too. */
export async function watchDisk({ configDir, settings }: Config): Promise<Finding> {
  const disk = await statfs(configDir);
  const size = { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize };
  return judgeDisk(size, settings.DISK_FREE_MB);
}

/**
 * Whether the imports of an instance were announced by webhooks: its history is compared with what arrived. Null when
 * it cannot be asked, which its own check tells.
 */
export async function watchWebhooks(
  ctx: ServiceContext,
  { settings }: Config,
  instance: Instance,
): Promise<Finding | null> {
  const { db } = ctx.database;
  const now = ctx.now();
  const silenceMs = settings.WEBHOOK_SILENCE_HOURS * hour;
  const row = await findInstance(db, instance.key);
  if (!row) return null;
  // Before we were there nothing could be announced to us.
  const since = new Date(Math.max(row.createdAt.getTime(), now.getTime() - silenceMs - 48 * hour));
  const { name, url, apiKey } = instance;
  const timeoutMs = settings.HEALTH_TIMEOUT_SECONDS * 1000;
  try {
    const imports = await readImports(instance.kind, { name, url, apiKey, timeoutMs }, since);
    const announcedAt = await listImportWebhookTimes(
      db,
      instance.key,
      new Date(since.getTime() - hour),
    );
    return judgeWebhooks({ importedAt: imports.map(({ at }) => at), announcedAt }, silenceMs, now);
  } catch (error) {
    if (error instanceof UpstreamError) return null;
    throw error;
  }
}
