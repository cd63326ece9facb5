import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import {
  type BackupHeader,
  type BackupTrailer,
  backupHeader,
  backupTable,
  backupTrailer,
} from "@/lib/domain/backup";
import { AppError } from "@/lib/errors";

/** Writing and reading the parts of a backup file (its format is in `lib/domain/backup.ts`), in little memory. */

const endOfTable = Buffer.from("\\.\n");
const endWithinText = Buffer.from("\n\\.\n");
const newline = 0x0a;
/** A row holds a mail or a webhook of 5 MB, written in hexadecimal: more than this is no row. */
const longestLine = 256 * 1024 * 1024;
/** The header and what is said about tables, in bytes. */
const longestFact = 1024 * 1024;

/** One table on its way into a backup. */
export type TableRows = { name: string; columns: string[]; rows: AsyncIterable<Buffer> };

/** The bytes of a backup before compression. `onTable` is told the rows of each table when it is through. */
export async function* writeBackup(
  header: BackupHeader,
  tables: Iterable<TableRows>,
  onTable: (name: string, rows: number) => Promise<void>,
): AsyncGenerator<Buffer> {
  yield jsonLine(header);
  const trailer: BackupTrailer = { tables: {} };
  for (const { name, columns, rows } of tables) {
    yield jsonLine({ table: name, columns });
    const sum = new Sum();
    for await (const chunk of rows) {
      sum.add(chunk);
      yield chunk;
    }
    yield endOfTable;
    trailer.tables[name] = sum.result();
    await onTable(name, sum.rows);
  }
  yield jsonLine(trailer);
}

const jsonLine = (value: unknown) => Buffer.from(`${JSON.stringify(value)}\n`);

class Sum {
  rows = 0;
  private readonly hash: Hash = createHash("sha256");

  add(chunk: Buffer): void {
    this.hash.update(chunk);
    for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, at + 1)) {
      this.rows += 1;
    }
  }

  result() {
    return { rows: this.rows, sha256: this.hash.digest("hex") };
  }
}

export type BackupPart =
  | { kind: "header"; header: BackupHeader }
  | { kind: "table"; table: string; columns: string[] }
  | { kind: "rows"; chunk: Buffer }
  | { kind: "tableEnd"; table: string; rows: number }
  /** Comes only when every count and checksum is right. */
  | { kind: "end"; rows: number };

/** Reads a backup part by part. Throws an AppError in words when the file is damaged, cut off or something else. */
export async function* readBackup(file: string): AsyncGenerator<BackupPart> {
  const raw = createReadStream(file);
  const gunzip = raw.pipe(createGunzip());
  raw.on("error", (error) => gunzip.destroy(error));
  try {
    yield* parse(gunzip);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "Z_BUF_ERROR") throw damaged("it ends in the middle");
    if (code.startsWith("Z_")) throw damaged("it is not compressed as a backup is");
    throw error;
  } finally {
    raw.destroy();
    gunzip.destroy();
  }
}

/** The header alone. */
export async function readBackupHeader(file: string): Promise<BackupHeader> {
  for await (const part of readBackup(file)) {
    if (part.kind === "header") return part.header;
  }
  throw damaged("it is empty");
}

const damaged = (because: string) =>
  new AppError("bad_request", `This file is not a whole backup: ${because}. Nothing was changed`);

async function* parse(source: AsyncIterable<Buffer>): AsyncGenerator<BackupPart> {
  let pending: Buffer = Buffer.alloc(0);
  let header: BackupHeader | null = null;
  let table: { name: string; sum: Sum } | null = null;
  let isOver = false;
  const found: BackupTrailer = { tables: {} };
  for await (const chunk of source) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (;;) {
      if (table) {
        const taken = takeRows(pending);
        pending = taken.rest;
        if (taken.rows.length > 0) {
          table.sum.add(taken.rows);
          yield { kind: "rows", chunk: taken.rows };
        }
        if (!taken.isEnd) break;
        found.tables[table.name] = table.sum.result();
        yield { kind: "tableEnd", table: table.name, rows: table.sum.rows };
        table = null;
      }
      const end = pending.indexOf(newline);
      if (end === -1) break;
      const line = parseJson(pending.subarray(0, end).toString("utf8"));
      pending = pending.subarray(end + 1);
      if (isOver) throw damaged("something follows its end");
      if (!header) {
        header = readHeader(line);
        yield { kind: "header", header };
        continue;
      }
      const next = backupTable.safeParse(line);
      if (next.success) {
        if (!header.tables.includes(next.data.table) || next.data.table in found.tables) {
          throw damaged(`the table ${next.data.table} is not where it belongs`);
        }
        table = { name: next.data.table, sum: new Sum() };
        yield { kind: "table", ...next.data };
        continue;
      }
      yield { kind: "end", rows: compare(header, found, backupTrailer.safeParse(line).data) };
      isOver = true;
    }
    // Only rows may be long: a file that was packed to swell ends here, before it costs anything.
    const longest = table ? longestLine : longestFact;
    if (pending.length > longest) throw damaged("a line of it has no end");
  }
  if (!isOver) throw damaged("it ends in the middle");
}

/** Whole lines of a table's rows, and whether its end came. */
function takeRows(pending: Buffer): { rows: Buffer; rest: Buffer; isEnd: boolean } {
  if (pending.subarray(0, endOfTable.length).equals(endOfTable)) {
    return { rows: Buffer.alloc(0), rest: pending.subarray(endOfTable.length), isEnd: true };
  }
  const end = pending.indexOf(endWithinText);
  if (end !== -1) {
    return {
      rows: pending.subarray(0, end + 1),
      rest: pending.subarray(end + endWithinText.length),
      isEnd: true,
    };
  }
  const lastLine = pending.lastIndexOf(newline) + 1;
  return { rows: pending.subarray(0, lastLine), rest: pending.subarray(lastLine), isEnd: false };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged("a line of it cannot be read");
  }
}

function readHeader(line: unknown): BackupHeader {
  const parsed = backupHeader.safeParse(line);
  if (parsed.success) return parsed.data;
  const isNewer =
    typeof line === "object" && line !== null && "version" in line && Number(line.version) > 1;
  throw isNewer
    ? new AppError("conflict", "This backup was made by a newer BingeAlert. Update first")
    : damaged("its first line is not that of a backup");
}

function compare(
  header: BackupHeader,
  found: BackupTrailer,
  written: BackupTrailer | undefined,
): number {
  if (!written) throw damaged("its last line is not that of a backup");
  let rows = 0;
  for (const name of header.tables) {
    const is = found.tables[name];
    const should = written.tables[name];
    if (!is || !should) throw damaged(`the table ${name} is missing`);
    if (is.rows !== should.rows || is.sha256 !== should.sha256) {
      throw damaged(`the table ${name} is not as it was written`);
    }
    rows += is.rows;
  }
  return rows;
}
