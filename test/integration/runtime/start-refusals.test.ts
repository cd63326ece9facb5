import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { ensureSecretKey, loadConfigEnv, prepareConfigFolder } from "@/lib/runtime/config-folder";
import { checkDatabase } from "@/lib/runtime/external-database";
import { migrateDatabase } from "@/lib/runtime/migrate";
import { canReach } from "@/lib/runtime/unprivileged-user";
import { reservePort } from "@/lib/runtime/web-port";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const nobody = { name: "nobody", uid: 65_534, gid: 65_534 };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "bingealert-start-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the config folder", () => {
  test("is made closed, and the secret key in it only once", () => {
    const configDir = path.join(folder, "a", "config");
    prepareConfigFolder(configDir);
    expect(statSync(configDir).mode & 0o066).toBe(0);
    writeFileSync(path.join(configDir, ".env"), "# mine\n");
    const key = ensureSecretKey(configDir, undefined);
    expect(key).toHaveLength(43);
    expect(readFileSync(path.join(configDir, ".env"), "utf8")).toMatch(/^# mine\nAPP_SECRET_KEY=/);
    expect(loadConfigEnv(configDir).APP_SECRET_KEY).toBe(key);
    expect(ensureSecretKey(configDir, "given")).toBe("given");
    expect(loadConfigEnv(configDir).APP_SECRET_KEY).toBe(key);
  });

  test("that is a file is told", () => {
    const file = path.join(folder, "file");
    writeFileSync(file, "");
    expect(() => prepareConfigFolder(file)).toThrow(`${file} is not a folder.`);
  });

  const mayPretend = process.getuid?.() !== 0 || canReach(root, nobody);
  test.runIf(mayPretend)("that is not writable is told", () => {
    chmodSync(folder, 0o555);
    const code = `import { prepareConfigFolder } from "${root}lib/runtime/config-folder.ts";
      try { prepareConfigFolder(${JSON.stringify(path.join(folder, "config"))}); } catch (error) { console.log(error.message); }`;
    const result = spawnSync(
      process.execPath,
      ["--import", "tsx", "--input-type=module", "-e", code],
      {
        cwd: root,
        encoding: "utf8",
        ...(process.getuid?.() === 0 ? { uid: nobody.uid, gid: nobody.gid } : {}),
      },
    );
    expect(result.stdout).toMatch(
      /config is not writable for the user with id \d+ \(EACCES\)\. Give this user/,
    );
  });
});

describe("the web port", () => {
  test("0 finds a free one", async () => {
    expect(await reservePort("127.0.0.1", 0, 0)).toBeGreaterThan(1023);
  });

  test("that is taken is told after some patience, and used when it gets free meanwhile", async () => {
    const holder = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => holder.once("listening", resolve));
    const address = holder.address();
    const port = address && typeof address === "object" ? address.port : 0;
    await expect(reservePort("127.0.0.1", port, 0)).rejects.toThrow(
      `Port ${port} is already in use by another program.`,
    );
    setTimeout(() => holder.close(), 200);
    expect(await reservePort("127.0.0.1", port, 3_000)).toBe(port);
  });

  test("on an address that is not ours is told", async () => {
    await expect(reservePort("192.0.2.77", 0, 0)).rejects.toThrow(
      "BingeAlert cannot listen on 192.0.2.77",
    );
  });
});

describe("a database of the user's", () => {
  const changed = (change: (url: URL) => void) => {
    const url = new URL(inject("postgresUrl"));
    change(url);
    return url.href;
  };

  test("that works is taken", async () => {
    await expect(checkDatabase(inject("postgresUrl"), 0)).resolves.toBeUndefined();
  });

  test.each([
    [
      "not there",
      (url: URL) => {
        url.port = "1";
      },
      "No database answers at 127.0.0.1:1.",
    ],
    [
      "wrong password",
      (url: URL) => {
        url.password = "wrong";
      },
      "wrong user or password. Correct DATABASE_URL",
    ],
    [
      "wrong name",
      (url: URL) => {
        url.pathname = "/elsewhere";
      },
      "no database named elsewhere. Create it",
    ],
    [
      "unknown host",
      (url: URL) => {
        url.hostname = "no-such-host.invalid";
      },
      "The database host no-such-host.invalid is not known.",
    ],
  ])("%s is told", async (_name, change, words) => {
    await expect(checkDatabase(changed(change), 0)).rejects.toThrow(words);
  });

  test("is migrated once by several starters at the same time", async () => {
    const name = "migrated_by_many";
    const sql = postgres(inject("postgresUrl"), { max: 1, onnotice: () => {} });
    await sql.unsafe(`create database ${name}`);
    const url = changed((it) => {
      it.pathname = `/${name}`;
    });
    await Promise.all([migrateDatabase(url), migrateDatabase(url), migrateDatabase(url)]);
    const own = postgres(url, { max: 1 });
    const [row] =
      await own`select count(*)::int as n, count(distinct hash)::int as distinct_n from drizzle.__drizzle_migrations`;
    await own.end();
    await sql.unsafe(`drop database ${name} with (force)`);
    await sql.end();
    expect(row?.n).toBeGreaterThan(0);
    expect(row?.n).toBe(row?.distinct_n);
  });
});
