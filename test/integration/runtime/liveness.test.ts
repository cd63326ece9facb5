import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkLiveness } from "@/lib/services/health/check-liveness";
import { type OpenDatabase, openDatabase } from "@/lib/store/db";
import { createTestDatabase, type TestDatabase } from "@/test/support/postgres";

let testDatabase: TestDatabase;
let database: OpenDatabase;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase(testDatabase.url, { max: 1, name: "liveness test" });
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

const beat = (workerId: string, secondsAgo: number) =>
  database.db.execute(sql`
    insert into worker_heartbeats (worker_id, lock_key, started_at, beat_at, version)
    values (${workerId}, 1, now(), now() - make_interval(secs => ${secondsAgo}), '0')`);

test("a worker that never gave a sign of life, or long ago, is silent", async () => {
  const silent = { kind: "down", database: "ok", worker: "silent" };
  expect(await checkLiveness(database.db)).toEqual(silent);
  await beat("gone", 45);
  expect(await checkLiveness(database.db)).toEqual(silent);
});

test("one living worker is enough", async () => {
  await beat("living", 5);
  expect(await checkLiveness(database.db)).toEqual({ kind: "alive", database: "ok", worker: "ok" });
});

test("a database that does not answer in time is unreachable", async () => {
  const busy = database.db.execute(sql`select pg_sleep(3)`).then(() => {});
  expect(await checkLiveness(database.db)).toEqual({
    kind: "down",
    database: "unreachable",
    worker: "unknown",
  });
  await busy;
  const nowhere = openDatabase("postgres://x:x@127.0.0.1:1/x", { max: 1, name: "liveness test" });
  expect((await checkLiveness(nowhere.db)).database).toBe("unreachable");
  await nowhere.close();
});
