import { readFileSync } from "node:fs";
import path from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { Logger, runMigrations as migrateQueue } from "graphile-worker";
import postgres, { type Sql } from "postgres";
import { findAppRoot } from "./app-root";
import { StartupError } from "./startup-error";

/** Any fixed number of our own: whoever holds this lock migrates. */
const migrationLock = 7_240_021;

/**
 * Brings the tables and the queue of the database at `url` up to this version. Several starters
 * may call it at once: one migrates, the others wait and find nothing left to do. A migration that fails takes all of
 * them back and throws what PostgreSQL said; tables of a newer version are left alone, with a StartupError.
 * `migrationsFolder` is another version's in tests.
 */
export async function migrateDatabase(
  url: string,
  migrationsFolder = path.join(findAppRoot(), "drizzle", "migrations"),
): Promise<void> {
  const sql = postgres(url, {
    max: 1,
    connect_timeout: 10,
    idle_timeout: 0,
    max_lifetime: 0,
    onnotice: () => {},
    connection: { application_name: "bingealert migrations" },
  });
  try {
    await sql`select pg_advisory_lock(${migrationLock})`;
    await refuseNewerTables(sql, migrationsFolder);
    await migrate(drizzle(sql), { migrationsFolder });
    await migrateQueue({ connectionString: url, logger: new Logger(() => () => {}) });
  } finally {
    // Closing the session releases the lock.
    await sql.end({ timeout: 5 });
  }
}

/** Drizzle looks for what is missing alone: of steps it does not know it says nothing, and the tables do not fit. */
async function refuseNewerTables(sql: Sql, migrationsFolder: string): Promise<void> {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') as name`;
  if (!table?.name) return;
  const journal = JSON.parse(
    readFileSync(path.join(migrationsFolder, "meta", "_journal.json"), "utf8"),
  ) as { entries: { when: number }[] };
  // By their moment, as drizzle tells them apart: the hash of a file changes with its line ends.
  const known = journal.entries.map(({ when }) => String(when));
  const unknown = await sql`
    select from drizzle.__drizzle_migrations where created_at::text <> all(${known}::text[])`;
  if (unknown.length === 0) return;
  throw new StartupError(
    "The tables of the database belong to a newer version of BingeAlert, and this one does not know them. Nothing was changed. Start the newer version again; how to go back to this one is in docs/upgrade.md under Going back.",
  );
}
