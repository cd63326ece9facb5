import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import type { GivenSettings } from "./given-settings";
import { StartupError } from "./startup-error";

/** Which database to use. */
export type DatabaseChoice = { kind: "embedded" } | { kind: "external"; url: string };

/** DATABASE_URL, or DB_PASSWORD with DB_HOST, DB_PORT, DB_USER, DB_NAME; else our own PostgreSQL. */
export function chooseDatabase(given: GivenSettings): DatabaseChoice {
  const url = given("DATABASE_URL");
  if (url !== undefined) {
    if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
      throw new StartupError(
        "DATABASE_URL is not a PostgreSQL connection string. It looks like postgres://user:password@host:5432/database, with special characters in the password percent-encoded.",
      );
    }
    return { kind: "external", url };
  }
  const password = given("DB_PASSWORD");
  if (password === undefined && given("DB_HOST") === undefined) return { kind: "embedded" };
  const built = new URL("postgres://host");
  built.hostname = given("DB_HOST") ?? "postgres";
  built.port = given("DB_PORT") ?? "5432";
  built.username = encodeURIComponent(given("DB_USER") ?? "bingealert");
  built.password = encodeURIComponent(password ?? "");
  built.pathname = `/${encodeURIComponent(given("DB_NAME") ?? "bingealert")}`;
  return { kind: "external", url: built.href };
}

/** The oldest PostgreSQL that has all we use. */
const oldestVersion = 140_000;

/**
 * Proves that the database at `url` answers, waiting up to `patienceMs` for one that is just
 * starting. Throws a StartupError that says what is wrong and what to do.
 */
export async function checkDatabase(url: string, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await tryOnce(url);
    } catch (error) {
      const problem = describeProblem(url, error);
      if (!problem.mayPass || Date.now() > deadline) throw new StartupError(problem.words);
      await sleep(500);
    }
  }
}

async function tryOnce(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    const [row] = await sql<{ version: number }[]>`
      select current_setting('server_version_num')::int as version`;
    if (row && row.version < oldestVersion) {
      throw new StartupError(
        `The database server is PostgreSQL ${Math.floor(row.version / 10_000)}; BingeAlert needs 14 or newer.`,
      );
    }
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function describeProblem(url: string, error: unknown): { words: string; mayPass: boolean } {
  if (error instanceof StartupError) return { words: error.message, mayPass: false };
  const { hostname, port, pathname, username } = new URL(url);
  const place = `${hostname}:${port || "5432"}`;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const check = "Check DATABASE_URL, and that PostgreSQL runs there";
  switch (code) {
    case "ECONNREFUSED":
      return { words: `No database answers at ${place}. ${check}.`, mayPass: true };
    case "57P03":
      return {
        words: `The database at ${place} is still starting. Try again soon.`,
        mayPass: true,
      };
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return { words: `The database host ${hostname} is not known. ${check}.`, mayPass: true };
    case "CONNECT_TIMEOUT":
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return { words: `The database at ${place} cannot be reached. ${check}.`, mayPass: true };
    case "28P01":
    case "28000":
      return {
        words: `The database at ${place} refused the user ${decodeURIComponent(username)}: wrong user or password. Correct DATABASE_URL or DB_PASSWORD.`,
        mayPass: false,
      };
    case "3D000":
      return {
        words: `The database server at ${place} has no database named ${pathname.slice(1)}. Create it, or correct the name in DATABASE_URL.`,
        mayPass: false,
      };
    case "53300":
      return {
        words: `The database at ${place} has no free connection. Raise its max_connections, or stop what else uses it.`,
        mayPass: true,
      };
    default: {
      const words = error instanceof Error ? error.message : String(error);
      return {
        words: `The database at ${place} cannot be used: ${words}. ${check}.`,
        mayPass: false,
      };
    }
  }
}
