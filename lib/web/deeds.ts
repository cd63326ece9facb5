import "server-only";
import { redactText } from "@/lib/log";
import { findBackupFile } from "@/lib/services/backups/backup-folder";
import { listSwallowed } from "@/lib/services/reconcile/swallowed-items";
import { listAdminSessions } from "@/lib/store/admin-sessions";
import type { ApiKey } from "@/lib/store/api-keys";
import { findIssue } from "@/lib/store/issues";
import { findMaintenanceWindow } from "@/lib/store/maintenance";
import { findMilestone } from "@/lib/store/milestones";
import { findNotification, listStatuses } from "@/lib/store/notifications";
import { listWatchers } from "@/lib/store/requests";
import { findUser } from "@/lib/store/users";
import { listFailingJobs } from "@/lib/store/views/api-jobs";
import type { Change } from "./admin-action";
import { webContext, webDatabase } from "./service-context";

/**
 * What the audit says of what pages and API do alike. Each is asked before the thing is done, so that `before` is how it
 * stood, and is given what becomes of it. The names of ids in `after` lead from the audit to what they name.
 */

type After = Record<string, unknown>;

/** Something is done to a mail. */
export async function mailDeed(notificationId: number, after: After): Promise<Change> {
  const mail = await findNotification(webDatabase().db, notificationId);
  return {
    subject: `mail ${notificationId}`,
    before: mail && { status: mail.status, dueAt: mail.dueAt },
    after: { notificationId, ...after },
  };
}

/** Something is done to several mails: how each stood, by its id. */
export async function mailsDeed(ids: readonly number[], after: After): Promise<Change> {
  const mails = await listStatuses(webDatabase().db, ids);
  const before = Object.fromEntries(mails.map(({ id, status }) => [`mail ${id}`, status]));
  return { subject: `${ids.length} mails`, before, after };
}

/** Something is done to an issue. */
export async function issueDeed(issueId: number, after: After): Promise<Change> {
  const issue = await findIssue(webDatabase().db, issueId);
  return {
    subject: `issue ${issueId}`,
    before: issue && { status: issue.status, attempts: issue.attemptCount },
    after: { issueId, ...after },
  };
}

/** A maintenance window is called off or ended. */
export async function windowDeed(windowId: number, after: After): Promise<Change> {
  const window = await findMaintenanceWindow(webDatabase().db, windowId);
  return {
    subject: window?.title ?? `window ${windowId}`,
    before: window && { status: window.status, endsAt: window.endsAt },
    after,
  };
}

/** People are attached to a request, or taken away from it. */
export async function watchersDeed(requestId: number, after: After): Promise<Change> {
  const watchers = await listWatchers(webDatabase().db, [requestId]);
  return {
    subject: `request ${requestId}`,
    before: { watchers: watchers.map(({ displayName }) => displayName) },
    after: { requestId, ...after },
  };
}

/** Something is done to the links of a person. */
export async function linksDeed(userId: number, after: After): Promise<Change> {
  const user = await findUser(webDatabase().db, userId);
  return {
    subject: user?.displayName ?? `person ${userId}`,
    before: user && { linkVersion: user.linkVersion },
    after: { userId, ...after },
  };
}

/** A failing job is tried again, or given up. */
export async function failingJobDeed(jobId: string, after: After): Promise<Change> {
  const failing = (await listFailingJobs(webDatabase().db, 100)).find(({ id }) => id === jobId);
  return {
    subject: failing ? `job ${failing.task}` : `job ${jobId}`,
    before: failing && {
      attempts: failing.attempts,
      lastError: redactText(failing.lastError),
    },
    after,
  };
}

/** A backup is deleted. Throws `not_found`. */
export async function backupDeed(fileName: string): Promise<Change> {
  const { configDir } = await webContext().loadConfig();
  const { sizeBytes, at } = await findBackupFile(configDir, fileName);
  return { subject: fileName, before: { sizeBytes, madeAt: at }, after: null };
}

/** What a restore swallowed is let out. */
export async function swallowedDeed(ids: readonly number[] | "all"): Promise<Change> {
  const { total } = await listSwallowed(webContext(), { before: null, limit: 1 });
  return { before: { waiting: total }, after: { ids } };
}

/** The calendar link is made or revoked. */
export async function calendarLinkDeed(becomes: "made" | "revoked"): Promise<Change> {
  const madeAt = await findMilestone(webDatabase().db, "calendar_link");
  return {
    subject: "calendar link",
    before: { link: madeAt ? `made ${madeAt.toISOString()}` : "none" },
    after: { link: becomes },
  };
}

/** The logo of mails becomes another one, or none. */
export async function logoDeed(bytes: Uint8Array | null): Promise<Change> {
  const { settings } = await webContext().loadConfig();
  return {
    subject: "MAIL_LOGO",
    before: { logo: settings.MAIL_LOGO || "none" },
    after: { logo: bytes ? `${bytes.length} bytes` : "none" },
  };
}

/** A session is ended. */
export async function sessionDeed(publicId: string): Promise<Change> {
  const ctx = webContext();
  const sessions = await listAdminSessions(ctx.database.db, ctx.now());
  const found = sessions.find(({ session }) => session.publicId === publicId);
  return {
    subject: `session ${publicId.slice(0, 8)}`,
    before: found && { account: found.name, address: found.session.address },
    after: null,
  };
}

/** All sessions but one are ended. */
export async function otherSessionsDeed(kept: string | null): Promise<Change> {
  const ctx = webContext();
  const sessions = await listAdminSessions(ctx.database.db, ctx.now());
  const others = sessions.filter(({ session }) => session.publicId !== kept);
  return { before: { sessions: others.map(({ name, session }) => `${name}, ${session.address}`) } };
}

/** A key was revoked. */
export function keyDeed({ name, scope, createdBy, lastUsedAt }: ApiKey): Change {
  return { subject: `key ${name}`, before: { scope, createdBy, lastUsedAt }, after: null };
}

/** A webhook was written into a service, whether its test arrived or not. */
export function webhookDeed(
  key: string,
  { before, after }: { before: string | null; after: string },
  outcome: string,
): Change {
  return {
    subject: `webhook of ${key}`,
    before: { postsTo: before },
    after: { postsTo: after, outcome },
  };
}
