import "server-only";
import { getEnvironment } from "@/lib/env";
import { log } from "@/lib/log";
import type { ServiceContext } from "@/lib/services/context";
import { loadConfig } from "@/lib/services/load-config";
import { withLogSettings } from "@/lib/services/logs/log-settings";
import { type OpenDatabase, openDatabase } from "@/lib/store/db";

// One pool per process; kept beyond module reloads, which happen only while developing.
const kept = globalThis as typeof globalThis & { bingealertDatabase?: OpenDatabase };

/** The web process's connections. Throws when `DATABASE_URL` is missing: the runtime always sets it. */
export function webDatabase(): OpenDatabase {
  const url = getEnvironment().DATABASE_URL;
  if (url === undefined) throw new Error("DATABASE_URL is not set.");
  kept.bingealertDatabase ??= openDatabase(url, { max: 10, name: "bingealert web" });
  return kept.bingealertDatabase;
}

/** What services are given when an admin's request calls them. */
export function webContext(): ServiceContext {
  const database = webDatabase();
  return {
    database,
    workerId: "web",
    now: () => new Date(),
    loadConfig: async () =>
      withLogSettings(
        await loadConfig(database.db, {
          env: process.env,
          configDir: getEnvironment().CONFIG_DIR,
        }),
      ),
    log,
  };
}
