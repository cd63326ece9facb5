import { is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import * as schema from "@/drizzle/schema";

/**
 * Tables that describe this installation and not its data: in no backup, untouched by a restore. What runs, who may
 * sign in, which keys are valid and how the services stand is true of the machine, whatever data it holds. And a file
 * that is carried about holds no password to guess at, not even a hash.
 */
export const keptTables: readonly string[] = [
  "admin_sessions",
  "admins",
  "alert_deliveries",
  "api_keys",
  "backup_files",
  "calendar_entries",
  "calendar_reads",
  "health_events",
  "rate_limits",
  "restores",
  "service_health",
  "setup_passes",
  "worker_heartbeats",
];

export type BackupTable = { name: string; columns: string[] };

/** The tables of a backup, each after those it refers to. */
export function backupTables(): BackupTable[] {
  const tables = allTables().filter(({ name }) => !keptTables.includes(name));
  const ordered: string[] = [];
  const place = (name: string) => {
    const table = tables.find((candidate) => candidate.name === name);
    if (!table || ordered.includes(name)) return;
    for (const other of table.refersTo) if (other !== name) place(other);
    ordered.push(name);
  };
  for (const { name } of tables) place(name);
  return ordered.map((name) => ({
    name,
    columns: tables.find((table) => table.name === name)?.columns ?? [],
  }));
}

/** Every table of the schema with its columns and the tables it refers to. */
export function allTables(): { name: string; columns: string[]; refersTo: string[] }[] {
  return Object.values(schema)
    .flatMap((value) => (is(value, PgTable) ? [value] : []))
    .map((table) => {
      const { name, columns, foreignKeys } = getTableConfig(table);
      return {
        name,
        columns: columns.map((column) => column.name),
        refersTo: foreignKeys.map((key) => getTableConfig(key.reference().foreignTable).name),
      };
    });
}
