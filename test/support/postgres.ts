import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";

export interface TestDatabase {
  /** Connection string of a database of the test file's own, migrated and empty. */
  url: string;
  /**
   * Removes the database, closing what is still connected to it. Throws when PostgreSQL had to end transactions that
   * waited for each other.
   */
  drop: () => Promise<void>;
}

/** Clones the migrated template: about 50 ms. Call it once per test file, in `beforeAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase("template_migrated");
}

/** A database as a new user has it: nothing in it, no migration has run. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase("template0");
}

async function createDatabase(template: string): Promise<TestDatabase> {
  const maintenanceUrl = inject("postgresUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  const url = new URL(maintenanceUrl);
  url.pathname = `/${name}`;
  await run(maintenanceUrl, `create database ${name} template ${template}`);
  return {
    url: url.href,
    drop: async () => {
      const sql = postgres(maintenanceUrl, { max: 1, onnotice: () => {} });
      try {
        await untilNobodyIsConnected(sql, name);
        const [counted] = await sql<{ deadlocks: number }[]>`
          select deadlocks::int from pg_stat_database where datname = ${name}`;
        await sql.unsafe(`drop database if exists ${name} with (force)`);
        // Whoever lost is tried again, but later than it should be.
        if (counted && counted.deadlocks > 0) {
          throw new Error(
            `${counted.deadlocks} times transactions waited for each other in a ring`,
          );
        }
      } finally {
        await sql.end({ timeout: 5 });
      }
    },
  };
}

/**
 * Waits for connections that are just closing, a few seconds at most: cut off in between, their clients would not know
 * what to make of it, and what they counted would not be in the statistics yet.
 */
async function untilNobodyIsConnected(sql: postgres.Sql, name: string): Promise<void> {
  const [tries, pauseMs] = [100, 30];
  for (let n = 0; n < tries; n++) {
    const [row] = await sql`select from pg_stat_activity where datname = ${name} limit 1`;
    if (!row) return;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

async function run(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Ends set-up in a database that no settings were given for: the wizard does not appear. */
export async function markSetUp(url: string): Promise<void> {
  await run(url, "insert into milestones (name, at) values ('setup_complete', now())");
}
