import type postgres from "postgres";
import { taskCatalog } from "@/lib/queue/catalog";
import type { MediaStack } from "../upstreams/media-stack";
import type { SeerrRequest } from "../upstreams/seerr-model";
import { webhookSenders } from "./life";
import type { Product } from "./product";

/** A mail as the database knows it, with the media keys it tells of. */
type MailRow = {
  id: number;
  messageId: string;
  email: string | null;
  kind: string;
  status: string;
  reason: string | null;
  mediaKeys: string[];
  explained: boolean;
};

export type Audit = {
  /** Each broken promise in one sentence; empty when all were kept. */
  problems: string[];
  counts: {
    webhooks: number;
    acknowledged: number;
    mails: number;
    /** Messages the mail server got to their end but did not accept: told to try later, or hung up on. */
    spoiled: number;
    told: number;
    unknown: number;
  };
};

/** Compares what the senders, the mailbox and the services saw with what the product has on record. */
export async function audit(product: Product, stack: MediaStack): Promise<Audit> {
  return product.ask(async ({ raw }) => {
    const rows = await readMails(raw);
    const inbox = await checkInbox(raw, stack);
    const told = await checkTold(raw, stack, rows);
    const problems = [
      ...inbox.problems,
      ...checkCopies(stack, rows),
      ...told.problems,
      ...checkStates(rows),
      ...(await checkJobs(raw)),
      ...stack.unexpected.map((request) => `A call nobody expected: ${request}`),
    ];
    const unknown = rows.filter((row) => row.status === "unknown").length;
    const mails = stack.mailbox.messages.length;
    const spoiled = stack.mailbox.attempts.filter((mail) => mail.outcome !== "accepted").length;
    return { problems, counts: { ...inbox.counts, mails, spoiled, told: told.count, unknown } };
  });
}

/** Nothing acknowledged is lost, and nothing lies there for ever. */
async function checkInbox(raw: postgres.Sql, stack: MediaStack) {
  const events = await raw<{ id: number; outcome: string; reason: string | null; type: string }[]>`
    select id::int, outcome, reason, coalesce(event_type, '?') as type from inbound_events`;
  const stored = new Set(events.map((event) => event.id));
  const deliveries = webhookSenders(stack).flatMap((sender) => sender.deliveries);
  const acknowledged = deliveries.flatMap(({ event, outcome }) =>
    outcome.kind === "answered" && outcome.status < 300
      ? [{ event, id: Number(JSON.parse(outcome.text).id) }]
      : [],
  );
  const ids = new Set(acknowledged.map(({ id }) => id));
  const problems = [
    ...acknowledged
      .filter(({ id }) => !stored.has(id))
      .map(({ event, id }) => `${event} was acknowledged as event ${id}, which is lost`),
    ...(ids.size === acknowledged.length ? [] : ["Two acknowledged webhooks share one event"]),
    ...events
      .filter(({ outcome }) => outcome === "pending" || outcome === "failed")
      .map(({ id, type, outcome, reason }) => `Event ${id} (${type}) is ${outcome}: ${reason}`),
  ];
  return {
    problems,
    counts: { webhooks: deliveries.length, acknowledged: acknowledged.length },
  };
}

/** Nobody got two copies of a mail, and nothing was sent again once the server had it. */
function checkCopies(stack: MediaStack, rows: readonly MailRow[]): string[] {
  const { messages, attempts } = stack.mailbox;
  const problems: string[] = [];
  for (const row of rows) {
    const copies = messages.filter((mail) => mail.messageId === row.messageId).length;
    if (copies > 1) problems.push(`Mail ${row.id} arrived ${copies} times (${row.status})`);
    const tries = attempts.filter((mail) => mail.messageId === row.messageId);
    const taken = tries.findIndex(({ outcome }) => outcome === "accepted" || outcome === "hung up");
    if (taken >= 0 && taken < tries.length - 1) {
      problems.push(`Mail ${row.id} was sent again after the server had it (${row.status})`);
    }
    if (row.status === "sent" && copies === 0) problems.push(`Mail ${row.id} never arrived`);
    if (copies > 0 && row.status !== "sent" && row.status !== "unknown") {
      problems.push(`Mail ${row.id} arrived, but counts as ${row.status}`);
    }
  }
  const known = new Set(rows.map((row) => row.messageId));
  for (const { messageId } of messages) {
    if (!known.has(messageId)) problems.push(`The mail ${messageId} is not on record`);
  }
  return problems;
}

