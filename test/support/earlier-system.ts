import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import postgres from "postgres";
import initSqlJs from "sql.js";

/** Databases as the earlier BingeAlert (in Python) had them, with the tables that matter here. */

const statements = [
  `create table users (id integer primary key, jellyseerr_id integer not null unique, email varchar not null,
    username varchar not null, plex_id integer, is_active boolean not null default true,
    deactivated_at timestamp, created_at timestamp)`,
  `create table media_requests (id integer primary key, user_id integer not null references users (id),
    jellyseerr_request_id integer not null unique, media_type varchar not null, tmdb_id integer not null,
    title varchar, status varchar, season_count integer, created_at timestamp, updated_at timestamp)`,
  `create table shared_requests (id integer primary key, request_id integer not null, user_id integer not null,
    added_at timestamp, added_by integer)`,
  `create table episode_tracking (id integer primary key, request_id integer, series_id integer,
    season_number integer, episode_number integer, episode_title varchar, notified boolean default false,
    available_in_plex boolean default false, created_at timestamp)`,
  `create table notifications (id integer primary key, user_id integer not null, request_id integer not null,
    notification_type varchar, subject varchar, body text, sent boolean default false, sent_at timestamp,
    send_after timestamp, series_id integer, error_message text, created_at timestamp)`,
];

/** Since its version 2.3.1. */
const ledger = `create table notification_delivery_log (id integer primary key, user_id integer, request_id integer,
  notification_type varchar, dedupe_key varchar, series_id integer, season_number integer, episode_number integer,
  created_at timestamp not null, sent_at timestamp)`;

export type EarlierRows = Record<string, Record<string, string | number | boolean | null>[]>;

function script(rows: EarlierRows, withLedger: boolean): string {
  const inserts = Object.entries(rows).flatMap(([table, some]) =>
    some.map((row, index) => {
      const all: EarlierRows[string][number] = { id: index + 1, ...row };
      const values = Object.values(all).map((value) =>
        typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value),
      );
      return `insert into ${table} (${Object.keys(all).join(", ")}) values (${values.join(", ")})`;
    }),
  );
  return [...statements, ...(withLedger ? [ledger] : []), ...inserts].join(";\n");
}

/** Version 2: a SQLite file. */
export async function writeEarlierFile(file: string, rows: EarlierRows): Promise<void> {
  const locateFile = () => createRequire(import.meta.url).resolve("sql.js/dist/sql-wasm.wasm");
  const { Database } = await initSqlJs({ locateFile });
  const database = new Database();
  database.exec(script(rows, true));
  writeFileSync(file, database.export());
  database.close();
}

/** Version 1: PostgreSQL, without the ledger. */
export async function fillEarlierServer(url: string, rows: EarlierRows): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql.unsafe(script(rows, false));
  await sql.end();
}
