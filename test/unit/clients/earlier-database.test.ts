import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { openEarlierDatabase, readHistory } from "@/lib/clients/earlier/read-history";
import { foldLog } from "@/lib/clients/earlier/write-ahead-log";

const killed = path.join(process.cwd(), "test", "fixtures", "earlier", "killed.db");

test("what a killed container left in the write-ahead log is read, too", async () => {
  const database = await openEarlierDatabase(killed);
  const { users, tellings, leftOut } = await readHistory(database);
  await database.close();
  expect(users.map((user) => user.name)).toEqual(["anna", "ben"]);
  expect(tellings.map((telling) => telling.episode?.episode)).toEqual(
    Array.from({ length: 20 }, (_, index) => index + 1),
  );
  expect(leftOut).toEqual([]);
});

test("of a log that breaks off or is damaged only what was committed before counts", () => {
  const database = readFileSync(killed);
  const log = readFileSync(`${killed}-wal`);
  const frame = 24 + 512;
  const frames = (log.byteLength - 32) / frame;
  expect(frames).toBeGreaterThan(2);

  const whole = foldLog(database, log);
  expect(whole).not.toEqual(new Uint8Array(database));
  const cut = foldLog(database, log.subarray(0, 32 + frame * frames - 1));
  expect(cut).not.toEqual(whole);
  const damaged = Buffer.from(log);
  damaged[32 + 24 + 100] = (damaged[32 + 24 + 100] ?? 0) ^ 1;
  expect(foldLog(database, damaged)).toEqual(database);
  expect(foldLog(database, log.subarray(0, 20))).toEqual(database);
  expect(foldLog(database, Buffer.alloc(log.byteLength))).toEqual(database);
});
