import { readFileSync } from "node:fs";
import { StartupError, systemErrorCode } from "./startup-error";

/** Reads one setting by its upper-case name; undefined when it is absent or empty. */
export type GivenSettings = (name: string) => string | undefined;

/**
 * A reader over the environment (`NAME`, then the file named by `NAME_FILE`) and then the values of
 * the config folder's `.env`. Throws a StartupError when a named file cannot be read.
 */
export function givenSettings(
  environment: NodeJS.ProcessEnv,
  configEnv: Record<string, string>,
): GivenSettings {
  return (name) => {
    const direct = environment[name]?.trim();
    if (direct) return direct;
    const file = environment[`${name}_FILE`]?.trim() || configEnv[`${name}_FILE`];
    if (file) return readSecretFile(name, file);
    return configEnv[name]?.trim() || undefined;
  };
}

function readSecretFile(name: string, file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").trim() || undefined;
  } catch (error) {
    throw new StartupError(
      `${name}_FILE names ${file}, which cannot be read (${systemErrorCode(error) ?? String(error)}). Correct the path or its permissions.`,
    );
  }
}
