import postgres, { type Sql } from "postgres";
import { afterEach, beforeEach, expect, test } from "vitest";
import { migrateDatabase } from "@/lib/runtime/migrate";
import { StartupError } from "@/lib/runtime/startup-error";
import { startFirstRuns } from "@/lib/services/runs/start-due-runs";
import { subjectsTo, withoutDelay } from "@/test/integration/scenarios/stage";
import {
  fillEmptyTables,
  insertRows,
  listTables,
  migrationCount,
  readEverything,
  readShape,
  withMigrations,
} from "@/test/support/earlier-version";
import { type EarlyHousehold, fillServices, firstVersionRows } from "@/test/support/first-version";
import { Household } from "@/test/support/household";
import {
  createEmptyDatabase,
  createTestDatabase,
  type TestDatabase,
} from "@/test/support/postgres";
import { type MediaStack, startMediaStack } from "@/test/support/upstreams/media-stack";

let stack: MediaStack;
let home: EarlyHousehold;
let database: TestDatabase;
let sql: Sql;

beforeEach(async () => {
  stack = await startMediaStack();
  home = await fillServices(stack);
  database = await createEmptyDatabase();
  sql = postgres(database.url, { max: 2, onnotice: () => {} });
  await migrateTo(1);
  const rows = firstVersionRows(home);
  expect(Object.keys(rows).sort()).toEqual(await listTables(sql));
  for (const [table, some] of Object.entries(rows)) await insertRows(sql, table, some);
});

afterEach(async () => {
  await sql.end();
  await database.drop();
  await stack.stop();
});

const migrateTo = (count: number) =>
  withMigrations(count, null, (folder) => migrateDatabase(database.url, folder));

/** The rows of before with the columns that both have; a migration that means to change some says so here. */
function sameColumns(
  rows: readonly Record<string, unknown>[],
  like: readonly Record<string, unknown>[],
): string[] {
  const names = Object.keys(like[0] ?? {}).sort();
  return rows.map((row) => JSON.stringify(names.map((name) => [name, row[name]]))).sort();
}

test("every migration keeps every row of every table, and the result is that of a new installation", async () => {
  for (let count = 2; count <= migrationCount; count++) {
    await fillEmptyTables(sql);
    const before = await readEverything(sql);
    await migrateTo(count);
    const after = await readEverything(sql);
    for (const [table, rows] of before) {
      const kept = sameColumns(after.get(table) ?? [], rows);
      expect(kept, `${table} after migration ${count}`).toEqual(sameColumns(rows, rows));
    }
  }
  const fresh = await createTestDatabase();
  const freshSql = postgres(fresh.url, { max: 1 });
  expect(await readShape(sql)).toEqual(await readShape(freshSql));
  await freshSql.end();
  await fresh.drop();
});

test("after an upgrade what waited leaves once, and nobody is told again", async () => {
  await sql`select graphile_worker.add_job('flush_batch', '{"batchId":5}'::json,
    job_key := 'flush_batch:5', max_attempts := 25, run_at := '2026-11-20T10:27:00Z'::timestamptz)`;
  const ledger = await sql`select * from delivery_ledger order by user_id, media_key`;
  await Promise.all([1, 2, 3].map(() => migrateDatabase(database.url)));

  const household = await Household.open(stack, {
    database,
    env: withoutDelay,
    firstSync: false,
  });
  try {
    await startFirstRuns(household.ctx);
    await household.advance({ minutes: 30 });
    await household.run("reconcile");
    await household.advance({ hours: 3 });

    expect(await toldKeys()).toEqual([
      ["Anna", `episode:tvdb:${home.show.tvdbId}:s01e02`],
      ["Anna", `episode:tvdb:${home.show.tvdbId}:s01e03`],
    ]);
    expect(subjectsTo({ stack, household }, "ben@example.net")).toEqual([]);
    expect(stack.mailbox.accepted).toBe(
      subjectsTo({ stack, household }, "anna@example.net").length,
    );
    const now = await sql`select * from delivery_ledger order by user_id, media_key`;
    const isOld = (row: { media_key: string; user_id: number }) =>
      ledger.some((old) => old.media_key === row.media_key && old.user_id === row.user_id);
    expect(now.filter((row) => isOld(row as never))).toEqual([...ledger]);
  } finally {
    database = { ...database, drop: async () => {} };
    await household.close();
  }
});

/** What mails after the upgrade told whom. */
async function toldKeys(): Promise<[string, string][]> {
  const rows = await sql<{ name: string; key: string }[]>`
    select u.display_name as name, i.media_key as key from notification_items i
    join notifications n on n.id = i.notification_id join users u on u.id = n.user_id
    where n.id > 12 order by 1, 2`;
  return rows.map(({ name, key }) => [name, key]);
}

test("a migration that fails leaves the database as it was, also the ones before it, and says why", async () => {
  const before = { rows: await readEverything(sql), shape: await readShape(sql) };
  const wrong = `create table half_done (id int);--> statement-breakpoint
    insert into users (seerr_user_id, display_name) select seerr_user_id, 'twice' from users`;
  const attempt = withMigrations(migrationCount, wrong, (folder) =>
    migrateDatabase(database.url, folder),
  );
  await expect(attempt).rejects.toMatchObject({
    cause: { message: expect.stringContaining("users_seerr_user_id_unique") },
  });
  expect(await readEverything(sql)).toEqual(before.rows);
  expect(await readShape(sql)).toEqual(before.shape);

  await migrateDatabase(database.url);
  expect((await listTables(sql)).length).toBeGreaterThan(before.rows.size);
});

test("tables of a newer version are refused in words and stay as they are", async () => {
  const newer = "alter table users rename column display_name to called";
  await withMigrations(migrationCount, newer, (folder) => migrateDatabase(database.url, folder));
  const before = await readShape(sql);

  const attempt = migrateDatabase(database.url);
  await expect(attempt).rejects.toThrow(StartupError);
  await expect(attempt).rejects.toThrow(/newer version.*Nothing was changed.*docs\/upgrade\.md/);
  // An earlier one still, which lacks steps of this one as well: it adds none of its own.
  await expect(migrateTo(1)).rejects.toThrow(StartupError);
  expect(await readShape(sql)).toEqual(before);

  await withMigrations(migrationCount, newer, (folder) => migrateDatabase(database.url, folder));
});
