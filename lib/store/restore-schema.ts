import { sql } from "drizzle-orm";
import type { Client } from "pg";
import { backupTables } from "./backup-tables";
import type { Executor } from "./db";
import type { Migration } from "./migration-files";
import { quoted } from "./table-copy";

/**
 * The two schemas a restore uses beside `public`: schemas and not databases, because the role of an external
 * PostgreSQL may often make the one and not the other, and because moving a table between schemas is a transaction.
 */
export const besideSchema = "bingealert_restore";
export const replacedSchema = "bingealert_replaced";

/** Whoever restores holds this lock on a connection of its own; a process that dies lets it go. */
const restoreLock = 7_240_033;

export async function takeRestoreLock(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    "select pg_try_advisory_lock($1::bigint) as taken",
    [restoreLock],
  );
  return rows[0]?.taken ?? false;
}

/** Whether nobody restores now. */
export async function isRestoreLockFree(executor: Executor): Promise<boolean> {
  const [row] = await executor.execute<{ free: boolean }>(sql`
    select not exists (
      select from pg_locks
      where locktype = 'advisory' and objid = ${restoreLock} and classid = 0
        and database = (select oid from pg_database where datname = current_database())
    ) as free`);
  return row?.free ?? false;
}

/** Makes the schema beside anew and empty, in the transaction of the client. */
export async function makeBesideSchema(client: Client): Promise<void> {
  await client.query(`drop schema if exists ${quoted(besideSchema)} cascade`);
  await client.query(`create schema ${quoted(besideSchema)}`);
  const { rows } = await client.query<{ schema: string }>(
    `select nspname as schema from pg_extension join pg_namespace n on n.oid = extnamespace
     where extname = 'pg_trgm'`,
  );
  const path = [besideSchema, rows[0]?.schema ?? "public"].map(quoted).join(", ");
  await client.query(`set local search_path to ${path}`);
}

/** Runs migrations there instead of in `public`. */
export async function migrateBeside(
  client: Client,
  migrations: readonly Migration[],
): Promise<void> {
  for (const { statements } of migrations) {
    for (const statement of statements) {
      if (statement.trim() === "" || /^\s*create extension/i.test(statement)) continue;
      await client.query(statement.replaceAll('"public".', `${quoted(besideSchema)}.`));
    }
  }
}

/**
 * Takes away the indexes there that carry no constraint, and returns what makes them again: building one over all rows
 * is many times quicker than growing it row by row.
 */
