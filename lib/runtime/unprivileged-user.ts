import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { StartupError } from "./startup-error";

/** An account a child process runs as. */
export interface UnprivilegedUser {
  name: string;
  uid: number;
  gid: number;
}

const candidates = ["postgres", "node", "nobody", "_postgres"];

function readAccounts(): UnprivilegedUser[] {
  return readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .map(([name = "", , uid = "", gid = ""]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter((account) => account.name !== "" && account.uid > 0);
}

/**
 * The account PostgreSQL must run as, because it refuses root; null when this process is not root.
 * An existing data folder keeps its owner.
 */
export function choosePostgresUser(dataFolder: string): UnprivilegedUser | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readAccounts();
  const owner = statSync(dataFolder, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) {
    const account = accounts.find(({ uid }) => uid === owner.uid);
    return account ?? { name: String(owner.uid), uid: owner.uid, gid: owner.gid };
  }
  for (const name of candidates) {
    const account = accounts.find((entry) => entry.name === name);
    if (account) return account;
  }
  throw new StartupError(
    "PostgreSQL does not run as root, and none of the users postgres, node or nobody exists. Start BingeAlert as an ordinary user, or set DATABASE_URL.",
  );
}

/** Whether `user` may pass through every folder above and including `folder`. */
export function canReach(folder: string, user: UnprivilegedUser): boolean {
  let current = path.resolve(folder);
  for (;;) {
    const { mode, uid, gid } = statSync(current);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    const parent = path.dirname(current);
    if (parent === current) return true;
    current = parent;
  }
}
