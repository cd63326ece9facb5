import { DrizzleQueryError } from "drizzle-orm/errors";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as schema from "@/drizzle/schema";

/** The pool, typed by the schema. */
export type Database = PostgresJsDatabase<typeof schema>;

/** A pool or an open transaction: what every store function takes first. */
export type Executor = Pick<
  Database,
  | "select"
  | "selectDistinct"
  | "selectDistinctOn"
  | "insert"
  | "update"
  | "delete"
  | "execute"
  | "transaction"
>;

/** Connections to one PostgreSQL. */
export type OpenDatabase = {
  db: Database;
  /** A client of its own for raw statements and LISTEN: drizzle changes the date parsing of the one it gets. */
  raw: postgres.Sql;
  /** The address it was opened with: it holds the password. */
  url: string;
  close: () => Promise<void>;
};

type Step = (executor: Executor) => Promise<void>;

/** What open transactions do last, by key. */
const lastSteps = new WeakMap<Executor, Map<string, Step>>();

/**
 * Keeps a step for the end of the open transaction `executor`; a step of the same key is replaced. They run in the
 * order of their keys, so that transactions that want the same things wait for each other instead of crosswise.
 * False when no transaction is open: nothing was kept.
 */
export function beforeCommit(executor: Executor, key: string, step: Step): boolean {
  const steps = lastSteps.get(executor);
  steps?.set(key, step);
  return steps !== undefined;
}

/** Lets every transaction of `db` take the steps kept for its end; one that fails undoes the transaction. */
function withLastSteps(db: Database): Database {
  const begin = db.transaction.bind(db);
  db.transaction = (work, config) =>
    begin(async (tx) => {
      const steps = new Map<string, Step>();
      lastSteps.set(tx, steps);
      const result = await work(tx);
      for (const [, step] of [...steps].sort(([a], [b]) => (a < b ? -1 : 1))) await step(tx);
      return result;
    }, config);
  return db;
}

/** Opens pools to `url`; connections are made on first use. `max` is the size of the drizzle pool. */
export function openDatabase(url: string, options: { max: number; name: string }): OpenDatabase {
  const shared = {
    connect_timeout: 10,
    idle_timeout: 60,
    onnotice: () => {},
    connection: { application_name: options.name },
  };
  const pool = postgres(url, { ...shared, max: options.max });
  const raw = postgres(url, { ...shared, max: Math.max(2, Math.ceil(options.max / 2)) });
  return {
    db: withLastSteps(drizzle(pool, { schema })),
    raw,
    url,
    close: async () => {
      await Promise.all([pool.end({ timeout: 5 }), raw.end({ timeout: 5 })]);
    },
  };
}

/** What went wrong, in words to keep: PostgreSQL's own, not drizzle's, which hold the statement and all its values. */
export function failureWords(error: unknown): string {
  const said = error instanceof DrizzleQueryError ? (error.cause ?? error) : error;
  return (said instanceof Error ? said.message : String(said)).slice(0, 500);
}
