import { appendFileSync } from "node:fs";
import { mkdir, open, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { type LogProcess, logFileName, parseLogFileName } from "./domain/log-line";
import { keepLogLines, log } from "./log";

/**
 * Keeps the log lines of a process in files of the config folder, for the page that shows them. Several processes may
 * write to one file: lines are appended, and whoever finds a file full goes on in the next. A full disk or a folder
 * that cannot be written to loses lines here, never on the standard output, and disturbs nobody.
 */

const bytesPerFile = 5 * 1024 * 1024;
const gatherMs = 150;
const mostBufferedBytes = 1024 * 1024;
const mostPerWriteBytes = 256 * 1024;
/** Longer lines are kept with their message alone. */
const mostPerLine = 16 * 1024;
const retryMs = 5_000;

type Options = { bytesPerFile: number; gatherMs: number; retryMs: number };

const shared = globalThis as typeof globalThis & {
  bingealertLogFile?: { keptMegabytes: number; trouble: string | null };
};
shared.bingealertLogFile ??= { keptMegabytes: 25, trouble: null };
const ofProcess = shared.bingealertLogFile;

/** How much of the lines of this kind of process is kept, in megabytes. */
export function setKeptMegabytes(megabytes: number): void {
  ofProcess.keptMegabytes = megabytes;
}

/** Why this process's lines are not kept right now, in words; null when they are. */
export const logFileTrouble = (): string | null => ofProcess.trouble;

/** The folder of the files. */
export const logFolder = (configDir: string): string => path.join(configDir, "logs");

/** Keeps every further line of this process. */
export function keepLogFile(kind: LogProcess, configDir: string): void {
  const writer = logFileWriter(kind, logFolder(configDir));
  keepLogLines(writer.add);
  process.on("exit", writer.finish);
}

/** Writes lines into the files of `folder`, gathered. `finish` writes what is left at once, for the end of a process. */
export function logFileWriter(
  kind: LogProcess,
  folder: string,
  options: Partial<Options> = {},
): { add: (line: string) => void; flush: () => Promise<void>; finish: () => void } {
  const limits: Options = { bytesPerFile, gatherMs, retryMs, ...options };
  let lines: string[] = [];
  let bytes = 0;
  let lost = 0;
  let current: number | null = null;
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> | null = null;
  let notBefore = 0;
  /** A failed write may have left half a line. */
  let isTorn = false;

  const take = (): string => {
    let size = 0;
    let count = 0;
    while (count < lines.length && size < mostPerWriteBytes) size += lines[count++]?.length ?? 0;
    const text = lines.slice(0, count).join("");
    lines = lines.slice(count);
    bytes -= size;
    return text;
  };
  const schedule = (ms: number) => {
    timer ??= setTimeout(() => {
      timer = null;
      void flush();
    }, ms);
    timer.unref();
  };
  const write = async (): Promise<void> => {
    while (lines.length > 0) {
      const text = take();
      try {
        current = await append(folder, kind, current, `${isTorn ? "\n" : ""}${text}`, limits);
        isTorn = false;
        if (lost > 0 || ofProcess.trouble !== null) {
          const missing = lost;
          lost = 0;
          ofProcess.trouble = null;
          log.warn("log lines are kept in the config folder again", { lost: missing });
        }
      } catch (error) {
        lost += text.split("\n").length - 1;
        isTorn = true;
        current = null;
        notBefore = Date.now() + limits.retryMs;
        const words = error instanceof Error ? error.message : String(error);
        if (ofProcess.trouble === null) {
          ofProcess.trouble = words;
          log.warn("log lines are not kept in the config folder", { error: words });
        }
        ofProcess.trouble = words;
        schedule(limits.retryMs);
        return;
      }
    }
  };
  const flush = (): Promise<void> => {
    writing ??= write().finally(() => {
      writing = null;
    });
    return writing;
  };
  return {
    add: (line) => {
      const kept = `${line.length > mostPerLine ? shortened(line) : line}\n`;
      lines.push(kept);
      bytes += kept.length;
      while (bytes > mostBufferedBytes && lines.length > 1) {
        bytes -= lines.shift()?.length ?? 0;
        lost += 1;
      }
      schedule(Math.max(limits.gatherMs, notBefore - Date.now()));
    },
    flush: async () => {
      while (lines.length > 0 && Date.now() >= notBefore) await flush();
      await writing;
    },
    finish: () => {
      if (lines.length === 0 || Date.now() < notBefore) return;
      try {
        appendFileSync(path.join(folder, logFileName(kind, current ?? 1)), lines.join(""), {
          mode: 0o600,
        });
        lines = [];
      } catch {
        // The lines stand on the standard output.
      }
    },
  };
}

function shortened(line: string): string {
  const { time, level, message } = JSON.parse(line) as Record<string, unknown>;
  return JSON.stringify({
    time,
    level,
    message: String(message).slice(0, 4_000),
    leftOut: `fields of a line of ${line.length} characters`,
  });
}

/** Appends to the newest file that has room; returns its number. */
async function append(
  folder: string,
  kind: LogProcess,
  known: number | null,
  text: string,
  limits: Options,
): Promise<number> {
  let number = known ?? (await newestNumber(folder, kind));
  for (;;) {
    const file = await open(path.join(folder, logFileName(kind, number)), "a", 0o600);
    try {
      const { size } = await file.stat();
      if (size < limits.bytesPerFile) {
        await file.appendFile(text);
        return number;
      }
    } finally {
      await file.close();
    }
    // Another process may have gone on already.
    number = Math.max(number + 1, await newestNumber(folder, kind));
    await removeOlder(folder, kind, number);
  }
}

async function newestNumber(folder: string, kind: LogProcess): Promise<number> {
  // Not `recursive`: once the folder above is gone with all that held it, Node would try for ever.
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  const numbers = (await readdir(folder)).flatMap((name) => {
    const parsed = parseLogFileName(name);
    return parsed?.process === kind ? [parsed.number] : [];
  });
  return Math.max(1, ...numbers);
}

async function removeOlder(folder: string, kind: LogProcess, newest: number): Promise<void> {
  const files = Math.max(1, Math.floor((ofProcess.keptMegabytes * 1024 * 1024) / bytesPerFile));
  for (const name of await readdir(folder)) {
    const parsed = parseLogFileName(name);
    if (parsed?.process !== kind || parsed.number > newest - files) continue;
    await rm(path.join(folder, name), { force: true });
  }
}
