import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/test/support/postgres";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("a test file gets a migrated database of its own", async () => {
  const sql = postgres(database.url, { max: 1 });
  const [tables] = await sql`
    select to_regclass('public.inbound_events') is not null as ours,
           to_regclass('graphile_worker.jobs') is not null as queue`;
  await sql.end();
  expect(tables).toEqual({ ours: true, queue: true });
});
