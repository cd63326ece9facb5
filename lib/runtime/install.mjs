import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

/** A reason that stops the preparation and that the reader can act on. */
export class PreparationError extends Error {
  name = "PreparationError";
}

/** Runs `npm install` when node_modules is missing or does not belong to this package-lock.json. */
export function installWhatIsMissing(root) {
  const wanted = fingerprintOfLock(root);
  const marker = path.join(root, "node_modules", ".bingealert-install");
  if (readText(marker) === wanted) return;
  if (isInstalledBy(root)) {
    tryWrite(marker, wanted);
    return;
  }
  process.stderr.write("Installing what is missing (npm install) …\n");
  // `npm ci` refuses a lock that lacks the binaries of other platforms; --no-save keeps the lock as it is.
  const args = [
    "install",
    "--no-audit",
    "--no-fund",
    "--no-save",
    "--include=dev",
    "--loglevel=error",
  ];
  const npm = process.env.npm_execpath;
  const result = npm?.endsWith(".js")
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ["ignore", 2, 2] })
    : spawnSync("npm", args, { cwd: root, stdio: ["ignore", 2, 2] });
  if (result.status !== 0) {
    throw new PreparationError(
      "npm install did not work; its own words are above. Check the network connection and that this folder is writable, then run the command again.",
    );
  }
  tryWrite(marker, wanted);
}

function fingerprintOfLock(root) {
  const hash = createHash("sha256");
  for (const file of ["package.json", "package-lock.json"]) {
    hash.update(readText(path.join(root, file)) ?? "");
  }
  return hash.digest("hex");
}

/** Somebody ran `npm install` by hand: npm's own record is newer than the lock. */
function isInstalledBy(root) {
  try {
    const record = statSync(path.join(root, "node_modules", ".package-lock.json"));
    return ["package.json", "package-lock.json"].every(
      (file) => record.mtimeMs >= statSync(path.join(root, file)).mtimeMs - 2_000,
    );
  } catch {
    return false;
  }
}

function readText(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

function tryWrite(file, text) {
  try {
    writeFileSync(file, text);
  } catch {
    // Another user's node_modules: complete, but checked again next time.
  }
}
