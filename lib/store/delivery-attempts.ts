import { inArray, sql } from "drizzle-orm";
import { notifications } from "@/drizzle/schema";
import { storableText } from "@/lib/domain/storable-text";
import type { Executor } from "./db";
import type { Notification, NotificationBody, NotificationStatus } from "./notifications";

/**
 * The steps of an attempt, each for several mails in one statement: a busy worker sends many at once, and a round trip
 * costs the same for one as for all.
 */

export type Claim = { notificationId: number; workerId: string; now: Date };

/**
 * Claims notifications that may leave now, each for one attempt. Not returned are those that are not due, were
 * cancelled, or are another worker's: whoever gets the row sends it, nobody else.
 */
export async function claimNotifications(
  executor: Executor,
  claims: readonly Claim[],
): Promise<Notification[]> {
  const claimed = await executor.execute<{ id: string }>(sql`
    update notifications n set status = 'sending', attempts = n.attempts + 1, claimed_by = c.worker_id,
      claimed_at = c.now, gathers = false, handed_over_at = null, status_reason = null, updated_at = c.now
    from jsonb_to_recordset(${rows(claims, ({ notificationId, workerId, now }) => ({
      id: notificationId,
      worker_id: workerId,
      now,
    }))}::jsonb) as c (id bigint, worker_id text, now timestamptz)
    where n.id = c.id and n.status in ('scheduled', 'retrying') and n.due_at <= c.now
    returning n.id`);
  if (claimed.length === 0) return [];
  const ids = claimed.map((row) => Number(row.id));
  return executor.select().from(notifications).where(inArray(notifications.id, ids));
}

export type StartedAttempt = {
  notificationId: number;
  attempt: number;
  startedAt: Date;
  toAddress: string;
  body: Omit<NotificationBody, "notificationId">;
};

/** Writes mails as they are about to leave, and the attempts that carry them. */
export async function recordAttempts(
  executor: Executor,
  attempts: readonly StartedAttempt[],
): Promise<void> {
  await executor.execute(sql`
    with attempt as (
      select * from jsonb_to_recordset(${rows(attempts, ({ body, ...attempt }) => ({
        id: attempt.notificationId,
        attempt: attempt.attempt,
        started_at: attempt.startedAt,
        to_address: attempt.toAddress,
        subject: body.subject,
        html: body.html,
        text: body.text,
        headers: body.headers,
        rendered_at: body.renderedAt,
      }))}::jsonb) as a (id bigint, attempt int, started_at timestamptz, to_address text, subject text, html text,
        text text, headers jsonb, rendered_at timestamptz)
    ), body as (
      insert into notification_bodies (notification_id, subject, html, text, headers, rendered_at)
      select id, subject, html, text, headers, rendered_at from attempt
      on conflict (notification_id) do update set subject = excluded.subject, html = excluded.html,
        text = excluded.text, headers = excluded.headers, rendered_at = excluded.rendered_at
    ), addressed as (
      update notifications n set to_address = a.to_address, subject = a.subject from attempt a where n.id = a.id
    )
    insert into delivery_attempts (notification_id, attempt, started_at)
    select id, attempt, started_at from attempt`);
}

export type HandOver = { notificationId: number; workerId: string; attempt: number; at: Date };

/**
 * Records that messages are about to be completed at the server. Only those returned may be completed: the claim on
 * the others is lost.
 */
export async function recordHandOvers(
  executor: Executor,
  handOvers: readonly HandOver[],
): Promise<number[]> {
  const recorded = await executor.execute<{ id: string }>(sql`
    update notifications n set handed_over_at = h.at
    from jsonb_to_recordset(${rows(handOvers, ({ notificationId, workerId, attempt, at }) => ({
      id: notificationId,
      worker_id: workerId,
      attempt,
      at,
    }))}::jsonb) as h (id bigint, worker_id text, attempt int, at timestamptz)
    where n.id = h.id and n.status = 'sending' and n.claimed_by = h.worker_id and n.attempts = h.attempt
    returning n.id`);
  return recorded.map((row) => Number(row.id));
}

export type FinishedAttempt = {
  notificationId: number;
  attempt: number;
  at: Date;
  outcome: "accepted" | "try_later" | "refused" | "unknown";
  status: NotificationStatus;
  statusReason: string | null;
  smtpReply: string | null;
  /** Null leaves it as it is. */
  dueAt: Date | null;
  sentAt: Date | null;
};

/** Ends attempts; only the claim that started one can. Those not returned were taken away meanwhile. */
export async function finishAttempts(
  executor: Executor,
  finished: readonly FinishedAttempt[],
): Promise<number[]> {
  const ended = await executor.execute<{ id: string }>(sql`
    with finished as (
      select * from jsonb_to_recordset(${rows(finished, (one) => ({
        id: one.notificationId,
        attempt: one.attempt,
        at: one.at,
        outcome: one.outcome,
        status: one.status,
        status_reason: one.statusReason,
        smtp_reply: one.smtpReply,
        due_at: one.dueAt,
        sent_at: one.sentAt,
      }))}::jsonb) as f (id bigint, attempt int, at timestamptz, outcome text, status text, status_reason text,
        smtp_reply text, due_at timestamptz, sent_at timestamptz)
    ), ended as (
      update notifications n set status = f.status, status_reason = f.status_reason, smtp_reply = f.smtp_reply,
        due_at = coalesce(f.due_at, n.due_at), sent_at = coalesce(f.sent_at, n.sent_at), updated_at = f.at
      from finished f
      where n.id = f.id and n.status = 'sending' and n.attempts = f.attempt
      returning n.id, n.handed_over_at, f.attempt, f.at, f.outcome, f.smtp_reply
    ), noted as (
      update delivery_attempts d set finished_at = e.at, outcome = e.outcome, reply = e.smtp_reply,
        handed_over_at = e.handed_over_at
      from ended e where d.notification_id = e.id and d.attempt = e.attempt
    )
    select id from ended`);
  return ended.map((row) => Number(row.id));
}

/**
 * Some values as the JSON list that `jsonb_to_recordset` reads; dates become ISO texts. Mail servers answer with what
 * they like, and PostgreSQL does not take all of it.
 */
function rows<T>(values: readonly T[], toRow: (value: T) => Record<string, unknown>): string {
  return JSON.stringify(values.map(toRow), (_name, value) =>
    typeof value === "string" && /[\0\ud800-\udfff]/.test(value) ? storableText(value) : value,
  );
}
