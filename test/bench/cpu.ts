import { readdirSync, readFileSync } from "node:fs";

/** The kernel counts in hundredths of a second, whatever its own clock does. */
const tickMs = 10;

/** Processor time in ms that a process and its children, also those that ended, have used; 0 where nobody tells. */
export function cpuMs(pid: number | undefined): number {
  if (pid === undefined) return 0;
  let ms = 0;
  for (const child of childrenOf(pid)) ms += cpuMs(child);
  return ms + ownMs(pid);
}

function ownMs(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in brackets may hold spaces: utime is the 12th field behind it, then stime, and those of ended children.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * tickMs;
  } catch {
    return 0;
  }
}

/** Children of any thread of a process; none where nobody tells. */
export function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8")
        .trim()
        .split(/\s+/)
        .filter(Boolean)
        .map(Number),
    );
  } catch {
    return [];
  }
}
