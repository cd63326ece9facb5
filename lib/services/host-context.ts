import { log } from "@/lib/log";
import { openDatabase } from "@/lib/store/db";
import type { ServiceContext } from "./context";
import { loadConfig } from "./load-config";

/** The database to work on and the folder beside it, whether BingeAlert runs at this moment or not. */
export type Host = { url: string; configDir: string };

/** What services need, for a command on the host. */
export async function withHostContext(
  { url, configDir }: Host,
  work: (ctx: ServiceContext) => Promise<string>,
): Promise<string> {
  const database = openDatabase(url, { max: 2, name: "bingealert command line" });
  try {
    return await work({
      database,
      workerId: "command line",
      now: () => new Date(),
      loadConfig: () => loadConfig(database.db, { env: process.env, configDir }),
      log,
    });
  } finally {
    await database.close();
  }
}
