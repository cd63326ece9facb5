import { issueMailFacts } from "@/lib/domain/issue-mail";
import { durationWords } from "@/lib/domain/words";
import { UpstreamError } from "@/lib/errors";
import { findIssue } from "@/lib/store/issues";
import { listMediaItems } from "@/lib/store/media-items";
import type { Notification } from "@/lib/store/notifications";
import { insertTimeline } from "@/lib/store/timeline";
import type { ServiceContext } from "../context";
import { batchTiming, type Config } from "../load-config";
import type { Pause } from "../maintenance/find-pause";
import { showsFiles } from "../plex/check-availability";

/** The longer it lasts the rarer Plex is asked: a fifth of the time waited, half an hour at most. */
const longestPauseMs = 30 * 60 * 1000;

/**
 * Keeps “issue resolved” back while Plex still shows the file that was complained of. Null when it may leave: also when
 * Plex is not connected, and at the deadline, because the issue is resolved whatever Plex thinks.
 */
export async function findReplacementWait(
  ctx: ServiceContext,
  config: Config,
  notification: Notification,
): Promise<Pause | null> {
  if (notification.kind !== "issue_resolved") return null;
  const { db } = ctx.database;
  const facts = issueMailFacts.safeParse(notification.facts);
  const issue = facts.success ? await findIssue(db, facts.data.issueId) : null;
  const files = issue?.resolvedFiles ?? [];
  const paths = files.flatMap((file) => (file.path === null ? [] : [file.path]));
  const keys = files.map((file) => file.mediaKey);
  const [item] = await listMediaItems(db, keys);
  if (!item || paths.length === 0) return null;

  const { checkEveryMs, deadlineMs } = batchTiming(config.settings);
  const now = ctx.now();
  const waitedMs = now.getTime() - notification.createdAt.getTime();
  const because = await whyNotYet(ctx, config, item, paths);
  if (because === null) return null;
  if (waitedMs >= deadlineMs) {
    await noteDeadline(ctx, notification, durationWords(deadlineMs), now);
    return null;
  }
  const pauseMs = Math.min(Math.max(checkEveryMs, waitedMs / 5, 1000), longestPauseMs);
  return {
    until: new Date(now.getTime() + pauseMs),
    because,
    waitsFor: "until Plex shows the new file",
  };
}

/** Null when Plex shows them. */
async function whyNotYet(
  ctx: ServiceContext,
  config: Config,
  item: Parameters<typeof showsFiles>[2],
  paths: readonly string[],
): Promise<string | null> {
  try {
    const isThere = await showsFiles(ctx, config, item, paths);
    return isThere ? null : "Plex does not show the new file yet";
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    return `Plex could not be asked: ${error.message}`;
  }
}

async function noteDeadline(
  ctx: ServiceContext,
  notification: Notification,
  deadline: string,
  now: Date,
): Promise<void> {
  if (notification.requestId === null) return;
  await insertTimeline(ctx.database.db, [
    {
      requestId: notification.requestId,
      userId: notification.userId,
      at: now,
      kind: "trouble",
      code: "replacement_not_in_plex",
      words: `Plex did not show the new file within ${deadline}`,
      reason: "The mail leaves all the same: the file was replaced",
      source: "Plex",
      notificationId: notification.id,
      dedupeKey: `replacement:${notification.id}`,
    },
  ]);
}
