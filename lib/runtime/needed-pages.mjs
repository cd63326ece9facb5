import { readFileSync } from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";

/**
 * The pages that a start will serve, as a product of the build: those below a path when BASE_PATH names one.
 *
 * @param {Record<string, string | undefined>} env
 */
export function neededPages(env = process.env) {
  const given = env.BASE_PATH?.trim() || readConfigEnv(env).BASE_PATH || "";
  return /[^/\s]/.test(given) ? "web-below" : "web";
}

/** What cannot be read is told by the start itself. */
function readConfigEnv(env) {
  const folder = path.resolve(env.CONFIG_DIR?.trim() || "./config");
  try {
    return parseEnv(readFileSync(path.join(folder, ".env"), "utf8"));
  } catch {
    return {};
  }
}
