import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { chooseDatabase } from "@/lib/runtime/external-database";
import { givenSettings } from "@/lib/runtime/given-settings";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "bingealert-unit-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const reader = (env: Record<string, string>, file: Record<string, string> = {}) =>
  givenSettings(env as NodeJS.ProcessEnv, file);

test("the environment comes before NAME_FILE, and that before the config folder", () => {
  const secret = path.join(folder, "secret");
  writeFileSync(secret, "from the file\n");
  expect(reader({ A: "env", A_FILE: secret }, { A: "config" })("A")).toBe("env");
  expect(reader({ A_FILE: secret }, { A: "config" })("A")).toBe("from the file");
  expect(reader({ A: "" }, { A: "config" })("A")).toBe("config");
  expect(reader({})("A")).toBeUndefined();
});

test("a NAME_FILE that is not there is told by name", () => {
  expect(() => reader({ DB_PASSWORD_FILE: "/nowhere/x" })("DB_PASSWORD")).toThrow(
    "DB_PASSWORD_FILE names /nowhere/x, which cannot be read (ENOENT).",
  );
});

describe("chooseDatabase", () => {
  test("nothing given: our own", () => {
    expect(chooseDatabase(reader({}))).toEqual({ kind: "embedded" });
  });
  test("DATABASE_URL wins", () => {
    const url = "postgres://a:b@db/x";
    expect(chooseDatabase(reader({ DATABASE_URL: url, DB_PASSWORD: "p" }))).toEqual({
      kind: "external",
      url,
    });
  });
  test("DB_PASSWORD and its siblings build one, whatever is in them", () => {
    const choice = chooseDatabase(
      reader({
        DB_PASSWORD: "p@ss/w:rd #1",
        DB_HOST: "db.example.net",
        DB_PORT: "5433",
        DB_USER: "anna",
        DB_NAME: "binge",
      }),
    );
    if (choice.kind !== "external") throw new Error("not external");
    const url = new URL(choice.url);
    expect([url.host, decodeURIComponent(url.password), url.username, url.pathname]).toEqual([
      "db.example.net:5433",
      "p@ss/w:rd #1",
      "anna",
      "/binge",
    ]);
  });
  test("a DATABASE_URL that is none is refused without showing it", () => {
    expect(() => chooseDatabase(reader({ DATABASE_URL: "db:geheim" }))).toThrow(
      /^DATABASE_URL is not a PostgreSQL connection string\.(?!.*geheim)/,
    );
  });
});
