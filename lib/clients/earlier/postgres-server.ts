import postgres from "postgres";
import { AppError } from "@/lib/errors";
import type { EarlierDatabase } from "./database";

/** Reads one moment of a PostgreSQL, in a transaction that PostgreSQL itself keeps from writing. */
export async function openPostgresServer(url: string): Promise<EarlierDatabase> {
  const place = placeOf(url);
  const sql = postgres(url, {
    max: 1,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { application_name: "bingealert import", statement_timeout: 120_000 },
  });
  try {
    await sql.unsafe("begin isolation level repeatable read read only");
    const rows = await sql<{ table: string; column: string }[]>`
      select table_name as table, column_name as column from information_schema.columns
      where table_schema = current_schema()`;
    const tables = new Map<string, Set<string>>();
    for (const { table, column } of rows) {
      tables.set(table, (tables.get(table) ?? new Set()).add(column));
    }
    return {
      tables,
      select: async (query) => [...(await sql.unsafe(query))] as Record<string, string | null>[],
      close: () => sql.end({ timeout: 5 }),
    };
  } catch (error) {
    await sql.end({ timeout: 1 });
    const words = error instanceof Error ? error.message || String(error) : String(error);
    throw new AppError("unavailable", `The database ${place} could not be read: ${words}`);
  }
}

/** Host, port and name, without user and password. */
function placeOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    throw new AppError(
      "bad_request",
      "The address is not of the form postgresql://user:password@host/name",
    );
  }
}
