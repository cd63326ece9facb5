import { existsSync } from "node:fs";
import path from "node:path";
import { AppError } from "@/lib/errors";
import { backupOnHost, restoreOnHost } from "@/lib/services/backups/backup-command";
import { withHostDatabase } from "./host-database";
import { StartupError } from "./startup-error";

const inContainer = process.env.BINGEALERT_COMMAND !== undefined;

const usage = `Backups, from the machine BingeAlert runs on. It may run meanwhile.

  ${inContainer ? "bingealert backup" : "npm run backup"}
  ${inContainer ? "bingealert restore FILE" : "npm run restore -- FILE"}

FILE is a name in the folder backups of the config folder, or any other file.
What is there now is backed up first. Nobody gets a mail by a restore.
`;

/** npm runs its scripts in our folder: a path is meant from where the command was typed. */
function placeOf(file: string): string {
  const place = path.resolve(process.env.INIT_CWD ?? process.cwd(), file);
  return existsSync(place) ? place : file;
}

async function run([command, file, ...rest]: string[]): Promise<string> {
  if (command === "backup" && file === undefined) return withHostDatabase(backupOnHost);
  if (command === "restore" && file !== undefined && rest.length === 0) {
    return withHostDatabase((host) => restoreOnHost(host, placeOf(file)));
  }
  throw new StartupError(usage);
}

try {
  // After `node bootstrap.mjs backup` or `node dist/backup.mjs backup`.
  const at = process.argv.findIndex((word) => word === "backup" || word === "restore");
  process.stdout.write(`${await run(at === -1 ? [] : process.argv.slice(at))}\n`);
} catch (error) {
  if (!(error instanceof StartupError || error instanceof AppError)) throw error;
  process.stderr.write(`${error.message.trimEnd().replace(/\.$/, "")}.\n`);
  process.exitCode = 1;
}
