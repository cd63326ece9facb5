import { randomBytes } from "node:crypto";
import postgres from "postgres";

/**
 * The proof that a worker lives: an advisory lock on a connection of its own. PostgreSQL lets it go in the moment the
 * process dies, so that nobody has to guess from silence.
 */
export type Lifeline = {
  workerId: string;
  lockKey: bigint;
  /** Whether the worker that took this lock still holds it. */
  isAlive: (lockKey: bigint) => Promise<boolean>;
  end: () => Promise<void>;
};

/** Takes the lock. `onLost` is called when the connection and with it the lock is gone: others may take over then. */
export async function holdLifeline(databaseUrl: string, onLost: () => void): Promise<Lifeline> {
  const id = randomBytes(7);
  const lockKey = BigInt(`0x${id.toString("hex")}`);
  let ending = false;
  const sql = postgres(databaseUrl, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => {},
    connection: { application_name: "bingealert lifeline" },
    onclose: () => {
      if (!ending) onLost();
    },
  });
  await sql`select pg_advisory_lock(${lockKey.toString()}::bigint)`;
  return {
    workerId: `worker-${id.toString("hex")}`,
    lockKey,
    isAlive: async (key) => {
      if (key === lockKey) return true;
      // The lock of a dead worker is free: taking and giving it back shows that.
      const [row] = await sql<
        { free: boolean }[]
      >`select pg_try_advisory_lock(${key.toString()}::bigint) as free`;
      if (!row?.free) return true;
      await sql`select pg_advisory_unlock(${key.toString()}::bigint)`;
      return false;
    },
    end: async () => {
      ending = true;
      await sql.end({ timeout: 2 });
    },
  };
}
