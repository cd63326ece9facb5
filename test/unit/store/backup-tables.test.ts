import { expect, test } from "vitest";
import { allTables, backupTables, keptTables } from "@/lib/store/backup-tables";

test("every table is either in a backup or known to stay", () => {
  const names = allTables().map(({ name }) => name);
  const placed = [...backupTables().map(({ name }) => name), ...keptTables];
  expect([...placed].sort()).toEqual([...names].sort());
});

test("tables that are swapped and tables that stay do not refer to each other", () => {
  const swapped = new Set(backupTables().map(({ name }) => name));
  const crossing = allTables().flatMap(({ name, refersTo }) =>
    refersTo
      .filter((other) => swapped.has(name) !== swapped.has(other))
      .map((o) => `${name} → ${o}`),
  );
  expect(crossing).toEqual([]);
});

test("each table comes after those it refers to", () => {
  const order = backupTables().map(({ name }) => name);
  for (const { name, refersTo } of allTables()) {
    for (const other of refersTo) {
      if (other === name || !order.includes(name)) continue;
      expect(order.indexOf(other), `${name} after ${other}`).toBeLessThan(order.indexOf(name));
    }
  }
});

test("nothing that opens a door is in a backup", () => {
  expect(keptTables).toEqual(expect.arrayContaining(["admins", "admin_sessions", "api_keys"]));
});
