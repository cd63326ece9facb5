import { log } from "@/lib/log";
import { type RunningPostgres, startPostgres } from "./embedded-postgres";

export interface SupervisedPostgres {
  /** Stays the same when the server is started again. */
  url: string;
  stop: (patienceMs: number) => Promise<void>;
}

const noteworthy = /^(?:WARNING|ERROR|FATAL|PANIC|stopping )|not properly shut down|redo done/;
/**
 * Clients that were cut off while the server was coming or going tell it themselves, and the queue
 * looks for its tables before it makes them.
 */
const expected = /terminating connection|the database system is|graphile_worker\.migrations/;

/** Keeps the embedded PostgreSQL running on `dataFolder`: a dead one is started again. */
export async function supervisePostgres(
  dataFolder: string,
  signal: AbortSignal,
): Promise<SupervisedPostgres> {
  const pgLog = log.child({ part: "postgres" });
  let current: RunningPostgres | undefined;
  let starting: Promise<void> | undefined;
  let stopping = false;

  const start = async (port?: number) => {
    current = await startPostgres({
      dataFolder,
      signal,
      ...(port === undefined ? {} : { port }),
      log: (line) =>
        noteworthy.test(line) && !expected.test(line) ? pgLog.warn(line) : pgLog.debug(line),
      onUnexpectedExit: (how) => {
        if (stopping) return;
        pgLog.warn("the database ended unexpectedly and is started again", { how });
        starting = restart();
      },
    });
    pgLog.info("the database is running", { pid: current.pid });
  };

  const restart = async () => {
    const port = current?.port;
    for (let delayMs = 250; !stopping; delayMs = Math.min(delayMs * 2, 30_000)) {
      try {
        await start(port);
        return;
      } catch (error) {
        if (stopping) return;
        pgLog.error(error instanceof Error ? error.message : String(error), { retryInMs: delayMs });
        await new Promise((resolve) => setTimeout(resolve, delayMs));
      }
    }
  };

  await start();
  if (!current) throw new Error("PostgreSQL was started but is not known.");
  return {
    url: (current as RunningPostgres).url,
    stop: async (patienceMs) => {
      stopping = true;
      await Promise.race([starting, new Promise((resolve) => setTimeout(resolve, patienceMs))]);
      await current?.stop(patienceMs);
    },
  };
}
