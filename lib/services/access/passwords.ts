import bcrypt from "bcryptjs";

/** 2^12 rounds: about a third of a second on a small server. */
const cost = 12;

/** Of no password anybody knows: compared with when there is no account, so that it takes as long. */
const nobody = "$2b$12$/q8YmjVnTG5KGjfsc9NQZ.kOerz/jwcHjpRGlupdmuO0Ka9khouPe";

/** One after another: many guesses at once must not take the process away from webhooks. */
let last: Promise<unknown> = Promise.resolve();

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = last.then(work, work);
  last = turn.catch(() => {});
  return turn;
}

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => bcrypt.hash(password, cost));
}

/** Whether a password fits a hash; without a hash it takes as long and says no. */
export async function isPasswordOf(password: string, hash: string | null): Promise<boolean> {
  const fits = await inTurn(() => bcrypt.compare(password, hash ?? nobody));
  return fits && hash !== null;
}
