import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLogger } from "@/lib/log";
import {
  changePassword,
  createAdmin,
  ensureFirstAdmin,
  listAccounts,
} from "@/lib/services/access/admin-accounts";
import { readLoginState, switchLogin } from "@/lib/services/access/switch-login";
import type { ServiceContext } from "@/lib/services/context";
import { loadConfig } from "@/lib/services/load-config";
import { type OpenDatabase, openDatabase } from "@/lib/store/db";
import { createTestDatabase, type TestDatabase } from "@/test/support/postgres";

let own: TestDatabase;
let database: OpenDatabase;
let configDir: string;
const by = { actor: "test", address: null };
const now = new Date("2026-11-22T12:00:00Z");

beforeAll(async () => {
  own = await createTestDatabase();
  database = openDatabase(own.url, { max: 2, name: "test" });
  configDir = mkdtempSync(path.join(os.tmpdir(), "bingealert-login-"));
});
afterAll(async () => {
  await database.close();
  await own.drop();
  rmSync(configDir, { recursive: true, force: true });
});

const read = (env: Partial<Record<string, string>> = {}) =>
  loadConfig(database.db, { env, configDir });
const isOn = async (env: Partial<Record<string, string>> = {}) =>
  readLoginState(database.db, await read(env), now);
const ctx = (): ServiceContext => ({
  database,
  workerId: "test",
  now: () => now,
  loadConfig: () => read(),
  log: createLogger({ level: "silent", format: "json", write: () => {} }),
});

test("login cannot be switched on while nobody could sign in", async () => {
  await expect(switchLogin(ctx(), "on", {})).rejects.toMatchObject({
    code: "conflict",
    message: "Nobody could sign in: make an account with a password first",
  });
  expect(await isOn()).toBe(false);
});

test("once on, it stays on without its setting, without its file, and without its accounts", async () => {
  await createAdmin(database.db, { name: "marta", password: "long enough 1" }, by, now);
  await switchLogin(ctx(), "on", {});
  expect(await isOn()).toBe(true);
  await database.raw`delete from settings`;
  expect(await isOn()).toBe(true);
  writeFileSync(
    path.join(configDir, ".env"),
    "\0\0 not a file of settings \ufffd\nAUTH_ENABLED\n=",
  );
  expect(await isOn()).toBe(true);
  writeFileSync(path.join(configDir, ".env"), "AUTH_ENABLED=ture\n");
  expect(await isOn()).toBe(true);
  rmSync(path.join(configDir, ".env"));
  await database.raw`delete from admins`;
  expect(await isOn()).toBe(true);
});

test("the first account is made once, also when it is gone", async () => {
  const given = { name: "admin", password: "long enough 1" };
  expect(await ensureFirstAdmin(database.db, given, now)).toBe("not_needed");
  expect(await listAccounts(database.db)).toEqual([]);
});

test("it goes off when somebody says so, in the dashboard or where it is started", async () => {
  expect(await isOn({ AUTH_ENABLED: "false" })).toBe(false);
  await createAdmin(database.db, { name: "marta", password: "long enough 1" }, by, now);
  await expect(switchLogin(ctx(), "off", { AUTH_ENABLED: "true" })).rejects.toMatchObject({
    code: "conflict",
  });
  await switchLogin(ctx(), "off", {});
  expect(await isOn()).toBe(false);
  // Started with it once, it is a fact as well.
  expect(await isOn({ AUTH_ENABLED: "true" })).toBe(true);
  await database.raw`delete from settings`;
  expect(await isOn()).toBe(true);
});

test("an “off” of earlier does not count once the file that said “on” is lost", async () => {
  await database.raw`delete from milestones where name = 'login_switched_on'`;
  await switchLogin(ctx(), "off", {});
  expect(await isOn()).toBe(false);
  writeFileSync(path.join(configDir, ".env"), "AUTH_ENABLED=true\n");
  expect(await isOn()).toBe(true);
  rmSync(path.join(configDir, ".env"));
  expect(await isOn()).toBe(true);
});

test("whoever is in cannot guess the password by changing it", async () => {
  const guess = (current: string) =>
    changePassword(database.db, { name: "marta", current, fresh: "long enough 2" }, by, now);
  for (let tries = 0; tries < 10; tries++) {
    await expect(guess("wrong")).rejects.toMatchObject({ code: "forbidden" });
  }
  await expect(guess("long enough 1")).rejects.toMatchObject({ code: "rate_limited" });
});
