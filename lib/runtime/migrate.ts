import path from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { Logger, runMigrations as migrateQueue } from "graphile-worker";
import postgres from "postgres";
import { findAppRoot } from "./app-root";

/** Any fixed number of our own: whoever holds this lock migrates. */
const migrationLock = 7_240_021;

/**
 * Brings the tables and the queue of the database at `url` up to this version. Several starters
 * may call it at once: one migrates, the others wait and find nothing left to do. A migration that fails takes all of
 * them back and throws what PostgreSQL said. `migrationsFolder` is another version's in tests.
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
    await migrate(drizzle(sql), { migrationsFolder });
    await migrateQueue({ connectionString: url, logger: new Logger(() => () => {}) });
  } finally {
    // Closing the session releases the lock.
    await sql.end({ timeout: 5 });
  }
}
