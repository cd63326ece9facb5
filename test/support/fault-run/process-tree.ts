import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** A running process: its number, its parent's, and how it was called. */
export type ProcessEntry = { pid: number; parentPid: number; command: string };

const run = promisify(execFile);

/** All processes that descend from `pid`, nearest first, itself not included. */
export async function listDescendants(pid: number): Promise<ProcessEntry[]> {
  const { stdout } = await run("ps", ["-A", "-ww", "-o", "pid=,ppid=,args="], {
    maxBuffer: 16 * 1024 * 1024,
  });
  const all = stdout.split("\n").flatMap((line): ProcessEntry[] => {
    const parts = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
    return parts
      ? [{ pid: Number(parts[1]), parentPid: Number(parts[2]), command: parts[3] ?? "" }]
      : [];
  });
  const found: ProcessEntry[] = [];
  for (let parents = [pid]; parents.length > 0; ) {
    const children = all.filter((entry) => parents.includes(entry.parentPid));
    found.push(...children);
    parents = children.map((entry) => entry.pid);
  }
  return found;
}

/** kill -9. False when it was gone already. */
export function killHard(pid: number): boolean {
  try {
    process.kill(pid, "SIGKILL");
    return true;
  } catch {
    return false;
  }
}
