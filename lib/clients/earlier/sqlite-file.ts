import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import initSqlJs, { type Database } from "sql.js";
import { AppError } from "@/lib/errors";
import type { EarlierDatabase } from "./database";
import { foldLog } from "./write-ahead-log";

/** SQLite without a native part, so that it runs wherever Node does. Beside dist/ when bundled. */
function findSqlite(): string {
  const beside = fileURLToPath(new URL("sql-wasm.wasm", import.meta.url));
  if (existsSync(beside)) return beside;
  return createRequire(import.meta.url).resolve("sql.js/dist/sql-wasm.wasm");
}

const signature = "SQLite format 3\0";

/** Takes a copy of the file into memory and reads that: the file itself is never opened for writing. */
export async function openSqliteFile(file: string): Promise<EarlierDatabase> {
  const bytes = readWhole(file);
  if (bytes.byteLength < 100 || bytes.toString("latin1", 0, 16) !== signature) {
    throw new AppError("bad_request", `${file} is no SQLite database`);
  }
  const log = existsSync(`${file}-wal`) ? readWhole(`${file}-wal`) : null;
  const whole = Buffer.from(log ? foldLog(bytes, log) : bytes);
  // Written for a write-ahead log, which is folded in now: bytes 18 and 19 of the header say so.
  whole[18] = 1;
  whole[19] = 1;
  const { Database } = await initSqlJs({ locateFile: findSqlite });
  const database = new Database(whole);
  try {
    const tables = listTables(database, file);
    return {
      tables,
      select: async (query) => select(database, query, file),
      close: async () => database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function readWhole(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new AppError("not_found", `There is no file ${file}`);
    const words =
      code === "EISDIR" ? "is a folder" : `could not be read (${code ?? String(error)})`;
    throw new AppError("bad_request", `${file} ${words}`);
  }
}

function listTables(database: Database, file: string): Map<string, Set<string>> {
  const [check] = select(database, "pragma quick_check(1)", file);
  if (check && Object.values(check)[0] !== "ok")
    throw damaged(file, String(Object.values(check)[0]));
  const rows = select(
    database,
    `select m.name as "table", c.name as "column" from sqlite_master m
     join pragma_table_info(m.name) c where m.type = 'table'`,
    file,
  );
  const tables = new Map<string, Set<string>>();
  for (const { table, column } of rows) {
    if (table === null || table === undefined || !column) continue;
    tables.set(table, (tables.get(table) ?? new Set()).add(column));
  }
  return tables;
}

function select(database: Database, query: string, file: string): Record<string, string | null>[] {
  try {
    const [result] = database.exec(query);
    if (!result) return [];
    return result.values.map((values) =>
      Object.fromEntries(
        result.columns.map((column, index) => {
          const value = values[index] ?? null;
          return [column, value === null ? null : String(value)];
        }),
      ),
    );
  } catch (error) {
    throw damaged(file, error instanceof Error ? error.message : String(error));
  }
}

const damaged = (file: string, words: string) =>
  new AppError("bad_request", `${file} is damaged: ${words}. Take a backup of it instead`);
