import { Client } from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";

/**
 * Bulk copies of tables. A driver of its own: postgres.js copies out forty times slower. Names given here come from
 * the schema or were checked against a pattern.
 */

/** A connection for copying, closed when `work` ends. */
export async function withCopyClient<T>(
  url: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({
    connectionString: url,
    application_name: "bingealert backup",
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks fails the statement under way; without a listener it would end the process as well.
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const columnList = (columns: readonly string[]) => columns.map(quoted).join(", ");

/** The rows of a table as COPY text: one line each. */
export function copyRowsOut(
  client: Client,
  table: string,
  columns: readonly string[],
): AsyncIterable<Buffer> {
  return client.query(
    copyTo(`copy (select ${columnList(columns)} from ${quoted(table)}) to stdout`),
  );
}

/** A stream that takes COPY text into a table of a schema. */
export function copyRowsIn(
  client: Client,
  place: { schema: string; table: string; columns: readonly string[] },
): NodeJS.WritableStream {
  const { schema, table, columns } = place;
  return client.query(
    copyFrom(`copy ${quoted(schema)}.${quoted(table)} (${columnList(columns)}) from stdin`),
  );
}

/** How many bytes tables take up with their indexes: an upper bound for their copy. */
export async function tableBytes(client: Client, tables: readonly string[]): Promise<number> {
  const { rows } = await client.query<{ bytes: string }>(
    `select coalesce(sum(pg_table_size(to_regclass(name))), 0)::text as bytes
     from unnest($1::text[]) as name`,
    [tables],
  );
  return Number(rows[0]?.bytes ?? 0);
}
