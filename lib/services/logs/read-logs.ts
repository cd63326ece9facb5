import { type FileHandle, open, readdir } from "node:fs/promises";
import path from "node:path";
import {
  type LogFilter,
  type LogLine,
  type LogPlace,
  type LogProcess,
  logFileName,
  logLevels,
  logProcesses,
  parseLogFileName,
  parseLogLine,
  passesFilter,
} from "@/lib/domain/log-line";
import { logFolder } from "@/lib/log-file";

/**
 * Reads the kept log lines of this machine's processes: from the end backwards in pieces, so that it costs the same
 * however much is kept, and for no longer than it is given.
 */

const pieceBytes = 128 * 1024;
/** No line of ours is longer; what is, is damage and passed over. */
const mostPerLine = 256 * 1024;
/** What one look for newer lines reads per process at most. */
const mostNewBytes = 512 * 1024;

export type LogPage = {
  /** The newest first. */
  lines: LogLine[];
  /** Where older ones go on; null when everything was looked at. */
  older: LogPlace | null;
  /** Where newer ones will follow. */
  newest: LogPlace;
  /** How far back was looked, when that was not the end. */
  searchedTo: Date | null;
};

/** Lines before a place (null: the end), the newest first, of all processes by their time. */
export async function readLogsBack(
  configDir: string,
  filter: LogFilter,
  from: LogPlace | null,
  limits: { lines: number; budgetMs: number },
): Promise<LogPage> {
  const folder = logFolder(configDir);
  const files = await listLogFiles(folder);
  const newest = await endOf(folder, files);
  const test = lineTest(filter);
  const deadline = performance.now() + limits.budgetMs;
  const readers = logProcesses
    .filter((name) => filter.process === null || filter.process === name)
    .map(
      (name) =>
        new BackwardReader(
          folder,
          name,
          files.get(name) ?? [],
          from?.[name] ?? newest[name],
          filter.until,
        ),
    );
  const lines: LogLine[] = [];
  let searchedTo: Date | null = null;
  let looked = 0;
  try {
    for (;;) {
      let latest: BackwardReader | null = null;
      for (const reader of readers) {
        await reader.ready();
        if (reader.head && (latest?.head == null || reader.head.time > latest.head.time))
          latest = reader;
      }
      const head = latest?.head;
      if (!latest || !head) return { lines, older: null, newest, searchedTo: null };
      if (filter.since && head.time < filter.since.toISOString()) {
        return { lines, older: null, newest, searchedTo: null };
      }
      looked += 1;
      const isOver =
        lines.length >= limits.lines || (looked % 256 === 0 && performance.now() > deadline);
      if (isOver) {
        if (lines.length < limits.lines) searchedTo = new Date(head.time);
        break;
      }
      const line = test(head.text, head.time, latest.process, latest.file, head.offset);
      if (line) lines.push(line);
      latest.pass();
    }
    const older: LogPlace = {};
    for (const reader of readers) older[reader.process] = reader.place();
    return { lines, older, newest, searchedTo };
  } finally {
    for (const reader of readers) await reader.close();
  }
}

/** Lines after a place, the newest first. Of a flood only the end is given: `isCut`. */
export async function readLogsOn(
  configDir: string,
  filter: LogFilter,
  from: LogPlace,
): Promise<{ lines: LogLine[]; newest: LogPlace; isCut: boolean }> {
  const folder = logFolder(configDir);
  const files = await listLogFiles(folder);
  const newest: LogPlace = {};
  const lines: LogLine[] = [];
  const test = lineTest(filter);
  let isCut = false;
  for (const [name, numbers] of files) {
    const at = from[name] ?? { file: 0, offset: 0 };
    let place = { ...at };
    for (const number of numbers) {
      if (number < at.file) continue;
      const file = await openFile(folder, name, number);
      if (!file) continue;
      try {
        const start = number === at.file ? at.offset : 0;
        const { size } = await file.stat();
        const begin = Math.max(start, size - mostNewBytes);
        isCut ||= begin > start;
        const piece = await readPiece(file, begin, Math.max(begin, size));
        const end = piece.lastIndexOf(10) + 1;
        place = { file: number, offset: begin + end };
        if (filter.process !== null && filter.process !== name) continue;
        let offset = begin > start ? piece.indexOf(10) + 1 : 0;
        while (offset < end) {
          const next = piece.indexOf(10, offset);
          const text = piece.toString("utf8", offset, next);
          const line = test(text, timeOf(text) ?? "", name, number, begin + offset);
          if (line) lines.push(line);
          offset = next + 1;
        }
      } finally {
        await file.close();
      }
    }
    newest[name] = place;
  }
  lines.sort((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0));
  return { lines: lines.slice(0, 1000), newest, isCut: isCut || lines.length > 1000 };
}

