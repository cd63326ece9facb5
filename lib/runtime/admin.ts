import { AppError } from "@/lib/errors";
import {
  createAdminOnHost,
  listAccounts,
  pickAdmin,
  resetPassword,
} from "@/lib/services/access/admin-accounts";
import { type Database, openDatabase } from "@/lib/store/db";
import { askPassword } from "./ask-password";
import { withHostDatabase } from "./host-database";
import { StartupError } from "./startup-error";

/** As it was called: by npm, or as the command of the container. */
const call = process.env.BINGEALERT_COMMAND ?? "npm run admin --";

const usage = `The accounts of the dashboard, from the machine it runs on.

  ${call} list
  ${call} create NAME
  ${call} reset-password [NAME]

The new password is asked for, or read from standard input. A reset signs the
account out everywhere, empties all sign-in limits, and lets it in without
Turnstile for half an hour.
`;

function withDatabase(work: (db: Database) => Promise<void>): Promise<void> {
  return withHostDatabase(async ({ url }) => {
    const tables = openDatabase(url, { max: 1, name: "bingealert admin" });
    try {
      await work(tables.db);
    } finally {
      await tables.close();
    }
  });
}

async function newPassword(): Promise<string> {
  const password = await askPassword();
  if (password === null) throw new StartupError("No password came, or the two differ.");
  return password;
}

const say = (words: string) => process.stdout.write(`${words}\n`);

async function run([command, name, ...rest]: string[]): Promise<void> {
  if (rest.length > 0) throw new StartupError("A password is never given on the command line.");
  switch (command) {
    case "list":
      return withDatabase(async (db) => {
        const accounts = await listAccounts(db);
        if (accounts.length === 0) say("There is no account yet.");
        for (const account of accounts) {
          const changed = account.passwordChangedAt.toISOString().slice(0, 10);
          say(`${account.name}, password of ${changed}`);
        }
      });
    case "create":
      if (!name) throw new StartupError(`Say which name: ${call} create NAME`);
      return withDatabase(async (db) => {
        await createAdminOnHost(db, { name, password: await newPassword() }, new Date());
        say(`The account ${name} was made.`);
      });
    case "reset-password":
      return withDatabase(async (db) => {
        await pickAdmin(db, name ?? null);
        const account = { name: name ?? null, password: await newPassword() };
        const reset = await resetPassword(db, account, new Date());
        say(`The password of ${reset.name} was changed, and all its sessions were ended.`);
      });
    default:
      process.stdout.write(usage);
      process.exitCode = command === undefined ? 0 : 1;
  }
}

try {
  // After `node bootstrap.mjs admin` or `node dist/admin.mjs`.
  const at = process.argv.findIndex((word) => /(?:^|[/\\])admin\.mjs$|^admin$/.test(word));
  await run(process.argv.slice(at + 1));
} catch (error) {
  if (!(error instanceof StartupError || error instanceof AppError)) throw error;
  process.stderr.write(`${error.message.replace(/\.$/, "")}.\n`);
  process.exitCode = 1;
}
