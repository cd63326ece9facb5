import { existsSync } from "node:fs";
import path from "node:path";
import { AppError, UpstreamError } from "@/lib/errors";
import { importEarlierOnHost } from "@/lib/services/setup/import-earlier";
import { withHostDatabase } from "./host-database";
import { StartupError } from "./startup-error";

const call = process.env.BINGEALERT_COMMAND ?? "npm run import-python --";

const usage = `Brings the history of the earlier BingeAlert (the one in Python) over.

  ${call} /path/to/bingealert.db
  ${call} postgresql://user:password@host/bingealert

Shows what would come; with --yes does it. The earlier database is only read,
nobody gets a mail by it, and doing it twice changes nothing. Seerr has to be
connected: it says which shows are which.
`;

/** npm runs its scripts in our folder: a path is meant from where the command was typed. */
function placeOf(source: string): string {
  if (/^postgres(ql)?:\/\//.test(source)) return source;
  const place = path.resolve(process.env.INIT_CWD ?? process.cwd(), source);
  return existsSync(place) ? place : path.resolve(source);
}

async function run(words: string[]): Promise<string> {
  const [source, ...rest] = words.filter((word) => word !== "--yes");
  if (!source || rest.length > 0 || source.startsWith("-")) throw new StartupError(usage);
  const isMeant = words.includes("--yes");
  return withHostDatabase((host) =>
    importEarlierOnHost(host, { source: placeOf(source), isMeant }),
  );
}

try {
  // After `node bootstrap.mjs import-python` or `node dist/import-python.mjs`.
  const at = process.argv.findIndex((word) => /(?:^|[/\\])import-python(?:\.mjs)?$/.test(word));
  process.stdout.write(`${await run(process.argv.slice(at + 1))}\n`);
} catch (error) {
  const isInWords =
    error instanceof StartupError || error instanceof AppError || error instanceof UpstreamError;
  if (!isInWords) throw error;
  process.stderr.write(`${error.message.trimEnd().replace(/\.$/, "")}.\n`);
  process.exitCode = 1;
}