/** The kept lines as they were written, oldest first, one process after the other, with the process's name. */
export async function* exportLogs(configDir: string, filter: LogFilter): AsyncGenerator<string> {
  const folder = logFolder(configDir);
  const test = lineTest(filter);
  for (const [name, numbers] of await listLogFiles(folder)) {
    if (filter.process !== null && filter.process !== name) continue;
    for (const number of numbers) {
      const file = await openFile(folder, name, number);
      if (!file) continue;
      try {
        let rest: Buffer = Buffer.alloc(0);
        const { size } = await file.stat();
        for (let begin = 0; begin < size; begin += pieceBytes) {
          const piece = Buffer.concat([
            rest,
            await readPiece(file, begin, Math.min(size, begin + pieceBytes)),
          ]);
          const kept: string[] = [];
          let offset = 0;
          for (let next = piece.indexOf(10); next >= 0; next = piece.indexOf(10, offset)) {
            const text = piece.toString("utf8", offset, next);
            offset = next + 1;
            const time = timeOf(text);
            if (time === null || !test(text, time, name, number, 0)) continue;
            kept.push(`{"process":"${name}",${text.slice(1)}\n`);
          }
          rest = piece.subarray(offset);
          if (rest.length > mostPerLine) rest = Buffer.alloc(0);
          if (kept.length > 0) yield kept.join("");
        }
      } finally {
        await file.close();
      }
    }
  }
}

/** How much is kept, and since when. */
export async function measureLogs(configDir: string): Promise<{ bytes: number; files: number }> {
  const folder = logFolder(configDir);
  let bytes = 0;
  let count = 0;
  for (const [name, numbers] of await listLogFiles(folder)) {
    for (const number of numbers) {
      const file = await openFile(folder, name, number);
      if (!file) continue;
      bytes += (await file.stat()).size;
      count += 1;
      await file.close();
    }
  }
  return { bytes, files: count };
}

type LineTest = (
  text: string,
  time: string,
  process: LogProcess,
  file: number,
  offset: number,
) => LogLine | null;

/** Tests the raw text first: most lines are passed over without being understood. */
function lineTest(filter: LogFilter): LineTest {
  const wanted = filter.text?.toLowerCase() ?? null;
  const since = filter.since?.toISOString() ?? null;
  const until = filter.until?.toISOString() ?? null;
  const levels = logLevels
    .slice(logLevels.indexOf(filter.level))
    .map((level) => `"level":"${level}"`);
  const isEveryLevel = levels.length === logLevels.length;
  // A quote or backslash stands escaped in the raw text.
  const raw = wanted === null ? null : JSON.stringify(wanted).slice(1, -1);
  return (text, time, process, file, offset) => {
    if (since !== null && time < since) return null;
    if (until !== null && time > until) return null;
    if (!isEveryLevel && !levels.some((level) => text.includes(level))) return null;
    if (raw !== null && !text.toLowerCase().includes(raw)) return null;
    const line = parseLogLine(text, { process, file, offset });
    return line && passesFilter(line, filter) ? line : null;
  };
}

const timeStart = '{"time":"';

/** The time of a line, without understanding all of it; null for what is no line of ours. */
function timeOf(text: string): string | null {
  if (!text.startsWith(timeStart)) return null;
  const time = text.slice(timeStart.length, timeStart.length + 24);
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(time) ? time : null;
}

async function listLogFiles(folder: string): Promise<Map<LogProcess, number[]>> {
  const files = new Map<LogProcess, number[]>();
  let names: string[] = [];
  try {
    names = await readdir(folder);
  } catch {
    // Nothing was kept yet, or cannot be: the page says so.
  }
  for (const name of names) {
    const parsed = parseLogFileName(name);
    if (parsed) files.set(parsed.process, [...(files.get(parsed.process) ?? []), parsed.number]);
  }
  for (const numbers of files.values()) numbers.sort((a, b) => a - b);
  return files;
}

/** Where each process's lines end now, after the last whole one. */
async function endOf(folder: string, files: Map<LogProcess, number[]>): Promise<LogPlace> {
  const place: LogPlace = {};
  for (const [name, numbers] of files) {
    const last = numbers.at(-1);
    const file = last === undefined ? null : await openFile(folder, name, last);
    if (!file || last === undefined) continue;
    const { size } = await file.stat();
    await file.close();
    place[name] = { file: last, offset: size };
  }
  return place;
}

