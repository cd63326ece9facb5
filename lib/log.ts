/** Facts beside a message; nested objects are allowed, secrets are removed on the way out. */
export type LogFields = Record<string, unknown>;

export type LogLevel = "debug" | "info" | "warn" | "error";

/** Writes one line per call. */
export interface Logger {
  debug: (message: string, fields?: LogFields) => void;
  info: (message: string, fields?: LogFields) => void;
  warn: (message: string, fields?: LogFields) => void;
  error: (message: string, fields?: LogFields) => void;
  /** A logger that adds `fields` to each record. */
  child: (fields: LogFields) => Logger;
}

/** One log line before it is written as text. */
export interface LogRecord {
  time: string;
  level: LogLevel;
  message: string;
  [field: string]: unknown;
}

const weight: Record<LogLevel | "silent", number> = {
  debug: 10,
  info: 20,
  warn: 30,
  error: 40,
  silent: 99,
};

/** Makes a logger; the process's own is {@link log}. */
export function createLogger(options: {
  /** A function is asked for each line: a change applies at once. */
  level: LogLevel | "silent" | (() => LogLevel | "silent");
  format: "json" | "pretty";
  write: (line: string) => void;
  /** Gets every line that is written, as JSON whatever the format. */
  keep?: (line: string) => void;
  fields?: LogFields;
  clock?: () => Date;
}): Logger {
  const clock = options.clock ?? (() => new Date());
  const at =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      const least = typeof options.level === "function" ? options.level() : options.level;
      if (weight[level] < weight[least]) return;
      const record: LogRecord = {
        time: clock().toISOString(),
        level,
        message: redactText(message),
        ...redactFields({ ...options.fields, ...fields }),
      };
      const json = JSON.stringify(record);
      options.write(options.format === "json" ? json : formatPretty(record));
      options.keep?.(json);
    };
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    child: (fields) => createLogger({ ...options, fields: { ...options.fields, ...fields } }),
  };
}

// A pattern begins where a run of signs begins, never inside it: strangers may make what is logged long.
const secretName = /token|secret|password|passwd|api[-_]?key|authorization|cookie|session[-_]?id/i;
const secretParameter =
  /([?&;](?:[\w-]*token|[\w-]*secret|password|api[-_]?key|x-plex-token)=)[^&\s"'#]+/gi;
const userInfo = /(:\/\/[^\s/:@]*):[^\s/@]*@/g;
const bearer = /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{6,}/g;
const mailAddress =
  /(?<![A-Za-z0-9._%+'-])([A-Za-z0-9._%+'-])[A-Za-z0-9._%+'-]*@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)/g;

/** Takes keys, tokens, passwords in URLs, and the local parts of mail addresses out of a text. */
export function redactText(text: string): string {
  return text
    .replace(userInfo, "$1:***@")
    .replace(secretParameter, "$1***")
    .replace(bearer, "$1 ***")
    .replace(mailAddress, "$1***@$2");
}

function redactFields(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, redactField(name, value, 0)]),
  );
}

function redactField(name: string, value: unknown, depth: number): unknown {
  const isText = typeof value === "string" && value !== "";
  if (secretName.test(name) && (isText || typeof value === "object") && value !== null)
    return "***";
  return redactValue(value, depth);
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === "string") return redactText(value);
  if (typeof value === "bigint") return value.toString();
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof URL) return redactText(value.href);
  if (depth >= 6) return "…";
  if (value instanceof Error) return describeError(value, depth);
  if (Array.isArray(value)) return value.map((item) => redactValue(item, depth + 1));
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, redactField(name, item, depth + 1)]),
  );
}

function describeError(error: Error, depth: number): LogFields {
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  return {
    name: error.name,
    message: redactText(error.message),
    ...code,
    ...(error.stack ? { stack: redactText(error.stack) } : {}),
    ...(error.cause === undefined ? {} : { cause: redactValue(error.cause, depth + 1) }),
  };
}

const colour: Record<LogLevel, string> = {
  debug: "\u001b[2mdebug\u001b[0m",
  info: "\u001b[36minfo\u001b[0m ",
  warn: "\u001b[33mwarn\u001b[0m ",
  error: "\u001b[31merror\u001b[0m",
};

function formatPretty({ time, level, message, ...fields }: LogRecord): string {
  const facts = Object.entries(fields).map(([name, value]) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return `${name}=${/[\s"]/.test(text) && typeof value === "string" ? JSON.stringify(text) : text}`;
  });
  // Nothing in it may move the cursor of the terminal.
  const line = [message.replace(/\n\s*/g, " "), ...facts].join(" ").replace(/\p{Cc}/gu, " ");
  return `${time.slice(11, 19)} ${colour[level]} ${line}`;
}

function levelFromEnvironment(): LogLevel | "silent" {
  const name = process.env.LOG_LEVEL?.trim().toLowerCase() ?? "";
  return name in weight ? (name as LogLevel | "silent") : "info";
}

// Read here and not in env.ts, so that the failure to read the environment can itself be logged.
function formatFromEnvironment(): "json" | "pretty" {
  const name = process.env.LOG_FORMAT?.trim().toLowerCase();
  if (name === "json" || name === "pretty") return name;
  return process.stdout.isTTY ? "pretty" : "json";
}

// Whoever read our lines may have gone (a closed terminal, `| head`); that ends no process.
process.stdout.on("error", () => {});

// One for the whole process: its bundles each have a copy of this module.
const shared = globalThis as typeof globalThis & {
  bingealertLog?: { level?: LogLevel | "silent"; keep?: (line: string) => void };
};
shared.bingealertLog ??= {};
const ofProcess = shared.bingealertLog;
const firstLevel = levelFromEnvironment();

/** Sets from which level on this process writes lines: the setting LOG_LEVEL applies without a restart. */
export function setLogLevel(level: LogLevel | "silent"): void {
  ofProcess.level = level;
}

/** Gives every line of this process to `keep` as well, as JSON. */
export function keepLogLines(keep: (line: string) => void): void {
  ofProcess.keep = keep;
}

/** The logger of this process: LOG_LEVEL (default info) and LOG_FORMAT (default pretty on a terminal). */
export const log: Logger = createLogger({
  level: () => ofProcess.level ?? firstLevel,
  keep: (line) => ofProcess.keep?.(line),
  format: formatFromEnvironment(),
  write: (line) => {
    process.stdout.write(`${line}\n`);
  },
});
