import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Whether a process with this number exists and has not ended (a zombie has). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  return processStatus(pid)?.state !== "Z";
}

/** The parent's process number; 0 when the process is gone. */
export function parentOf(pid: number): number {
  if (process.platform === "linux") return processStatus(pid)?.parentPid ?? 0;
  try {
    return Number(execFileSync("ps", ["-o", "ppid=", "-p", String(pid)], { encoding: "utf8" }));
  } catch {
    return 0;
  }
}

function processStatus(pid: number): { state: string; parentPid: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may itself contain spaces and parentheses.
    const [state = "", parentPid = "0"] = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { state, parentPid: Number(parentPid) };
  } catch {
    return null;
  }
}