/** Null when it was removed meanwhile. */
async function openFile(
  folder: string,
  process: LogProcess,
  number: number,
): Promise<FileHandle | null> {
  try {
    return await open(path.join(folder, logFileName(process, number)), "r");
  } catch {
    return null;
  }
}

async function readPiece(file: FileHandle, begin: number, end: number): Promise<Buffer> {
  const buffer = Buffer.alloc(end - begin);
  const { bytesRead } = await file.read(buffer, 0, buffer.length, begin);
  return buffer.subarray(0, bytesRead);
}

type Head = { text: string; time: string; offset: number };

/** The lines of one process from the end on, one at a time. */
class BackwardReader {
  head: Head | null = null;
  file: number;
  #numbers: number[];
  #handle: FileHandle | null = null;
  /** Bytes that were read and not yet passed, and where they begin in the file. */
  #piece: Buffer = Buffer.alloc(0);
  #begin: number;
  #isOpen = false;
  #isDone = false;

  constructor(
    private readonly folder: string,
    readonly process: LogProcess,
    numbers: readonly number[],
    from: { file: number; offset: number } | undefined,
    private readonly until: Date | null,
  ) {
    this.#numbers = from ? numbers.filter((number) => number <= from.file) : [];
    const last = this.#numbers.at(-1);
    this.file = last ?? 0;
    // A file that is gone was the oldest: what is before it is gone as well, or is read to its end.
    this.#begin = from && last === from.file ? from.offset : Number.POSITIVE_INFINITY;
    this.#isDone = last === undefined;
  }

  /** Where the next look goes on. */
  place(): { file: number; offset: number } {
    const behind = this.head ? this.head.offset + Buffer.byteLength(this.head.text) + 1 : 0;
    return { file: this.file, offset: this.head ? behind : 0 };
  }

  pass(): void {
    this.head = null;
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = null;
  }

  /** Makes `head` the next line, if there is one. */
  async ready(): Promise<void> {
    while (this.head === null && !this.#isDone) {
      if (!this.#isOpen && !(await this.#openFile())) continue;
      const line = this.#lastLine();
      if (line === null) {
        await this.#readMore();
        continue;
      }
      const time = timeOf(line.text);
      if (time !== null) this.head = { ...line, time };
    }
  }

  /** Cuts the last line off the piece; null when its beginning is not read yet. */
  #lastLine(): { text: string; offset: number } | null {
    const end = this.#piece.length;
    if (end === 0) return null;
    const stop = this.#piece[end - 1] === 10 ? end - 1 : end;
    const newline = stop === 0 ? -1 : this.#piece.lastIndexOf(10, stop - 1);
    if (newline < 0 && this.#begin > 0) return null;
    const offset = newline + 1;
    const text = this.#piece.toString("utf8", offset, stop);
    this.#piece = this.#piece.subarray(0, offset);
    return { text, offset: this.#begin + offset };
  }

  async #readMore(): Promise<void> {
    if (this.#begin === 0 || this.#handle === null) {
      await this.#nextFile();
      return;
    }
    const end = this.#begin;
    this.#begin = Math.max(0, end - pieceBytes);
    const kept = this.#piece.length > mostPerLine ? Buffer.alloc(0) : this.#piece;
    this.#piece = Buffer.concat([await readPiece(this.#handle, this.#begin, end), kept]);
  }

  async #nextFile(): Promise<void> {
    await this.close();
    this.#numbers.pop();
    const next = this.#numbers.at(-1);
    this.#isOpen = false;
    this.#piece = Buffer.alloc(0);
    this.#begin = Number.POSITIVE_INFINITY;
    if (next === undefined) this.#isDone = true;
    else this.file = next;
  }

  async #openFile(): Promise<boolean> {
    this.#handle = await openFile(this.folder, this.process, this.file);
    const size = this.#handle ? (await this.#handle.stat()).size : 0;
    if (!this.#handle || size === 0 || (await this.#isAllLater())) {
      await this.#nextFile();
      return false;
    }
    this.#begin = Math.min(this.#begin, size);
    this.#isOpen = true;
    return true;
  }

  /** Whether the whole file is newer than what is asked for. */
  async #isAllLater(): Promise<boolean> {
    if (this.until === null || !this.#handle) return false;
    const start = await readPiece(this.#handle, 0, 64);
    const time = timeOf(start.toString("utf8"));
    return time !== null && time > this.until.toISOString();
  }
}
