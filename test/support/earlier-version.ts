import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Sql } from "postgres";
import { readMigrations } from "@/lib/store/migration-files";

/** Databases of earlier versions, and what is in them. */

const migrationsFolder = path.join(process.cwd(), "drizzle", "migrations");

/** How many migrations this version consists of. */
export const migrationCount = readMigrations(migrationsFolder).length;

/**
 * Makes a folder of the first `count` migrations, and of one more when `extra` gives its statements, for as long as
 * `work` lasts.
 */
export async function withMigrations<T>(
  count: number,
  extra: string | null,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "bingealert-migrations-"));
  try {
    cpSync(migrationsFolder, folder, { recursive: true });
    const file = path.join(folder, "meta", "_journal.json");
    const journal = JSON.parse(readFileSync(file, "utf8"));
    journal.entries = journal.entries.slice(0, count);
    if (extra !== null) {
      const last = journal.entries.at(-1);
      journal.entries.push({ ...last, idx: count, when: last.when + 1, tag: "9999_extra" });
      writeFileSync(path.join(folder, "9999_extra.sql"), extra);
    }
    writeFileSync(file, JSON.stringify(journal));
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Column = { name: string; type: string; target: string | null; key: string | null };

export async function listTables(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' order by 1`;
  return rows.map(({ name }) => name);
}

/** Inserts rows with the ids they name, and has new ones count on from there. */
export async function insertRows(
  sql: Sql,
  table: string,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  for (const row of rows) {
    const own = Object.keys(row)
      .map((name) => `"${name}"`)
      .join(", ");
    await sql.unsafe(
      `insert into "${table}" (${own}) overriding system value
       select ${own} from jsonb_populate_record(null::"${table}", $1::text::jsonb)`,
      [JSON.stringify(row)],
    );
  }
  const [counter] = await sql<{ name: string }[]>`
    select pg_get_serial_sequence(${`"${table}"`}, attname) as name from pg_attribute
    where attrelid = ${`"${table}"`}::regclass and attidentity <> ''`;
  if (counter) await sql.unsafe(`select setval('${counter.name}', max(id)) from "${table}"`);
}

/** Puts a row into every table that is empty, so that no later migration meets a table without data. */
export async function fillEmptyTables(sql: Sql): Promise<void> {
  let left = await listEmptyTables(sql);
  while (left.length > 0) {
    const before = left.length;
    for (const table of left) {
      const row = await inventRow(sql, table);
      if (row) await insertRows(sql, table, [row]);
    }
    left = await listEmptyTables(sql);
    if (left.length === before) throw new Error(`No row could be invented for ${left.join(", ")}`);
  }
}

async function listEmptyTables(sql: Sql): Promise<string[]> {
  const empty: string[] = [];
  for (const table of await listTables(sql)) {
    const [row] = await sql.unsafe(`select from "${table}" limit 1`);
    if (!row) empty.push(table);
  }
  return empty;
}

const inventions: Record<string, unknown> = {
  text: "something",
  integer: 1,
  bigint: 1,
  boolean: true,
  "timestamp with time zone": "2026-11-01T10:00:00Z",
  jsonb: {},
  "text[]": ["something"],
  bytea: "\\x7b7d",
  uuid: "7f1c3a52-5a52-4d0f-9b57-1f6f0a2b3c4d",
};

/** Null while a table it refers to is empty. */
async function inventRow(sql: Sql, table: string): Promise<Record<string, unknown> | null> {
  const columns = await sql<Column[]>`
    select attname as name, format_type(atttypid, atttypmod) as type,
      confrelid::regclass::text as target,
      (select a.attname from pg_attribute a where a.attrelid = confrelid and a.attnum = confkey[1]) as key
    from pg_attribute
    left join pg_constraint on conrelid = attrelid and contype = 'f' and conkey = array[attnum]
    where attrelid = ${`public."${table}"`}::regclass and attnum > 0 and not attisdropped`;
  const row: Record<string, unknown> = {};
  for (const { name, type, target, key } of columns) {
    if (target === null) {
      if (!(type in inventions)) throw new Error(`${table}.${name}: how does ${type} look?`);
      row[name] = inventions[type];
      continue;
    }
    const [found] = await sql.unsafe(`select "${key}" as value from ${target} limit 1`);
    if (!found) return null;
    row[name] = found.value;
  }
  return row;
}

/** Every row of every table, as PostgreSQL writes it in JSON. */
export async function readEverything(sql: Sql): Promise<Map<string, Record<string, unknown>[]>> {
  const all = new Map<string, Record<string, unknown>[]>();
  for (const table of await listTables(sql)) {
    const rows = await sql.unsafe(`select to_jsonb(t) as row from "${table}" t`);
    all.set(
      table,
      rows.map(({ row }) => row),
    );
  }
  return all;
}

/** Columns, indexes and constraints, to compare two databases by. */
export async function readShape(sql: Sql): Promise<string[]> {
  const rows = await sql<{ line: string }[]>`
    select format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) as line
    from information_schema.columns where table_schema = 'public'
    union all select indexdef from pg_indexes where schemaname = 'public'
    union all select format('%s %s', conrelid::regclass, pg_get_constraintdef(oid))
      from pg_constraint where connamespace = 'public'::regnamespace
    order by 1`;
  return rows.map(({ line }) => line);
}
