import path from "node:path";
import { loadConfigEnv, prepareConfigFolder } from "./config-folder";
import { findRunningPostgres, startPostgres } from "./embedded-postgres";
import { checkDatabase, chooseDatabase } from "./external-database";
import { givenSettings } from "./given-settings";
import { migrateDatabase } from "./migrate";
import { StartupError } from "./startup-error";

/**
 * Gives the database to a command on the host, whether BingeAlert runs at this moment or not: the one that runs, the
 * external one, or our own, started for as long as the command lasts. Throws a StartupError in words.
 */
export async function withHostDatabase<T>(
  work: (host: { url: string; configDir: string }) => Promise<T>,
): Promise<T> {
  const configDir = path.resolve(process.env.CONFIG_DIR?.trim() || "./config");
  prepareConfigFolder(configDir);
  const choice = chooseDatabase(givenSettings(process.env, loadConfigEnv(configDir)));
  const dataFolder = path.join(configDir, "postgres");
  const running = choice.kind === "embedded" ? findRunningPostgres(dataFolder) : choice.url;
  const own = running === null ? await startPostgres({ dataFolder }) : null;
  const url = own?.url ?? running;
  if (!url) throw new StartupError("The database was not found.");
  try {
    await checkDatabase(url, 5_000);
    if (own || choice.kind === "external") await migrateDatabase(url);
    return await work({ url, configDir });
  } finally {
    await own?.stop();
  }
}
