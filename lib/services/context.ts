import type { Logger } from "@/lib/log";
import type { OpenDatabase } from "@/lib/store/db";
import type { Config } from "./load-config";

/** What every service is given: nothing in it is state, all of that is in the database. */
export type ServiceContext = {
  database: OpenDatabase;
  /** Who acts: the worker's id, or `web` for an admin's request. */
  workerId: string;
  now: () => Date;
  /** Reads the settings anew, so that a change applies at once. */
  loadConfig: () => Promise<Config>;
  log: Logger;
};
