import { randomBytes } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { readConfigEnv, writeConfigEnv } from "@/lib/config-file";
import { StartupError, systemErrorCode, unwritableFolder } from "./startup-error";

/**
 * Makes the config folder if needed and proves that it can be written to. Throws a StartupError.
 */
export function prepareConfigFolder(configDir: string): void {
  try {
    // Root's PostgreSQL runs as another user, who must be able to pass through, not to look.
    makeFolder(configDir, process.getuid?.() === 0 ? 0o711 : 0o700);
    readdirSync(configDir);
    accessSync(configDir, constants.R_OK | constants.W_OK | constants.X_OK);
    const probe = path.join(configDir, `.write-test-${process.pid}`);
    writeFileSync(probe, "x".repeat(4_096), { flush: true });
    rmSync(probe);
  } catch (error) {
    throw unwritableFolder(configDir, error);
  }
}

/** Not mkdir's own `recursive`: where nothing can be made (below /proc), Node tries for ever. */
function makeFolder(folder: string, mode: number): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder), mode);
  mkdirSync(folder, { mode });
}

/** The names and values of the folder's `.env`. Throws a StartupError when it cannot be read. */
export function loadConfigEnv(configDir: string): Record<string, string> {
  try {
    return readConfigEnv(configDir);
  } catch (error) {
    const file = path.join(configDir, ".env");
    throw new StartupError(
      `${file} cannot be read (${systemErrorCode(error) ?? String(error)}). Give it to the user BingeAlert runs as (chown).`,
    );
  }
}

/** The key that signs links and sessions: as given, or made once and kept in the folder's `.env`. */
export function ensureSecretKey(configDir: string, given: string | undefined): string {
  if (given !== undefined) return given;
  const key = randomBytes(32).toString("base64url");
  try {
    writeConfigEnv(configDir, { APP_SECRET_KEY: key });
  } catch (error) {
    throw unwritableFolder(configDir, error);
  }
  return key;
}