/** Everything asked for, held and visible was told exactly once, or is visibly unknown. */
async function checkTold(raw: postgres.Sql, stack: MediaStack, rows: readonly MailRow[]) {
  const ledger = await raw<{ email: string; mediaKey: string }[]>`
    select u.email, l.media_key as "mediaKey" from delivery_ledger l
    join users u on u.id = l.user_id where l.how = 'told'`;
  const inLedger = new Set(ledger.map((entry) => `${entry.email} ${entry.mediaKey}`));
  const arrived = new Map<string, number>();
  const undecided = new Set<string>();
  for (const row of rows) {
    if (row.kind === "test_mail" || row.email === null) continue;
    const copies = stack.mailbox.messages.filter((m) => m.messageId === row.messageId).length;
    for (const key of row.mediaKeys) {
      const id = `${row.email} ${key}`;
      arrived.set(id, (arrived.get(id) ?? 0) + copies);
      if (row.status === "unknown") undecided.add(id);
    }
  }
  const problems: string[] = [];
  for (const [id, times] of arrived) if (times > 1) problems.push(`${id} was told ${times} times`);
  const due = new Set(stack.seerr.userRequests.flatMap((request) => dueNews(stack, request)));
  for (const id of due) {
    if (!inLedger.has(id)) problems.push(`${id} is not in the ledger`);
    if ((arrived.get(id) ?? 0) === 0 && !undecided.has(id)) problems.push(`${id} was never told`);
  }
  return { problems, count: due.size };
}

/** Who must have heard of what on account of one request: `address media-key`. */
function dueNews(stack: MediaStack, request: SeerrRequest): string[] {
  const { title, is4k, requestedBy } = request;
  if (request.status !== "APPROVED" && request.status !== "COMPLETED") return [];
  const suffix = is4k ? ":4k" : "";
  if (title.kind === "movie") {
    const radarr = is4k ? stack.radarr4k : stack.radarr;
    const isHeld = (radarr.findMovie(title)?.file ?? null) !== null;
    return isHeld ? [`${requestedBy.email} movie:tmdb:${title.tmdbId}${suffix}`] : [];
  }
  const wanted = request.seasons.map((season) => season.number);
  const twoDigits = (n: number) => String(n).padStart(2, "0");
  return (stack.sonarr.findSeries(title)?.episodes ?? [])
    .filter((episode) => episode.fileId !== null && wanted.includes(episode.title.season))
    .map(({ title: { season, number } }) => {
      const code = `s${twoDigits(season)}e${twoDigits(number)}`;
      return `${requestedBy.email} episode:tvdb:${title.tvdbId}:${code}${suffix}`;
    });
}

/** Every mail is in a final state, and an unknown one says so where the admin looks. */
function checkStates(rows: readonly MailRow[]): string[] {
  return rows.flatMap((row) => {
    if (row.status === "sent") return [];
    if (row.status !== "unknown") return [`Mail ${row.id} is ${row.status}: ${row.reason}`];
    return row.reason && row.explained ? [] : [`Mail ${row.id} is unknown without an explanation`];
  });
}

/**
 * When a job is added under the key of one that is running, the queue takes the key from the running one and lets it
 * run no more: that is replaced, not given up.
 */
const keyedTasks = Object.entries(taskCatalog).flatMap(([name, definition]) =>
  "key" in definition ? [name] : [],
);

/** No job is in the hands of the dead, and none was given up. */
async function checkJobs(raw: postgres.Sql): Promise<string[]> {
  const stuck = await raw<{ id: string; task: string; lockedBy: string | null; error: string }[]>`
    select id, task_identifier as task, locked_by as "lockedBy", coalesce(last_error, '') as error
    from graphile_worker.jobs j
    where locked_by is not null
      and not exists (select from worker_heartbeats h where j.locked_by = any(h.graphile_worker_ids))
      or attempts >= max_attempts
      and task_identifier not in ('run_worker', 'recover_interrupted', 'start_due_runs')
      and not (key is null and task_identifier = any(${keyedTasks}))`;
  const heartbeats = await raw<{ id: string }[]>`select worker_id as id from worker_heartbeats`;
  return [
    ...stuck.map(({ id, task, lockedBy, error }) =>
      lockedBy === null
        ? `Job ${id} (${task}) was given up: ${error.slice(0, 200)}`
        : `Job ${id} (${task}) is locked by ${lockedBy}, which is dead`,
    ),
    ...(heartbeats.length === 1 ? [] : [`${heartbeats.length} workers count as alive`]),
  ];
}

async function readMails(raw: postgres.Sql): Promise<MailRow[]> {
  return raw<MailRow[]>`
    select n.id::int, '<' || n.uid || '@example.net>' as "messageId", u.email, n.kind, n.status,
      n.status_reason as reason,
      array(select media_key from notification_items i where i.notification_id = n.id)
        as "mediaKeys",
      exists (select from timeline_entries t
        where t.notification_id = n.id and t.code = 'mail_unknown') as explained
    from notifications n left join users u on u.id = n.user_id
    order by n.id`;
}
