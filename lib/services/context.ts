import type { SmtpSender } from "@/lib/clients/smtp";
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

/** What jobs are given on top: things only a worker process has. */
export type WorkerContext = ServiceContext & {
  smtp: SmtpSender;
  /** Whether the worker that holds this advisory lock still lives. */
  isAlive: (lockKey: bigint) => Promise<boolean>;
};
