import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { resetLimits, takeFromLimit } from "@/lib/store/rate-limits";
import { limitWebhook, limitWrongSecret } from "@/lib/web/rate-limit";
import { webDatabase } from "@/lib/web/service-context";
import { createTestDatabase, type TestDatabase } from "@/test/support/postgres";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  process.env.DATABASE_URL = database.url;
});
afterAll(async () => {
  await webDatabase().close();
  await database.drop();
});

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 12, 0, seconds));
const limit = { burst: 3, everyMs: 10_000 };

test("a limit holds its burst, then one more each time, and a refused try does not count", async () => {
  const { db } = webDatabase();
  for (let index = 0; index < 3; index++) {
    expect((await takeFromLimit(db, "a", limit, at(0))).kind).toBe("taken");
  }
  expect(await takeFromLimit(db, "a", limit, at(0))).toEqual({
    kind: "exhausted",
    retryAfterMs: 10_000,
  });
  for (let second = 1; second < 10; second++) {
    expect((await takeFromLimit(db, "a", limit, at(second))).kind).toBe("exhausted");
  }
  expect((await takeFromLimit(db, "a", limit, at(10))).kind).toBe("taken");
  expect((await takeFromLimit(db, "a", limit, at(10))).kind).toBe("exhausted");
  expect((await takeFromLimit(db, "b", limit, at(10))).kind).toBe("taken");
  await resetLimits(db, "a");
  expect((await takeFromLimit(db, "a", limit, at(10))).kind).toBe("taken");
});

test("many at once take no more than there is", async () => {
  const { db } = webDatabase();
  const taken = await Promise.all(
    Array.from({ length: 30 }, () => takeFromLimit(db, "crowd", limit, at(0))),
  );
  expect(taken.filter(({ kind }) => kind === "taken")).toHaveLength(3);
});

test("webhooks cost one statement in a hundred until they come too fast, and then none", async () => {
  const count = await statements(async () => {
    for (let index = 0; index < 1_000; index++) {
      expect((await limitWebhook("192.0.2.1")).kind).toBe("allowed");
    }
  });
  expect(count).toBeLessThanOrEqual(11);

  let allowed = 1_000;
  for (; allowed < 8_000; allowed++) {
    if ((await limitWebhook("192.0.2.1")).kind === "limited") break;
  }
  expect(allowed).toBeGreaterThanOrEqual(5_000);
  expect(allowed).toBeLessThan(7_000);
  const refused = await statements(async () => {
    for (let index = 0; index < 100; index++) await limitWebhook("192.0.2.1");
  });
  expect(refused).toBeLessThanOrEqual(2);
  expect((await limitWebhook("192.0.2.2")).kind).toBe("allowed");
});

test("wrong secrets from one home network count together", async () => {
  let tries = 0;
  for (; tries < 100; tries++) {
    const limited = await limitWrongSecret(`2001:db8:1:2::${tries.toString(16)}`);
    if (limited.kind === "limited") break;
  }
  expect(tries).toBe(30);
});

/** How many statements the limits send meanwhile. */
async function statements(work: () => Promise<void>): Promise<number> {
  const { db } = webDatabase();
  const spies = [vi.spyOn(db, "insert"), vi.spyOn(db, "select"), vi.spyOn(db, "delete")];
  await work();
  const count = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
  for (const spy of spies) spy.mockRestore();
  return count;
}
