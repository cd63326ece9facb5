import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** One migration as drizzle wrote it. */
export type Migration = { tag: string; hash: string; statements: string[] };

/** The migrations this version consists of, the first one first. */
export function readMigrations(folder = findMigrations()): Migration[] {
  const journal = JSON.parse(readFileSync(path.join(folder, "meta", "_journal.json"), "utf8")) as {
    entries: { tag: string }[];
  };
  return journal.entries.map(({ tag }) => {
    const text = readFileSync(path.join(folder, `${tag}.sql`), "utf8");
    return {
      tag,
      hash: createHash("sha256").update(text).digest("hex"),
      statements: text.split("--> statement-breakpoint"),
    };
  });
}

/** Beside package.json, from the sources as well as from dist/. */
function findMigrations(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const migrations = path.join(folder, "drizzle", "migrations");
    if (existsSync(path.join(migrations, "meta", "_journal.json"))) return migrations;
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error("The folder drizzle/migrations was not found.");
    folder = parent;
  }
}
