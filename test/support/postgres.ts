import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";

export interface TestDatabase {
  /** Connection string of a database of the test file's own, migrated and empty. */
  url: string;
  /** Removes the database, closing what is still connected to it. */
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
    drop: () => run(maintenanceUrl, `drop database if exists ${name} with (force)`),
  };
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