export async function setIndexesAside(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select c.relname as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i
     join pg_class c on c.oid = i.indexrelid
     join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1
       and not exists (select from pg_constraint where conindid = i.indexrelid)`,
    [besideSchema],
  );
  for (const { name } of rows) {
    await client.query(`drop index ${quoted(besideSchema)}.${quoted(name)}`);
  }
  return rows.map(({ definition }) => definition);
}

/**
 * Sets the counters of the restored tables above their rows and above the live counters: no id is given out twice, so
 * that work under way, a link or a page that names a replaced row never meets another one.
 */
export async function advanceCounters(client: Client): Promise<void> {
  for (const { name } of backupTables()) {
    const { rows } = await client.query<{ column: string }>(
      `select attname as column from pg_attribute
       where attrelid = $1::regclass and attidentity <> '' and not attisdropped`,
      [`${quoted(besideSchema)}.${quoted(name)}`],
    );
    const column = rows[0]?.column;
    if (!column) continue;
    const beside = `${quoted(besideSchema)}.${quoted(name)}`;
    await client.query(
      `select setval(
         pg_get_serial_sequence($1, $3),
         greatest(
           (select coalesce(max(${quoted(column)}), 0) from ${beside}),
           coalesce(pg_sequence_last_value(to_regclass(pg_get_serial_sequence($2, $3))), 0)
         ) + 1,
         false)`,
      [beside, `public.${quoted(name)}`, column],
    );
  }
}

const beside = (name: string) => sql.raw(`${quoted(besideSchema)}.${quoted(name)}`);
const columnsOf = (name: string, without: readonly string[] = []) =>
  (backupTables().find((table) => table.name === name)?.columns ?? []).filter(
    (column) => !without.includes(column),
  );
const listed = (columns: readonly string[], prefix = "") =>
  sql.raw(columns.map((column) => `${prefix}${quoted(column)}`).join(", "));

/** Keeps everybody else from the tables until the transaction ends; gives up after `patienceMs`. */
export async function lockAllTables(tx: Executor, patienceMs: number): Promise<void> {
  await tx.execute(sql.raw(`set local lock_timeout = ${Math.round(patienceMs)}`));
  const names = backupTables().map(({ name }) => `public.${quoted(name)}`);
  await tx.execute(sql.raw(`lock table ${names.join(", ")} in access exclusive mode`));
}

/** Jobs that living workers have in hand, apart from restores. */
export async function countRunningJobs(executor: Executor): Promise<number> {
  const [row] = await executor.execute<{ count: number }>(sql`
    select count(*)::int as count from graphile_worker.jobs j
    where locked_at is not null and task_identifier <> 'restore_backup'
      and exists (
        select from worker_heartbeats
        where j.locked_by = any(graphile_worker_ids) and beat_at > now() - interval '30 seconds'
      )`);
  return row?.count ?? 0;
}

/**
 * Forgets there who gets in, and every setting but those a backup may bring: a row of any name would count where
 * neither the environment nor the file has one. Says how many rows it took out of which table.
 */
export async function forgetAccessThere(
  client: Client,
  broughtSettings: readonly string[],
): Promise<Map<string, number>> {
  const settings = await client.query(
    `delete from ${quoted(besideSchema)}.settings where name <> all($1)`,
    [[...broughtSettings]],
  );
  const milestones = await client.query(
    `delete from ${quoted(besideSchema)}.milestones where name = 'calendar_link'`,
  );
  return new Map([
    ["settings", settings.rowCount ?? 0],
    ["milestones", milestones.rowCount ?? 0],
  ]);
}

/**
 * Carries over what the live data knows and an older backup cannot: who was told what, who wants no mail or none of a kind, which mails
 * have left, who signs in and how, what was done here. Told once stays told once.
 */
export async function carryOver(tx: Executor, securitySettings: readonly string[]): Promise<void> {
  const userColumns = columnsOf("users", ["id"]);
  await tx.execute(sql`
    insert into ${beside("users")} (${listed(userColumns)})
    select ${listed(userColumns)} from public.users on conflict do nothing`);
  await tx.execute(sql`
    update ${beside("users")} r set
      unsubscribed_at = coalesce(r.unsubscribed_at, l.unsubscribed_at),
      link_version = greatest(r.link_version, l.link_version),
      is_active = r.is_active and l.is_active,
      deactivated_at = coalesce(r.deactivated_at, l.deactivated_at),
      muted_kinds = array(select distinct unnest(r.muted_kinds || l.muted_kinds) order by 1)
    from public.users l where l.seerr_user_id = r.seerr_user_id`);
  await tx.execute(sql`
    update ${beside("request_watchers")} w set muted_at = lw.muted_at
    from public.request_watchers lw
    join public.requests lr on lr.id = lw.request_id
    join public.users lu on lu.id = lw.user_id
    join ${beside("requests")} r on r.seerr_request_id = lr.seerr_request_id
    join ${beside("users")} u on u.seerr_user_id = lu.seerr_user_id
    where w.request_id = r.id and w.user_id = u.id
      and w.muted_at is null and lw.muted_at is not null`);
  await tx.execute(sql`
    insert into ${beside("delivery_ledger")} (user_id, kind, media_key, how, notification_id, at)
    select r.id, l.kind, l.media_key, l.how, null, l.at
    from public.delivery_ledger l
    join public.users u on u.id = l.user_id
    join ${beside("users")} r on r.seerr_user_id = u.seerr_user_id
    on conflict do nothing`);
  await tx.execute(sql`
    update ${beside("notifications")} r set
      status = case when l.status = 'sending' then 'unknown' else l.status end,
      status_reason = case when l.status = 'sending'
        then 'A backup was restored while it was being handed over' else l.status_reason end,
      sent_at = l.sent_at, handed_over_at = l.handed_over_at, attempts = l.attempts,
      smtp_reply = l.smtp_reply, updated_at = l.updated_at
    from public.notifications l
    where l.uid = r.uid and r.status not in ('sent', 'unknown')
      and (l.status in ('sent', 'failed', 'unknown', 'cancelled')
        or (l.status = 'sending' and l.handed_over_at is not null))`);
  await tx.execute(sql`
    update ${beside("notifications")} set status = 'unknown',
      status_reason = 'It was being handed over when the restored backup was made'
    where status = 'sending' and handed_over_at is not null`);
  await tx.execute(sql`
    insert into ${beside("weekly_summaries")} (${listed(columnsOf("weekly_summaries"))})
    select ${listed(columnsOf("weekly_summaries"))} from public.weekly_summaries
    on conflict do nothing`);
  await tx.execute(sql`
    insert into ${beside("milestones")} (name, at)
    select name, at from public.milestones
    where name in ('first_admin', 'login_switched_on', 'webhook_secret_set', 'alive')
    on conflict (name) do update set at = greatest(milestones.at, excluded.at)`);
  const auditColumns = columnsOf("audit_entries", ["id"]);
  await tx.execute(sql`
    insert into ${beside("audit_entries")} (${listed(auditColumns)})
    select ${listed(auditColumns, "l.")} from public.audit_entries l
    where not exists (
      select from ${beside("audit_entries")} r
      where r.at = l.at and r.actor = l.actor and r.action = l.action
    ) order by l.id`);
  await tx.execute(sql`
    insert into ${beside("settings")} (name, value, updated_at)
    select name, value, updated_at from public.settings
    where name = any(${sql.param([...securitySettings])}::text[])`);
  await tx.execute(sql`
    insert into ${beside("milestones")} (name, at)
    select name, at from public.milestones where name = 'calendar_link'`);
}

/** Swaps the tables: the live ones go to the schema of the replaced, the restored ones take their place. */
export async function swapTables(tx: Executor): Promise<void> {
  await tx.execute(sql.raw(`drop schema if exists ${quoted(replacedSchema)} cascade`));
  await tx.execute(sql.raw(`create schema ${quoted(replacedSchema)}`));
  await moveTables(tx, "public", replacedSchema);
  await moveTables(tx, besideSchema, "public");
}

/** Takes a swap back. */
export async function swapTablesBack(tx: Executor): Promise<void> {
  await moveTables(tx, "public", besideSchema);
  await moveTables(tx, replacedSchema, "public");
}

async function moveTables(tx: Executor, from: string, to: string): Promise<void> {
  for (const { name } of backupTables()) {
    await tx.execute(
      sql.raw(`alter table ${quoted(from)}.${quoted(name)} set schema ${quoted(to)}`),
    );
  }
}

/** Webhooks that were acknowledged and not worked off yet are taken into the restored data. Returns their new ids. */
export async function carryOverEvents(tx: Executor): Promise<number[]> {
  const columns = columnsOf("inbound_events", ["id", "replay_of"]);
  const rows = await tx.execute<{ id: string }>(sql`
    insert into public.inbound_events (${listed(columns)})
    select ${listed(columns)} from ${sql.raw(`${quoted(replacedSchema)}.inbound_events`)}
    where outcome = 'pending' order by id
    returning id`);
  return rows.map(({ id }) => Number(id));
}

/** Webhooks that wait to be worked off. */
export async function listPendingEvents(executor: Executor): Promise<number[]> {
  const rows = await executor.execute<{ id: string }>(
    sql`select id from inbound_events where outcome = 'pending' order by id`,
  );
  return rows.map(({ id }) => Number(id));
}

/**
 * Ends what the backup shows as under way and is not: runs of its workers, and breaks that may have been over or
 * called off since. Returns how many breaks were called off; nobody is mailed about that.
 */
export async function closeRestoredWork(tx: Executor, now: Date): Promise<number> {
  const at = now.toISOString();
  await tx.execute(sql`
    update job_runs set outcome = 'interrupted', finished_at = ${at}::timestamptz,
      error = 'A backup of this moment was restored'
    where finished_at is null`);
  const windows = await tx.execute(sql`
    update maintenance_windows set status = 'cancelled', finished_at = ${at}::timestamptz,
      updated_at = ${at}::timestamptz
    where status in ('scheduled', 'active') returning id`);
  return windows.length;
}

/** How many rows each restored table holds now. */
export async function countRestored(executor: Executor): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { name } of backupTables()) {
    const [row] = await executor.execute<{ count: number }>(
      sql.raw(`select count(*)::int as count from public.${quoted(name)}`),
    );
    counts.set(name, row?.count ?? 0);
  }
  return counts;
}

/** Removes what a restore leaves beside the live data. */
export async function dropBeside(executor: Executor): Promise<void> {
  for (const schema of [besideSchema, replacedSchema]) {
    await executor.execute(sql.raw(`drop schema if exists ${quoted(schema)} cascade`));
  }
}
