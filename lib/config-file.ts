import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { AppError } from "@/lib/errors";

const fileName = ".env";
const assignment = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=(.*)$/;

/**
 * The names and values in the `.env` of the config folder; empty when there is none.
 * Throws the system error when the file exists and cannot be read.
 */
export function readConfigEnv(configDir: string): Record<string, string> {
  return parseConfigEnv(readText(path.join(configDir, fileName)));
}

/**
 * Sets (string) or removes (null) names in the `.env` of the config folder. Comments, order and
 * untouched lines stay; the file is replaced in one step with mode 0600.
 * Throws an AppError for a name or value the file cannot hold.
 */
export function writeConfigEnv(configDir: string, changes: Record<string, string | null>): void {
  const file = path.join(configDir, fileName);
  const before = readText(file);
  const after = changeConfigEnv(before, changes);
  if (after !== before || before === "") replaceFile(file, after);
}

/** Reads `NAME=value` lines; values may be bare, in single quotes (as is) or in double quotes. */
export function parseConfigEnv(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const line of text.split("\n")) {
    const match = assignment.exec(line.replace(/\r$/, ""));
    if (match?.[1] !== undefined) values[match[1]] = unquote((match[2] ?? "").trim());
  }
  return values;
}

/** The text of the file after `changes`. */
export function changeConfigEnv(text: string, changes: Record<string, string | null>): string {
  for (const [name, value] of Object.entries(changes)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      throw new AppError("bad_request", `${name} is not a name that can be stored.`);
    }
    if (value !== null && /[\r\n\0]/.test(value)) {
      throw new AppError("bad_request", `The value of ${name} must be a single line.`);
    }
  }

  const lines = text.replace(/\n$/, "").split("\n");
  if (text === "") lines.pop();
  // The last line of a name counts when read, so that is the one to change.
  const lineOf = new Map<string, number>();
  lines.forEach((line, index) => {
    const name = assignment.exec(line)?.[1];
    if (name !== undefined) lineOf.set(name, index);
  });

  const result: (string | null)[] = [...lines];
  for (const [name, value] of Object.entries(changes)) {
    const index = lineOf.get(name);
    if (value === null) {
      lines.forEach((line, at) => {
        if (assignment.exec(line)?.[1] === name) result[at] = null;
      });
    } else if (index === undefined) result.push(`${name}=${quote(value)}`);
    else result[index] = `${name}=${quote(value)}`;
  }
  const kept = result.filter((line) => line !== null);
  return kept.length === 0 ? "" : `${kept.join("\n")}\n`;
}

/** Bare where no reader can misunderstand it, else quoted so that also a shell reads the same. */
function quote(value: string): string {
  if (/^[A-Za-z0-9_./:@%+,=-]*$/.test(value)) return value;
  if (!value.includes("'")) return `'${value}'`;
  return `"${value.replace(/[\\"$`]/g, "\\$&")}"`;
}

function unquote(raw: string): string {
  const single = /^'([^']*)'\s*(?:#.*)?$/.exec(raw);
  if (single?.[1] !== undefined) return single[1];
  const double = /^"((?:[^"\\]|\\.)*)"\s*(?:#.*)?$/.exec(raw);
  if (double?.[1] !== undefined) return double[1].replace(/\\([\\"$`])/g, "$1");
  return raw.replace(/\s+#.*$/, "");
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}

function replaceFile(file: string, text: string): void {
  const fresh = `${file}.${process.pid}.new`;
  try {
    const descriptor = openSync(fresh, "w", 0o600);
    try {
      fchmodSync(descriptor, 0o600);
      // A write cut short by a full disk is tried to its end, and throws: half a file never takes the place of the whole.
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(fresh, file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
  // The rename itself must survive a power cut; not every system lets a folder be synced.
  try {
    const folder = openSync(path.dirname(file), "r");
    fsyncSync(folder);
    closeSync(folder);
  } catch {
    // The content is safe, only its name may be the old one.
  }
}
