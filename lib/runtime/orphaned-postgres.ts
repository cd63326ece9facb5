import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, parentOf } from "./processes";
import { StartupError } from "./startup-error";

/** What postmaster.pid says about a data folder, checked against the running processes. */
export type PostmasterState =
  | { kind: "none" }
  /** The process is gone, or its number now belongs to another program. */
  | { kind: "stale"; pidInUse: boolean }
  | { kind: "running"; pid: number; parentPid: number };

/** Looks up which PostgreSQL, if any, serves `dataFolder` at this moment. */
export function inspectPostmaster(dataFolder: string): PostmasterState {
  let pid: number;
  try {
    const text = readFileSync(path.join(dataFolder, "postmaster.pid"), "utf8");
    pid = Number.parseInt(text, 10);
  } catch {
    return { kind: "none" };
  }
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid))
    return { kind: "stale", pidInUse: false };
  if (!servesFolder(pid, dataFolder)) return { kind: "stale", pidInUse: true };
  return { kind: "running", pid, parentPid: parentOf(pid) };
}

/**
 * Frees `dataFolder` from a PostgreSQL whose BingeAlert was killed: stops it (an orderly, fast
 * shutdown first) and waits for what is left of its processes. Throws a StartupError when the
 * folder is in use by a BingeAlert that lives (`ownerPid`).
 */
export async function releaseDataFolder(
  dataFolder: string,
  ownerPid: number | undefined,
  log: (message: string) => void,
): Promise<void> {
  const state = inspectPostmaster(dataFolder);
  if (state.kind === "running") {
    if (state.parentPid === ownerPid && ownerPid !== process.pid) {
      throw new StartupError(
        `The database in ${dataFolder} is in use by another BingeAlert (process ${ownerPid}). Stop that one first, or set CONFIG_DIR to another folder.`,
      );
    }
    log(`stopping the PostgreSQL left behind by a killed BingeAlert (process ${state.pid})`);
    await endProcess(state.pid);
  }
  if (state.kind === "stale" && state.pidInUse) {
    // PostgreSQL only sees that the number lives and would refuse to start.
    rmSync(path.join(dataFolder, "postmaster.pid"), { force: true });
  }
  await endRemainingBackends(dataFolder);
}

async function endProcess(pid: number): Promise<void> {
  for (const [signal, patienceMs] of [
    ["SIGINT", 6_000],
    ["SIGQUIT", 3_000],
    ["SIGKILL", 2_000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      if (!isAlive(pid)) return;
      await sleep(20);
    }
  }
}

/** Backends notice the death of their postmaster by themselves; here we only wait, then insist. */
async function endRemainingBackends(dataFolder: string): Promise<void> {
  if (process.platform !== "linux") return;
  const deadline = Date.now() + 3_000;
  for (;;) {
    const left = readdirSync("/proc")
      .map(Number)
      .filter((pid) => pid > 1 && pid !== process.pid && servesFolder(pid, dataFolder));
    if (left.length === 0) return;
    if (Date.now() > deadline) {
      for (const pid of left) {
        try {
          process.kill(pid, "SIGKILL");
        } catch {
          // Already gone.
        }
      }
    }
    if (Date.now() > deadline + 3_000) return;
    await sleep(50);
  }
}

/** Whether process `pid` is a postgres whose data folder is `dataFolder`. */
function servesFolder(pid: number, dataFolder: string): boolean {
  try {
    if (process.platform === "linux") {
      // The working directory of every PostgreSQL process is its data folder.
      const isPostgres = /^postgres/.test(readFileSync(`/proc/${pid}/comm`, "utf8"));
      if (!isPostgres) return false;
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataFolder);
      } catch {
        const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
        return command.includes(path.resolve(dataFolder));
      }
    }
    const command = execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], {
      encoding: "utf8",
    });
    return command.includes("postgres") && command.includes(path.resolve(dataFolder));
  } catch {
    return false;
  }
}
